// The hours that the checkers go by agree with a clock on the wall that is read minute by minute.
#include "tests/simulation/checked_hours.hpp"
#include "tests/simulation/simulated_hours.hpp"
#include "tests/unit/working_time_reference.hpp"

#include <doctest/doctest.h>

#include <array>

namespace {

using namespace ackd;
using namespace ackd::simulation;
using namespace std::chrono_literals;

/// Clocks change in several of the zones within the fortnight that follows; in others they do not.
constexpr std::array starts{date::sys_days{date::year{2026} / 3 / 1},
                            date::sys_days{date::year{2026} / 3 / 26},
                            date::sys_days{date::year{2026} / 9 / 1},
                            date::sys_days{date::year{2026} / 10 / 20}};
constexpr std::array zones{
    "Europe/Berlin", "America/St_Johns", "Pacific/Chatham", "America/Santiago", "Asia/Kolkata"};

}  // namespace

TEST_CASE("simulation: the checkers' hours are those of a clock that is read minute by minute")
{
    Random random{7};
    for (int round = 0; round < 40; ++round) {
        const Instant start{starts[random.below(starts.size())]};
        const std::string zone = zones[random.below(zones.size())];
        WorkCalendar calendar;
        calendar.week = some_week(random);
        const std::chrono::local_days first{std::chrono::floor<std::chrono::days>(start).time_since_epoch()};
        calendar.holidays = {first + std::chrono::days{random.below(14)}, first + std::chrono::days{8}};
        CAPTURE(zone);
        CAPTURE(to_text(calendar.week));
        CAPTURE(round);

        const WorkingTimeReference reference{zone, calendar, start, start + 14 * 24h};
        const CheckedHours hours{
            zone, "Etc/UTC", calendar.week, Holidays(calendar.holidays.begin(), calendar.holidays.end())};
        std::int64_t differing = 0;
        for (Instant at = start; at < start + 14 * 24h; at += 1min)
            differing += hours.is_at_work(at) == reference.works(at) ? 0 : 1;
        CHECK(differing == 0);
        for (int question = 0; question < 30; ++question) {
            const Instant from = start + 1min * static_cast<std::int64_t>(random.below(13 * 24 * 60));
            const Instant to = from + 1min * static_cast<std::int64_t>(random.below(24 * 60));
            CHECK(hours.worked_between(from, to) == 1min * reference.minutes_between(from, to));
            const auto slot = reference.next_slot(from + 1min);
            CHECK(hours.has_digest_slot(from, to) == (slot && *slot <= to));
        }
    }
}
