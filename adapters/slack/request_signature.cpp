#include "adapters/slack/request_signature.hpp"

#include "bot/sha256.hpp"

#include <openssl/crypto.h>

#include <charconv>
#include <optional>

namespace ackd::slack {
namespace {

constexpr std::string_view version = "v0";

std::optional<Instant> instant_of(std::string_view timestamp)
{
    constexpr std::size_t digits_max = 12;  // for ten thousand years
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(timestamp.data(), timestamp.data() + timestamp.size(), seconds);
    const bool whole = error == std::errc{} && end == timestamp.data() + timestamp.size();
    if (!whole || seconds < 0 || timestamp.size() > digits_max) return std::nullopt;
    return Instant{std::chrono::seconds{seconds}};
}

bool is_signed_with(const std::string& secret, const SignedRequest& request)
{
    if (secret.empty()) return false;
    const std::string expected = signature_of(secret, request.timestamp, request.body);
    return expected.size() == request.signature.size() &&
           CRYPTO_memcmp(expected.data(), request.signature.data(), expected.size()) == 0;
}

}  // namespace

std::string signature_of(std::string_view secret, std::string_view timestamp, std::string_view body)
{
    std::string signed_text{version};
    signed_text.reserve(version.size() + timestamp.size() + body.size() + 2);
    signed_text += ':';
    signed_text += timestamp;
    signed_text += ':';
    signed_text += body;
    std::string signature{version};
    signature += '=';
    signature += hex_of(hmac_sha256_of(secret, signed_text));
    return signature;
}

SignatureVerdict check_signature(const SigningSecrets& secrets, const SignedRequest& request, Instant now)
{
    if (request.timestamp.empty() || request.signature.empty()) return SignatureVerdict::missing;
    const auto signed_at = instant_of(request.timestamp);
    if (!signed_at || !request.signature.starts_with("v0=")) return SignatureVerdict::malformed;
    const Duration age = now - *signed_at;
    if (age > signature_window || age < -signature_window) return SignatureVerdict::stale;
    // Both are tried whatever the first says, so that the time taken does not tell which one fits.
    const bool by_current = is_signed_with(secrets.current, request);
    const bool by_previous = is_signed_with(secrets.previous, request);
    return by_current || by_previous ? SignatureVerdict::valid : SignatureVerdict::wrong;
}

const char* name_of(SignatureVerdict verdict)
{
    switch (verdict) {
        case SignatureVerdict::valid: return "valid";
        case SignatureVerdict::missing: return "missing";
        case SignatureVerdict::malformed: return "malformed";
        case SignatureVerdict::stale: return "stale";
        case SignatureVerdict::wrong: return "wrong";
    }
    return "?";
}

}  // namespace ackd::slack
