// Working time of other weeks than the usual one, with holidays and absences.
#include "bot/people/availability.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

std::chrono::local_days day(const char* date)
{
    const Instant midnight = utc((std::string{date} + " 00:00").c_str());
    return std::chrono::local_days{std::chrono::floor<std::chrono::days>(midnight.time_since_epoch())};
}

WorkWeek week(const char* text)
{
    std::string problem;
    return parse_work_week(text, problem).value();
}

}  // namespace

TEST_CASE("work calendar: the next working instant obeys the week, the holidays and the absences")
{
    struct Row {
        std::string why;
        std::string zone;
        const char* week;
        std::vector<std::chrono::local_days> holidays;
        std::vector<TimeSpan> away;
        const char* at;
        const char* next;
    };
    const char* usual = "Mon-Fri 9-17";
    const Row rows[] = {
        {"a week end of Friday and Saturday",
         "Africa/Cairo",
         "Sun-Thu 9-17",
         {},
         {},
         "2026-03-05 15:00",
         "2026-03-08 07:00"},
        {"a night shift goes on after midnight",
         "Etc/UTC",
         "Mon-Fri 22-6",
         {},
         {},
         "2026-03-07 05:59",
         "2026-03-07 05:59"},
        {"and has an end", "Etc/UTC", "Mon-Fri 22-6", {}, {}, "2026-03-07 06:00", "2026-03-09 22:00"},
        {"the break at noon",
         "Etc/UTC",
         "Mon-Fri 9-12, 13-17",
         {},
         {},
         "2026-03-02 12:00",
         "2026-03-02 13:00"},
        {"a holiday", "Etc/UTC", usual, {day("2026-03-03")}, {}, "2026-03-02 17:00", "2026-03-04 09:00"},
        {"a holiday of the local day",
         "Asia/Tokyo",
         usual,
         {day("2026-03-03")},
         {},
         "2026-03-02 09:00",
         "2026-03-04 00:00"},
        {"a holiday takes the shift that begins on it, over midnight",
         "Etc/UTC",
         "Mon-Fri 22-6",
         {day("2026-03-03")},
         {},
         "2026-03-04 01:00",
         "2026-03-04 22:00"},
        {"and leaves the one that began before it",
         "Etc/UTC",
         "Mon-Fri 22-6",
         {day("2026-03-03")},
         {},
         "2026-03-03 01:00",
         "2026-03-03 01:00"},
        {"away until noon",
         "Etc/UTC",
         usual,
         {},
         {{utc("2026-03-02 08:00"), utc("2026-03-02 12:00")}},
         "2026-03-02 09:30",
         "2026-03-02 12:00"},
        {"two absences that touch, and a holiday behind them",
         "Etc/UTC",
         usual,
         {day("2026-03-05")},
         {{utc("2026-03-03 12:00"), utc("2026-03-05 00:00")},
          {utc("2026-03-02 00:00"), utc("2026-03-03 12:00")}},
         "2026-03-02 10:00",
         "2026-03-06 09:00"},
        {"a year away",
         "Etc/UTC",
         usual,
         {},
         {{utc("2026-03-02 00:00"), utc("2027-03-03 00:00")}},
         "2026-03-02 10:00",
         "2027-03-03 09:00"},
        {"a day that did not exist", "Pacific/Apia", usual, {}, {}, "2011-12-30 03:00", "2012-01-01 19:00"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.why);
        const WorkingHours hours{row.zone, "Etc/UTC", WorkCalendar{week(row.week), row.holidays, row.away}};
        CHECK(hours.next_working_instant(utc(row.at)) == utc(row.next));
    }
}

TEST_CASE("work calendar: the clock stands still on holidays and in absences")
{
    const WorkingHours hours{"Etc/UTC",
                             "Etc/UTC",
                             WorkCalendar{default_work_week(),
                                          {day("2026-03-03")},
                                          {{utc("2026-03-04 10:00"), utc("2026-03-05 16:00")}}}};
    CHECK(hours.add_working_time(utc("2026-03-02 16:00"), 2h) == utc("2026-03-04 10:00"));
    CHECK(hours.add_working_time(utc("2026-03-02 16:00"), 3h) == utc("2026-03-05 17:00"));
    CHECK(hours.working_time_between(utc("2026-03-02 16:00"), utc("2026-03-06 10:00")) == 4h);
}

