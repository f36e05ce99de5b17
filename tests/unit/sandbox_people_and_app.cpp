#include "sandbox/testing/still_sandbox.hpp"

#include <doctest/doctest.h>

using namespace sandbox;
using namespace std::chrono_literals;

namespace {

const Json got_it{{"type", "button"},
                  {"action_id", "got_it"},
                  {"text", {{"type", "plain_text"}, {"text", "Got it"}}},
                  {"value", "7"}};

Json with_button(const char* channel)
{
    return {{"channel", channel},
            {"text", "card"},
            {"blocks",
             Json::array({{{"type", "actions"}, {"block_id", "b"}, {"elements", Json::array({got_it})}}})}};
}

Json form()
{
    const Json title{{"type", "plain_text"}, {"text", "Why"}};
    return {{"type", "modal"},
            {"title", title},
            {"submit", title},
            {"notify_on_close", true},
            {"blocks",
             Json::array({{{"type", "input"},
                           {"block_id", "why"},
                           {"label", title},
                           {"element", {{"type", "plain_text_input"}, {"action_id", "reason"}}}}})}};
}

HttpAnswer respond(StillSandbox& still, const Json& url, const Json& body)
{
    const std::string address = url.get<std::string>();
    return still.request(
        {"POST", address.substr(address.find("/response/")), "", "", "application/json", dump(body)});
}

}  // namespace

TEST_CASE("sandbox commands: names in the text are escaped, and the answer is shown to the person alone")
{
    StillSandbox still;
    const auto socket = still.connect();
    CHECK(still
              .control("command",
                       {{"channel", "general"},
                        {"user", "ben"},
                        {"command", "/ack"},
                        {"text", "@ada @oncall in #random"}})
              .is_null());
    const Json frame = socket->frames.back();
    CHECK(frame["type"] == "slash_commands");
    CHECK(frame["accepts_response_payload"] == true);
    CHECK(frame["payload"]["text"] == "<@U0ADA> <!subteam^S0ONCALL|@oncall> in <#C0RANDOM|random>");
    CHECK(frame["payload"]["is_enterprise_install"] == "false");
    socket->confirm(frame, {{"text", "asked"}});
    CHECK(still.late_answer() == Json{{"ok", true},
                                      {"answer", {{"text", "asked"}}},
                                      {"ephemeral", true},
                                      {"ts", still.late_answer()["ts"]}});
    CHECK(still.control("view", {{"channel", "general"}, {"user", "ben"}})["messages"].back()["text"] ==
          "asked");
    CHECK(still.control("view", {{"channel", "general"}, {"user", "ada"}})["messages"].empty());
}

TEST_CASE("sandbox commands: an answer in the channel is everybody's, and an event for the app")
{
    StillSandbox still;
    const auto socket = still.connect();
    still.control("command", {{"channel", "general"}, {"user", "ben"}, {"command", "/ack"}});
    socket->confirm(socket->frames.back(), {{"response_type", "in_channel"}, {"text", "for all"}});
    CHECK(still.control("view", {{"channel", "general"}, {"user", "ada"}})["messages"].back()["text"] ==
          "for all");
    CHECK(socket->event_types() == std::vector<std::string>{"message"});
}

TEST_CASE("sandbox commands: without a confirmation within three seconds the person sees operation_timeout")
{
    StillSandbox still;
    const auto socket = still.connect();
    still.control("command", {{"channel", "general"}, {"user", "ben"}, {"command", "/ack"}});
    still.pass(2999ms);
    CHECK(still.late_answer().is_null());
    still.pass(1ms);
    CHECK(still.late_answer() == Json{{"ok", false}, {"error", "operation_timeout"}});
    socket->confirm(socket->frames.back());
    CHECK(still.statistics().confirmations_late == 1);
    CHECK(still.statistics().interactions_timed_out == 1);
    socket->end();
    CHECK(still.control("command", {{"channel", "general"}, {"user", "ben"}, {"command", "/ack"}})["error"] ==
          "dispatch_failed");
}

TEST_CASE("sandbox commands: an answer that Slack would not show is an error and is counted")
{
    StillSandbox still;
    const auto socket = still.connect();
    still.control("command", {{"channel", "general"}, {"user", "ben"}, {"command", "/ack"}});
    socket->confirm(socket->frames.back(), {{"text", "x"}, {"blocks", Json::array({{{"type", "nope"}}})}});
    CHECK(text_member(still.late_answer(), "error").rfind("invalid_blocks: ", 0) == 0);
    CHECK(still.statistics().answers_invalid == 1);
}

