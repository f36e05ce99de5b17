#include "tests/unit/slack_station.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace ackd::slack;
using namespace std::chrono_literals;

TEST_CASE("slack adapter: at start it says who it is and lists members and groups, then it is ready")
{
    Station station;
    station.start();
    REQUIRE(station.peer.wait_for_sockets(1));
    CHECK(station.inbox.count_of<WorkspaceKnown>() == 1);
    CHECK(station.inbox.count_of<MembersListed>() == 1);
    CHECK(station.inbox.count_of<GroupsListed>() == 1);
    REQUIRE(station.inbox.wait_for_count<CatchUpWanted>(1));  // the adapter has heard the greeting
    const AdapterEnd end = station.stop();
    CHECK(end.kind == EndKind::stopped);
    CHECK(station.peer.wait_for_close_frames(1));
}

TEST_CASE(
    "slack adapter: an event is handed over, and confirmed only when the engine says so, on its own socket")
{
    Station station;
    station.start();
    REQUIRE(station.peer.wait_for_sockets(1));
    station.peer.say(message_envelope("Ev1"));
    const auto input = station.inbox.wait_for(key_of("Ev1"));
    REQUIRE(input.has_value());
    CHECK(std::holds_alternative<MessagePosted>(input->body));
    CHECK(station.adapter->stats().envelopes_confirmed == 0);
    Confirmation confirmation;
    confirmation.receipt = input->receipt;
    station.adapter->confirm({confirmation});
    CHECK(station.peer.wait_to_hear(R"({"envelope_id":"env-Ev1"})"));
    CHECK(station.adapter->stats().envelopes_received == 1);

    confirmation.receipt.connection = 99;
    station.adapter->confirm({confirmation});
    (void)station.stop();
    CHECK(station.adapter->stats().envelopes_confirmed == 1);
    CHECK(station.adapter->stats().confirmations_dropped == 1);
}

TEST_CASE("slack adapter: a command is answered in its confirmation")
{
    Station station;
    station.start();
    REQUIRE(station.peer.wait_for_sockets(1));
    station.peer.say(
        R"({"type":"slash_commands","envelope_id":"env-1","accepts_response_payload":true,"payload":{"command":"/ack","text":"","user_id":"U1","channel_id":"C1"}})");
    const auto input = station.inbox.wait_for("e:env-1");
    REQUIRE(input.has_value());
    Confirmation confirmation;
    confirmation.receipt = input->receipt;
    confirmation.answer.emplace<Notice>().summary = "heard";
    station.adapter->confirm({confirmation});
    CHECK(station.peer.wait_to_hear(
        R"({"envelope_id":"env-1","payload":{"response_type":"ephemeral","text":"heard")"));
}

TEST_CASE("slack adapter: nothing that a peer sends ends the service")
{
    Station station;
    station.start();
    REQUIRE(station.peer.wait_for_sockets(1));
    station.peer.say("nonsense");
    station.peer.say(R"({"type":"events_api","payload":{}})");
    station.peer.say(R"({"type":"of_tomorrow"})");
    station.peer.say_raw(std::string{"\x82\x02\x00\xFF", 4});  // a binary frame
    station.peer.say_raw("\x89\x04ping");
    station.peer.say(message_envelope("Ev1"));
    CHECK(station.inbox.wait_for(key_of("Ev1")).has_value());
    CHECK(station.adapter->stats().frames_malformed == 2);
    CHECK(station.adapter->stats().frames_unknown == 2);
    CHECK(station.peer.wait_for_pongs(1));

    station.peer.say_raw(std::string{"\xFF\xFF\xFF\xFF", 4});  // no frame at all: this socket is over
    station.peer.cut_sockets();
    REQUIRE(station.peer.wait_for_sockets_opened(2));
    station.peer.say(message_envelope("Ev2"));
    CHECK(station.inbox.wait_for(key_of("Ev2")).has_value());
}

TEST_CASE("slack adapter: with a full inbox it reads no more until there is room, and loses nothing")
{
    Station station;
    station.start();
    REQUIRE(station.peer.wait_for_sockets(1));
    REQUIRE(station.inbox.wait_for_count<CatchUpWanted>(1));  // from here on there are messages only
    station.inbox.set_full(true);
    for (int count = 0; count < 500; ++count)
        station.peer.say(message_envelope("Ev" + std::to_string(count)));
    CHECK(station.inbox.wait_for_refusal());
    station.inbox.set_full(false);
    station.adapter->on_room();
    for (int count = 0; count < 500; ++count) {
        CAPTURE(count);
        REQUIRE(station.inbox.wait_for(key_of("Ev" + std::to_string(count))).has_value());
    }
    CHECK(station.adapter->stats().inbox_refusals >= 1);
}

