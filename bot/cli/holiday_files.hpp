// The folder of holiday calendars: each NAME.ics in it is the calendar of that name.
#pragma once

#include "bot/cli/finding.hpp"
#include "bot/people/holiday_calendar.hpp"
#include "bot/settings.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ackd::cli {

struct HolidayFiles {
    /// Those that could be read.
    HolidayCalendars calendars;
    /// "/etc/ackd/holidays/berlin.ics: what was found, and what is expected", one for each that could not.
    std::vector<std::string> problems;
};

/// `folder` as the configuration names it: a relative one lies beside the configuration file. Empty: none.
[[nodiscard]] std::string holiday_folder(const std::string& folder, const std::string& configuration_path);

/// Reads every calendar: the days from a year before `today` until five years after it.
[[nodiscard]] HolidayFiles read_holiday_files(const std::string& folder, std::chrono::local_days today);

/// Whether the calendars can be read, those that `settings` names are there, and none ends within the next 90
/// days.
[[nodiscard]] Finding judge_holidays(const HolidayFiles& files,
                                     const Policy& policy,
                                     std::chrono::local_days today);

}  // namespace ackd::cli
