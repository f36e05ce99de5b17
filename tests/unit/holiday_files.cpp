// The folder of holiday calendars, and what the doctor says about it.
#include "bot/cli/holiday_files.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

using namespace ackd;
using namespace ackd::cli;
using namespace std::chrono_literals;

namespace {

const std::chrono::local_days today{2026y / 11 / 21};

/// A folder of its own, gone at the end.
class Folder {
public:
    Folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "ackd-holidays-XXXXXX").string();
        path_ = mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    void write(const std::string& name, const std::string& text) const
    {
        std::ofstream{path_ + "/" + name} << text;
    }
    void write_holiday(const std::string& name, const std::string& date) const
    {
        write(name,
              "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Off\nDTSTART;VALUE=DATE:" + date +
                  "\nEND:VEVENT\nEND:VCALENDAR\n");
    }
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

std::string line_of(const Finding& finding)
{
    std::string line = findings_as_text({finding});
    line.pop_back();
    return line;
}

}  // namespace

TEST_CASE("holiday files: each NAME.ics is the calendar of that name; one that is broken leaves the others")
{
    const Folder folder;
    folder.write_holiday("berlin.ics", "20270501");
    folder.write("cairo.ics", "BEGIN:VCALENDAR\n");
    folder.write("notes.txt", "nothing to read");
    const HolidayFiles files = read_holiday_files(folder.path(), today);
    REQUIRE(files.calendars.size() == 1);
    CHECK(files.calendars.at("berlin")->holidays ==
          std::vector<Holiday>{{std::chrono::local_days{2027y / 5 / 1}, "Off"}});
    CHECK(files.problems ==
          std::vector<std::string>{folder.path() +
                                   "/cairo.ics: it does not end with END:VCALENDAR; is it cut off?"});
}

TEST_CASE("holiday files: a folder lies beside the configuration file, unless its path is whole")
{
    CHECK(holiday_folder("", "/etc/ackd/ackd.toml").empty());
    CHECK(holiday_folder("holidays", "/etc/ackd/ackd.toml") == "/etc/ackd/holidays");
    CHECK(holiday_folder("/srv/holidays", "/etc/ackd/ackd.toml") == "/srv/holidays");
}

TEST_CASE("doctor: holiday calendars are there, can be read, and go on for a while")
{
    const Folder folder;
    Settings settings;
    const auto line = [&] {
        return line_of(judge_holidays(read_holiday_files(folder.path(), today), settings, today));
    };
    CHECK(line_of(judge_holidays({}, settings, today)) ==
          "– holidays: no calendars: [holidays] folder names none");
    folder.write_holiday("berlin.ics", "20270501");
    CHECK(line() == "✓ holidays: 1 calendar, good for more than 90 days");

    settings.teams.push_back(Team{"platform", {}, {}, {}, {}, "", std::nullopt, {"cairo"}});
    CHECK(line() ==
          "✗ holidays: there is no calendar \"cairo\" → put cairo.ics into the folder that [holidays] names");
    folder.write_holiday("cairo.ics", "20270218");
    CHECK(line() ==
          "✗ holidays: the last holiday in cairo.ics is 2027-02-18 → put next year's file in its place, and "
          "send ackd a SIGHUP");
    folder.write("cairo.ics", "");
    CHECK(
        line() ==
        "✗ holidays: " + folder.path() +
            "/cairo.ics: it is no iCalendar file; expected is BEGIN:VCALENDAR in its first line → repair the "
            "file or take it out of the folder; until then nobody has its holidays");
    CHECK(
        line_of(judge_holidays(read_holiday_files(folder.path() + "/gone", today), settings, today)) ==
        "✗ holidays: " + folder.path() +
            "/gone: No such file or directory; expected is a folder of NAME.ics files, as [holidays] folder "
            "names it → repair the file or take it out of the folder; until then nobody has its holidays");
}
