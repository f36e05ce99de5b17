#include "adapters/outside/webhook_signature.hpp"

#include "bot/base64.hpp"
#include "bot/sha256.hpp"

namespace ackd::outside {

namespace {

std::optional<std::string> signed_with(std::string_view secret, const std::string& text)
{
    const auto key = signing_key_of(secret);
    if (!key) return std::nullopt;
    const Sha256 digest = hmac_sha256_of(*key, text);
    return "v1," + base64_of({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace

std::optional<std::string> signing_key_of(std::string_view secret)
{
    constexpr std::string_view prefix = "whsec_";
    auto key = secret.starts_with(prefix) ? bytes_of_base64(secret.substr(prefix.size()))
                                          : std::string{secret};
    if (key && key->empty()) return std::nullopt;
    return key;
}

std::string webhook_timestamp(Instant now)
{
    return std::to_string(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
}

std::optional<std::string> webhook_signature(const DestinationSecret& secret,
                                             std::string_view id,
                                             std::string_view timestamp,
                                             std::string_view body)
{
    std::string text{id};
    ((((text += '.') += timestamp) += '.') += body);
    auto signatures = signed_with(secret.current, text);
    if (!signatures) return std::nullopt;
    if (const auto previous = signed_with(secret.previous, text)) *signatures += " " + *previous;
    return signatures;
}

}  // namespace ackd::outside
