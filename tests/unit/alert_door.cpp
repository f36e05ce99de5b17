// Who may come in by the door for alerts, how often, and what they are told.
#include "adapters/web/alert_door.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace ackd;
using namespace ackd::web;
using namespace std::chrono_literals;

namespace {

const std::string key = "ackd_one";
const std::string other_key = "ackd_other";
const SteadyTime begin{1h};

KnownSource known(const char* name, SourceKind kind, const std::string& with_key, std::int64_t id)
{
    KnownSource known;
    known.source.name = name;
    known.source.kind = kind;
    known.source.requests_per_minute = 60;
    known.keys.push_back({WebKeyId{id}, hash_of_web_key(with_key)});
    return known;
}

AlertDoor door_of(SourceKind kind, alerts::GithubSecrets secrets = {})
{
    AlertDoor door{std::move(secrets), std::make_shared<Strangers>()};
    door.know({known("ops", kind, key, 1), known("other", SourceKind::text, other_key, 2)});
    return door;
}

http::Request post(const std::string& path, std::string body = "", http::Fields fields = {})
{
    http::Request request;
    request.method = "POST";
    request.path = path;
    request.fields = std::move(fields);
    request.peer = "192.0.2.1";
    request.body = std::move(body);
    return request;
}

const AlertsReceived& received(const AlertDoor::Taken& taken)
{
    REQUIRE(taken.input.has_value());
    return std::get<AlertsReceived>(taken.input->body);
}

std::string field_of(const http::Response& response, std::string_view name)
{
    for (const auto& [known_name, value] : response.fields) {
        if (known_name == name) return value;
    }
    return "";
}

}  // namespace

