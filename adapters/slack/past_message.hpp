// A message of a conversation's history (conversations.history, conversations.replies) as the bot knows it.
#pragma once

#include "adapters/json/json_reading.hpp"
#include "adapters/slack/own_identity.hpp"
#include "bot/effect.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ackd::slack {

/// Nothing for what nobody said (somebody joined, a topic was set).
[[nodiscard]] std::optional<PastMessage> past_message_from(JsonValue message, const OwnIdentity& identity);

/// When Slack took a message in, from its `ts`. The epoch for what is no `ts`.
[[nodiscard]] Instant instant_of_stamp(std::string_view stamp);
/// As Slack would write it; the epoch for what is before it.
[[nodiscard]] std::string stamp_of(Instant at);

}  // namespace ackd::slack