TEST_CASE("sandbox presses: the payload names the message, the person and the value of the button")
{
    StillSandbox still;
    const auto socket = still.connect();
    const Json ts = still.api("chat.postMessage", with_button("C0GENERAL"))["ts"];
    CHECK(
        still.control("press", {{"channel", "general"}, {"ts", ts}, {"user", "ben"}, {"action_id", "got_it"}})
            .is_null());
    const Json frame = socket->frames.back();
    const Json& payload = frame["payload"];
    CHECK(frame["type"] == "interactive");
    CHECK(payload["type"] == "block_actions");
    CHECK(payload["user"]["id"] == "U0BEN");
    CHECK(
        payload["container"] ==
        Json{{"type", "message"}, {"message_ts", ts}, {"channel_id", "C0GENERAL"}, {"is_ephemeral", false}});
    CHECK(payload["message"]["ts"] == ts);
    CHECK(payload["actions"][0]["value"] == "7");
    CHECK(payload["actions"][0]["block_id"] == "b");
    socket->confirm(frame);
    CHECK(still.late_answer() == Json{{"ok", true}});
}

TEST_CASE("sandbox presses: nobody presses what they do not see")
{
    StillSandbox still;
    const auto socket = still.connect();
    Json arguments = with_button("C0GENERAL");
    arguments["user"] = "U0BEN";
    const Json ts = still.api("chat.postEphemeral", arguments)["message_ts"];
    const auto press = [&](const char* channel, const char* user, const Json& stamp, const char* action) {
        return still.control("press",
                             {{"channel", channel}, {"ts", stamp}, {"user", user}, {"action_id", action}});
    };
    CHECK(press("general", "ada", ts, "got_it")["error"] == "message_not_found");
    CHECK(press("general", "ben", ts, "gone")["error"] ==
          "no_such_control: gone is not there; there is got_it");
    CHECK(press("platform-leads", "hugo", ts, "got_it")["error"] ==
          "user: that person does not see this channel");
    CHECK(press("general", "ben", ts, "got_it").is_null());
    const Json& payload = socket->frames.back()["payload"];
    CHECK(payload["container"]["is_ephemeral"] == true);
    CHECK_FALSE(payload.contains("message"));
}

TEST_CASE("sandbox response urls: five uses within thirty minutes, for new messages and for the original")
{
    StillSandbox still;
    const auto socket = still.connect();
    Json arguments = with_button("C0GENERAL");
    arguments["user"] = "U0BEN";
    const Json ts = still.api("chat.postEphemeral", arguments)["message_ts"];
    const auto press = [&] {
        still.control("press",
                      {{"channel", "general"}, {"ts", ts}, {"user", "ben"}, {"action_id", "got_it"}});
        return socket->frames.back()["payload"]["response_url"];
    };
    const auto seen = [&] {
        return still.control("view", {{"channel", "general"}, {"user", "ben"}})["messages"];
    };
    const Json url = press();
    Json changed = with_button("C0GENERAL");
    changed["text"] = "changed";
    changed["replace_original"] = true;
    CHECK(respond(still, url, changed).status == 200);
    REQUIRE(seen().size() == 1);
    CHECK(seen()[0]["text"] == "changed");
    CHECK(respond(still, url, {{"text", "public"}, {"response_type", "in_channel"}}).status == 200);
    CHECK(seen().size() == 2);
    CHECK(seen()[1]["ephemeral"] == false);
    const Json late = press();
    CHECK(respond(still, url, {{"delete_original", true}}).status == 200);
    CHECK(seen().size() == 1);
    CHECK(respond(still, url, {{"text", "4"}}).status == 200);
    CHECK(respond(still, url, Json::array()).status == 400);
    CHECK(respond(still, url, {{"text", "5"}}).status == 200);
    CHECK(respond(still, url, {{"text", "6"}}).body == "used_url");
    still.pass(31min);
    CHECK(respond(still, late, {{"text", "x"}}).body == "expired_url");
    CHECK(respond(still, "http://x/response/nonsense", {{"text", "x"}}).status == 404);
}

TEST_CASE("sandbox forms: a trigger opens one form within three seconds")
{
    StillSandbox still;
    const auto socket = still.connect();
    const auto trigger = [&] {
        still.control("command", {{"channel", "general"}, {"user", "ben"}, {"command", "/ack"}});
        return socket->frames.back()["payload"]["trigger_id"];
    };
    const auto open = [&](const Json& id) {
        return text_member(still.api("views.open", {{"trigger_id", id}, {"view", form()}}), "error");
    };
    const Json first = trigger();
    CHECK(open(first).empty());
    CHECK(open(first) == "exchanged_trigger_id");
    const Json second = trigger();
    still.pass(3001ms);
    CHECK(open(second) == "expired_trigger_id");
    CHECK(open("nonsense") == "invalid_trigger_id");
    CHECK(still.control("form", {{"user", "ben"}})["view"]["title"]["text"] == "Why");
    CHECK(still.control("form", {{"user", "ada"}})["view"].is_null());
}

