// Holidays out of iCalendar files: which days they are, and what is said of a file that cannot be read.
#include "bot/people/holiday_calendar.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ackd;

namespace {

std::chrono::local_days day(int year, unsigned month, unsigned day_of_month)
{
    return std::chrono::local_days{std::chrono::year{year} / static_cast<int>(month) /
                                   static_cast<int>(day_of_month)};
}

/// The lines of one event after another; a new one begins at each SUMMARY.
std::string file_of(const std::string& lines)
{
    std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n";
    bool inside = false;
    for (std::size_t begin = 0; begin < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', begin), lines.size());
        const std::string line = lines.substr(begin, end - begin);
        if (line.starts_with("SUMMARY")) {
            if (inside) text += "END:VEVENT\r\n";
            text += "BEGIN:VEVENT\r\n";
            inside = true;
        }
        text += line + "\r\n";
        begin = end + 1;
    }
    return text + (inside ? "END:VEVENT\r\n" : "") + "END:VCALENDAR\r\n";
}

HolidayCalendarOutcome read(const std::string& text)
{
    return read_holiday_calendar(text, day(2026, 1, 1), day(2028, 12, 31));
}

/// "20261224 Christmas Eve, 20261225 …"
std::string days_of(const std::string& lines)
{
    const HolidayCalendarOutcome outcome = read(file_of(lines));
    if (!outcome.calendar) return "problem: " + outcome.problem;
    std::string text;
    for (const Holiday& holiday : outcome.calendar->holidays) {
        const std::chrono::year_month_day date{holiday.day};
        if (!text.empty()) text += ", ";
        const unsigned number = static_cast<unsigned>(static_cast<int>(date.year())) * 10'000 +
                                static_cast<unsigned>(date.month()) * 100 + static_cast<unsigned>(date.day());
        text += std::to_string(number) + " " + holiday.name;
    }
    return text;
}

}  // namespace

TEST_CASE("holiday calendar: which days an event makes free")
{
    struct Row {
        std::string why;
        std::string lines;
        std::string days;
    };
    const Row rows[] = {
        {"one day",
         "SUMMARY:New Year\nDTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20260102",
         "20260101 New Year"},
        {"one day, without an end", "SUMMARY:New Year\nDTSTART;VALUE=DATE:20260101", "20260101 New Year"},
        {"the end is the day after the last",
         "SUMMARY:Golden Week\nDTSTART;VALUE=DATE:20260503\nDTEND;VALUE=DATE:20260506",
         "20260503 Golden Week, 20260504 Golden Week, 20260505 Golden Week"},
        {"a duration",
         "SUMMARY:Eid\nDTSTART;VALUE=DATE:20260320\nDURATION:P2D",
         "20260320 Eid, 20260321 Eid"},
        {"every year, within the window",
         "SUMMARY:Christmas\nDTSTART;VALUE=DATE:19701225\nRRULE:FREQ=YEARLY",
         "20261225 Christmas, 20271225 Christmas, 20281225 Christmas"},
        {"the fourth Thursday in November",
         "SUMMARY:Thanksgiving\nDTSTART;VALUE=DATE:20201126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
         "20261126 Thanksgiving, 20271125 Thanksgiving, 20281123 Thanksgiving"},
        {"three times",
         "SUMMARY:Bridge\nDTSTART;VALUE=DATE:20251224\nRRULE:FREQ=YEARLY;COUNT=3",
         "20261224 Bridge, 20271224 Bridge"},
        {"but for one, and once more",
         "SUMMARY:Summer\nDTSTART;VALUE=DATE:20260701\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20270701\n"
         "RDATE;VALUE=DATE:20260815",
         "20260701 Summer, 20260815 Summer, 20280701 Summer"},
        {"one of the repetitions is moved",
         "SUMMARY:Outing\nUID:o1\nDTSTART;VALUE=DATE:20260601\nRRULE:FREQ=YEARLY\n"
         "SUMMARY:Outing later\nUID:o1\nRECURRENCE-ID;VALUE=DATE:20270601\nDTSTART;VALUE=DATE:20270608",
         "20260601 Outing, 20270608 Outing later, 20280601 Outing"},
        {"one of the repetitions is cancelled",
         "SUMMARY:Outing\nUID:o1\nDTSTART;VALUE=DATE:20260601\nRRULE:FREQ=YEARLY\n"
         "SUMMARY:Outing\nUID:o1\nRECURRENCE-ID;VALUE=DATE:20270601\nDTSTART;VALUE=DATE:20270601\n"
         "STATUS:CANCELLED",
         "20260601 Outing, 20280601 Outing"},
        {"cancelled", "SUMMARY:Off\nDTSTART;VALUE=DATE:20260601\nSTATUS:CANCELLED", ""},
        {"whole days with times",
         "SUMMARY:Offsite\nDTSTART;TZID=Europe/Berlin:20260601T000000\nDTEND;TZID=Europe/Berlin:20260603T000000",
         "20260601 Offsite, 20260602 Offsite"},
        {"a meeting is no holiday", "SUMMARY:Meeting\nDTSTART:20260601T100000Z\nDTEND:20260601T110000Z", ""},
        {"of two names the first",
         "SUMMARY:One\nDTSTART;VALUE=DATE:20260601\nSUMMARY:Two\nDTSTART;VALUE=DATE:20260601",
         "20260601 One"},
        {"what begins before the window and ends in it",
         "SUMMARY:Turn\nDTSTART;VALUE=DATE:20251230\nDTEND;VALUE=DATE:20260103",
         "20260101 Turn, 20260102 Turn"},
        {"an empty description is no mistake that matters",
         "SUMMARY:New Year\nDESCRIPTION:\nDTSTART;VALUE=DATE:20260101",
         "20260101 New Year"},
        {"the end is the start: one day",
         "SUMMARY:New Year\nDTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20260101",
         "20260101 New Year"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.why);
        CHECK(days_of(row.lines) == row.days);
    }
}