TEST_CASE("slack adapter: a delivery ends in one settlement, also when the answer is lost")
{
    Station station;
    station.peer.answer("chat.postMessage",
                        R"({"ok":true,"channel":"C1","ts":"9.000000","message":{"metadata":{}}})");
    station.start();
    Delivery delivery;
    delivery.id = OutboxId{5};
    PostMessage post;
    post.channel = ChannelId{"C1"};
    post.notice.summary = "hi";
    delivery.effect = post;
    station.adapter->deliver({delivery});  // before the start is over: it waits
    const auto posted = station.inbox.wait_for_settled(OutboxId{5});
    REQUIRE(posted.has_value());
    CHECK(std::holds_alternative<Posted>(posted->outcome));

    station.peer.cut_after("chat.postMessage");
    delivery.id = OutboxId{6};
    station.adapter->deliver({delivery});
    const auto lost = station.inbox.wait_for_settled(OutboxId{6});
    REQUIRE(lost.has_value());
    REQUIRE(std::holds_alternative<Fault>(lost->outcome));
    CHECK(std::get<Fault>(lost->outcome).kind == FaultKind::unknown);

    (void)station.stop();
    delivery.id = OutboxId{7};
    station.adapter->deliver({delivery});
    const auto late = station.inbox.wait_for_settled(OutboxId{7});
    REQUIRE(late.has_value());
    CHECK(std::get<Fault>(late->outcome).kind == FaultKind::temporary);
}

TEST_CASE("slack adapter: what only a person can repair ends the service with one sentence that says how")
{
    struct Row {
        const char* what;
        std::function<void(Station&)> arrange;
        const char* reason;
    };
    const Row rows[] = {
        {"no app token",
         [](Station& s) { s.settings.app_token.clear(); },
         "the app-level token is missing: set SLACK_APP_TOKEN (xapp-…)"},
        {"no bot token",
         [](Station& s) { s.settings.bot_token.clear(); },
         "the bot token is missing: set SLACK_BOT_TOKEN (xoxb-…)"},
        {"plain http to elsewhere",
         [](Station& s) { s.settings.api_url = "http://example.test/api/"; },
         "SLACK_API_URL: example.test is not this machine: only https and wss are allowed there"},
        {"a wrong bot token",
         [](Station& s) { s.peer.answer("auth.test", R"({"ok":false,"error":"invalid_auth"})"); },
         "invalid_auth: Slack does not accept the bot token (SLACK_BOT_TOKEN, xoxb-…). Copy it again from "
         "the app's settings; "
         "if the app was removed from the workspace, reinstall it first"},
        {"missing scopes",
         [](Station& s) {
             s.peer.answer(
                 "auth.test",
                 R"({"ok":true,"url":"https://team.example.test/","team_id":"T1","user_id":"U0BOT"})",
                 "200 OK",
                 "X-OAuth-Scopes: "
                 "chat:write,commands,channels:history,groups:history,im:history,channels:read,groups:read,"
                 "reactions:read,users:read\r\n");
         },
         "the bot token lacks the scopes im:write, usergroups:read. Add them under OAuth & Permissions in "
         "the app's settings and "
         "reinstall the app to the workspace"},
        {"tokens of another workspace than the database's",
         [](Station& s) { s.settings.workspace = "T0LD"; },
         "this database belongs to the workspace T0LD, and the bot token to T1 (https://team.example.test/). "
         "Nothing was posted. Use the tokens of T0LD, or a state directory of its own for T1 (--state-dir)"},
        {"an app that is installed for a whole organisation",
         [](Station& s) {
             s.peer.answer(
                 "auth.test",
                 R"({"ok":true,"team_id":"E1","user_id":"U0BOT","enterprise_id":"E1","is_enterprise_install":true})");
         },
         "the app is installed for a whole organisation, and ackd serves one workspace. Install it to the "
         "workspace, and set the SLACK_BOT_TOKEN that belongs to it"},
        {"a wrong app token",
         [](Station& s) { s.peer.answer("apps.connections.open", R"({"ok":false,"error":"invalid_auth"})"); },
         "invalid_auth: Slack does not accept the app-level token (SLACK_APP_TOKEN, xapp-…). Copy it again "
         "from the app's settings; "
         "if the app was removed from the workspace, reinstall it first"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.what);
        Station station;
        row.arrange(station);
        station.start();
        const AdapterEnd end = station.wait_for_end();
        CHECK(end.kind == EndKind::fix_configuration);
        CHECK(end.reason == row.reason);
        CHECK_FALSE(end.restart_can_help());
    }
}

