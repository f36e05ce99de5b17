// What a sandbox says of its clock at /sandbox/clock (its README describes it): how it runs now, and how it
// will.
#pragma once

#include "bot/fault.hpp"
#include "bot/following_clock.hpp"

#include <cstdint>
#include <string_view>

namespace ackd::slack {

struct ClockAnnouncement {
    std::int64_t revision = 0;  ///< another one after each change
    ClockCourse course;
};

/// Faults are `malformed`.
[[nodiscard]] Result<ClockAnnouncement> parse_clock_announcement(std::string_view body);

}  // namespace ackd::slack
