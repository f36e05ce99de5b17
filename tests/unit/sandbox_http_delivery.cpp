#include "sandbox/testing/still_sandbox.hpp"
#include "sandbox/wire/request_signature.hpp"

#include <doctest/doctest.h>

using namespace sandbox;
using namespace std::chrono_literals;

namespace {

constexpr const char* address = "http://127.0.0.1:3000/slack/events";

void go_http(StillSandbox& still)
{
    REQUIRE(still.control("delivery", {{"request_url", address}})["delivery"] == "http");
}

void say(StillSandbox& still, const std::string& text)
{
    REQUIRE(still.control("post", {{"channel", "general"}, {"user", "ada"}, {"text", text}})["ok"] == true);
}

PostOutcome status(int number)
{
    return {"", number, "", "", false, ""};
}

PostOutcome redirect(const char* to)
{
    return {"", 307, "", to, false, ""};
}

Json body_of(const OutgoingPost& post)
{
    return parse_json(post.body).value_or(Json{});
}

/// The fields of a form that was POSTed.
Json form_of(const OutgoingPost& post)
{
    Arguments arguments;
    REQUIRE(arguments.add_form(post.body));
    return arguments.values();
}

Json form_view()
{
    const Json title{{"type", "plain_text"}, {"text", "Why"}};
    return {{"type", "modal"},
            {"title", title},
            {"submit", title},
            {"blocks",
             Json::array({{{"type", "input"},
                           {"block_id", "why"},
                           {"label", title},
                           {"element", {{"type", "plain_text_input"}, {"action_id", "reason"}}}}})}};
}

}  // namespace

TEST_CASE("sandbox signature: the example of Slack's documentation")
{
    const std::string body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
        "%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    CHECK(sign_request("8f742231b10e8888abcd99yyyzzz85a5", 1531420618, body) ==
          "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
}

TEST_CASE("sandbox http: only plain http on this machine is an address")
{
    struct Row {
        const char* text;
        const char* read;  ///< "" for none
    };
    const Row rows[] = {
        {"http://127.0.0.1:3000/slack/events", "http://127.0.0.1:3000/slack/events"},
        {"http://localhost:3000", "http://localhost:3000/"},
        {"http://127.0.0.1/a?b=c", "http://127.0.0.1:80/a?b=c"},
        {"https://127.0.0.1:3000/", ""},
        {"http://example.com/", ""},
        {"http://127.0.0.1.example.com/", ""},
        {"http://127.0.0.1@example.com/", ""},
        {"http://127.0.0.1:0/", ""},
        {"http://127.0.0.1:70000/", ""},
        {"http://127.0.0.1:3000x/", ""},
        {"http://127.0.0.1:3000/a\r\nX: y", ""},
        {"", ""},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const auto url = LoopbackUrl::parse(row.text);
        CHECK((url ? url->text() : "") == row.read);
    }
}

TEST_CASE("sandbox http: an address is used only when the app has repeated the challenge")
{
    StillSandbox still;
    const auto socket = still.connect();
    CHECK(still.control("delivery", {{"request_url", "http://example.com/"}})["ok"] == false);
    still.app().challenge_answer = "something else";
    CHECK(still.control("delivery", {{"request_url", address}})["error"] ==
          "url_not_verified: the answer is not the challenge");
    CHECK(still.control("app", Json::object())["delivery"] == "sockets");
    still.app().challenge_answer.reset();
    const Json app = still.control("delivery", {{"request_url", address}});
    CHECK(app["verified"] == true);
    CHECK(app["request_urls"]["events"] == address);
    CHECK(socket->frames.back()["reason"] == "link_disabled");
    CHECK(still.api("apps.connections.open", Json::object(), "xapp-sandbox")["error"] == "access_denied");
    CHECK(still.control("delivery", {{"sockets", true}})["delivery"] == "sockets");
    CHECK(still.connect() != nullptr);
}

TEST_CASE("sandbox http: an app that starts later is asked until it answers, and gets nothing before")
{
    StillSandbox still;
    still.app().challenge_answer = "not up yet";
    still.core().deliver_over_http_once_verified(RequestUrls::all_to(*LoopbackUrl::parse(address)));
    say(still, "early");
    still.control("wait", {{"verified", true}, {"unconfirmed", 1}, {"timeout_ms", 5000}});
    still.pass(1s);
    CHECK(still.late_status() == 0);
    CHECK(still.app().posts.empty());
    CHECK(still.control("command", {{"channel", "general"}, {"user", "ben"}, {"command", "/ack"}})["error"] ==
          "dispatch_failed");
    still.control("wait", {{"verified", true}, {"unconfirmed", 1}, {"timeout_ms", 5000}});
    still.app().challenge_answer.reset();
    still.pass(1s);
    CHECK(still.late_answer()["ok"] == true);
    still.pass(1s);
    REQUIRE(still.app().posts.size() == 1);
    CHECK(still.app().header(0, "X-Slack-Retry-Num") == "1");
}

