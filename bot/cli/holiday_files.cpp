#include "bot/cli/holiday_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace ackd::cli {

namespace {

using std::chrono::days;

constexpr std::size_t files_max = 200;
constexpr days looks_back{366};
constexpr days looks_ahead{5 * 366};
constexpr days ends_soon_within{90};

std::string date_text(std::chrono::local_days day)
{
    const std::chrono::year_month_day date{day};
    return fmt::format("{}-{:02}-{:02}",
                       static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

/// One byte more than a calendar may have shows that it is too large.
std::string text_of(const std::filesystem::path& path, std::string& problem)
{
    std::ifstream file{path, std::ios::binary};
    std::string text(holiday_file_size_max + 1, '\0');
    if (file) file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad() || (!file && !file.eof())) problem = "it cannot be read: may this user?";
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

std::set<std::string> names_in_use(const Policy& policy)
{
    std::set<std::string> names{policy.holidays.begin(), policy.holidays.end()};
    for (const Team& team : policy.teams) names.insert(team.holidays.begin(), team.holidays.end());
    return names;
}

}  // namespace

std::string holiday_folder(const std::string& folder, const std::string& configuration_path)
{
    if (folder.empty()) return "";
    // An absolute one stays as it is.
    return std::filesystem::path{configuration_path}.parent_path() / folder;
}

HolidayFiles read_holiday_files(const std::string& folder, std::chrono::local_days today)
{
    HolidayFiles files;
    if (folder.empty()) return files;
    std::error_code error;
    std::vector<std::filesystem::path> paths;
    for (std::filesystem::directory_iterator entry{folder, error}, end; !error && entry != end;
         entry.increment(error))
    {
        if (entry->path().extension() == ".ics") paths.push_back(entry->path());
    }
    if (error) {
        files.problems.push_back(fmt::format("{}: {}; expected is a folder of NAME.ics files, as "
                                             "[holidays] folder names it",
                                             folder,
                                             error.message()));
        return files;
    }
    std::sort(paths.begin(), paths.end());
    if (paths.size() > files_max) {
        files.problems.push_back(fmt::format("{}: only the first {} calendars are read", folder, files_max));
        paths.resize(files_max);
    }
    for (const auto& path : paths) {
        HolidayCalendarOutcome outcome;
        const std::string text = text_of(path, outcome.problem);
        if (outcome.problem.empty())
            outcome = read_holiday_calendar(text, today - looks_back, today + looks_ahead);
        if (outcome.calendar)
            files.calendars.emplace(path.stem().string(), outcome.calendar);
        else
            files.problems.push_back(fmt::format("{}: {}", path.string(), outcome.problem));
    }
    return files;
}

Finding judge_holidays(const HolidayFiles& files, const Policy& policy, std::chrono::local_days today)
{
    const std::string name = "holidays";
    if (!files.problems.empty()) {
        const std::size_t others = files.problems.size() - 1;
        return found_wrong(
            name,
            files.problems.front() + (others == 0 ? "" : fmt::format(", and {} more", others)),
            "repair the file or take it out of the folder; until then nobody has its holidays");
    }
    for (const std::string& used : names_in_use(policy)) {
        if (files.calendars.contains(used)) continue;
        return found_wrong(name,
                           fmt::format("there is no calendar \"{}\"", used),
                           fmt::format("put {}.ics into the folder that [holidays] names", used));
    }
    for (const auto& [calendar, content] : files.calendars) {
        if (content->holidays.empty() || content->holidays.back().day < today + ends_soon_within) {
            const std::string last = content->holidays.empty() ? "none that counts"
                                                               : date_text(content->holidays.back().day);
            return found_wrong(name,
                               fmt::format("the last holiday in {}.ics is {}", calendar, last),
                               "put next year's file in its place, and send ackd a SIGHUP");
        }
    }
    if (files.calendars.empty()) return not_applicable(name, "no calendars: [holidays] folder names none");
    return found_right(name,
                       fmt::format("{} calendar{}, good for more than {} days",
                                   files.calendars.size(),
                                   files.calendars.size() == 1 ? "" : "s",
                                   ends_soon_within.count()));
}

}  // namespace ackd::cli
