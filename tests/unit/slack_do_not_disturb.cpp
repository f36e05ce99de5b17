// Slack's do-not-disturb: what is told is decoded, what is not told is asked for.
#include "adapters/slack/do_not_disturb_agenda.hpp"
#include "tests/unit/slack_decoding.hpp"
#include "tests/unit/slack_station.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace ackd::slack;
using namespace std::chrono_literals;

namespace {

constexpr auto noon = Instant{std::chrono::seconds{1'700'000'000}};

std::string event_with(const std::string& rest)
{
    return R"({"type":"dnd_updated_user","event_ts":"1699999990.000200",)" + rest + "}";
}

std::vector<Member> people(int count)
{
    std::vector<Member> members;
    for (int number = 1; number <= count; ++number) {
        Member& member = members.emplace_back();
        member.id = UserId{"U" + std::to_string(1000 + number)};
    }
    return members;
}

DoNotDisturbChanged told(const char* person, Instant from, Instant until)
{
    return {UserId{person}, from, until, {}};
}

std::string with_people(int count)
{
    std::string users;
    for (const Member& member : people(count))
        users += (users.empty() ? "" : ",") + (R"({"id":")" + member.id.value + R"("})");
    return R"({"ok":true,"members":[)" + users + "]}";
}

}  // namespace

TEST_CASE("slack decode: do-not-disturb comes with its span of time, and with when that was said")
{
    const Decoded decoded = decode_event(event_with(
        R"("user":"U1","dnd_status":{"dnd_enabled":true,"next_dnd_start_ts":1700024400,"next_dnd_end_ts":1700060400})"));
    const auto* changed = decoded.only<DoNotDisturbChanged>();
    REQUIRE(changed != nullptr);
    CHECK(changed->person == UserId{"U1"});
    CHECK(changed->from == Instant{1'700'024'400s});
    CHECK(changed->until == Instant{1'700'060'400s});
    CHECK(changed->told_at == Instant{1'699'999'990s + 200us});
    CHECK(decoded.frame.concern == AdapterConcern::do_not_disturb_told);
    CHECK(decoded.frame.concerned == "U1");
}

TEST_CASE("slack decode: do-not-disturb that is off has no span, whatever stands beside it")
{
    for (const char* status :
         {R"({"dnd_enabled":false,"next_dnd_start_ts":1,"next_dnd_end_ts":1})",
          R"({"dnd_enabled":false,"next_dnd_start_ts":1700024400,"next_dnd_end_ts":1700060400})",
          R"({"dnd_enabled":"true"})",
          "{}"})
    {
        CAPTURE(status);
        const Decoded decoded = decode_event(
            event_with(R"("user":"U1","dnd_status":)" + std::string{status}));
        REQUIRE(decoded.only<DoNotDisturbChanged>() != nullptr);
        CHECK(decoded.only<DoNotDisturbChanged>()->from == decoded.only<DoNotDisturbChanged>()->until);
    }
}

TEST_CASE("slack decode: do-not-disturb of nobody, or at a time that cannot be, is told as a problem")
{
    for (
        const char* rest :
        {R"("dnd_status":{"dnd_enabled":false})",
         R"("user":"","dnd_status":{"dnd_enabled":false})",
         R"("user":7,"dnd_status":{"dnd_enabled":false})",
         R"("user":"U1")",
         R"("user":"U1","dnd_status":null)",
         R"("user":"U1","dnd_status":{"dnd_enabled":true})",
         R"("user":"U1","dnd_status":{"dnd_enabled":true,"next_dnd_start_ts":1,"next_dnd_end_ts":1})",
         R"("user":"U1","dnd_status":{"dnd_enabled":true,"next_dnd_start_ts":1700060400,"next_dnd_end_ts":1700024400})",
         R"("user":"U1","dnd_status":{"dnd_enabled":true,"next_dnd_start_ts":-5,"next_dnd_end_ts":1700024400})",
         R"("user":"U1","dnd_status":{"dnd_enabled":true,"next_dnd_start_ts":1700024400,"next_dnd_end_ts":9223372036854775807})",
         R"("user":"U1","dnd_status":{"dnd_enabled":true,"next_dnd_start_ts":"1700024400","next_dnd_end_ts":"1700060400"})"})
    {
        CAPTURE(rest);
        const Decoded decoded = decode_event(event_with(rest));
        CHECK(decoded.only<NothingToDo>() != nullptr);
        CHECK_FALSE(decoded.frame.problem.empty());
    }
}

TEST_CASE("slack do-not-disturb: everybody who can have one is asked for, fifty at a time")
{
    DoNotDisturbAgenda agenda;
    auto members = people(120);
    members[3].kind = MemberKind::bot;
    members[4].kind = MemberKind::external;
    members[5].deactivated = true;
    members[6].kind = MemberKind::guest;
    agenda.members_listed(members, noon);
    CHECK(agenda.next_at() == noon);
    CHECK(agenda.take_due(noon).size() == 50);
    CHECK(agenda.take_due(noon).size() == 50);
    CHECK(agenda.take_due(noon).size() == 17);
    CHECK(agenda.take_due(noon).empty());
    CHECK_FALSE(agenda.next_at());
}

TEST_CASE("slack do-not-disturb: somebody is asked for again when theirs has ended, and who has none is not")
{
    DoNotDisturbAgenda agenda;
    agenda.members_listed(people(2), noon);
    CHECK(agenda.take_due(noon).size() == 2);
    agenda.told(told("U1001", noon + 1h, noon + 2h), noon);
    agenda.told(told("U1002", {}, {}), noon);
    agenda.told(told("U9", noon + 1h, noon + 2h), noon);  // nobody that we know
    CHECK(agenda.next_at() == noon + 2h);
    CHECK(agenda.take_due(noon + 2h) == std::vector<UserId>{UserId{"U1001"}});
    // Slack has not yet gone on to the next day's.
    agenda.told(told("U1001", noon + 1h, noon + 2h), noon + 2h);
    CHECK(agenda.next_at() == noon + 2h + DoNotDisturbAgenda::after_old_news);
}

TEST_CASE("slack do-not-disturb: after an event somebody is asked for a while later, and only once")
{
    DoNotDisturbAgenda agenda;
    agenda.members_listed(people(1), noon);
    agenda.changed_by_event(UserId{"U1001"}, noon);
    agenda.changed_by_event(UserId{"U9"}, noon);
    CHECK(agenda.next_at() == noon + DoNotDisturbAgenda::after_event);
    CHECK(agenda.take_due(noon + 1h).size() == 1);
}

TEST_CASE("slack do-not-disturb: after a gap everybody is asked for again; whoever has left is not")
{
    DoNotDisturbAgenda agenda;
    auto members = people(3);
    agenda.members_listed(members, noon);
    (void)agenda.take_due(noon);
    members[0].deactivated = true;
    agenda.members_listed({members[0]}, noon);
    agenda.ask_everybody_again(noon + 1h);
    CHECK(agenda.take_due(noon + 1h) == std::vector<UserId>{UserId{"U1002"}, UserId{"U1003"}});
    agenda.put_back({UserId{"U1003"}}, noon + 1h);
    CHECK(agenda.take_due(noon + 1h) == std::vector<UserId>{UserId{"U1003"}});
}

TEST_CASE("slack adapter: everybody's do-not-disturb is asked for before anything happens, in pages")
{
    Station station;
    station.peer.answer("users.list", with_people(120));
    station.peer.answer(
        "dnd.teamInfo",
        R"({"ok":true,"users":{"U1001":{"dnd_enabled":true,"next_dnd_start_ts":4000000000,"next_dnd_end_ts":4000003600},"U1002":{"dnd_enabled":true},"U9999":{"dnd_enabled":false}}})");
    station.start();
    REQUIRE(station.peer.wait_for_sockets(1));
    CHECK(station.inbox.count_of<DoNotDisturbListed>() == 3);
    const auto asked = station.peer.requests("dnd.teamInfo");
    REQUIRE(asked.size() == 3);
    CHECK(asked[0].starts_with("users=U1001%2CU1002%2C"));
    CHECK(asked[2].ends_with("%2CU1119%2CU1120"));
}

TEST_CASE("slack adapter: where do-not-disturb may not be read it says so once, and goes on without")
{
    Station station;
    station.peer.answer("users.list", with_people(120));
    station.peer.answer("dnd.teamInfo", R"({"ok":false,"error":"missing_scope","needed":"dnd:read"})");
    station.start();
    REQUIRE(station.peer.wait_for_sockets(1));
    CHECK(station.peer.requests("dnd.teamInfo").size() == 1);
    CHECK(station.stop().kind == EndKind::stopped);
    const std::string log = station.log.text();
    const auto said = log.find(
        R"(event=do_not_disturb_unknown reason="missing_scope: dnd.teamInfo needs the scope dnd:read.)");
    REQUIRE(said != std::string::npos);
    CHECK(log.find("event=do_not_disturb_unknown", said + 1) == std::string::npos);
}

TEST_CASE("slack adapter: Slack's being busy with do-not-disturb does not hold up the start")
{
    Station station;
    station.peer.answer("dnd.teamInfo", "", "429 Too Many Requests", "Retry-After: 3600\r\n");
    station.start();
    REQUIRE(station.peer.wait_for_sockets(1));
    CHECK(station.inbox.count_of<DoNotDisturbListed>() == 0);
    CHECK(station.stop().kind == EndKind::stopped);
}
