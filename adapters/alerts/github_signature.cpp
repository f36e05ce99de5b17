#include "adapters/alerts/github_signature.hpp"

#include "bot/sha256.hpp"

#include <optional>

namespace ackd::alerts {

namespace {

bool is_signed_with(const std::string& secret, const Sha256& signature, std::string_view body)
{
    return !secret.empty() && is_same_in_constant_time(hmac_sha256_of(secret, body), signature);
}

}  // namespace

bool is_signed_by_github(const GithubSecrets& secrets, std::string_view signature, std::string_view body)
{
    constexpr std::string_view prefix = "sha256=";
    if (!signature.starts_with(prefix)) return false;
    const auto digest = sha256_from_hex(signature.substr(prefix.size()));
    if (!digest) return false;
    // Both are tried whatever the first says, so that the time taken does not tell which one fits.
    const bool by_current = is_signed_with(secrets.current, *digest, body);
    const bool by_previous = is_signed_with(secrets.previous, *digest, body);
    return by_current || by_previous;
}

}  // namespace ackd::alerts
