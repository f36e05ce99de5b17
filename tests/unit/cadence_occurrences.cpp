// When a cadence takes place: holidays, clocks that change both ways, zones that leave a day out. The
// property holds it against a slow reading of the definition, day by day.
#include "bot/cadence/occurrences.hpp"
#include "bot/calendar_text.hpp"
#include "tests/unit/test_time.hpp"

#include <date/tz.h>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

using LocalDay = std::chrono::local_days;
using Days = std::chrono::days;
using YearMonthDay = std::chrono::year_month_day;

LocalDay day_of(const char* text)
{
    const auto day = parse_date(text);
    REQUIRE(day.has_value());
    return *day;
}

Cadence cadence_of(const std::string& text, const char* zone = "Etc/UTC", const char* starts = "2026-03-02")
{
    std::string problem;
    const auto cadence = parse_cadence(text, day_of(starts), problem);
    REQUIRE_MESSAGE(cadence.has_value(), problem);
    Cadence read = *cadence;
    read.zone = zone;
    return read;
}

/// "2026-03-06 15:00 UTC", a line for each; with the nominal day where it was moved.
std::string text_of(const std::vector<Occurrence>& occurrences)
{
    std::string text;
    for (const Occurrence& each : occurrences) {
        if (!text.empty()) text += '\n';
        text += utc_text(each.at);
        if (each.nominal != each.day) text += " for " + date_text(each.nominal);
    }
    return text;
}

std::string between(const Cadence& cadence,
                    const char* from,
                    const char* until,
                    const WorkingDays& working_days = {})
{
    return text_of(occurrences_between({cadence, working_days, "Etc/UTC"}, {utc(from), utc(until)}));
}

WorkingDays with_holidays(const std::vector<const char*>& days)
{
    WorkingDays working_days;
    for (const char* day : days) working_days.holidays.push_back(day_of(day));
    return working_days;
}

/// Reads the definition in cadence.hpp day by day: slow, and of no cleverness.
class SlowCadence {
public:
    explicit SlowCadence(const CadencePlan& plan) : plan_(plan) {}

    std::vector<Occurrence> between(const TimeSpan& span) const
    {
        const Cadence& cadence = plan_.cadence;
        const LocalDay from{std::chrono::floor<Days>(span.from.time_since_epoch())};
        const LocalDay until{std::chrono::floor<Days>(span.until.time_since_epoch())};
        std::map<LocalDay, LocalDay> nominal_of;
        for (LocalDay day = from - Days{60}; day <= until + Days{60}; day += Days{1}) {
            if (day < *cadence.starts ||
                !std::visit([&](const auto& days) { return is_one(days, day); }, cadence.days))
                continue;
            LocalDay to = day;
            const Days step{cadence.on_holiday == OnHoliday::before ? -1 : 1};
            const bool moves = cadence.on_holiday == OnHoliday::before ||
                               cadence.on_holiday == OnHoliday::after;
            while (moves && !plan_.working_days.contains(to) && std::chrono::abs(to - day) <= 31 * Days{1})
                to += step;
            if (cadence.on_holiday != OnHoliday::keep && !plan_.working_days.contains(to)) continue;
            if (std::chrono::abs(to - day) > Days{31} || to < *cadence.starts) continue;
            const auto [entry, is_new] = nominal_of.try_emplace(to, day);
            if (!is_new && day == to) entry->second = day;
        }
        std::map<Instant, Occurrence> by_instant;
        for (const auto& [day, nominal] : nominal_of) {
            const Instant at = first_instant(day);
            if (at < span.from || at >= span.until) continue;
            const auto [entry, is_new] = by_instant.try_emplace(at, Occurrence{nominal, day, at});
            if (!is_new && nominal == day) entry->second = {nominal, day, at};
        }
        std::vector<Occurrence> found;
        for (const auto& [at, occurrence] : by_instant) found.push_back(occurrence);
        return found;
    }

private:
    /// When the clock on the wall first shows the time of day, or a later one.
    Instant first_instant(LocalDay day) const
    {
        const auto* zone = date::locate_zone(plan_.cadence.zone);
        const auto wanted = day.time_since_epoch() + plan_.cadence.at;
        Instant at{wanted - 30h};
        while (zone->to_local(at).time_since_epoch() < wanted) at += 5min;
        return at;
    }

