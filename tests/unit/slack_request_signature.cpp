#include "adapters/slack/request_signature.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace ackd;
using namespace ackd::slack;
using namespace std::chrono_literals;

namespace {

const std::string secret = "0123456789abcdef0123456789abcdef";
const std::string other_secret = "fedcba9876543210fedcba9876543210";
const std::string timestamp = "1700000000";
constexpr Instant signed_at{std::chrono::seconds{1'700'000'000}};
const std::string body = R"({"type":"event_callback"})";

// By another implementation: printf 'v0:1700000000:%s' "$body" | openssl dgst -sha256 -hmac "$secret"
const std::string by_secret = "v0=a5a11a0c53cbce1ba9398d45b15a810d41cadb3846ad8c46fc3495d490a13ada";
const std::string by_other_secret = "v0=a21900ecd293b5878b763f4647f12f2cb3a0b855ec83c6c417940f9ab54b9bed";

SignedRequest request(std::string_view signature)
{
    SignedRequest posted;
    posted.timestamp = timestamp;
    posted.signature = signature;
    posted.body = body;
    return posted;
}

SigningSecrets secrets(const std::string& current, const std::string& previous = "")
{
    SigningSecrets both;
    both.current = current;
    both.previous = previous;
    return both;
}

}  // namespace

TEST_CASE("slack signature: it is the HMAC-SHA256 of version, timestamp and body as they came")
{
    struct Row {
        std::string body;
        const char* expected;
    };
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
    const Row rows[] = {
        {body, by_secret.c_str()},
        {"", "v0=a5b43b014ed473febe5f6cc6ec6d9feed6b12bd87f831b83d37733c38cf4c51c"},
        {"command=%2Fack&text=hi+there&user_id=U1",
         "v0=5befa9f4601a11a64e3cc3a734e9f51e3ca063964af0a7ca0decb7d7211f4e72"},
        {every_byte, "v0=ade4c691de734078a2e93b2dd9053f8faa8b7d048b2c9655c97f6f7c0a7abe55"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.body);
        CHECK(signature_of(secret, timestamp, row.body) == row.expected);
    }
}

TEST_CASE("slack signature: only Slack's own, of this body and this timestamp, is valid")
{
    struct Row {
        const char* what;
        SignedRequest posted;
        SignatureVerdict expected;
    };
    const auto changed = [](auto change) {
        SignedRequest posted = request(by_secret);
        change(posted);
        return posted;
    };
    std::string last_digit_wrong = by_secret;
    last_digit_wrong.back() = 'b';
    std::string upper_case = by_secret;
    for (char& c : upper_case) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
    const std::string one_more = by_secret + "0";
    const std::string one_less = by_secret.substr(0, by_secret.size() - 1);
    const std::string of_version_one = "v1" + by_secret.substr(2);
    const Row rows[] = {
        {"as Slack sends it", request(by_secret), SignatureVerdict::valid},
        {"another body",
         changed([](SignedRequest& r) { r.body = R"({"type":"event_callback" })"; }),
         SignatureVerdict::wrong},
        {"another timestamp",
         changed([](SignedRequest& r) { r.timestamp = "1700000001"; }),
         SignatureVerdict::wrong},
        {"the same number, written otherwise",
         changed([](SignedRequest& r) { r.timestamp = "01700000000"; }),
         SignatureVerdict::wrong},
        {"one digit changed", request(last_digit_wrong), SignatureVerdict::wrong},
        {"one digit more", request(one_more), SignatureVerdict::wrong},
        {"one digit less", request(one_less), SignatureVerdict::wrong},
        {"upper case", request(upper_case), SignatureVerdict::wrong},
        {"nothing after the version", request("v0="), SignatureVerdict::wrong},
        {"by another secret", request(by_other_secret), SignatureVerdict::wrong},
        {"another version", request(of_version_one), SignatureVerdict::malformed},
        {"no version", request("a5a1"), SignatureVerdict::malformed},
        {"no signature", request(""), SignatureVerdict::missing},
        {"no timestamp", changed([](SignedRequest& r) { r.timestamp = ""; }), SignatureVerdict::missing},
        {"a timestamp that is none",
         changed([](SignedRequest& r) { r.timestamp = "yesterday"; }),
         SignatureVerdict::malformed},
        {"a timestamp with more behind it",
         changed([](SignedRequest& r) { r.timestamp = "1700000000 "; }),
         SignatureVerdict::malformed},
        {"a negative timestamp",
         changed([](SignedRequest& r) { r.timestamp = "-1700000000"; }),
         SignatureVerdict::malformed},
        {"a timestamp of the year 300000",
         changed([](SignedRequest& r) { r.timestamp = "9400000000000"; }),
         SignatureVerdict::malformed},
        {"a number that is none any more",
         changed([](SignedRequest& r) { r.timestamp = "99999999999999999999"; }),
         SignatureVerdict::malformed},
    };
    for (const Row& row : rows) {
        CAPTURE(row.what);
        CHECK(check_signature(secrets(secret), row.posted, signed_at) == row.expected);
    }
}

TEST_CASE("slack signature: it holds for five minutes before and after, by our clock")
{
    struct Row {
        Duration age;
        SignatureVerdict expected;
    };
    const Row rows[] = {
        {0s, SignatureVerdict::valid},
        {300s, SignatureVerdict::valid},
        {300s + 1us, SignatureVerdict::stale},
        {24h, SignatureVerdict::stale},
        {-300s, SignatureVerdict::valid},
        {-300s - 1us, SignatureVerdict::stale},
    };
    for (const Row& row : rows) {
        CAPTURE(row.age.count());
        CHECK(check_signature(secrets(secret), request(by_secret), signed_at + row.age) == row.expected);
    }
}

TEST_CASE("slack signature: while a secret is replaced, both hold; no secret never does")
{
    CHECK(check_signature(secrets(other_secret, secret), request(by_secret), signed_at) ==
          SignatureVerdict::valid);
    CHECK(check_signature(secrets(other_secret, secret), request(by_other_secret), signed_at) ==
          SignatureVerdict::valid);
    CHECK(check_signature(secrets(other_secret), request(by_secret), signed_at) == SignatureVerdict::wrong);
    const std::string by_nothing = signature_of("", timestamp, body);
    CHECK(check_signature(secrets(secret), request(by_nothing), signed_at) == SignatureVerdict::wrong);
    CHECK(check_signature(secrets(""), request(by_nothing), signed_at) == SignatureVerdict::wrong);
}
