// What holds for every zone and every instant.
#include "bot/people/availability.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

WorkingHours any_hours()
{
    return WorkingHours{*rc::gen::element<std::string>("Europe/Berlin",
                                                       "America/New_York",
                                                       "Australia/Sydney",
                                                       "Pacific/Chatham",
                                                       "Asia/Kathmandu",
                                                       "Etc/UTC",
                                                       "America/St_Johns",
                                                       "Africa/Cairo",
                                                       "Pacific/Kiritimati")};
}

/// Some second of the years 2025 to 2027.
Instant any_instant()
{
    return utc("2025-01-01 00:00") + std::chrono::seconds{*rc::gen::inRange(0, 3 * 365 * 24 * 3600)};
}

Duration up_to(std::chrono::minutes most)
{
    return std::chrono::minutes{*rc::gen::inRange(0, static_cast<int>(most.count()))};
}

}  // namespace

TEST_CASE(
    "availability: the next working instant is working time, not before now, and stays put when asked again")
{
    CHECK(rc::check([] {
        const WorkingHours hours = any_hours();
        const Instant at = any_instant();
        const Instant next = hours.next_working_instant(at);
        RC_ASSERT(next >= at);
        RC_ASSERT(hours.contains(next));
        RC_ASSERT(hours.next_working_instant(next) == next);
        RC_ASSERT(hours.contains(at) == (next == at));
        RC_ASSERT(next - at < 4 * 24h);
    }));
}

TEST_CASE("availability: time between is the inverse of time added")
{
    CHECK(rc::check([] {
        const WorkingHours hours = any_hours();
        const Instant from = any_instant();
        const Duration amount = up_to(400h);
        const Instant then = hours.add_working_time(from, amount);
        RC_ASSERT(hours.working_time_between(from, then) == amount);
        RC_ASSERT(then >= hours.next_working_instant(from));
    }));
}

TEST_CASE("availability: a long span at once is the same as the same span step by step")
{
    CHECK(rc::check([] {
        const WorkingHours hours = any_hours();
        const Instant from = any_instant();
        const Duration amount = up_to(2'000h);
        Instant at = from;
        Duration left = amount;
        while (left > 7h) {
            at = hours.add_working_time(at, 7h);
            left -= 7h;
        }
        RC_ASSERT(hours.add_working_time(at, left) == hours.add_working_time(from, amount));
    }));
}

TEST_CASE("availability: more working time never ends earlier")
{
    CHECK(rc::check([] {
        const WorkingHours hours = any_hours();
        const Instant from = any_instant();
        const Duration less = up_to(300h);
        const Duration more = less + up_to(100h);
        RC_ASSERT(hours.add_working_time(from, less) <= hours.add_working_time(from, more));
    }));
}

TEST_CASE("availability: every working day has eight hours, also when the clocks change")
{
    CHECK(rc::check([] {
        const WorkingHours hours = any_hours();
        const Instant at = any_instant();
        RC_ASSERT(hours.working_time_between(at, at + 7 * 24h) <= 40h + 1h);
        RC_ASSERT(hours.working_time_between(at, at + 7 * 24h) >= 40h - 1h);
        // From one opening to the next there is exactly one working day.
        const Instant closed = hours.add_working_time(hours.next_working_instant(at), 8h) + 16h;
        const Instant opens = hours.next_working_instant(closed);
        RC_ASSERT(hours.working_time_between(opens, opens + 8h) == 8h);
    }));
}

TEST_CASE("availability: a digest slot is working time and not before now")
{
    CHECK(rc::check([] {
        const WorkingHours hours = any_hours();
        const Instant at = any_instant();
        const Instant slot = hours.next_digest_slot(at);
        RC_ASSERT(slot >= at);
        RC_ASSERT(hours.contains(slot));
        RC_ASSERT(hours.next_digest_slot(slot) == slot);
    }));
}