TEST_CASE("sandbox http: an event is a signed POST of its outer object, and 2xx confirms it")
{
    StillSandbox still;
    go_http(still);
    say(still, "x");
    REQUIRE(still.app().posts.size() == 1);
    const OutgoingPost& post = still.app().posts[0];
    CHECK(post.url.text() == address);
    CHECK(post.content_type == "application/json");
    CHECK(body_of(post)["type"] == "event_callback");
    CHECK(body_of(post)["event"]["text"] == "x");
    CHECK(still.app().header(0, "X-Slack-Request-Timestamp") == std::to_string(unix_seconds(still.now())));
    CHECK(still.app().header(0, "X-Slack-Signature") ==
          sign_request("sandbox-signing-secret", unix_seconds(still.now()), post.body));
    CHECK(still.app().header(0, "X-Slack-Retry-Num").empty());
    still.app().answer_ok();
    CHECK(still.core().hub.unconfirmed() == 0);
    still.pass(10min);
    CHECK(still.app().posts.size() == 1);
}

TEST_CASE("sandbox http: a failed event comes three times more by the schedule, saying why, and then never")
{
    struct Row {
        PostOutcome outcome;
        const char* reason;
    };
    const Row rows[] = {{status(500), "http_error"},
                        {status(404), "http_error"},
                        {{"http_timeout", 0, "", "", false, ""}, "http_timeout"},
                        {{"connection_failed", 0, "", "", false, ""}, "connection_failed"}};
    for (const Row& row : rows) {
        CAPTURE(row.reason);
        StillSandbox still;
        go_http(still);
        say(still, "x");
        const std::chrono::seconds waits[] = {3s, 60s, 300s};
        for (std::size_t attempt = 1; attempt <= 3; ++attempt) {
            still.app().answer(row.outcome);
            still.pass(waits[attempt - 1] - 1ms);
            CHECK(still.app().posts.size() == attempt);
            still.pass(1ms);
            REQUIRE(still.app().posts.size() == attempt + 1);
            CHECK(still.app().header(attempt, "X-Slack-Retry-Num") == std::to_string(attempt));
            CHECK(still.app().header(attempt, "X-Slack-Retry-Reason") == row.reason);
            CHECK(body_of(still.app().posts[attempt])["event_id"] ==
                  body_of(still.app().posts[0])["event_id"]);
        }
        still.app().answer(row.outcome);
        still.pass(1h);
        CHECK(still.app().posts.size() == 4);
        CHECK(still.statistics().events_dropped == 1);
        CHECK(still.statistics().posts_failed[row.reason] == 4);
    }
}

TEST_CASE("sandbox http: an app that wants no retry gets none")
{
    StillSandbox still;
    go_http(still);
    say(still, "x");
    still.app().answer({"", 500, "", "", true, ""});
    CHECK(still.core().hub.unconfirmed() == 0);
    CHECK(still.statistics().events_dropped == 1);
    still.pass(1h);
    CHECK(still.app().posts.size() == 1);
}

TEST_CASE("sandbox http: an answer to an earlier attempt still confirms the event")
{
    StillSandbox still;
    go_http(still);
    say(still, "x");
    still.pass(3s);
    REQUIRE(still.app().posts.size() == 2);
    still.app().answer(0, status(200));
    CHECK(still.core().hub.unconfirmed() == 0);
    still.app().answer(1, status(200));
    CHECK(still.statistics().confirmations_late == 1);
}

TEST_CASE("sandbox http: events wait while the app is behind")
{
    SandboxPolicy policy = StillSandbox::usual_policy();
    policy.hub.posts_max = 2;
    StillSandbox still{policy};
    go_http(still);
    for (const char* text : {"a", "b", "c"}) say(still, text);
    CHECK(still.app().posts.size() == 2);
    still.app().answer_ok();
    still.pass(0ms);
    REQUIRE(still.app().posts.size() == 3);
    CHECK(still.app().header(2, "X-Slack-Retry-Num").empty());
}

TEST_CASE("sandbox http: the faults of events strike here as well")
{
    StillSandbox still;
    go_http(still);
    const auto once = [](const char* fault) { return Json{{fault, {{"probability", 1}, {"times", 1}}}}; };
    still.control("faults", once("drop_event"));
    say(still, "dropped");
    CHECK(still.app().posts.empty());
    still.pass(3s);
    REQUIRE(still.app().posts.size() == 1);
    CHECK(still.app().header(0, "X-Slack-Retry-Reason") == "http_timeout");
    still.app().answer_ok();
    still.control("faults", once("duplicate_event"));
    say(still, "twice");
    REQUIRE(still.app().posts.size() == 3);
    CHECK(still.app().posts[1].body == still.app().posts[2].body);
    still.app().answer(1, status(200));
    still.app().answer(2, status(200));
    still.control("faults", once("reorder_event"));
    say(still, "first");
    say(still, "second");
    REQUIRE(still.app().posts.size() == 5);
    CHECK(body_of(still.app().posts[3])["event"]["text"] == "second");
    still.app().answer(3, status(200));
    still.app().answer(4, status(200));
    still.control("faults", once("cut_connection"));
    say(still, "answer lost");
    still.app().answer_ok();
    CHECK(still.core().hub.unconfirmed() == 1);
    still.pass(3s);
    CHECK(still.app().header(6, "X-Slack-Retry-Reason") == "connection_failed");
}

