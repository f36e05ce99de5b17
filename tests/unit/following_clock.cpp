// A clock that follows the sandbox's: told how to run, never backwards, and heard by whoever waits for it.
#include "bot/following_clock.hpp"

#include "adapters/slack/clock_announcement.hpp"
#include "bot/engine/engine_thread.hpp"
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

constexpr Instant noon{std::chrono::seconds{1'700'000'000}};

/// A machine whose time passes when the test says so.
struct Machine {
    explicit Machine(ClockCourse course) : clock(std::move(course), [this] { return time.load(); }) {}
    std::atomic<Instant> time{noon};
    FollowingClock clock;
};

ClockCourse at_scale(double scale, Instant from = noon)
{
    return {ClockSegment{from, from, scale}};
}

}  // namespace

TEST_CASE("following clock: it runs as its segments say, each from its own instant on")
{
    Machine machine{{{noon - 10s, noon - 10s, 1}, {noon + 1s, noon + 1s, 60}, {noon + 2s, noon + 61s, 0}}};
    CHECK(machine.clock.now() == noon);
    machine.time = noon + 1500ms;
    CHECK(machine.clock.now() == noon + 31s);
    machine.time = noon + 2s;
    CHECK(machine.clock.now() == noon + 61s);
    machine.time = noon + 1h;
    CHECK(machine.clock.now() == noon + 61s);
}

TEST_CASE("following clock: how long until an instant, over the turns that are known to come")
{
    const ClockCourse course{{noon, noon, 1}, {noon + 1s, noon + 1s, 60}, {noon + 2s, noon + 61s, 1}};
    const Machine machine{course};
    struct Row {
        Instant then;
        std::chrono::nanoseconds expected;
    };
    const Row rows[] = {
        {noon - 1s, 0ns},
        {noon, 0ns},
        {noon + 500ms, 500ms},
        {noon + 1s, 1s},
        {noon + 31s, 1500ms},
        {noon + 61s, 2s},
        {noon + 71s, 12s},
        {noon + 100h, FollowingClock::never},
    };
    for (const Row& row : rows) {
        CAPTURE((row.then - noon).count());
        CHECK(machine.clock.wall_time_until(row.then) == row.expected);
    }
}

TEST_CASE("following clock: while it stands, what is ahead never comes, unless it is known to go on")
{
    Machine machine{at_scale(0)};
    CHECK(machine.clock.wall_time_until(noon + 1us) == FollowingClock::never);
    CHECK(machine.clock.wall_time_until(noon) == 0ns);
    machine.clock.follow({{noon, noon, 0}, {noon + 30ms, noon, 600}});
    CHECK(machine.clock.wall_time_until(noon + 6s) == 40ms);
}

TEST_CASE("following clock: told too late that it is slower, it stands still until that is made up for")
{
    Machine machine{at_scale(600)};
    machine.time = noon + 1s;
    CHECK(machine.clock.now() == noon + 600s);
    CHECK(!machine.clock.ahead_at());
    machine.clock.follow(at_scale(60));
    CHECK(machine.clock.now() == noon + 600s);
    CHECK(machine.clock.ahead_at() == noon + 600s);
    CHECK(machine.clock.wall_time_until(noon + 660s) == 10s);
    machine.time = noon + 10s;
    CHECK(machine.clock.now() == noon + 600s);
    machine.time = noon + 11s;
    CHECK(machine.clock.now() == noon + 660s);
    CHECK(!machine.clock.ahead_at());
}

TEST_CASE("following clock: what it would have shown counts, also when nobody has looked")
{
    Machine machine{at_scale(600)};
    machine.time = noon + 1s;
    machine.clock.follow(at_scale(1));
    CHECK(machine.clock.now() == noon + 600s);
}

TEST_CASE("following clock: it never goes backwards, whatever it is told and whoever looks")
{
    Machine machine{at_scale(1)};
    std::atomic<bool> is_over = false;
    std::atomic<int> steps_back = 0;
    const auto look = [&] {
        Instant last{};
        while (!is_over) {
            const Instant now = machine.clock.now();
            if (now < last) ++steps_back;
            last = now;
        }
    };
    std::thread one{look};
    std::thread other{look};
    for (int turn = 0; turn < 2'000; ++turn) {
        machine.time = noon + turn * 1ms;
        machine.clock.follow(at_scale((turn * 7919) % 600));
    }
    is_over = true;
    one.join();
    other.join();
    CHECK(steps_back == 0);
}

TEST_CASE("engine thread: a clock that is wound forward cuts the wait for what is due short")
{
    Workspace workspace;
    FollowingClock clock{{ClockSegment{workspace.clock.now(), workspace.clock.now(), 0}}};
    std::atomic<int> turns = 0;
    EngineThreadOptions options;
    options.turn_at_least_every = 1h;
    EngineThread thread{
        workspace.engine, workspace.port, clock, options, [&] { ++turns; }, [](const auto&) {}};
    clock.on_change([&] { thread.clock_changed(); });
    std::thread running{[&] { thread.run(); }};
    // Without the hook, the first turn would come in an hour.
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (turns < 3 && std::chrono::steady_clock::now() < deadline) {
        clock.follow({ClockSegment{workspace.clock.now(), workspace.clock.now(), 0}});
        std::this_thread::yield();
    }
    const int turned = turns;
    thread.stop();
    running.join();
    CHECK(turned >= 3);
}

TEST_CASE("clock announcement: what the sandbox says of its clock")
{
    const auto parsed = slack::parse_clock_announcement(
        R"({"ok":true,"now":"1700000000.000000","revision":7,"scale":1,"is_paused":false,"goal":null,"segments":[
           {"wall":"0.000000","at":"0.000000","scale":1},
           {"wall":"1700000000.030000","at":"1700000000.030000","scale":19200.5},
           {"wall":"1700000003.000000","at":"1700057600.000000","scale":0}]})");
    REQUIRE(parsed.has_value());
    CHECK(parsed->revision == 7);
    REQUIRE(parsed->course.size() == 3);
    CHECK(parsed->course[0].wall == Instant{});
    CHECK(parsed->course[1].wall == noon + 30ms);
    CHECK(parsed->course[1].scale == 19200.5);
    CHECK(parsed->course[2].at == noon + 57'600s);
    CHECK(parsed->course[2].scale == 0);
}

