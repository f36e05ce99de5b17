// When it is a certain time of day next for somebody, by their zone's own rules: on the day that the clocks
// go forward, too. (What user objects say of a zone is less: time_zone_labels.)
#pragma once

#include "sandbox/model/slack_identifiers.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

/// Minutes since midnight of "09:00"; nothing for anything else.
std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text);

/// That time on the day after the one it is there `now`. One that does not exist is the instant at which the
/// clocks go forward past it; of two, the first. Nothing when the zone is not known.
std::optional<Instant> next_local_time(const std::string& zone,
                                       std::chrono::minutes time_of_day,
                                       Instant now);

}  // namespace sandbox