TEST_CASE("sandbox http: two redirects are followed on this machine, a third is one too many")
{
    StillSandbox still;
    go_http(still);
    say(still, "x");
    still.app().answer(redirect("/elsewhere"));
    REQUIRE(still.app().posts.size() == 2);
    CHECK(still.app().posts[1].url.text() == "http://127.0.0.1:3000/elsewhere");
    CHECK(still.app().posts[1].body == still.app().posts[0].body);
    still.app().answer(redirect("http://127.0.0.1:4000/"));
    SUBCASE("an answer from the third address counts")
    {
        still.app().answer_ok();
        CHECK(still.core().hub.unconfirmed() == 0);
    }
    SUBCASE("a third redirect does not")
    {
        still.app().answer(redirect("/again"));
        CHECK(still.app().posts.size() == 3);
        CHECK(still.statistics().posts_failed["too_many_redirects"] == 1);
    }
    SUBCASE("nor does one that leads off this machine")
    {
        StillSandbox other;
        go_http(other);
        say(other, "x");
        other.app().answer(redirect("http://example.com/"));
        CHECK(other.app().posts.size() == 1);
        CHECK(other.statistics().posts_failed["connection_failed"] == 1);
    }
}

TEST_CASE("sandbox http: a command is a form, and the body of the answer is shown")
{
    struct Row {
        const char* when;
        PostOutcome outcome;
        Json shown;
    };
    const Row rows[] = {
        {"JSON",
         {"", 200, "application/json; charset=utf-8", "", false, R"({"text":"hi"})"},
         {{"text", "hi"}}},
        {"text", {"", 200, "text/plain", "", false, "hi"}, {{"text", "hi"}}},
        {"nothing", {"", 200, "", "", false, ""}, nullptr},
    };
    for (const Row& row : rows) {
        CAPTURE(row.when);
        StillSandbox still;
        go_http(still);
        still.control(
            "command",
            {{"channel", "general"}, {"user", "ben"}, {"command", "/ack"}, {"text", "@ada 100% & more"}});
        REQUIRE(still.app().posts.size() == 1);
        CHECK(still.app().posts[0].content_type == "application/x-www-form-urlencoded");
        const Json form = form_of(still.app().posts[0]);
        CHECK(form["command"] == "/ack");
        CHECK(form["text"] == "<@U0ADA> 100% &amp; more");
        CHECK(form["user_id"] == "U0BEN");
        CHECK(form.contains("trigger_id"));
        CHECK(form.contains("response_url"));
        still.app().answer(row.outcome);
        CHECK(still.late_answer()["ok"] == true);
        CHECK(still.late_answer()["answer"] == row.shown);
    }
}

TEST_CASE("sandbox http: what goes wrong with a command is shown to the person, and nothing comes again")
{
    struct Row {
        PostOutcome outcome;
        const char* error;
    };
    const Row rows[] = {
        {status(500), "dispatch_failed"},
        {{"connection_failed", 0, "", "", false, ""}, "dispatch_failed"},
        {{"http_timeout", 0, "", "", false, ""}, "operation_timeout"},
        {{"", 200, "application/json", "", false, "{"}, "invalid_answer"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.error);
        StillSandbox still;
        go_http(still);
        still.control("command", {{"channel", "general"}, {"user", "ben"}, {"command", "/ack"}});
        still.app().answer(row.outcome);
        CHECK(still.late_answer()["error"] == row.error);
        still.pass(1h);
        CHECK(still.app().posts.size() == 1);
    }
}

TEST_CASE(
    "sandbox http: an interaction is JSON in the field payload, and a form takes its answer from the body")
{
    StillSandbox still;
    go_http(still);
    still.control("command", {{"channel", "general"}, {"user", "ben"}, {"command", "/ack"}});
    const Json trigger = form_of(still.app().posts[0])["trigger_id"];
    still.app().answer_ok();
    REQUIRE(still.api("views.open", {{"trigger_id", trigger}, {"view", form_view()}})["ok"] == true);
    still.control("submit", {{"user", "ben"}, {"values", {{"reason", "bad"}}}});
    const Json form = form_of(still.app().posts[1]);
    REQUIRE(form.size() == 1);
    const Json payload = *parse_json(form["payload"].get<std::string>());
    CHECK(payload["type"] == "view_submission");
    CHECK(payload["view"]["state"]["values"]["why"]["reason"]["value"] == "bad");
    still.app().answer_ok(R"({"response_action":"errors","errors":{"why":"too short"}})");
    CHECK(still.late_answer()["errors"]["why"] == "too short");
    still.control("submit", {{"user", "ben"}, {"values", {{"reason", "good"}}}});
    still.app().answer_ok();
    CHECK(still.control("form", {{"user", "ben"}})["depth"] == 0);
}