TEST_CASE("holiday calendar: events that are no whole days are left out, and counted")
{
    const auto outcome = read(file_of("SUMMARY:Meeting\nDTSTART:20260601T100000Z\nDTEND:20260601T110000Z"));
    REQUIRE(outcome.calendar);
    CHECK(outcome.calendar->timed_events == 1);
}

TEST_CASE("holiday calendar: a file that cannot be read is not read at all, and the problem says why")
{
    const std::string right = "SUMMARY:New Year\nDTSTART;VALUE=DATE:20260101\n";
    CHECK(days_of(right + "SUMMARY:Broken\nDTSTART;VALUE=DATE:20261x\n") ==
          "problem: the DTSTART of the event \"Broken\" is not understood; dates are written 20261224, and "
          "rules such as FREQ=YEARLY");
    CHECK(days_of(right + "SUMMARY:Broken\nDTSTART;VALUE=DATE:20260601\nRRULE:FREQ=YEERLY") ==
          "problem: the RRULE of the event \"Broken\" is not understood; dates are written 20261224, and "
          "rules such as FREQ=YEARLY");
    CHECK(days_of(right + "SUMMARY:Broken\n") ==
          "problem: the event \"Broken\" has no date between 1900 and 2200; expected is "
          "DTSTART;VALUE=DATE:20261224");
    CHECK(days_of("SUMMARY:Broken\nDTSTART;VALUE=DATE:20260605\nDTEND;VALUE=DATE:20260601") ==
          "problem: the event \"Broken\" ends before it begins; DTEND is the day after its last");
    CHECK(days_of("SUMMARY:Long\nDTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20270103") ==
          "problem: the event \"Long\" lasts longer than a year");
    CHECK(days_of("SUMMARY:Tick\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=HOURLY") ==
          "problem: the event \"Tick\" is repeated within a day; expected is FREQ=YEARLY, MONTHLY, WEEKLY or "
          "DAILY");
    CHECK(read("<html>Not found</html>").problem ==
          "it is no iCalendar file; expected is BEGIN:VCALENDAR in its first line");
    CHECK(read("").problem == "it is no iCalendar file; expected is BEGIN:VCALENDAR in its first line");
    const std::string whole = file_of(right);
    CHECK(read(whole.substr(0, whole.size() / 2)).problem ==
          "it does not end with END:VCALENDAR; is it cut off?");
    CHECK(read(std::string(holiday_file_size_max + 1, 'x')).problem == "it is larger than 2 MB");
    std::string many;
    for (int count = 0; count <= holiday_events_max; ++count) many += right;
    CHECK(days_of(many) == "problem: it has more than 5000 events");
    std::string often;
    for (int count = 0; count <= holiday_frequent_rules_max; ++count)
        often += "SUMMARY:Daily\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY;COUNT=2\n";
    CHECK(days_of(often) == "problem: more than 20 of its events are repeated daily or weekly");
    std::string long_ago;
    for (int count = 0; count < 4; ++count)
        long_ago += "SUMMARY:Daily\nDTSTART;VALUE=DATE:19400101\nRRULE:FREQ=DAILY\n";
    CHECK(days_of(long_ago) == "problem: its events are repeated more than 100000 times");
}
