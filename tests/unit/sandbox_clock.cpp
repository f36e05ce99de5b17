// The workspace's clock, and who sets it: time that is paused, hurried and wound forward, and never goes
// back.
#include "sandbox/testing/still_sandbox.hpp"
#include "sandbox/time/next_local_time.hpp"

#include <doctest/doctest.h>

using namespace sandbox;
using namespace std::chrono_literals;

namespace {

constexpr Instant noon{std::chrono::seconds{1'700'000'000}};

Instant instant_of(const Json& stamp)
{
    return Instant{std::chrono::microseconds{Ts::parse(stamp.get<std::string>())->micros}};
}

/// What a control call answers once the time that it sets has begun.
Json set_time(StillSandbox& still, const Json& body)
{
    const Json at_once = still.control("time", body);
    if (!at_once.is_null()) return at_once;
    still.pass(31ms);
    return still.late_answer();
}

void app_posts(StillSandbox& still)
{
    CHECK(still.api("chat.postMessage", {{"channel", "C0GENERAL"}, {"text", "hello"}})["ok"] == true);
}

}  // namespace

TEST_CASE("sandbox clock: simulated time runs from the origin at its scale, before the origin as well")
{
    const SandboxClock clock{60, 1'700'000'000.5};
    const MachineTime wall{std::chrono::milliseconds{1'700'000'001'500}};
    CHECK(clock.at(wall) == Instant{std::chrono::microseconds{1'700'000'060'500'000}});
    CHECK(clock.at(wall - 2s) == Instant{std::chrono::microseconds{1'699'999'940'500'000}});
    CHECK(SandboxClock{1, 12345}.at(wall) == wall);
}

TEST_CASE("sandbox clock: a turn begins where the clock is then, and replaces what was to come")
{
    SandboxClock clock{1, 0};
    clock.turn(noon + 10s, 60);
    clock.turn(noon + 20s, 600);
    CHECK(clock.at(noon + 9s) == noon + 9s);
    CHECK(clock.at(noon + 11s) == noon + 70s);
    CHECK(clock.at(noon + 21s) == noon + 10s + 600s + 600s);
    CHECK(clock.course(noon).size() == 3);
    clock.turn(noon + 15s, 0);
    CHECK(clock.at(noon + 1000s) == noon + 310s);
    CHECK(clock.scale_at(noon + 1000s) == 0);
    clock.turn(noon + 2000s, 1);
    CHECK(clock.at(noon + 2001s) == noon + 311s);
}

TEST_CASE("sandbox clock: a goal is hit to the microsecond, and the clock never goes backwards on its way")
{
    SandboxClock clock{1, 0};
    const Instant goal = noon + 57'601s + 123'457us;
    clock.turn(noon, 19'201.7);
    clock.turn_at(goal - 60s, 61.3);
    clock.turn_at(goal, 0);
    Instant last = clock.at(noon);
    for (auto wall = 0us; wall < 5s; wall += 137us) {
        const Instant now = clock.at(noon + wall);
        CHECK_MESSAGE(now >= last, wall.count());
        CHECK(now <= goal);
        last = now;
    }
    CHECK(last == goal);
    const MachineTime reached = clock.course(noon + 10s).front().wall;
    CHECK(clock.at(reached) == goal);
    CHECK(clock.at(reached - 1us) <= goal);
    CHECK(clock.at(reached - 1us) > goal - 200us);
}

TEST_CASE("sandbox clock: its course is in order, also when the origin of the first segment is yet to come")
{
    SandboxClock clock{2, 1'800'000'000};
    const Instant now = clock.at(noon);
    clock.turn(noon + 1s, 600);
    const auto course = clock.course(noon);
    REQUIRE(course.size() == 2);
    CHECK(course[0].wall == noon);
    CHECK(course[0].at == now);
    CHECK(course[0].scale == 2);
    CHECK(course[1].at == now + 2s);
}

TEST_CASE("sandbox clock: what is past is forgotten, what holds now is not")
{
    SandboxClock clock{1, 0};
    clock.turn(noon + 10s, 60);
    clock.turn(noon + 20s, 600);
    clock.forget_before(noon + 15s);
    const auto course = clock.course(noon + 15s);
    REQUIRE(course.size() == 2);
    CHECK(course[0].wall == noon + 10s);
    CHECK(course[0].at == noon + 10s);
    CHECK(course[0].scale == 60);
    CHECK(clock.at(noon + 21s) == noon + 1210s);
}

TEST_CASE("next local time: on the next day of the person's zone, across clock changes")
{
    struct Row {
        const char* zone;
        const char* time_of_day;
        Instant now;
        Instant expected;
    };
    const auto utc = [](int month, int day, std::chrono::minutes at) -> Instant {
        return std::chrono::sys_days{std::chrono::year{2026} / month / day} + at;
    };
    const Row rows[] = {
        {"Europe/Berlin", "09:00", utc(2, 2, 8h - 1min), utc(2, 3, 8h)},    // today's nine is not meant
        {"Europe/Berlin", "09:00", utc(2, 2, 23h + 30min), utc(2, 4, 8h)},  // it is the third there already
        {"America/Los_Angeles", "09:00", utc(2, 2, 3h), utc(2, 2, 17h)},    // still the first there
        {"Europe/Berlin", "09:00", utc(3, 28, 12h), utc(3, 29, 7h)},        // the clocks have gone forward
        {"Europe/Berlin", "02:30", utc(3, 28, 12h), utc(3, 29, 1h)},        // a time that does not exist
        {"Europe/Berlin", "02:30", utc(10, 24, 12h), utc(10, 25, 0h + 30min)},  // one that comes twice
        {"Asia/Kolkata", "23:59", utc(2, 2, 12h), utc(2, 3, 18h + 29min)},
    };
    for (const Row& row : rows) {
        CAPTURE(row.zone);
        CAPTURE(row.time_of_day);
        const auto found = next_local_time(row.zone, *parse_time_of_day(row.time_of_day), row.now);
        REQUIRE(found);
        CHECK(unix_seconds(*found) == unix_seconds(row.expected));
    }
    CHECK(!next_local_time("Mars/Olympus", 9h, noon));
    for (const char* text : {"", "9:00", "24:00", "09:60", "09.00", "09:000", "-1:00", "ab:cd"}) {
        CAPTURE(text);
        CHECK(!parse_time_of_day(text));
    }
}

TEST_CASE(
    "sandbox time: a change is announced before it begins, so that another clock can make the same turn")
{
    StillSandbox still;
    const Json before = still.control("clock", Json::object());
    CHECK(before["segments"].size() == 1);
    CHECK(still.control("time", {{"scale", 60}}).is_null());
    const Json after = still.control("clock", Json::object());
    CHECK(after["revision"] != before["revision"]);
    REQUIRE(after["segments"].size() == 2);
    CHECK(after["segments"][1]["scale"] == 60);
    CHECK(instant_of(after["segments"][1]["wall"]) > still.now());
    CHECK(instant_of(after["segments"][1]["at"]) == instant_of(after["segments"][1]["wall"]));
    CHECK(after["scale"] == 1);
    still.pass(31ms);
    CHECK(still.core().time.status()["scale"] == 60);
    const Instant then = still.core().now();
    still.pass(1s);
    CHECK(still.core().now() == then + 60s);
}

TEST_CASE("sandbox time: a pause stands still, and afterwards it goes on from there")
{
    StillSandbox still;
    const Json paused = set_time(still, {{"scale", 0}});
    CHECK(paused["clock"]["is_paused"] == true);
    CHECK(paused["clock"]["scale"] == 0);
    const Instant then = still.core().now();
    still.pass(1h);
    CHECK(still.core().now() == then);
    set_time(still, {{"scale", 600}});
    still.pass(10s);
    CHECK(still.core().now() > then + 6000s);
    CHECK(still.core().now() < then + 6001s);
}

TEST_CASE("sandbox time: to an instant it hurries, lands there, and goes on as fast as before")
{
    for (const double scale : {1.0, 60.0, 600.0, 3600.0}) {
        CAPTURE(scale);
        StillSandbox still;
        set_time(still, {{"scale", scale}});
        const Instant goal = still.core().now() + 16h;
        const Json set = set_time(still, {{"to", Ts{goal.time_since_epoch().count()}.text()}});
        CHECK(set["clock"]["goal"]["kind"] == "instant");
        CHECK(instant_of(set["clock"]["goal"]["at"]) == goal);
        const auto course = still.control("clock", Json::object())["segments"];
        CHECK(instant_of(course.back()["at"]) == goal);
        CHECK(course.back()["scale"] == scale);
        still.pass(instant_of(course.back()["wall"]) - still.now() > 10s ? 10s : 5s);
        CHECK(still.core().time.status()["goal"].is_null());
        CHECK(still.core().time.status()["scale"] == scale);
    }
}

TEST_CASE("sandbox time: a goal set in a pause ends the pause")
{
    StillSandbox still;
    set_time(still, {{"scale", 0}});
    still.control("time", {{"to_local", "09:00"}, {"user", "@ada"}});
    still.pass(6s);
    const Json clock = still.core().time.status();
    CHECK(clock["goal"].is_null());
    CHECK(clock["scale"] == 1);
}

TEST_CASE("sandbox time: to the next event it hurries ever faster, until the app does something")
{
    StillSandbox still;
    set_time(still, {{"to_next", true}});
    double speed = 0;
    for (int turn = 0; turn < 12; ++turn) {
        const double now = still.core().time.status()["scale"].get<double>();
        CHECK(now >= speed);
        speed = now;
        still.pass(200ms);
    }
    CHECK(speed == 20'000);
    CHECK(still.core().time.status()["goal"]["kind"] == "event");
    still.control("post", {{"channel", "#general"}, {"user", "@ada"}, {"text", "people do not end it"}});
    CHECK(still.core().time.status()["goal"]["kind"] == "event");
    CHECK(still.api("chat.postMessage", {{"channel", "C0RANDOM"}, {"text", "refused"}})["ok"] == false);
    CHECK(still.core().time.status()["goal"]["kind"] == "event");
    app_posts(still);
    CHECK(still.core().time.status()["goal"].is_null());
    still.pass(31ms);
    CHECK(still.core().time.status()["scale"] == 1);
}

TEST_CASE("sandbox time: whatever the app lets people see is an event")
{
    struct Row {
        const char* method;
        Json arguments;
    };
    StillSandbox still;
    const Json ts = still.api("chat.postMessage", {{"channel", "C0GENERAL"}, {"text", "one"}})["ts"];
    const Json home{{"type", "home"}, {"blocks", Json::array()}};
    const Row rows[] = {
        {"chat.update", {{"channel", "C0GENERAL"}, {"ts", ts}, {"text", "two"}}},
        {"chat.postEphemeral", {{"channel", "C0GENERAL"}, {"user", "U0ADA"}, {"text", "psst"}}},
        {"reactions.add", {{"channel", "C0GENERAL"}, {"timestamp", ts}, {"name", "eyes"}}},
        {"views.publish", {{"user_id", "U0ADA"}, {"view", home}}},
        {"chat.delete", {{"channel", "C0GENERAL"}, {"ts", ts}}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.method);
        set_time(still, {{"to_next", true}});
        CHECK(still.api("auth.test", Json::object())["ok"] == true);
        CHECK(still.core().time.status()["goal"]["kind"] == "event");
        const Json answer = still.api(row.method, row.arguments);
        CHECK_MESSAGE(answer["ok"] == true, dump(answer));
        CHECK(still.core().time.status()["goal"].is_null());
    }
}

TEST_CASE("sandbox time: when nothing happens for fourteen days, it stops")
{
    StillSandbox still;
    const Instant began = still.core().now();
    set_time(still, {{"to_next", true}});
    still.pass(3min);
    CHECK(still.core().time.status()["goal"].is_null());
    CHECK(still.core().now() > began + 14 * 24h);
    CHECK(still.core().now() < began + 14 * 24h + 3min);
}

TEST_CASE("sandbox time: whatever is set ends a fast-forward")
{
    StillSandbox still;
    set_time(still, {{"scale", 60}});
    const Instant goal = still.core().now() + 48h;
    set_time(still, {{"to", Ts{goal.time_since_epoch().count()}.text()}});
    set_time(still, {{"scale", 600}});
    CHECK(still.core().time.status()["goal"].is_null());
    CHECK(still.control("clock", Json::object())["segments"].size() == 1);
    set_time(still, {{"to_next", true}});
    set_time(still, {{"to", Ts{goal.time_since_epoch().count()}.text()}});
    app_posts(still);
    CHECK_MESSAGE(still.core().time.status()["goal"]["kind"] == "instant",
                  "what the app does ends an event's only");
    still.pass(10s);
    CHECK(still.core().time.status()["scale"] == 600);
}

TEST_CASE("sandbox time: who changes it twice at once gets the second, and everybody the same course")
{
    StillSandbox still;
    const Instant began = still.core().now();
    still.control("time", {{"scale", 3600}});
    still.pass(10ms);
    still.control("time", {{"scale", 0}});
    still.pass(100ms);
    const Instant stands = still.core().now();
    CHECK(stands == began + 30ms + 36s);
    still.pass(1s);
    CHECK(still.core().now() == stands);
}

TEST_CASE("sandbox time: an app's clock that is ahead is caught up with, instead of being made to wait")
{
    StillSandbox still;
    for (const int scale : {1, 0}) {
        CAPTURE(scale);
        set_time(still, {{"scale", scale}});
        const Instant seen = still.core().now() + 200s;
        const Json seen_stamp = Ts{seen.time_since_epoch().count()}.text();
        const Json heard = still.control("clock", {{"seen", seen_stamp}});
        CHECK(heard["segments"].size() == 3);
        CHECK_MESSAGE(still.control("clock", {{"seen", seen_stamp}})["revision"] == heard["revision"],
                      "once is enough");
        still.pass(200ms);
        CHECK(still.core().now() >= seen);
        CHECK(still.core().now() < seen + 1s);
        CHECK(still.core().time.status()["scale"] == scale);
    }
    const Instant now = still.core().now();
    still.control("clock", {{"seen", Ts{(now - 1s).time_since_epoch().count()}.text()}});
    still.control("clock", {{"seen", Ts{(now + 61 * 24h).time_since_epoch().count()}.text()}});
    CHECK(still.control("clock", Json::object())["segments"].size() == 1);
}

TEST_CASE("sandbox clock route: it answers when something has changed, or when the time to wait is over")
{
    StillSandbox still;
    const Json first = still.control("clock", Json::object());
    CHECK(first["ok"] == true);
    CHECK(first["now"] == Ts{still.core().now().time_since_epoch().count()}.text());
    CHECK(first["goal"].is_null());
    const Json poll{{"after", first["revision"]}, {"timeout_ms", 5000}};
    CHECK(still.control("clock", poll).is_null());
    still.pass(4999ms);
    CHECK(still.late_answer().is_null());
    still.pass(1ms);
    CHECK(still.late_answer()["revision"] == first["revision"]);

    CHECK(still.control("clock", poll).is_null());
    still.core().time.set_scale(60);
    const Json told = still.late_answer();
    CHECK(told["revision"] != first["revision"]);
    CHECK(told["segments"].back()["scale"] == 60);
    CHECK(still.control("clock", poll)["revision"] == told["revision"]);
}

TEST_CASE(
    "sandbox time: listeners hear of a change when it is set, when it begins and when the goal is reached")
{
    StillSandbox still;
    std::vector<Json> heard;
    still.core().time.on_change([&] { heard.push_back(still.core().time.status()); });
    still.control("time", {{"scale", 60}});
    REQUIRE(heard.size() == 1);
    still.pass(31ms);
    REQUIRE(heard.size() == 2);
    CHECK(heard[1]["scale"] == 60);
    const Instant goal = still.core().now() + 1h;
    still.control("time", {{"to", Ts{goal.time_since_epoch().count()}.text()}});
    still.pass(10s);
    REQUIRE(heard.size() > 3);
    CHECK(heard.back()["goal"].is_null());
    CHECK(heard.back()["scale"] == 60);
}

TEST_CASE("sandbox time: what makes no sense is refused by name")
{
    StillSandbox still;
    const Ts now{still.core().now().time_since_epoch().count()};
    struct Row {
        Json body;
        const char* error;
    };
    const std::string past = Ts{now.micros - 1}.text();
    const std::string too_far = Ts{now.micros + 61LL * 86'400 * 1'000'000}.text();
    still.control("user", {{"name", "zoe"}, {"tz", "Mars/Olympus"}});
    const Row rows[] = {
        {Json::object(), "give one of scale, to, to_local and to_next"},
        {{{"scale", 1}, {"to_next", true}}, "give one of scale, to, to_local and to_next"},
        {{{"scale", -1}}, "scale must be 0 (pause) or a number from 1 to 3600"},
        {{{"scale", 0.5}}, "scale must be 0 (pause) or a number from 1 to 3600"},
        {{{"scale", 3601}}, "scale must be 0 (pause) or a number from 1 to 3600"},
        {{{"scale", "60"}}, "scale must be 0 (pause) or a number from 1 to 3600"},
        {{{"to", 17}}, "to must be Unix seconds as text, such as \"1795251457.000000\""},
        {{{"to", "tomorrow"}}, "to must be Unix seconds as text, such as \"1795251457.000000\""},
        {{{"to", past}}, "to is past: time does not go back"},
        {{{"to", too_far}}, "to is more than 60 days ahead"},
        {{{"to_local", 9}, {"user", "@ada"}}, "to_local must be text"},
        {{{"to_local", "9 am"}, {"user", "@ada"}}, "to_local: \"9 am\" is not of the form 09:00"},
        {{{"to_local", "09:00"}}, "user is missing"},
        {{{"to_local", "09:00"}, {"user", "@nobody"}}, "user: there is no user \"@nobody\""},
        {{{"to_local", "09:00"}, {"user", "@zoe"}},
         "user: their time zone \"Mars/Olympus\" is not known here"},
        {{{"scale", 1}, {"user", "@ada"}}, "user goes with to_local only"},
        {{{"to_next", false}}, "to_next must be true"},
        {{{"to_next", 1}}, "to_next must be true"},
        {{{"speed", 1}}, "\"speed\" is not known here; there is: scale to to_local user to_next"},
    };
    for (const Row& row : rows) {
        CAPTURE(dump(row.body));
        CHECK(still.control("time", row.body) == Json({{"ok", false}, {"error", row.error}}));
    }
    const Row polls[] = {
        {{{"after", -1}}, "after must be a whole number from 0 to 9007199254740992"},
        {{{"after", "x"}}, "after must be a whole number from 0 to 9007199254740992"},
        {{{"timeout_ms", 60'001}}, "timeout_ms must be a whole number from 0 to 60000"},
        {{{"seen", 1}}, "seen must be Unix seconds as text, such as \"1795251457.000000\""},
    };
    for (const Row& row : polls) {
        CAPTURE(dump(row.body));
        CHECK(still.control("clock", row.body) == Json({{"ok", false}, {"error", row.error}}));
    }
    CHECK(still.control("clock", Json::object())["revision"] == 1);
}

TEST_CASE("sandbox time: rate limits count in the workspace's time")
{
    StillSandbox still;
    const auto posts_until_refused = [&] {
        int posted = 0;
        while (still.call("chat.postMessage", {{"channel", "C0GENERAL"}, {"text", "x"}}).status == 200)
            ++posted;
        return posted;
    };
    CHECK(posts_until_refused() == 4);
    set_time(still, {{"scale", 600}});
    still.pass(10ms);
    CHECK_MESSAGE(posts_until_refused() == 4, "six seconds have passed");
    set_time(still, {{"scale", 0}});
    posts_until_refused();
    still.pass(1h);
    CHECK_MESSAGE(posts_until_refused() == 0, "no time has passed");
}
