// Who is in the workspace, by what people type; routes frozen with the names behind them; times in words;
// clocks.
#include "bot/people/directory.hpp"

#include "bot/clock.hpp"
#include "bot/escalation/route.hpp"
#include "storage/migrations.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

struct People {
    storage::Connection connection{":memory:", storage::OpenMode::create};
    Directory directory{(storage::migrate(connection), connection), "Europe/Berlin"};

    void save(const char* id,
              const char* name,
              MemberKind kind = MemberKind::person,
              bool deactivated = false)
    {
        directory.save(Member{UserId{id}, name, "", kind, deactivated});
    }
};

}  // namespace

TEST_CASE("directory: people are found by name or id, whatever the case, and never by guessing")
{
    People people;
    people.save("U1", "Ann");
    people.save("U2", "Bo Derek");
    people.save("U3", "Twin");
    people.save("U4", "twin");
    people.save("U5", "Gone", MemberKind::person, true);
    people.save("U6", "");
    struct Row {
        std::string typed;
        const char* found;
    };
    const Row rows[] = {{"@Ann", "U1"},
                        {"ann", "U1"},
                        {"U1", "U1"},
                        {"@U2", "U2"},
                        {"bo derek", "U2"},
                        {"@Bo", ""},
                        {"twin", ""},
                        {"U3", "U3"},
                        {"@Gone", ""},
                        {"U5", ""},
                        {"@", ""},
                        {"", ""},
                        {"%", ""},
                        {"' OR 1=1 --", ""}};
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        // Nobody is meant by nothing.
        if (row.typed.empty() || row.typed == "@") continue;
        CHECK(people.directory.find_by_name(row.typed).value_or(UserId{}).value == row.found);
    }
    CHECK(people.directory.name_of(UserId{"U1"}) == "Ann");
    CHECK(people.directory.name_of(UserId{"U6"}) == "U6");
    CHECK(people.directory.name_of(UserId{"U99"}) == "U99");
}

TEST_CASE("directory: what the chat says last counts, and working hours follow the profile")
{
    People people;
    const UserId ann{"U1"};
    people.directory.save(Member{ann, "Ann", "Asia/Kathmandu", MemberKind::person, false});
    CHECK(people.directory.working_hours_of(ann).contains(utc("2026-03-02 04:00")));
    people.directory.save(Member{ann, "Anna", "America/New_York", MemberKind::guest, false});
    CHECK(people.directory.find(ann) == Member{ann, "Anna", "America/New_York", MemberKind::guest, false});
    CHECK_FALSE(people.directory.working_hours_of(ann).contains(utc("2026-03-02 04:00")));
    CHECK(people.directory.working_hours_of(ann).contains(utc("2026-03-02 15:00")));
    // Unknown people, and those without a zone, have the workspace's.
    CHECK(people.directory.working_hours_of(UserId{"U99"}).contains(utc("2026-03-02 08:30")));
    people.directory.use(Settings{});
    CHECK_FALSE(people.directory.working_hours_of(UserId{"U99"}).contains(utc("2026-03-02 08:30")));
}

TEST_CASE("directory: a group has the members the chat said last, in their order")
{
    People people;
    const GroupId team{"G1"};
    people.directory.save(UserGroup{team, "team", {UserId{"U2"}, UserId{"U1"}}, false});
    CHECK(people.directory.find_group(team)->members == std::vector<UserId>{UserId{"U2"}, UserId{"U1"}});
    people.directory.save(UserGroup{team, "platform", {UserId{"U3"}}, false});
    CHECK(people.directory.find_group(team)->members == std::vector<UserId>{UserId{"U3"}});
    CHECK(people.directory.find_group_by_handle("@Platform") == team);
    CHECK(people.directory.find_group_by_handle("team") == std::nullopt);
    people.directory.save(UserGroup{team, "platform", {}, true});
    CHECK(people.directory.find_group_by_handle("platform") == std::nullopt);
    CHECK(people.directory.find_group(GroupId{"G9"}) == std::nullopt);
}