TEST_CASE("clock announcement: anything else is refused, and it is said what is wrong")
{
    const auto with = [](const std::string& segments) {
        return R"({"ok":true,"revision":1,"segments":[)" + segments + "]}";
    };
    struct Row {
        std::string body;
        const char* why;
    };
    const Row rows[] = {
        {"", "not JSON"},
        {"[]", "not ok"},
        {R"({"ok":false,"error":"there is no /sandbox/clock"})", "not ok"},
        {R"({"ok":true,"now":"1700000000.000000"})", "revision"},
        {R"({"ok":true,"revision":1})", "segments"},
        {with(R"({"wall":"soon","at":"1.000000","scale":1})"), "wall"},
        {with(R"({"wall":"1.000000","scale":1})"), "at"},
        {with(R"({"wall":"1.000000","at":"1.000000"})"), "scale"},
        {with(R"({"wall":"1.000000","at":"1.000000","scale":-1})"), "scale"},
        {with(R"({"wall":"1.000000","at":"1.000000","scale":1e9})"), "scale"},
        {with(
             R"({"wall":"2.000000","at":"1.000000","scale":1},{"wall":"1.000000","at":"1.000000","scale":1})"),
         "segments that are not in order"},
        {with(
             R"({"wall":"1.000000","at":"2.000000","scale":1},{"wall":"2.000000","at":"1.000000","scale":1})"),
         "segments that are not in order"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.body);
        const auto parsed = slack::parse_clock_announcement(row.body);
        REQUIRE(parsed.has_error());
        CHECK(parsed.error().detail == std::string{"no announcement of a clock: "} + row.why);
    }
}
