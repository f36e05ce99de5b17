// How a receiver knows that a webhook comes from us, and comes now: Standard Webhooks
// (https://www.standardwebhooks.com), for which there are libraries in most languages. Pure.
//
//   webhook-id: ackd-17
//   webhook-timestamp: 1700000000
//   webhook-signature: v1,<Base64 of the HMAC-SHA256 of "ackd-17.1700000000." and the body>
//
// The id is the same each time the same thing is told, so that whoever hears it twice knows. While one secret
// takes the other's place, it is signed with both: two signatures with a space between.
#pragma once

#include "adapters/outside/destination_secrets.hpp"
#include "bot/instant.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ackd::outside {

/// The bytes that sign: of "whsec_…" what its Base64 stands for, of anything else the text itself. Nothing:
/// it begins with "whsec_" and is no Base64, or it is empty.
[[nodiscard]] std::optional<std::string> signing_key_of(std::string_view secret);

/// Whole seconds since the epoch.
[[nodiscard]] std::string webhook_timestamp(Instant now);

/// The value of webhook-signature. Nothing: the secret is none (see above); a previous one that is none is
/// left out.
[[nodiscard]] std::optional<std::string> webhook_signature(const DestinationSecret& secret,
                                                           std::string_view id,
                                                           std::string_view timestamp,
                                                           std::string_view body);

}  // namespace ackd::outside
