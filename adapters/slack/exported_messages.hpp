// A day of a channel as Slack exports it: a JSON array of messages, as conversations.history has them.
//
//     [{"type": "message", "user": "U1", "ts": "1700000000.000100", "text": "…", "blocks": […],
//       "thread_ts": "…", "reactions": […]}, …]
#pragma once

#include "bot/effect.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace ackd::slack {

/// What people and bots said, in the file's order. Nothing when the bytes are not a JSON array in UTF-8; what
/// is no message in it is left out.
[[nodiscard]] std::optional<std::vector<PastMessage>> read_exported_messages(std::string_view json);

}  // namespace ackd::slack