    static LocalDay monday_before(LocalDay day)
    {
        while (std::chrono::weekday{day} != std::chrono::Monday) day -= Days{1};
        return day;
    }
    static LocalDay period_of(CadencePeriod period, LocalDay day)
    {
        const YearMonthDay date{day};
        const unsigned month = static_cast<unsigned>(date.month());
        const unsigned first = period == CadencePeriod::month ? month : (month - 1) / 3 * 3 + 1;
        return LocalDay{date.year() / std::chrono::month{first} / 1};
    }

    bool is_one(const EveryDay& every, LocalDay day) const
    {
        return (day - *plan_.cadence.starts).count() % every.interval == 0;
    }
    bool is_one(const EveryWorkingDay&, LocalDay day) const { return plan_.working_days.contains(day); }
    bool is_one(const EveryWeek& every, LocalDay day) const
    {
        const auto names = [&](LocalDay each) {
            return std::count(every.weekdays.begin(), every.weekdays.end(), std::chrono::weekday{each}) > 0;
        };
        LocalDay first = *plan_.cadence.starts;
        while (!names(first)) first += Days{1};
        const auto weeks = (monday_before(day) - monday_before(first)).count() / 7;
        return names(day) && weeks >= 0 && weeks % every.interval == 0;
    }
    bool is_one(const DayOfPeriod& which, LocalDay day) const
    {
        const LocalDay begins = period_of(which.period, day);
        int periods = 0;
        for (LocalDay each = period_of(which.period, *plan_.cadence.starts); each < begins; ++periods)
            each = period_of(which.period,
                             each + (which.period == CadencePeriod::month ? Days{40} : Days{100}));
        if (periods % which.interval != 0) return false;
        const auto counts = [&](LocalDay each) {
            switch (which.kind) {
                case DayOfPeriod::Kind::calendar_day: return true;
                case DayOfPeriod::Kind::business_day: return plan_.working_days.contains(each);
                case DayOfPeriod::Kind::weekday: return std::chrono::weekday{each} == which.weekday;
            }
            return false;
        };
        if (!counts(day)) return false;
        if (which.ordinal < 0) {
            LocalDay each = day + Days{1};
            while (period_of(which.period, each) == begins && !counts(each)) each += Days{1};
            return period_of(which.period, each) != begins;
        }
        int number = 0;
        for (LocalDay each = begins; each <= day; each += Days{1}) number += counts(each) ? 1 : 0;
        return number == which.ordinal;
    }
    bool is_one(const DaysByRule& by_rule, LocalDay day) const
    {
        const YearMonthDay date{day};
        if (by_rule.rule == "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR,MO,SA")
            return date.day() == std::chrono::day{13} && (std::chrono::weekday{day} == std::chrono::Friday ||
                                                          std::chrono::weekday{day} == std::chrono::Monday ||
                                                          std::chrono::weekday{day} == std::chrono::Saturday);
        return (day - *plan_.cadence.starts).count() % 14 == 0;
    }

    const CadencePlan& plan_;
};

CadenceDays any_days()
{
    const auto any_weekday = [] {
        return std::chrono::weekday{static_cast<unsigned>(*rc::gen::inRange(0, 7))};
    };
    switch (*rc::gen::inRange(0, 6)) {
        case 0: return EveryDay{*rc::gen::inRange(1, 40)};
        case 1: return EveryWorkingDay{};
        case 2:
            return DaysByRule{*rc::gen::element(std::string{"FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR,MO,SA"},
                                                std::string{"FREQ=WEEKLY;INTERVAL=2"})};
        case 3: {
            EveryWeek every;
            every.interval = *rc::gen::inRange(1, 8);
            for (unsigned day = 1; day <= 7; ++day) {
                if (*rc::gen::inRange(0, 3) == 0) every.weekdays.emplace_back(day % 7);
            }
            if (every.weekdays.empty()) every.weekdays.push_back(any_weekday());
            return every;
        }
        default: break;
    }
    DayOfPeriod day;
    day.period = *rc::gen::element(CadencePeriod::month, CadencePeriod::quarter);
    day.kind = *rc::gen::element(
        DayOfPeriod::Kind::calendar_day, DayOfPeriod::Kind::business_day, DayOfPeriod::Kind::weekday);
    day.interval = *rc::gen::inRange(1, 4);
    if (day.kind == DayOfPeriod::Kind::weekday) day.weekday = any_weekday();
    const int ordinals = day.kind == DayOfPeriod::Kind::calendar_day ? 31 : 4;
    day.ordinal = *rc::gen::arbitrary<bool>() ? -1 : *rc::gen::inRange(1, ordinals + 1);
    return day;
}

}  // namespace

