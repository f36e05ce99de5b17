// How a cadence is written: what is understood, what it is written as, and what is said of a slip of the pen.
#include "bot/cadence/cadence.hpp"
#include "bot/calendar_text.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace ackd;

namespace {

const auto monday = parse_date("2026-03-02");

/// As it is written, or why it is not understood.
std::string understood(const std::string& text, std::optional<std::chrono::local_days> starts = monday)
{
    std::string problem;
    const auto cadence = parse_cadence(text, starts, problem);
    return cadence ? to_text(*cadence) : problem;
}

}  // namespace

TEST_CASE("cadence: plain words and rules are understood, and written in one way")
{
    struct Row {
        const char* typed;
        const char* written;
    };
    const Row rows[] = {
        {"every friday 15:00", "every friday 15:00"},
        {"Every Friday at 3pm", "every friday 15:00"},
        {"fridays 15:00", "every friday 15:00"},
        {"15:00 every fri", "every friday 15:00"},
        {"weekly on friday at 3", "every friday 03:00"},
        {"friday every week 15h", "every friday 15:00"},
        {"mon, wed and fri 9:30", "every monday, wednesday and friday 09:30"},
        {"every thursday and tuesday noon", "every tuesday and thursday 12:00"},
        {"mon-thu 9:00", "every monday, tuesday, wednesday and thursday 09:00"},
        {"monday to friday 09:30", "every weekday 09:30"},
        {"sat-tue 9:00", "every monday, tuesday, saturday and sunday 09:00"},
        {"every weekday 9:30am", "every weekday 09:30"},
        {"weekdays at 9:30 am", "every weekday 09:30"},
        {"weekends 10:00", "every saturday and sunday 10:00"},
        {"mon-sun 8:00", "every day 08:00"},
        {"daily 8:00", "every day 08:00"},
        {"every day at 12am", "every day 00:00"},
        {"every 3 days 08:00", "every 3 days 08:00"},
        {"every other day 08:00", "every 2 days 08:00"},
        {"every working day 09:30", "every working day 09:30"},
        {"every business day 09:30", "every working day 09:30"},
        {"workdays 09:30", "every working day 09:30"},
        {"every second friday 15:00", "every second friday 15:00"},
        {"every other friday 15:00", "every second friday 15:00"},
        {"every 2nd friday 15:00", "every second friday 15:00"},
        {"every 2 weeks on friday 15:00", "every second friday 15:00"},
        {"fortnightly on friday 15:00", "every second friday 15:00"},
        {"every fortnight, friday 15:00", "every second friday 15:00"},
        {"friday every second week 15:00", "every second friday 15:00"},
        {"every 3 weeks on tuesday 10:00", "every 3 weeks on tuesday 10:00"},
        {"every three weeks on tuesday 10:00", "every 3 weeks on tuesday 10:00"},
        {"every third tuesday 10:00", "every 3 weeks on tuesday 10:00"},
        {"every other week on mon and thu 10:00", "every 2 weeks on monday and thursday 10:00"},
        {"every second monday and thursday 10:00", "every 2 weeks on monday and thursday 10:00"},
        {"first monday of the month 10:00", "first monday of the month 10:00"},
        {"every first monday of the month 10:00", "first monday of the month 10:00"},
        {"the 1st Monday of each month, 10 am", "first monday of the month 10:00"},
        {"every second tuesday of the month 10:00", "second tuesday of the month 10:00"},
        {"fifth friday of the month 10:00", "fifth friday of the month 10:00"},
        {"monthly on the last friday at 4pm", "last friday of the month 16:00"},
        {"every month on the last friday 16:00", "last friday of the month 16:00"},
        {"last friday every 2 months 16:00", "last friday every 2 months 16:00"},
        {"every other month on the last friday 16:00", "last friday every 2 months 16:00"},
        {"last working day of the month 16:00", "last working day of the month 16:00"},
        {"second business day of the month 16:00", "second working day of the month 16:00"},
        {"last weekday of the month 16:00", "last working day of the month 16:00"},
        {"15th of the month 9:00", "15th of the month 09:00"},
        {"the 15th 9:00", "15th of the month 09:00"},
        {"monthly on the 1st 9:00", "1st of the month 09:00"},
        {"every month on the 22nd 9:00", "22nd of the month 09:00"},
        {"23rd of every month 9:00", "23rd of the month 09:00"},
        {"12th every 3 months 9:00", "12th every 3 months 09:00"},
        {"first day of the month 9:00", "1st of the month 09:00"},
        {"last day of the month 9:00", "last day of the month 09:00"},
        {"end of the month 9:00", "last day of the month 09:00"},
        {"every quarter on the first tuesday 14:00", "first tuesday of the quarter 14:00"},
        {"quarterly on the first tuesday 14:00", "first tuesday of the quarter 14:00"},
        {"last working day of the quarter 14:00", "last working day of the quarter 14:00"},
        {"last friday every 2 quarters 14:00", "last friday every 2 quarters 14:00"},
        {"FREQ=MONTHLY;BYDAY=-1FR 15:00", "FREQ=MONTHLY;BYDAY=-1FR 15:00"},
        {"rrule:freq=weekly;byday=mo 3pm", "FREQ=WEEKLY;BYDAY=MO 15:00"},
        {"FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15 10:00", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15 10:00"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        CHECK(understood(row.typed) == row.written);
        CHECK(understood(row.written) == row.written);
    }
}

TEST_CASE("cadence: a slip of the pen is answered with a line that would be right")
{
    struct Row {
        const char* typed;
        const char* said;
    };
    const Row rows[] = {
        {"every frday 15:00", "\"frday\" is not understood. Did you mean \"every friday 15:00\"?"},
        {"last wroking day of the month 9:00", "Did you mean \"last working day of the month 9:00\"?"},
        {"every full moon 15:00", "\"full\" is not understood; a cadence is written such as "},
        {"every friday", "at what time of day? such as \"every friday 15:00\""},
        {"every friday 25:00", "\"25:00\" is not understood"},
        {"every friday 9:00 and 15:00", "at most once a day, at one time of day"},
        {"every hour 9:00", "at most once a day: \"every day 09:30\""},
        {"hourly at 9", "at most once a day"},
        {"every 30 minutes 9:00", "at most once a day"},
        {"every second 9:00", "at most once a day"},
        {"every month on friday 9:00",
         "which friday of the month? such as \"last friday of the month 10:00\""},
        {"monthly 9:00", "on which day of the month? such as \"first monday of the month 10:00\""},
        {"every quarter 9:00", "on which day of the quarter?"},
        {"weekly 9:00", "on which day of the week? such as \"every 2 weeks on friday 15:00\""},
        {"last friday 15:00", "of the month? then it is \"last friday of the month 15:00\""},
        {"every first friday 15:00", "of the month? then it is \"first friday of the month 15:00\""},
        {"last day 15:00", "of the month? then it is \"last day of the month 15:00\""},
        {"last working day 15:00",
         "of the month? then it is such as \"last working day of the month 15:00\""},
        {"biweekly on friday 15:00", "\"every second friday 15:00\" says which"},
        {"every year on friday 15:00", "written as a rule"},
        {"32nd of the month 9:00", "at most it is number 31"},
        {"sixth friday of the month 9:00", "at most it is number 5"},
        {"every 500 days 9:00", "at least once in 400 days"},
        {"every 60 weeks on friday 9:00", "at least once in 400 days"},
        {"first monday every 14 months 9:00", "at least once in 400 days"},
        {"every 0 days 9:00", "\"0\" is not understood"},
        {"every 99999999999 days 9:00", "not understood"},
        {"9:00", "it is not understood; a cadence is written such as"},
        {"", "a cadence is written such as \"every second friday 15:00\""},
        {"FREQ=MONTHLY;BYDAY=-1FR", "stands behind the rule: \"FREQ=MONTHLY;BYDAY=-1FR 15:00\""},
        {"FREQ=SOMETIMES 9:00", "the rule is not understood"},
        {"FREQ=SECONDLY 9:00", "at most once a day"},
        {"FREQ=MINUTELY 9:00", "at most once a day"},
        {"FREQ=HOURLY 9:00", "at most once a day"},
        {"FREQ=DAILY;COUNT=3 9:00", "neither COUNT nor UNTIL"},
        {"FREQ=DAILY;UNTIL=20270101 9:00", "neither COUNT nor UNTIL"},
        {"FREQ=DAILY;BYHOUR=3 9:00", "no BYHOUR"},
        {"RRULE:RSCALE=CHINESE;FREQ=MONTHLY;BYMONTHDAY=1 9:00", "the rule is not understood"},
        {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 9:00", "come round within 400 days"},
        {"FREQ=YEARLY;INTERVAL=2 9:00", "come round within 400 days"},
        {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29 9:00", "come round within 400 days"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        const std::string said = understood(row.typed);
        CAPTURE(said);
        CHECK(said.find(row.said) != std::string::npos);
    }
    CHECK(understood(std::string(300, 'x')).starts_with("a cadence has at most 240 characters"));
    CHECK(understood("FREQ=" + std::string(230, 'X')).find("at most 200 plain") != std::string::npos);
}

TEST_CASE("cadence: what takes place every second time says from which day it counts")
{
    for (const char* counting : {"every second friday 15:00",
                                 "every 3 days 9:00",
                                 "first monday every 2 months 9:00",
                                 "FREQ=WEEKLY 9:00",
                                 "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR 9:00",
                                 "FREQ=MONTHLY 9:00"})
    {
        CAPTURE(counting);
        CHECK(understood(counting, std::nullopt).find("starts = \"2026-01-05\"") != std::string::npos);
        CHECK(understood(counting).find("starts") == std::string::npos);
    }
    for (const char* plain : {"every friday 15:00",
                              "every working day 9:00",
                              "last friday of the quarter 9:00",
                              "FREQ=MONTHLY;BYDAY=1MO 9:00"})
    {
        CAPTURE(plain);
        CHECK(understood(plain, std::nullopt) == understood(plain));
    }
}

TEST_CASE("cadence: what becomes of holidays has four names")
{
    std::string problem;
    for (const OnHoliday each : {OnHoliday::skip, OnHoliday::before, OnHoliday::after, OnHoliday::keep})
        CHECK(parse_on_holiday(name_of(each), problem) == each);
    CHECK_FALSE(parse_on_holiday("later", problem).has_value());
    CHECK(problem == R"(on_holiday is "skip", "before", "after" or "keep", unlike "later")");
}

TEST_CASE("cadence: takes any text, and what it understands is written so that it reads the same")
{
    const std::vector<std::string> pieces{"every",       "second",
                                          "friday",      "mon-fri",
                                          "weekday",     "working",
                                          "day",         "days",
                                          "of",          "the",
                                          "month",       "quarter",
                                          "last",        "3",
                                          "15th",        "weeks",
                                          "on",          "9:30",
                                          "at",          "4",
                                          "pm",          "first",
                                          "and",         "-",
                                          "fortnightly", "FREQ=WEEKLY;BYDAY=MO",
                                          "monthly",     "\xc3\xa9",
                                          "\"",          ",",
                                          "99999999",    "-1",
                                          "to"};
    CHECK(rc::check([&] {
        std::string text;
        for (int count = *rc::gen::inRange(0, 8); count > 0; --count)
            text += (text.empty() ? "" : " ") + *rc::gen::elementOf(pieces);
        std::string problem;
        const auto cadence = parse_cadence(text, monday, problem);
        RC_ASSERT(cadence.has_value() == problem.empty());
        if (cadence) {
            RC_ASSERT(parse_cadence(to_text(*cadence), monday, problem) == cadence);
        }
    }));
    CHECK(rc::check([](const std::string& text) {
        std::string problem;
        const bool is_understood = parse_cadence(text, monday, problem).has_value();
        RC_ASSERT(is_understood == problem.empty());
    }));
}
