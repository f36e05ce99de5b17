#include "sandbox/testing/still_sandbox.hpp"

#include <doctest/doctest.h>

using namespace sandbox;
using namespace std::chrono_literals;

namespace {

std::int64_t in(StillSandbox& still, std::chrono::seconds later)
{
    return unix_seconds(still.now() + later);
}

Json off()
{
    return {{"dnd_enabled", false}, {"next_dnd_start_ts", 1}, {"next_dnd_end_ts", 1}};
}

Json on(std::int64_t from, std::int64_t until)
{
    return {{"dnd_enabled", true}, {"next_dnd_start_ts", from}, {"next_dnd_end_ts", until}};
}

}  // namespace

TEST_CASE("sandbox dnd: teamInfo tells of those asked for, at most fifty of them")
{
    StillSandbox still;
    still.control("user", {{"user", "ben"}, {"snooze_until_ts", in(still, 1h)}});
    const Json answer = still.api("dnd.teamInfo", {{"users", "U0ADA, U0BEN,U0OLAF,U0NOBODY"}});
    CHECK(answer["users"] == Json{{"U0ADA", off()}, {"U0BEN", on(in(still, 0s), in(still, 1h))}});
    CHECK(text_member(still.api("dnd.teamInfo", Json::object()), "error") == "no_users_provided");
    std::string many = "U0ADA";
    for (int count = 1; count < 50; ++count) many += ",U0ADA";
    CHECK(still.api("dnd.teamInfo", {{"users", many}})["ok"] == true);
    CHECK(text_member(still.api("dnd.teamInfo", {{"users", many + ",U0BEN"}}), "error") == "too_many_users");
}

TEST_CASE("sandbox dnd: a change is told, alone; that a span has passed is not")
{
    StillSandbox still;
    const auto socket = still.connect();
    still.control("user", {{"user", "ben"}, {"snooze_until_ts", in(still, 1h)}});
    REQUIRE(socket->event_types() == std::vector<std::string>{"dnd_updated_user"});
    const Json event = socket->events().back()["payload"]["event"];
    CHECK(event["user"] == "U0BEN");
    CHECK(event["dnd_status"] == on(in(still, 0s), in(still, 1h)));
    CHECK_FALSE(text_member(event, "event_ts").empty());
    still.control("user", {{"user", "ben"}, {"snooze_until_ts", 0}, {"title", "Rested"}});
    CHECK(socket->event_types() ==
          std::vector<std::string>{"dnd_updated_user", "dnd_updated_user", "user_change"});
    still.control("user", {{"user", "ben"}, {"title", "Awake"}});
    CHECK(socket->event_types().size() == 4);
    still.control("user", {{"user", "ben"}, {"snooze_until_ts", in(still, 10s)}});
    for (const Json& frame : socket->events()) socket->confirm(frame);
    still.pass(20s);
    CHECK(socket->event_types().size() == 5);
    CHECK(still.api("dnd.info", {{"user", "U0BEN"}})["dnd_enabled"] == false);
}

TEST_CASE("sandbox dnd: a daily span goes on to the next day; a pause goes before it")
{
    StillSandbox still;
    const std::int64_t from = in(still, 10s);
    const std::int64_t until = in(still, 20s);
    constexpr std::int64_t day = 86'400;
    const auto told = [&] { return still.api("dnd.teamInfo", {{"users", "U0BEN"}})["users"]["U0BEN"]; };
    const Json daily{
        {"user", "ben"}, {"dnd_enabled", true}, {"next_dnd_start_ts", from}, {"next_dnd_end_ts", until}};
    CHECK(still.control("user", daily)["ok"] == true);
    CHECK(told() == on(from, until));
    still.pass(19s);
    CHECK(told() == on(from, until));
    still.pass(1s);
    CHECK(told() == on(from + day, until + day));
    still.control("user", {{"user", "ben"}, {"snooze_until_ts", in(still, 5s)}});
    CHECK(told() == on(in(still, 0s), in(still, 5s)));
    still.pass(5s);
    CHECK(told() == on(from + day, until + day));
}

TEST_CASE("sandbox dnd: times that cannot be are refused")
{
    StillSandbox still;
    for (const Json& fields : {Json{{"snooze_until_ts", -1}},
                               Json{{"snooze_until_ts", 9'000'000'000}},
                               Json{{"snooze_until_ts", "soon"}},
                               Json{{"dnd_enabled", true}},
                               Json{{"dnd_enabled", true}, {"next_dnd_start_ts", 9}, {"next_dnd_end_ts", 9}}})
    {
        Json body = fields;
        body["user"] = "ben";
        CAPTURE(dump(body));
        CHECK(text_member(still.control("user", body), "error").starts_with("invalid_user: "));
    }
}

TEST_CASE("sandbox people: who administers the workspace is told, and can be changed")
{
    StillSandbox still;
    const auto of = [&](const char* id, const char* flag) {
        return still.api("users.info", {{"user", id}})["user"][flag].get<bool>();
    };
    CHECK(of("U0ADA", "is_admin"));
    CHECK(of("U0ADA", "is_owner"));
    CHECK_FALSE(of("U0BEN", "is_admin"));
    CHECK_FALSE(of("U0BEN", "is_owner"));
    const auto socket = still.connect();
    still.control("user", {{"user", "ben"}, {"is_admin", true}});
    CHECK(of("U0BEN", "is_admin"));
    CHECK(socket->events().back()["payload"]["event"]["user"]["is_admin"] == true);
    const Json members = still.api("users.list", Json::object())["members"];
    int admins = 0;
    for (const Json& member : members) admins += member.value("is_admin", false) ? 1 : 0;
    CHECK(admins == 2);
}
