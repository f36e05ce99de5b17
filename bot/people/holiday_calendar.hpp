// Days on which nobody works, read from an iCalendar file: a value with the days themselves, no rules.
//
// What counts is whole days: events with dates, over one day or several, repeated or not, and events with
// times that begin and end at midnight. Others are no holidays and are left out. A file is taken whole or not
// at all.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

struct Holiday {
    std::chrono::local_days day;
    std::string name;
    friend bool operator==(const Holiday&, const Holiday&) = default;
};

struct HolidayCalendar {
    /// In order, each day once; of several names the one that stands first in the file.
    std::vector<Holiday> holidays;
    /// Events with other times than midnight, which were left out.
    int timed_events = 0;
};

/// By name.
using HolidayCalendars = std::map<std::string, std::shared_ptr<const HolidayCalendar>>;

inline constexpr std::size_t holiday_file_size_max = 2'000'000;
/// Events in a file, those of them that are repeated daily or weekly, repetitions looked at for all of them,
/// and days that one event covers.
inline constexpr int holiday_events_max = 5'000;
inline constexpr int holiday_frequent_rules_max = 20;
inline constexpr int holiday_occurrences_max = 100'000;
inline constexpr int holiday_length_max_days = 366;

struct HolidayCalendarOutcome {
    std::shared_ptr<const HolidayCalendar> calendar;  ///< null: see `problem`
    std::string problem;                              ///< what was found, and what is expected
};

/// The days from `from` up to and including `until`. Takes any bytes.
[[nodiscard]] HolidayCalendarOutcome read_holiday_calendar(std::string_view text,
                                                           std::chrono::local_days from,
                                                           std::chrono::local_days until);

}  // namespace ackd
