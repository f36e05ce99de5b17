// Durations and offsets as people write them in files: "30m", "2h", "3d"; "75%", "10m", "100%+8h". What
// to_text writes is read back as the same value.
#pragma once

#include "bot/delivery/priority_policy.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ackd {

/// "45s", "5m", "90 min", "2h"; "3d" are working days, of eight hours each.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);
/// In one unit, the largest that fits; days only where working time is meant. Whole seconds.
[[nodiscard]] std::string to_text(Duration duration, TimeBase base);

/// A share of the time allowed, a duration, or both.
[[nodiscard]] std::optional<NudgeOffset> parse_offset(std::string_view text);
/// Shares in whole percent.
[[nodiscard]] std::string to_text(const NudgeOffset& offset, TimeBase base);

}  // namespace ackd