TEST_CASE("work calendar: a calendar without working time for over 400 days is not followed from there on")
{
    const TimeSpan two_years{utc("2026-03-02 00:00"), utc("2028-03-06 00:00")};
    const WorkingHours hours{"Etc/UTC", "Etc/UTC", WorkCalendar{default_work_week(), {}, {two_years}}};
    CHECK(hours.contains(utc("2026-03-02 10:00")));
    CHECK(hours.next_digest_slot(utc("2026-03-02 10:00")) == utc("2026-03-02 13:00"));
    // 400 days before its end, which is a working instant again, it is an absence like others.
    const Instant obeyed_from = utc("2028-03-06 09:00") - 400 * 24h;
    CHECK(obeyed_from == utc("2027-01-31 09:00"));
    CHECK(hours.contains(utc("2027-01-29 16:59")));
    CHECK(hours.next_working_instant(utc("2027-01-29 17:00")) == utc("2028-03-06 09:00"));

    const TimeSpan for_ever{utc("2026-03-02 00:00"), Instant::max()};
    const WorkingHours always{"Etc/UTC", "Etc/UTC", WorkCalendar{default_work_week(), {}, {for_ever}}};
    CHECK(always.next_working_instant(utc("2026-03-07 12:00")) == utc("2026-03-09 09:00"));
    CHECK(always.add_working_time(utc("2026-03-06 16:00"), 2h) == utc("2026-03-09 10:00"));
}

TEST_CASE("work calendar: a week without shifts is the usual one, and endless working time has an end")
{
    const WorkingHours hours{"Etc/UTC", "Etc/UTC", WorkCalendar{WorkWeek{}, {}, {}}};
    CHECK(hours.next_working_instant(utc("2026-03-07 12:00")) == utc("2026-03-09 09:00"));
    const WorkingHours little{"Etc/UTC", "Etc/UTC", WorkCalendar{week("Mon 9:00-9:01"), {}, {}}};
    CHECK(little.add_working_time(utc("2026-03-02 09:00"), 100'000 * working_day) > utc("2036-03-02 09:00"));
}

TEST_CASE("work calendar: every shift has a digest slot, those of 9:30, 13:00 and 16:30 where it holds them")
{
    struct Row {
        const char* week;
        const char* at;
        const char* slot;
    };
    const Row rows[] = {
        {"Mon-Fri 22-6", "2026-03-02 09:00", "2026-03-02 22:30"},
        {"Mon-Fri 22-10", "2026-03-02 09:00", "2026-03-03 09:30"},
        {"Mon-Fri 7:00-7:40", "2026-03-02 07:00", "2026-03-02 07:20"},
        {"Mon-Fri 10-12", "2026-03-02 07:00", "2026-03-02 10:30"},
        {"Mon-Fri 10-14", "2026-03-02 07:00", "2026-03-02 13:00"},
        {"Mon-Fri 9:30-13:00, 14-16", "2026-03-02 10:00", "2026-03-02 14:30"},
        {"Sun 9-17", "2026-03-02 10:00", "2026-03-08 09:30"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.week);
        CAPTURE(row.at);
        const WorkingHours hours{"Etc/UTC", "Etc/UTC", WorkCalendar{week(row.week), {}, {}}};
        CHECK(hours.next_digest_slot(utc(row.at)) == utc(row.slot));
        CHECK(hours.previous_digest_slot(utc(row.slot)) == utc(row.slot));
    }
}

TEST_CASE("work calendar: the previous digest slot is at most 35 days old, and in no holiday or absence")
{
    const WorkingHours usual{"Europe/Berlin"};
    CHECK(usual.previous_digest_slot(utc("2026-03-02 08:29")) == utc("2026-02-27 15:30"));
    CHECK(usual.previous_digest_slot(utc("2026-03-02 08:30")) == utc("2026-03-02 08:30"));

    const auto after_absence = [](const char* from) {
        return WorkingHours{
            "Etc/UTC",
            "Etc/UTC",
            WorkCalendar{default_work_week(), {day("2026-03-02")}, {{utc(from), utc("2026-03-02 00:00")}}}};
    };
    CHECK(after_absence("2026-01-26 17:00").previous_digest_slot(utc("2026-03-02 16:30")) ==
          utc("2026-01-26 16:30"));
    CHECK(after_absence("2026-01-26 17:00").previous_digest_slot(utc("2026-03-02 16:31")) == std::nullopt);
    CHECK(after_absence("2026-02-25 15:00").previous_digest_slot(utc("2026-03-02 12:00")) ==
          utc("2026-02-25 13:00"));
}