TEST_CASE("cadence: every second friday counts from the first one on or after its start")
{
    CHECK(between(cadence_of("every second friday 15:00"), "2026-03-01 00:00", "2026-04-10 00:00") ==
          "2026-03-06 15:00 UTC\n2026-03-20 15:00 UTC\n2026-04-03 15:00 UTC");
    CHECK(between(cadence_of("every second friday 15:00", "Etc/UTC", "2026-03-07"),
                  "2026-03-01 00:00",
                  "2026-04-10 00:00") == "2026-03-13 15:00 UTC\n2026-03-27 15:00 UTC");
    CHECK(between(cadence_of("every second friday 15:00"), "2036-03-01 00:00", "2036-03-28 00:00") ==
          "2036-03-07 15:00 UTC\n2036-03-21 15:00 UTC");
}

TEST_CASE("cadence: months and quarters")
{
    CHECK(between(cadence_of("last working day of the month 16:00"),
                  "2026-03-01 00:00",
                  "2026-06-10 00:00") == "2026-03-31 16:00 UTC\n2026-04-30 16:00 UTC\n2026-05-29 16:00 UTC");
    CHECK(between(cadence_of("last working day of the month 16:00"),
                  "2026-12-01 00:00",
                  "2027-01-10 00:00",
                  with_holidays({"2026-12-31"})) == "2026-12-30 16:00 UTC");
    CHECK(between(cadence_of("first tuesday of the quarter 14:00"), "2026-03-01 00:00", "2026-12-31 00:00") ==
          "2026-04-07 14:00 UTC\n2026-07-07 14:00 UTC\n2026-10-06 14:00 UTC");
    CHECK(between(cadence_of("last friday of the quarter 14:00"), "2026-03-01 00:00", "2026-12-31 00:00") ==
          "2026-03-27 14:00 UTC\n2026-06-26 14:00 UTC\n2026-09-25 14:00 UTC\n2026-12-25 14:00 UTC");
    Cadence last_days = cadence_of("31st of the month 09:00");
    last_days.on_holiday = OnHoliday::keep;
    CHECK(between(last_days, "2026-03-01 00:00", "2026-08-10 00:00") ==
          "2026-03-31 09:00 UTC\n2026-05-31 09:00 UTC\n2026-07-31 09:00 UTC");
}

TEST_CASE("cadence: a holiday leaves it out, moves it, or leaves it where it is")
{
    const WorkingDays easter = with_holidays({"2026-04-03", "2026-04-06"});
    struct Row {
        OnHoliday on_holiday;
        const char* expected;
    };
    const Row rows[] = {{OnHoliday::skip, ""},
                        {OnHoliday::before, "2026-04-02 15:00 UTC for 2026-04-03"},
                        {OnHoliday::after, "2026-04-07 15:00 UTC for 2026-04-03"},
                        {OnHoliday::keep, "2026-04-03 15:00 UTC"}};
    for (const Row& row : rows) {
        Cadence cadence = cadence_of("every friday 15:00");
        cadence.on_holiday = row.on_holiday;
        CAPTURE(name_of(row.on_holiday));
        CHECK(between(cadence, "2026-03-31 00:00", "2026-04-09 00:00", easter) == row.expected);
    }
}