TEST_CASE("web key: 32 bytes as text that says what it is, and never the same twice")
{
    std::array<unsigned char, 32> bytes{};
    CHECK(web_key_of(bytes) == "ackd_" + std::string(43, 'A'));
    bytes.fill(0xff);
    CHECK(web_key_of(bytes) == "ackd_" + std::string(42, '_') + "8");
    bytes[31] = 0xfe;
    CHECK(web_key_of(bytes) == "ackd_" + std::string(42, '_') + "4");
    CHECK(hex_of(sha256_of("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_from_hex(hex_of(sha256_of("abc"))) == sha256_of("abc"));
    CHECK_FALSE(sha256_from_hex("BA7816").has_value());
}

TEST_CASE("alert door: a wrong key is answered as any path that is not there, and a right one is let in")
{
    AlertDoor door = door_of(SourceKind::text);
    CHECK_FALSE(door.refuse(post("/in/" + key), begin).has_value());
    CHECK_FALSE(door.refuse(post("/in/" + key + "/v2/enqueue"), begin).has_value());
    for (const std::string& path : {std::string{"/in/ackd_two"},
                                    std::string{"/in/"},
                                    std::string{"/elsewhere"},
                                    "/" + key,
                                    key,
                                    "/in/" + key + "/more"})
    {
        CAPTURE(path);
        const auto refusal = door.refuse(post(path), begin);
        REQUIRE(refusal.has_value());
        CHECK(refusal->status == 404);
        CHECK(refusal->body == "");
        CHECK(refusal->fields.empty());
    }
}

TEST_CASE("alert door: another method than POST is told so to who has a key, and to nobody else")
{
    AlertDoor door = door_of(SourceKind::text);
    http::Request get = post("/in/" + key);
    get.method = "GET";
    CHECK(door.refuse(get, begin)->status == 405);
    CHECK(field_of(*door.refuse(get, begin), "Allow") == "POST");
    get.path = "/in/ackd_two";
    CHECK(door.refuse(get, begin)->status == 404);
}

TEST_CASE("alert door: a revoked key is a wrong one, also while its body is on its way")
{
    AlertDoor door = door_of(SourceKind::text);
    door.know({known("other", SourceKind::text, other_key, 2)});
    CHECK(door.refuse(post("/in/" + key), begin)->status == 404);
    const auto taken = door.take(post("/in/" + key, "It rains"), Instant{});
    CHECK_FALSE(taken.input.has_value());
    CHECK(taken.answer.status == 404);
}

TEST_CASE("alert door: a source that asks too often is told when to come again, and no other suffers")
{
    AlertDoor door = door_of(SourceKind::text);
    for (int count = 0; count < 60; ++count) CHECK_FALSE(door.refuse(post("/in/" + key), begin).has_value());
    const auto refusal = door.refuse(post("/in/" + key), begin);
    REQUIRE(refusal.has_value());
    CHECK(refusal->status == 429);
    CHECK(field_of(*refusal, "Retry-After") == "1");
    CHECK_FALSE(door.refuse(post("/in/" + other_key), begin).has_value());
    CHECK_FALSE(door.refuse(post("/in/" + key), begin + 1s).has_value());
    CHECK(door.refuse(post("/in/" + key), begin + 1s)->status == 429);
}

TEST_CASE("alert door: an address that tries keys is told to stop, and a right key from there still lets in")
{
    AlertDoor door = door_of(SourceKind::text);
    for (int count = 0; count < refused_per_minute_max; ++count)
        CHECK(door.refuse(post("/in/guess" + std::to_string(count)), begin)->status == 404);
    CHECK(door.refuse(post("/in/guess"), begin)->status == 429);
    CHECK(door.refuse(post("/elsewhere"), begin)->status == 429);
    CHECK_FALSE(door.refuse(post("/in/" + key), begin).has_value());
    http::Request from_elsewhere = post("/in/guess");
    from_elsewhere.peer = "192.0.2.2";
    CHECK(door.refuse(from_elsewhere, begin)->status == 404);
}

TEST_CASE("alert door: what is taken names its source and the key, and is answered in words")
{
    const AlertDoor door = door_of(SourceKind::text);
    const auto taken = door.take(post("/in/" + key, "It rains"), Instant{5s});
    CHECK(received(taken).source == "ops");
    CHECK(received(taken).key == WebKeyId{1});
    CHECK(received(taken).reports.size() == 1);
    CHECK(taken.input->received_at == Instant{5s});
    CHECK(taken.answer.status == 202);
    CHECK(taken.answer.body == "Taken: 1 alert.\n");
    CHECK(door.take(post("/in/" + key), Instant{}).answer.body ==
          "Taken as a sign of life: it tells no alert.\n");
    const auto refused = door.take(post("/in/" + key, "resolved"), Instant{});
    CHECK_FALSE(refused.input.has_value());
    CHECK(refused.answer.status == 400);
}

TEST_CASE("alert door: the same words again are news, but what their sender calls the same is not")
{
    const AlertDoor door = door_of(SourceKind::text);
    CHECK(door.take(post("/in/" + key, "It rains"), Instant{}).input->key == "");
    const auto named = [&](const std::string& with_key, const char* id) {
        return door.take(post("/in/" + with_key, "It rains", {{"Idempotency-Key", id}}), Instant{})
            .input->key;
    };
    CHECK(named(key, "a") == named(key, "a"));
    CHECK(named(key, "a") != named(key, "b"));
    CHECK(named(key, "a") != named(other_key, "a"));
}

TEST_CASE("alert door: GitHub signs what it sends, and a request that was overheard does nothing again")
{
    const std::string body = R"({"zen": "x"})";
    const auto request = [&](const std::string& secret, const char* delivery) {
        return post("/in/" + key,
                    body,
                    {{"X-GitHub-Event", "ping"},
                     {"X-GitHub-Delivery", delivery},
                     {"X-Hub-Signature-256", "sha256=" + hex_of(hmac_sha256_of(secret, body))}});
    };
    AlertDoor door = door_of(SourceKind::github, {"new", "old"});
    const auto taken = door.take(request("new", "1"), Instant{});
    CHECK(taken.answer.status == 202);
    CHECK(door.take(request("old", "1"), Instant{}).answer.status == 202);
    CHECK(door.take(request("new", "2"), Instant{}).input->key == taken.input->key);
    CHECK(door.take(request("wrong", "1"), Instant{}).answer.status == 401);
    CHECK(door.take(post("/in/" + key, body, {{"X-GitHub-Event", "ping"}}), Instant{}).answer.status == 401);
    CHECK(door_of(SourceKind::github).take(request("", "1"), Instant{}).answer.status == 503);
    CHECK(door_of(SourceKind::github, {"", ""}).take(request("", "1"), Instant{}).answer.status == 503);
}

TEST_CASE("alert door: PagerDuty's senders are answered as PagerDuty would")
{
    const AlertDoor door = door_of(SourceKind::pagerduty);
    const auto taken = door.take(
        post("/in/" + key, R"({"event_action": "trigger", "dedup_key": "d", "payload": {"summary": "s"}})"),
        Instant{});
    CHECK(taken.answer.status == 202);
    CHECK(taken.answer.body == R"({"dedup_key":"d","message":"Event processed","status":"success"})");
    const auto refused = door.take(post("/in/" + key, R"({"event_action": "resolve"})"), Instant{});
    CHECK(refused.answer.status == 400);
    CHECK(refused.answer.body == R"({"errors":["\"dedup_key\" is missing: it says which alert to resolve."],)"
                                 R"("message":"Event object is invalid","status":"invalid event"})");
}

TEST_CASE("request allowance: what is remembered is bounded")
{
    RequestAllowance allowance{3};
    for (int name = 0; name < 100; ++name) CHECK(allowance.take(std::to_string(name), 1, begin).count() == 0);
    CHECK(allowance.take("again", 1, begin).count() == 0);
    CHECK(allowance.take("again", 1, begin).count() == 60);
    CHECK(allowance.take("again", 1, begin + 59s).count() == 1);
    CHECK(allowance.take("again", 1, begin + 60s).count() == 0);
}
