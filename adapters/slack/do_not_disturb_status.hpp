// What Slack says of somebody's do-not-disturb, wherever it comes from: an event or a list.
//
//     {"dnd_enabled":true,"next_dnd_start_ts":1450387800,"next_dnd_end_ts":1450423800}
//
// is the present or the next span of time in Unix seconds. A pause that somebody set by hand is told as such
// a span, too; of a daily one Slack tells one day at a time. Where it is off, both are 1.
#pragma once

#include "adapters/json/json_reading.hpp"
#include "bot/input.hpp"

#include <optional>
#include <string_view>

namespace ackd::slack {

/// Nothing: it is said to be on, at a time that cannot be.
[[nodiscard]] std::optional<DoNotDisturbChanged> do_not_disturb_from(std::string_view person,
                                                                     JsonValue status);

}  // namespace ackd::slack