TEST_CASE("sandbox forms: the answer to a submission refuses, changes or closes it")
{
    StillSandbox still;
    const auto socket = still.connect();
    still.control("command", {{"channel", "general"}, {"user", "ben"}, {"command", "/ack"}});
    const Json trigger = socket->frames.back()["payload"]["trigger_id"];
    const Json opened = still.api("views.open", {{"trigger_id", trigger}, {"view", form()}})["view"];
    const auto submit = [&](const char* reason) {
        still.control("submit", {{"user", "ben"}, {"values", {{"reason", reason}}}});
        return socket->frames.back();
    };
    Json frame = submit("bad");
    CHECK(frame["payload"]["type"] == "view_submission");
    CHECK(frame["payload"]["view"]["id"] == opened["id"]);
    CHECK(frame["payload"]["view"]["state"]["values"]["why"]["reason"]["value"] == "bad");
    socket->confirm(frame, {{"response_action", "errors"}, {"errors", {{"why", "too short"}}}});
    CHECK(still.late_answer()["errors"]["why"] == "too short");
    CHECK(still.control("form", {{"user", "ben"}})["depth"] == 1);
    frame = submit("more");
    socket->confirm(frame, {{"response_action", "push"}, {"view", form()}});
    CHECK(still.control("form", {{"user", "ben"}})["depth"] == 2);
    still.control("close_form", {{"user", "ben"}});
    CHECK(socket->frames.back()["payload"]["type"] == "view_closed");
    CHECK(still.control("form", {{"user", "ben"}})["depth"] == 1);
    socket->confirm(submit("fine"));
    CHECK(still.control("form", {{"user", "ben"}})["depth"] == 0);
    CHECK(still.control("submit", {{"user", "ben"}})["error"] == "no_form_open");
}

TEST_CASE("sandbox home: published, guarded by its hash, and opened with an event")
{
    StillSandbox still;
    const auto socket = still.connect();
    const Json view{{"type", "home"}, {"blocks", Json::array({{{"type", "divider"}}})}};
    const auto publish = [&](const Json& hash) {
        Json arguments{{"user_id", "U0ADA"}, {"view", view}};
        if (!hash.is_null()) arguments["hash"] = hash;
        return still.api("views.publish", arguments);
    };
    const Json first = publish(nullptr)["view"];
    CHECK(publish(first["hash"])["ok"] == true);
    CHECK(publish(first["hash"])["error"] == "hash_conflict");
    CHECK(still.control("home", {{"user", "ada"}})["view"]["id"] == first["id"]);
    still.control("open_home", {{"user", "ada"}});
    const Json event = socket->events().back()["payload"]["event"];
    CHECK(event["type"] == "app_home_opened");
    CHECK(event["view"]["id"] == first["id"]);
    CHECK(event["channel"] == "D0ADA");
}

