// Rotations as iCalendar: what is on call, as a feed that calendars subscribe to, and calendar files read as
// overrides. Pure; takes any bytes.
//
// A feed has an event for each shift. Its UID stays the same while its beginning does, so that a calendar
// moves what it has instead of showing both.
#pragma once

#include "bot/rotations/rotation_rules.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// What a person is called.
using PersonName = std::function<std::string(const UserId&)>;

/// A calendar of these shifts, in UTC; lines end in CRLF and are folded, as RFC 5545 has it. `made_at` is its
/// time stamp.
[[nodiscard]] std::string calendar_of(const std::string& rotation,
                                      const std::vector<OnCallShift>& shifts,
                                      const PersonName& name_of,
                                      Instant made_at);

/// What tells one calendar from another: the same for the same shifts of people who are called the same,
/// whenever it is made.
[[nodiscard]] std::string calendar_version_of(const std::string& rotation,
                                              const std::vector<OnCallShift>& shifts,
                                              const PersonName& name_of);

/// How far a feed reaches back and ahead.
inline constexpr std::chrono::days feed_back{30};
inline constexpr std::chrono::days feed_ahead{366};

/// An event of a calendar file: who is on, as its summary says, and when.
struct CalendarDuty {
    std::string summary;
    TimeSpan span;
    int line = 0;  ///< of BEGIN:VEVENT
};
struct CalendarProblem {
    int line = 0;  ///< 0: the whole file
    std::string what;
};
struct CalendarReading {
    /// In the order of the file; meaningful only without problems.
    std::vector<CalendarDuty> duties;
    std::vector<CalendarProblem> problems;
};

inline constexpr std::size_t duty_file_size_max = 1'000'000;
inline constexpr std::size_t duties_max = 2'000;

/// Events with times, in UTC or in a zone that the tz database knows; those without a zone are in `zone`, and
/// so are whole days. Repeated events are refused: what repeats belongs into the policy. Cancelled ones are
/// left out.
[[nodiscard]] CalendarReading read_duties(std::string_view text, std::string_view zone);

}  // namespace ackd