TEST_CASE("route: frozen with the names behind it; bots, the gone and those of an earlier step are left out")
{
    People people;
    people.save("U1", "Ann");
    people.save("U2", "Bo");
    people.save("U3", "Guest", MemberKind::guest);
    people.save("U4", "Bot", MemberKind::bot);
    people.save("U5", "Gone", MemberKind::person, true);
    people.directory.save(
        UserGroup{GroupId{"G1"}, "team", {UserId{"U2"}, UserId{"U4"}, UserId{"U1"}}, false});
    people.directory.save(UserGroup{GroupId{"G2"}, "off", {UserId{"U2"}}, true});
    Route route;
    route.name = "incident";
    route.steps = {RouteStep{0min, {UserId{"U1"}, UserId{"U4"}, UserId{"U5"}, UserId{"U9"}}},
                   RouteStep{10min, {GroupId{"G1"}, GroupId{"G2"}, GroupId{"G9"}}},
                   RouteStep{0min, {UserId{"U2"}, UserId{"U5"}}},
                   RouteStep{0min, {}, {"ops", "unknown"}},
                   RouteStep{5min, {UserId{"U3"}, ChannelId{"C1"}}}};
    const FrozenRoute frozen = freeze(route, people.directory, [](const std::string& rotation) {
        return rotation == "ops" ? std::vector<UserId>{UserId{"U3"}} : std::vector<UserId>{};
    });
    CHECK(frozen.name == "incident");
    REQUIRE(frozen.steps.size() == 5);
    CHECK(frozen.steps[0] == FrozenStep{0min, {UserId{"U1"}}, {}});
    CHECK(frozen.steps[1] == FrozenStep{10min, {UserId{"U2"}}, {}});
    CHECK(frozen.steps[2].empty());
    CHECK(frozen.steps[3] == FrozenStep{0min, {UserId{"U3"}}, {}});
    CHECK(frozen.steps[4] == FrozenStep{5min, {}, {ChannelId{"C1"}}});
}

TEST_CASE("local time: always with the day, and with the date when it is far")
{
    struct Row {
        std::string zone;
        const char* at;
        const char* expected;
    };
    const Row rows[] = {
        {"Etc/UTC", "2026-03-02 09:05", "Mon 09:05"},
        {"Etc/UTC", "2026-03-07 09:59", "Sat 09:59"},
        {"Etc/UTC", "2026-03-08 10:00", "Sun 8 Mar 10:00"},
        {"Etc/UTC", "2026-02-27 10:00", "Fri 10:00"},
        {"Etc/UTC", "2026-02-01 10:00", "Sun 1 Feb 10:00"},
        {"Asia/Kathmandu", "2026-03-02 18:30", "Tue 00:15"},
        {"Pacific/Chatham", "2026-03-02 10:20", "Tue 00:05"},
        {"America/New_York", "2026-03-08 12:00", "Sun 8 Mar 08:00"},
        {"Etc/UTC", "2026-12-31 23:59:59", "Thu 31 Dec 23:59"},
    };
    for (const Row& row : rows) {
        CAPTURE(std::string{row.at});
        CHECK(local_time_text(WorkingHours{row.zone}, utc(row.at), utc("2026-03-02 10:00")) == row.expected);
    }
    CHECK(utc_text(utc("2026-03-02 09:05:59")) == "2026-03-02 09:05 UTC");
}

TEST_CASE("durations: in the unit a person would use, one and many told apart")
{
    struct Row {
        Duration length;
        std::string elapsed;
        std::string working;
    };
    const Row rows[] = {
        {0s, "1 minute", "0 working minutes"},
        {60s, "1 minute", "1 working minute"},
        {5min, "5 minutes", "5 working minutes"},
        {89min, "89 minutes", "89 working minutes"},
        {90min, "2 hours", "2 working hours"},
        {1h + 40min, "2 hours", "2 working hours"},
        {8h, "8 hours", "8 working hours"},
        {12h, "12 hours", "2 working days"},
        {24h, "24 hours", "3 working days"},
        {36h, "2 days", "5 working days"},
        {24h * 7, "7 days", "21 working days"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.length);
        CHECK(elapsed_text(row.length) == row.elapsed);
        CHECK(working_time_text(row.length) == row.working);
    }
}

TEST_CASE(
    "clock: a scaled clock shows origin + scale × (wall − origin), and says how long the wall must wait")
{
    const SystemClock wall;
    const Instant now = wall.now();
    const ScaledClock sixty{60.0, now};
    CHECK(sixty.now() - now < 60s * 30);
    CHECK(sixty.wall_time_until(sixty.now() + 1h) <= 60s);
    CHECK(sixty.wall_time_until(sixty.now() + 1h) > 0s);
    CHECK(sixty.wall_time_until(now - 1h) == 0s);
    CHECK(wall.wall_time_until(now - 1h) == 0s);
    SteppedClock stepped{now};
    CHECK(stepped.wall_time_until(now + 5s) == 5s);
    stepped.advance_to(now + 5s);
    stepped.advance_to(now);
    CHECK(stepped.now() == now + 5s);
}