TEST_CASE("sandbox control: bad input is answered with what is wrong")
{
    StillSandbox still;
    const auto error = [&](const char* route, const Json& body) {
        return text_member(still.control(route, body), "error");
    };
    CHECK(error("post", {{"chanel", "x"}}) ==
          "\"chanel\" is not known here; there is: channel user text thread_ts broadcast raw messages");
    CHECK(error("post", {{"channel", "nowhere"}, {"user", "ada"}, {"text", "x"}}) ==
          "channel: there is no channel \"nowhere\"");
    CHECK(error("post", {{"channel", "general"}, {"user", "@nobody"}, {"text", "x"}}) ==
          "user: there is no user \"@nobody\"");
    CHECK(error("post", {{"channel", "general"}, {"user", "ada"}}) == "text is missing");
    CHECK(error("post", {{"channel", 7}}) == "channel must be text");
    CHECK(error("post", {{"channel", "general"}, {"user", "ackd"}, {"text", "x"}}) ==
          "user: the app speaks for itself, through chat.postMessage");
    CHECK(error("post", {{"channel", "general"}, {"user", "ada"}, {"text", "x"}, {"thread_ts", "1"}}) ==
          "thread_ts: \"1\" is not of the form 1700000000.000100");
    CHECK(error("react", {{"channel", "general"}, {"ts", "1.000000"}, {"user", "ada"}, {"name", "x"}}) ==
          "ts: there is no message 1.000000 in that channel");
    const Json by_ada{{"channel", "general"}, {"user", "ada"}, {"text", "x"}};
    const auto with = [&by_ada](const char* name, const Json& value) {
        Json body = by_ada;
        body[name] = value;
        return body;
    };
    CHECK(error("post", with("broadcast", "yes")) == "broadcast: true or false");
    CHECK(error("post", with("text", 7)) == "text must be text");
    CHECK(error("post", with("text", std::string(40'001, 'x'))) == "text has more than 40000 characters");
    CHECK(error("post", with("thread_ts", "1.000000")) ==
          "thread_ts: 1.000000 begins no thread in that channel");
    CHECK(error("post", {{"messages", Json::array({with("loud", true)})}}) ==
          "\"loud\" is not known here; there is: channel user text thread_ts broadcast raw");
    CHECK(error("channel", {{"channel", "general"}, {"rename", "No Name"}}) == "rename: invalid_name");
    CHECK(error("command", {{"channel", "general"}, {"user", "ada"}, {"command", "ack"}}) ==
          "command: must begin with a slash, as in /ack");
    CHECK(error("wait", {{"timeout_ms", "x"}}) == "timeout_ms must be a whole number from 0 to 3600000");
    CHECK(error("expect", {{"contains", "x"}}) == "channel or user is missing: where should it be seen?");
    CHECK(error("nothing", {}) == "there is no /sandbox/nothing; the README lists what there is");
    const HttpAnswer got = still.request({"GET", "/sandbox/post", "", "", "", ""});
    CHECK(got.body.find("changes things: use POST") != std::string::npos);
    CHECK(still.request({"POST", "/sandbox/post", "", "", "", std::string(100'000, '[')})
              .body.find("not a JSON object") != std::string::npos);
    CHECK(still.request({"GET", "/elsewhere", "", "", "", ""}).status == 404);
}

TEST_CASE("sandbox control: a batch of messages stops at the first that cannot be posted, and says which")
{
    StillSandbox still;
    const Json answer = still.control(
        "post",
        {{"channel", "general"},
         {"messages", {{{"user", "ada"}, {"text", "1"}}, {{"user", "nobody"}, {"text", "2"}}}}});
    CHECK(answer["ok"] == false);
    CHECK(answer["at"] == 1);
    CHECK(answer["ts"].size() == 1);
}

TEST_CASE("sandbox waiting: until every event is confirmed, or until the time is up")
{
    StillSandbox still;
    const auto socket = still.connect();
    CHECK(still.control("wait", {{"unconfirmed", 0}})["ok"] == true);
    still.control("post", {{"channel", "general"}, {"user", "ada"}, {"text", "x"}});
    still.control("wait", {{"timeout_ms", 1000}});
    CHECK(still.late_status() == 0);
    socket->confirm(socket->events()[0]);
    CHECK(still.late_answer()["ok"] == true);
    still.control("post", {{"channel", "general"}, {"user", "ada"}, {"text", "x"}});
    still.control("wait", {{"timeout_ms", 1000}});
    still.pass(1s);
    CHECK(still.late_answer()["error"] ==
          "not so within 1000 ms: 1 events are unconfirmed, 1 sockets are open");
}

TEST_CASE("sandbox waiting: idle means that nothing was called or said for so long")
{
    StillSandbox still;
    still.control("wait", {{"idle_ms", 500}, {"timeout_ms", 5000}});
    const auto nobody = still.late_status();
    CHECK(nobody == 0);
    still.pass(499ms);
    CHECK(still.late_status() == 0);
    still.pass(1ms);
    CHECK(still.late_answer()["ok"] == true);
}

TEST_CASE("sandbox waiting: an expected message is found when it appears, by text, blocks or as ephemeral")
{
    StillSandbox still;
    const auto expect = [&](const Json& body) { return still.control("expect", body); };
    still.control("post", {{"channel", "general"}, {"user", "ada"}, {"text", "card please"}});
    CHECK(expect({{"channel", "general"}, {"contains", "card"}, {"timeout_ms", 1000}}).is_null());
    still.pass(1s);
    CHECK(still.late_answer()["error"] == "seen 0 of 1 times within 1000 ms: card");
    CHECK(expect({{"channel", "general"}, {"contains", "card"}, {"from", "people"}})["count"] == 1);
    still.api("chat.postMessage", with_button("C0GENERAL"));
    CHECK(expect({{"channel", "general"}, {"contains", "card"}})["count"] == 1);
    CHECK(expect({{"channel", "general"}, {"contains", "Got it"}})["messages"][0]["text"] == "card");
    Json quiet = with_button("C0GENERAL");
    quiet["user"] = "U0BEN";
    quiet["text"] = "psst";
    still.api("chat.postEphemeral", quiet);
    CHECK(expect({{"user", "ben"}, {"contains", "psst"}})["messages"][0]["ephemeral"] == true);
    CHECK(expect({{"user", "ada"}, {"contains", "psst"}, {"timeout_ms", 0}})["ok"] == false);
    CHECK(expect({{"user", "ada"}, {"contains", "hello"}}).is_null());
}