TEST_CASE(
    "cadence: working days are those of the week of who takes part, less the holidays of their calendars")
{
    std::string problem;
    const auto week = parse_work_week("Sun-Thu 09:00-17:00", problem);
    REQUIRE_MESSAGE(week.has_value(), problem);
    HolidayCalendar purim;
    purim.holidays = {{day_of("2026-03-03"), "Purim"}, {day_of("2026-03-04"), "Shushan Purim"}};
    HolidayCalendar other;
    other.holidays = {{day_of("2026-03-05"), "of others"}};
    const HolidayCalendars known{{"israel", std::make_shared<const HolidayCalendar>(purim)},
                                 {"other", std::make_shared<const HolidayCalendar>(other)}};
    const WorkingDays working_days = working_days_of(*week, {"israel", "unknown"}, known);
    CHECK(between(
              cadence_of("every working day 09:30"), "2026-03-01 00:00", "2026-03-09 00:00", working_days) ==
          "2026-03-02 09:30 UTC\n2026-03-05 09:30 UTC\n2026-03-08 09:30 UTC");
}

TEST_CASE("cadence: where nobody works for more than a month it is left out, and not moved through it")
{
    WorkingDays summer;
    for (int day = 0; day < 45; ++day) summer.holidays.push_back(day_of("2026-07-01") + Days{day});
    const Cadence first = cadence_of("1st of the month 09:00");
    CHECK(between(first, "2026-06-15 00:00", "2026-09-10 00:00", summer) ==
          "2026-08-17 09:00 UTC for 2026-08-01\n2026-09-01 09:00 UTC");
}

TEST_CASE("cadence: of two that land on one day one takes place")
{
    Cadence daily = cadence_of("every weekday 09:30");
    const WorkingDays thursday = with_holidays({"2026-04-02"});
    CHECK(between(daily, "2026-04-01 00:00", "2026-04-05 00:00", thursday) ==
          "2026-04-01 09:30 UTC\n2026-04-03 09:30 UTC");
    Cadence weekend = cadence_of("every saturday and sunday 09:30");
    CHECK(between(weekend, "2026-04-03 00:00", "2026-04-08 00:00") == "2026-04-06 09:30 UTC for 2026-04-04");
    weekend.on_holiday = OnHoliday::before;
    CHECK(between(weekend, "2026-04-03 00:00", "2026-04-08 00:00") == "2026-04-03 09:30 UTC for 2026-04-04");
}

TEST_CASE(
    "cadence: a time that the clocks skip is when they change, one that comes twice the first of the two")
{
    struct Row {
        const char* zone;
        const char* day;
        const char* time;
        const char* at;
    };
    const Row rows[] = {{"Europe/Berlin", "2026-03-29", "02:30", "2026-03-29 01:00 UTC"},
                        {"Europe/Berlin", "2026-10-25", "02:30", "2026-10-25 00:30 UTC"},
                        {"America/New_York", "2026-03-08", "02:30", "2026-03-08 07:00 UTC"},
                        {"America/New_York", "2026-11-01", "01:30", "2026-11-01 05:30 UTC"},
                        {"Australia/Sydney", "2026-10-04", "02:30", "2026-10-03 16:00 UTC"},
                        {"Australia/Sydney", "2026-04-05", "02:30", "2026-04-04 15:30 UTC"}};
    for (const Row& row : rows) {
        Cadence daily = cadence_of(std::string{"every day "} + row.time, row.zone, row.day);
        daily.on_holiday = OnHoliday::keep;
        CAPTURE(row.zone);
        CAPTURE(row.day);
        const auto next = next_occurrence({daily, {}, "Etc/UTC"}, utc("2026-01-01 00:00"));
        REQUIRE(next.has_value());
        CHECK(utc_text(next->at) == row.at);
    }
}

TEST_CASE("cadence: a day that a zone leaves out is no second time on the day behind it")
{
    Cadence daily = cadence_of("every day 00:00", "Pacific/Apia", "2011-12-01");
    daily.on_holiday = OnHoliday::keep;
    // Samoa went from 29 to 31 December 2011, at 10:00 UTC.
    CHECK(between(daily, "2011-12-29 00:00", "2012-01-01 00:00") ==
          "2011-12-29 10:00 UTC\n2011-12-30 10:00 UTC\n2011-12-31 10:00 UTC");
    daily.at = 9h;
    CHECK(between(daily, "2011-12-29 00:00", "2012-01-01 00:00") ==
          "2011-12-29 19:00 UTC\n2011-12-30 10:00 UTC\n2011-12-30 19:00 UTC\n2011-12-31 19:00 UTC");
}

