// Any week, holidays, absences and zone, against a reading of the clock on the wall minute by minute.
#include "bot/people/availability.hpp"
#include "tests/unit/test_time.hpp"
#include "tests/unit/working_time_reference.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

struct ZoneAndDay {
    std::string zone;
    const char* day;
};

/// Zones with something about them, and a day on which it shows.
const std::vector<ZoneAndDay> turning_points = {
    {"Europe/Berlin", "2026-03-29 00:00"},
    {"Europe/Berlin", "2026-10-25 00:00"},
    {"America/New_York", "2026-03-08 07:00"},
    {"America/New_York", "2026-11-01 06:00"},
    {"America/St_Johns", "2010-11-07 02:00"},  // back over midnight
    {"America/St_Johns", "2026-11-01 04:30"},
    {"Australia/Lord_Howe", "2026-04-04 15:00"},  // by half an hour
    {"Australia/Lord_Howe", "2026-10-03 15:30"},
    {"Pacific/Chatham", "2026-04-04 14:00"},
    {"Pacific/Chatham", "2026-09-26 14:00"},
    {"Asia/Kathmandu", "2026-05-01 00:00"},
    {"Africa/Cairo", "2026-04-23 22:00"},  // midnight does not exist
    {"Africa/Cairo", "2026-10-29 21:00"},
    {"Pacific/Apia", "2011-12-30 10:00"},  // a whole day does not exist
    {"Pacific/Kiritimati", "2026-01-01 00:00"},
    {"Etc/UTC", "2026-06-01 00:00"},
};

int up_to(int most)
{
    return *rc::gen::inRange(0, most + 1);
}

Shift any_shift_after(std::chrono::minutes earliest)
{
    const std::chrono::minutes opens = earliest + std::chrono::minutes{up_to(300)};
    const int lengths[] = {1, 20, 45, 60, 61, 240, 480, 600, 1439, 1440};
    return Shift{opens, opens + std::chrono::minutes{lengths[up_to(9)]}};
}

/// Shifts apart from each other, over the end of the week as well.
WorkWeek any_week()
{
    WorkWeek week;
    std::chrono::minutes free_from{0};
    const auto first_of_all = std::chrono::minutes{up_to(900)};
    for (std::size_t day = 0; day < 7; ++day) {
        const std::chrono::minutes midnight = 24h * static_cast<int>(day);
        const int count = up_to(2);
        for (int n = 0; n < count; ++n) {
            const auto earliest = std::max(free_from, midnight + (day == 0 && n == 0 ? first_of_all : 0min));
            const Shift shift = any_shift_after(earliest - midnight);
            if (shift.opens >= 24h || midnight + shift.closes > 7 * 24h + first_of_all) break;
            week.days[day].push_back(shift);
            free_from = midnight + shift.closes;
        }
    }
    if (week.days[2].empty() && free_from <= 48h) week.days[2].push_back(Shift{2h, 3h});
    if (std::all_of(week.days.begin(), week.days.end(), [](const auto& shifts) { return shifts.empty(); }))
        week.days[0].push_back(Shift{22h, 30h});
    return week;
}

struct Case {
    std::string zone;
    WorkCalendar calendar;
    WorkingHours hours;
    WorkingTimeReference reference;
    Instant middle;
};

/// Three weeks on each side of a day that matters, with days and spans left out.
Case any_case()
{
    const ZoneAndDay& place =
        turning_points[static_cast<std::size_t>(up_to(static_cast<int>(turning_points.size()) - 1))];
    const Instant middle = utc(place.day);
    WorkCalendar calendar;
    if (up_to(3) > 0) calendar.week = any_week();
    for (int count = up_to(3); count > 0; --count) {
        const auto day = std::chrono::floor<std::chrono::days>(middle).time_since_epoch();
        calendar.holidays.emplace_back(day + std::chrono::days{up_to(12) - 6});
    }
    for (int count = up_to(3); count > 0; --count) {
        const Instant from = middle + std::chrono::minutes{up_to(10'000) - 5'000};
        calendar.away.push_back({from, from + std::chrono::minutes{up_to(4'000)}});
    }
    return {place.zone,
            calendar,
            WorkingHours{place.zone, "Etc/UTC", calendar},
            WorkingTimeReference{place.zone, calendar, middle - 21 * 24h, middle + 28 * 24h},
            middle};
}

Instant any_minute_around(Instant middle, std::chrono::minutes distance)
{
    return middle + std::chrono::minutes{up_to(2 * static_cast<int>(distance.count()))} - distance;
}

}  // namespace

TEST_CASE("working time: any week, zone, holidays and absences are what the clock on the wall says")
{
    CHECK(rc::check([] {
        const Case given = any_case();
        RC_LOG() << given.zone << ", " << to_text(given.calendar.week) << "\n";
        for (int question = 0; question < 40; ++question) {
            const Instant at = any_minute_around(given.middle, question % 2 == 0 ? 36h : 5 * 24h);
            RC_LOG() << "at " << utc_text(at) << "\n";
            RC_ASSERT(given.hours.contains(at) == given.reference.works(at));
            // Within a minute as well.
            RC_ASSERT(given.hours.contains(at + 59s) == given.reference.works(at));
            const auto next = given.reference.next_working(at);
            if (next) RC_ASSERT(given.hours.next_working_instant(at) == *next);
        }
    }));
}

TEST_CASE("working time: what is added and what lies between is what the clock on the wall says")
{
    CHECK(rc::check([] {
        const Case given = any_case();
        RC_LOG() << given.zone << ", " << to_text(given.calendar.week) << "\n";
        for (int question = 0; question < 10; ++question) {
            const Instant from = any_minute_around(given.middle, 5 * 24h);
            const int amount = up_to(1'500);
            RC_LOG() << "from " << utc_text(from) << ", " << amount << " minutes\n";
            const auto then = given.reference.after(from, amount);
            if (then) RC_ASSERT(given.hours.add_working_time(from, std::chrono::minutes{amount}) == *then);
            const Instant to = from + std::chrono::minutes{up_to(10'000)};
            RC_ASSERT(given.hours.working_time_between(from, to) ==
                      std::chrono::minutes{given.reference.minutes_between(from, to)});
        }
    }));
}

TEST_CASE("working time: digest slots, forwards and backwards, are what the clock on the wall says")
{
    CHECK(rc::check([] {
        const Case given = any_case();
        RC_LOG() << given.zone << ", " << to_text(given.calendar.week) << "\n";
        for (int question = 0; question < 20; ++question) {
            const Instant at = any_minute_around(given.middle, 5 * 24h);
            RC_LOG() << "at " << utc_text(at) << "\n";
            const auto next = given.reference.next_slot(at);
            if (next) RC_ASSERT(given.hours.next_digest_slot(at) == *next);
            const auto previous = given.reference.previous_slot(at);
            if (previous) RC_ASSERT(given.hours.previous_digest_slot(at) == *previous);
        }
    }));
}