TEST_CASE(
    "slack adapter: with the database of another workspace nothing is asked of Slack but whose token it is")
{
    Station station;
    station.settings.workspace = "T0LD";
    station.start();
    (void)station.wait_for_end();
    CHECK(station.peer.requests("auth.test").size() == 1);
    CHECK(station.peer.requests("users.list").empty());
    CHECK(station.peer.requests("apps.connections.open").empty());
    CHECK(station.inbox.count_of<WorkspaceKnown>() == 0);
}

TEST_CASE("slack adapter: while the workspace is being moved it asks again, and goes on when that is over")
{
    Station station;
    station.peer.answer("auth.test", R"({"ok":false,"error":"team_added_to_org"})");
    station.start();
    REQUIRE(station.peer.wait_for_requests("auth.test", 2));
    station.peer.answer(
        "auth.test",
        R"({"ok":true,"url":"https://team.example.test/","team_id":"T1","user_id":"U0BOT","bot_id":"B0BOT"})");
    const bool opened = station.peer.wait_for_sockets(1);
    CAPTURE(station.log.text());
    REQUIRE(opened);
    (void)station.stop();
    CHECK(station.log.text().find("text=\"auth.test: team_added_to_org: the workspace is being moved; trying "
                                  "again in ") != std::string::npos);
}

TEST_CASE(
    "slack adapter: where Slack dropped events, what was said is read at once and when the minute is over")
{
    Station station;
    station.settings.events_lost_for = 1ms;
    station.start();
    REQUIRE(station.peer.wait_for_sockets(1));
    station.peer.say(
        R"({"type":"events_api","envelope_id":"env-1","payload":{"type":"app_rate_limited","team_id":"T1","minute_rate_limited":1700000000,"api_app_id":"A1"}})");
    REQUIRE(station.inbox.wait_for("e:env-1").has_value());
    REQUIRE(station.inbox.wait_for_gaps(GapReason::events_lost, 2));
}

TEST_CASE("slack adapter: when its app is removed while it runs, it ends and says so")
{
    Station station;
    station.start();
    REQUIRE(station.peer.wait_for_sockets(1));
    station.peer.say(
        R"({"type":"events_api","envelope_id":"env-1","payload":{"type":"event_callback","event_id":"Ev1","event":{"type":"app_uninstalled"}}})");
    const AdapterEnd end = station.wait_for_end();
    CHECK(end.kind == EndKind::fix_configuration);
    CHECK(end.reason.starts_with("app_uninstalled: "));
}

TEST_CASE("slack adapter: a host that is down is tried again")
{
    Station station;
    int port = 0;
    {
        const ScriptedPeer gone;
        port = gone.port();
    }
    station.settings.api_url = "http://127.0.0.1:" + std::to_string(port) + "/api/";
    station.start();
    CHECK(station.log.wait_for("text=\"cannot reach 127.0.0.1:" + std::to_string(port) +
                               ": Connection refused; trying again in "));
    CHECK(station.stop().kind == EndKind::stopped);
}

TEST_CASE("slack adapter: stopping does not wait for what is to be tried again in an hour")
{
    Station station;
    station.peer.answer("auth.test", "", "429 Too Many Requests", "Retry-After: 3600\r\n");
    station.start();
    CHECK(station.log.wait_for("trying again in 3600.0 s"));
    CHECK(station.stop().kind == EndKind::stopped);
}

TEST_CASE("slack adapter: a group whose members changed is read again")
{
    Station station;
    station.start();
    REQUIRE(station.peer.wait_for_sockets(1));
    station.peer.say(
        R"({"type":"events_api","envelope_id":"env-1","payload":{"type":"event_callback","event_id":"Ev1","event":{"type":"subteam_members_changed","subteam_id":"S1"}}})");
    REQUIRE(station.inbox.wait_for_count<GroupsListed>(2));
    CHECK(station.peer.requests("usergroups.list").size() == 2);
}