TEST_CASE("cadence: next is after the instant asked about, and from the start on")
{
    const Cadence cadence = cadence_of("every friday 15:00");
    const auto next = [&](const char* after) {
        const auto found = next_occurrence({cadence, {}, "Etc/UTC"}, utc(after));
        return found ? utc_text(found->at) : "never";
    };
    CHECK(next("2001-01-01 00:00") == "2026-03-06 15:00 UTC");
    CHECK(next("2026-03-06 14:59") == "2026-03-06 15:00 UTC");
    CHECK(next("2026-03-06 15:00") == "2026-03-13 15:00 UTC");
    CHECK(next("2126-03-06 15:00") == "2126-03-08 15:00 UTC");
}

TEST_CASE("cadence: what falls on no working day is said, with what would help")
{
    Cadence sundays = cadence_of("every sunday 10:00");
    sundays.on_holiday = OnHoliday::skip;
    const WorkingDays working_days;
    CHECK(
        problem_of_working_days({sundays, working_days, "Etc/UTC"}, utc("2026-03-02 00:00")) ==
        "\"every sunday 10:00\" falls on no working day within 400 days: on_holiday = \"after\" moves it to the "
        "next one, \"keep\" leaves it where it is");
    sundays.on_holiday = OnHoliday::after;
    CHECK(problem_of_working_days({sundays, working_days, "Etc/UTC"}, utc("2026-03-02 00:00")) == "");
}

TEST_CASE("cadence: always as the definition has it, day by day, and written so that it reads the same")
{
    CHECK(rc::check([] {
        Cadence cadence;
        cadence.days = any_days();
        cadence.at = std::chrono::minutes{5 * *rc::gen::inRange(0, 288)};
        cadence.zone = *rc::gen::element(std::string{"Europe/Berlin"},
                                         std::string{"America/New_York"},
                                         std::string{"Australia/Lord_Howe"},
                                         std::string{"Pacific/Apia"},
                                         std::string{"Pacific/Kiritimati"},
                                         std::string{"America/Santiago"});
        cadence.on_holiday = *rc::gen::element(
            OnHoliday::skip, OnHoliday::before, OnHoliday::after, OnHoliday::keep);
        const LocalDay starts = day_of("2008-01-01") + Days{*rc::gen::inRange(0, 4'000)};
        cadence.starts = starts;
        WorkingDays working_days;
        for (bool& works : working_days.week) works = *rc::gen::inRange(0, 4) > 0;
        working_days.week[2] = true;
        const LocalDay first = starts + Days{*rc::gen::inRange(-100, 6'000)};
        for (int count = *rc::gen::inRange(0, 30); count > 0; --count)
            working_days.holidays.push_back(first + Days{*rc::gen::inRange(-40, 160)});
        std::sort(working_days.holidays.begin(), working_days.holidays.end());

        const CadencePlan plan{cadence, working_days, "Etc/UTC"};
        const Instant from{first.time_since_epoch()};
        const TimeSpan span{from, from + Days{*rc::gen::inRange(1, 120)}};
        const auto found = occurrences_between(plan, span);
        RC_LOG() << to_text(cadence) << ", " << name_of(cadence.on_holiday) << ", from " << date_text(starts)
                 << " in " << cadence.zone << ", asked from " << utc_text(span.from) << "\nfound:\n"
                 << text_of(found) << "\nexpected:\n"
                 << text_of(SlowCadence{plan}.between(span)) << "\n";
        RC_ASSERT(text_of(found) == text_of(SlowCadence{plan}.between(span)));
        const auto next = next_occurrence(plan, span.from - Duration{1});
        if (!found.empty()) {
            RC_ASSERT(next == found.front());
        }

        std::string problem;
        auto again = parse_cadence(to_text(cadence), cadence.starts, problem);
        RC_ASSERT(again.has_value());
        again->zone = cadence.zone;
        again->on_holiday = cadence.on_holiday;
        const auto* every = std::get_if<EveryWeek>(&cadence.days);
        const bool is_each_day = every != nullptr && every->interval == 1 && every->weekdays.size() == 7;
        RC_ASSERT(is_each_day || *again == cadence);
    }));
}
