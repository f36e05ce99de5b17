#include "sandbox/testing/still_sandbox.hpp"

#include <doctest/doctest.h>

using namespace sandbox;
using namespace std::chrono_literals;

namespace {

SandboxPolicy unlimited()
{
    SandboxPolicy policy = StillSandbox::usual_policy();
    policy.rate_limits = RateLimiter::Mode::off;
    return policy;
}

std::string error_of(const Json& answer)
{
    return text_member(answer, "error");
}

std::string ts_said(StillSandbox& still, const std::string& text)
{
    return text_member(still.control("post", {{"channel", "general"}, {"user", "ada"}, {"text", text}}),
                       "ts");
}

Json card(const std::string& post_id)
{
    return {{"channel", "C0GENERAL"},
            {"text", "card"},
            {"metadata", {{"event_type", "ackd_card"}, {"event_payload", {{"post_id", post_id}}}}}};
}

}  // namespace

TEST_CASE("sandbox api: the token decides before anything else")
{
    StillSandbox still;
    const auto with = [&](const std::string& method, const std::string& authorization) {
        const HttpAnswer answer = still.request({"POST", "/api/" + method, "", authorization, "", ""});
        return error_of(*parse_json(answer.body));
    };
    CHECK(with("auth.test", "") == "not_authed");
    CHECK(with("auth.test", "Bearer nonsense") == "invalid_auth");
    CHECK(with("auth.test", "Basic xoxb-sandbox") == "invalid_auth");
    CHECK(with("auth.test", "Bearer xapp-sandbox") == "not_allowed_token_type");
    CHECK(with("apps.connections.open", "Bearer xoxb-sandbox") == "not_allowed_token_type");
    CHECK(with("auth.test", "Bearer xoxb-sandbox").empty());
    CHECK(with("no.such", "Bearer xoxb-sandbox") == "unknown_method");
    REQUIRE(still.control("revoke", {{"token", "bot"}})["ok"] == true);
    CHECK(with("auth.test", "Bearer xoxb-sandbox") == "token_revoked");
}

TEST_CASE("sandbox api: a missing scope is named together with what there is")
{
    SandboxPolicy policy = unlimited();
    policy.app.scopes.erase("reactions:write");
    policy.app.scopes.erase("groups:history");
    StillSandbox still{policy};
    const std::string ts = ts_said(still, "x");
    const Json answer = still.api("reactions.add",
                                  {{"channel", "C0GENERAL"}, {"timestamp", ts}, {"name", "eyes"}});
    CHECK(error_of(answer) == "missing_scope");
    CHECK(answer["needed"] == "reactions:write");
    CHECK(text_member(answer, "provided").find("chat:write") != std::string::npos);
    CHECK(still.api("conversations.history", {{"channel", "C0LEADS"}})["needed"] == "groups:history");
    CHECK(still.api("conversations.history", {{"channel", "C0GENERAL"}})["ok"] == true);
    // Nor do the events come that the scope is for.
    const auto socket = still.connect();
    still.control("post", {{"channel", "platform-leads"}, {"user", "ada"}, {"text", "x"}});
    CHECK(socket->events().empty());
}

TEST_CASE("sandbox api: bodies are read by the rules of the method")
{
    StillSandbox still{unlimited()};
    const auto post = [&](const std::string& method, const std::string& type, const std::string& body) {
        return *parse_json(
            still.request({"POST", "/api/" + method, "", "Bearer xoxb-sandbox", type, body}).body);
    };
    const std::string json = R"({"channel":"C0GENERAL","text":"x"})";
    CHECK(post("chat.postMessage", "application/json; charset=utf-8", json)["ok"] == true);
    CHECK(post("chat.postMessage", "application/json", json)["warning"] == "missing_charset");
    CHECK(post("chat.postMessage",
               "application/x-www-form-urlencoded; charset=utf-8",
               "channel=C0GENERAL&text=x")["response_metadata"]["warnings"][0] == "superfluous_charset");
    CHECK(error_of(post("chat.postMessage", "application/json", "{")) == "invalid_json");
    CHECK(error_of(post("chat.postMessage", "application/json", "[]")) == "json_not_object");
    CHECK(error_of(post("chat.postMessage", "", "a=b")) == "missing_post_type");
    CHECK(error_of(post("chat.postMessage", "text/html", "a=b")) == "invalid_post_type");
    CHECK(error_of(post("chat.postMessage", "application/x-www-form-urlencoded", "text=%zz")) ==
          "invalid_form_data");
    CHECK(error_of(post("users.info", "application/json; charset=utf-8", R"({"user":"U0ADA"})")) ==
          "invalid_post_type");
    const HttpAnswer got = still.request(
        {"GET", "/api/users.info", "user=U0ADA", "Bearer xoxb-sandbox", "", ""});
    CHECK((*parse_json(got.body))["user"]["name"] == "ada");
    CHECK(still
              .request(
                  {"GET", "/api/chat.postMessage", "channel=C0GENERAL&text=x", "Bearer xoxb-sandbox", "", ""})
              .body.find("invalid_post_type") != std::string::npos);
}

TEST_CASE("sandbox api: arguments that the method does not know are counted, so that a misspelt one shows")
{
    StillSandbox still{unlimited()};
    still.api("chat.postMessage", {{"channel", "C0GENERAL"}, {"text", "x"}, {"thread", "1"}});
    CHECK(still.statistics().ignored_arguments["chat.postMessage"]["thread"] == 1);
    CHECK(still.statistics().ignored_arguments["chat.postMessage"].size() == 1);
}

TEST_CASE("sandbox api: where the app may post")
{
    struct Row {
        const char* channel;
        const char* error;
    };
    StillSandbox still{unlimited()};
    still.control("channel",
                  {{"name", "secret"}, {"id", "C0SECRET"}, {"private", true}, {"members", {"ada"}}});
    still.control("channel", {{"name", "old"}, {"id", "C0OLD"}, {"members", {"ada", "ackd"}}});
    still.control("channel", {{"channel", "old"}, {"archive", true}});
    const Row rows[] = {
        {"C0GENERAL", ""},
        {"C0RANDOM", "not_in_channel"},
        {"C0SECRET", "channel_not_found"},
        {"C404", "channel_not_found"},
        {"#general", "channel_not_found"},
        {"general", "channel_not_found"},
        {"C0OLD", "is_archived"},
        {"U0OLAF", "channel_not_found"},
        {"U0ACKD", "cannot_dm_bot"},
        {"", "invalid_arguments"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.channel);
        CHECK(error_of(still.api("chat.postMessage", {{"channel", row.channel}, {"text", "x"}})) ==
              row.error);
    }
}

TEST_CASE("sandbox api: a person's id as the channel opens the direct conversation and answers with its id")
{
    StillSandbox still{unlimited()};
    const Json answer = still.api("chat.postMessage", {{"channel", "U0ADA"}, {"text", "hello"}});
    CHECK(answer["channel"] == "D0ADA");
    CHECK(still.api("conversations.open", {{"users", "U0ADA"}})["already_open"] == true);
    CHECK(still.control("inbox", {{"user", "ada"}})["messages"][0]["text"] == "hello");
    CHECK(still.api("chat.update", {{"channel", "D0ADA"}, {"ts", answer["ts"]}, {"text", "changed"}})["ok"] ==
          true);
}

TEST_CASE("sandbox api: what a message must hold")
{
    StillSandbox still{unlimited()};
    const auto error_for = [&](Json arguments) {
        arguments["channel"] = "C0GENERAL";
        return error_of(still.api("chat.postMessage", arguments));
    };
    CHECK(error_for({}) == "no_text");
    CHECK(error_for({{"blocks", "[{"}}) == "invalid_blocks_format");
    CHECK(error_for({{"text", "x"}, {"blocks", "{}"}}) == "invalid_blocks_format");
    CHECK(error_for({{"text", "x"}, {"blocks", R"([{"type":"nope"}])"}}) == "invalid_blocks");
    CHECK(error_for({{"text", "x"}, {"metadata", "{"}}) == "invalid_metadata_format");
    CHECK(error_for({{"text", "x"}, {"metadata", R"({"event_type":"a b","event_payload":{}})"}}) ==
          "invalid_metadata_format");
    CHECK(error_for(
              {{"text", "x"}, {"metadata", R"({"event_type":"a","event_payload":{"x":{"y":{"z":1}}}})"}}) ==
          "invalid_metadata_schema");
    const Json big{{"event_type", "a"}, {"event_payload", {{"x", std::string(2000, 'x')}}}};
    CHECK(error_for({{"text", "x"}, {"metadata", big}}) == "metadata_too_large");
    CHECK(error_for({{"text", "x"}, {"thread_ts", "1.5"}}) == "invalid_thread_ts");
    CHECK(error_for({{"text", "x"}, {"username", "other"}}) == "missing_scope");
    CHECK(error_for({{"markdown_text", "x"}, {"text", "y"}}) == "markdown_text_conflict");
    const Json cut = still.api("chat.postMessage",
                               {{"channel", "C0GENERAL"}, {"text", std::string(40'001, 'x')}});
    CHECK(cut["warning"] == "message_truncated");
    CHECK(text_member(cut["message"], "text").size() == 40'000);
}

TEST_CASE("sandbox api: metadata comes back with the post, and from history only when asked for")
{
    StillSandbox still{unlimited()};
    const Json posted = still.api("chat.postMessage", card("p1"));
    CHECK(posted["message"]["metadata"]["event_payload"]["post_id"] == "p1");
    CHECK_FALSE(
        still.api("conversations.history", {{"channel", "C0GENERAL"}})["messages"][0].contains("metadata"));
    const Json asked = still.api("conversations.history",
                                 {{"channel", "C0GENERAL"}, {"include_all_metadata", "true"}});
    CHECK(asked["messages"][0]["metadata"]["event_type"] == "ackd_card");
    still.api("chat.update", {{"channel", "C0GENERAL"}, {"ts", posted["ts"]}, {"text", "changed"}});
    const Json updated = still.api("conversations.history",
                                   {{"channel", "C0GENERAL"}, {"include_all_metadata", "true"}});
    CHECK_FALSE(updated["messages"][0].contains("metadata"));
    Json again = card("p1");
    again["ts"] = posted["ts"];
    CHECK(still.api("chat.update", again)["message"]["metadata"]["event_payload"]["post_id"] == "p1");
}

TEST_CASE("sandbox api: the same post id twice is a duplicate")
{
    StillSandbox still{unlimited()};
    still.api("chat.postMessage", card("p1"));
    still.api("chat.postMessage", card("p2"));
    CHECK(still.statistics().duplicates == 0);
    still.api("chat.postMessage", card("p1"));
    CHECK(still.statistics().duplicates == 1);
    CHECK(still.statistics().bot_messages_posted == 3);
}

TEST_CASE("sandbox api: broadcasts are counted where Slack would ring everybody")
{
    struct Row {
        Json arguments;
        std::uint64_t broadcasts;
    };
    const Row rows[] = {
        {{{"text", "<!channel> and <!here>"}}, 2},
        {{{"text", "@channel"}}, 0},
        {{{"text", "@channel"}, {"link_names", "true"}}, 1},
        {{{"text", "@channel"}, {"parse", "full"}}, 1},
        {{{"text", "&lt;!channel&gt;"}}, 0},
    };
    for (const Row& row : rows) {
        CAPTURE(row.arguments);
        StillSandbox still{unlimited()};
        Json arguments = row.arguments;
        arguments["channel"] = "C0GENERAL";
        REQUIRE(still.api("chat.postMessage", arguments)["ok"] == true);
        CHECK(still.statistics().broadcasts == row.broadcasts);
    }
    // An update links names unless it says parse=none.
    StillSandbox still{unlimited()};
    const Json ts = still.api("chat.postMessage", {{"channel", "C0GENERAL"}, {"text", "@here"}})["ts"];
    still.api("chat.update", {{"channel", "C0GENERAL"}, {"ts", ts}, {"text", "@here"}, {"parse", "none"}});
    CHECK(still.statistics().broadcasts == 0);
    still.api("chat.update", {{"channel", "C0GENERAL"}, {"ts", ts}, {"text", "@here"}});
    CHECK(still.statistics().broadcasts == 1);
}

TEST_CASE("sandbox api: the app changes and deletes its own messages only")
{
    StillSandbox still{unlimited()};
    const std::string theirs = ts_said(still, "mine");
    const auto update = [&](const std::string& ts, const std::string& text) {
        return error_of(still.api("chat.update", {{"channel", "C0GENERAL"}, {"ts", ts}, {"text", text}}));
    };
    CHECK(update(theirs, "x") == "cant_update_message");
    CHECK(update("1.000000", "x") == "message_not_found");
    const std::string own = text_member(still.api("chat.postMessage", card("p")), "ts");
    CHECK(update(own, std::string(4001, 'x')) == "msg_too_long");
    CHECK(update(own, "fine").empty());
    CHECK(error_of(still.api("chat.delete", {{"channel", "C0GENERAL"}, {"ts", theirs}})) ==
          "cant_delete_message");
    CHECK(still.api("chat.delete", {{"channel", "C0GENERAL"}, {"ts", own}})["ok"] == true);
    CHECK(error_of(still.api("chat.delete", {{"channel", "C0GENERAL"}, {"ts", own}})) == "message_not_found");
}

TEST_CASE("sandbox api: an update without blocks removes them, and leaves no edited mark")
{
    StillSandbox still{unlimited()};
    Json arguments = card("p");
    arguments["blocks"] = Json::array({{{"type", "divider"}}});
    const Json ts = still.api("chat.postMessage", arguments)["ts"];
    const auto socket = still.connect();
    const Json answer = still.api("chat.update", {{"channel", "C0GENERAL"}, {"ts", ts}, {"text", "x"}});
    CHECK_FALSE(answer["message"].contains("blocks"));
    const Json event = socket->events()[0]["payload"]["event"];
    CHECK(event["subtype"] == "message_changed");
    CHECK_FALSE(event["message"].contains("edited"));
    CHECK(event["message"]["bot_id"] == "B0ACKD");
}

TEST_CASE("sandbox api: reactions, with Slack's errors")
{
    StillSandbox still{unlimited()};
    const std::string ts = ts_said(still, "x");
    const auto react = [&](const std::string& method, Json arguments) {
        arguments["channel"] = "C0GENERAL";
        return error_of(still.api(method, arguments));
    };
    CHECK(react("reactions.add", {{"timestamp", ts}, {"name", "eyes"}}).empty());
    CHECK(react("reactions.add", {{"timestamp", ts}, {"name", "eyes"}}) == "already_reacted");
    CHECK(react("reactions.add", {{"timestamp", ts}, {"name", ":eyes:"}}) == "invalid_name");
    CHECK(react("reactions.add", {{"timestamp", "x"}, {"name", "eyes"}}) == "bad_timestamp");
    CHECK(react("reactions.add", {{"name", "eyes"}}) == "no_item_specified");
    CHECK(react("reactions.remove", {{"timestamp", ts}, {"name", "tada"}}) == "no_reaction");
    const Json got = still.api("reactions.get", {{"channel", "C0GENERAL"}, {"timestamp", ts}});
    CHECK(got["message"]["reactions"][0]["name"] == "eyes");
    CHECK(got["message"]["reactions"][0]["users"] == Json::array({"U0ACKD"}));
}

TEST_CASE("sandbox api: rate limits answer 429 with the seconds to wait, and the wait is enough")
{
    StillSandbox still;
    const auto post = [&](const char* channel) {
        return still.call("chat.postMessage", {{"channel", channel}, {"text", "x"}}).status;
    };
    for (int number = 0; number < 4; ++number) CHECK(post("C0GENERAL") == 200);
    const HttpAnswer refused = still.call("chat.postMessage", {{"channel", "C0GENERAL"}, {"text", "x"}});
    CHECK(refused.status == 429);
    CHECK(error_of(*parse_json(refused.body)) == "ratelimited");
    const auto retry_after = std::find(refused.headers.begin(),
                                       refused.headers.end(),
                                       std::pair<std::string, std::string>{"Retry-After", "1"});
    CHECK(retry_after != refused.headers.end());
    CHECK(post("C0PLATFORM") == 200);
    still.pass(1s);
    CHECK(post("C0GENERAL") == 200);
    CHECK(post("C0GENERAL") == 429);
    CHECK(still.statistics().rate_limited == 2);
}

TEST_CASE("sandbox rates: a tier's floor per minute is its burst, and refused calls cost nothing")
{
    RateLimiter limiter{RateLimiter::Mode::strict};
    Instant now{1h};
    int passed = 0;
    for (int number = 0; number < 100; ++number)
        passed += limiter.admit("users.list", Tier::two, "", now) == 0 ? 1 : 0;
    CHECK(passed == 20);
    CHECK(limiter.admit("users.list", Tier::two, "", now) == 3);
    CHECK(limiter.admit("users.list", Tier::two, "", now + 400ms) == 3);
    CHECK(limiter.admit("conversations.list", Tier::two, "", now) == 0);
    now += 3s;
    CHECK(limiter.admit("users.list", Tier::two, "", now) == 0);
    CHECK(limiter.admit("users.list", Tier::two, "", now) == 3);
    limiter.set_mode(RateLimiter::Mode::off);
    CHECK(limiter.admit("users.list", Tier::two, "", now) == 0);
}

TEST_CASE("sandbox api: a lost answer means that the post took place")
{
    StillSandbox still{unlimited()};
    still.control(
        "faults",
        {{"answer_lost_after_post", {{"probability", 1}, {"times", 1}, {"methods", {"chat.postMessage"}}}}});
    CHECK(still.call("auth.test", {}).status == 200);
    CHECK(still.call("chat.postMessage", card("p1")).status == -1);
    CHECK(still.api("conversations.history", {{"channel", "C0GENERAL"}})["messages"].size() == 1);
    CHECK(still.call("chat.postMessage", card("p2")).status == 200);
}

TEST_CASE("sandbox api: a held answer ends after its time without the call having taken place")
{
    StillSandbox still{unlimited()};
    still.control("faults",
                  {{"answer_timeout", {{"probability", 1}, {"times", 1}}}, {"answer_timeout_ms", 500}});
    CHECK(still.call("chat.postMessage", card("p1")).status == 0);
    still.pass(499ms);
    CHECK(still.late_status() == 0);
    still.pass(1ms);
    CHECK(still.late_status() == -1);
    CHECK(still.api("conversations.history", {{"channel", "C0GENERAL"}})["messages"].empty());
}

TEST_CASE("sandbox api: a topic that is set is said in the channel, once for each that is another")
{
    StillSandbox still{unlimited()};
    const auto socket = still.connect();
    const auto set = [&](const Json& arguments) { return still.api("conversations.setTopic", arguments); };
    const auto topic = [&](const char* channel) {
        return text_member(still.api("conversations.info", {{"channel", channel}})["channel"]["topic"],
                           "value");
    };
    const Json answer = set({{"channel", "C0PLATFORM"}, {"topic", "On call: ben & <#C0GENERAL|general>"}});
    CHECK(answer["channel"]["topic"]["value"] == "On call: ben &amp; <#C0GENERAL|general>");
    CHECK(topic("C0PLATFORM") == "On call: ben &amp; <#C0GENERAL|general>");
    CHECK(set({{"channel", "C0PLATFORM"}, {"topic", "On call: ben &amp; <#C0GENERAL|general>"}})["ok"] ==
          true);
    REQUIRE(socket->events().size() == 1);
    const Json event = socket->events()[0]["payload"]["event"];
    CHECK(event["subtype"] == "channel_topic");
    CHECK(event["topic"] == "On call: ben &amp; <#C0GENERAL|general>");
    CHECK(set({{"channel", "C0LEADS"}, {"topic", ""}})["ok"] == true);
    CHECK(set({{"channel", "C0LEADS"}, {"topic", "x"}})["ok"] == true);
    CHECK(socket->events().back()["payload"]["event"]["subtype"] == "group_topic");

    CHECK(error_of(set({{"channel", "C0RANDOM"}, {"topic", "x"}})) == "not_in_channel");
    CHECK(error_of(set({{"channel", "C0NOWHERE"}, {"topic", "x"}})) == "channel_not_found");
    CHECK(error_of(set({{"channel", "C0PLATFORM"}})) == "invalid_arguments");
    CHECK(error_of(set({{"channel", "C0PLATFORM"}, {"topic", std::string(251, 'x')}})) == "too_long");
    CHECK(set({{"channel", "C0PLATFORM"}, {"topic", std::string(250, 'x')}})["ok"] == true);
    REQUIRE(still.control("channel", {{"channel", "#platform"}, {"topic", "By hand"}, {"by", "ada"}})["ok"] ==
            true);
    CHECK(topic("C0PLATFORM") == "By hand");
    REQUIRE(still.control("channel", {{"channel", "#platform"}, {"archive", true}})["ok"] == true);
    CHECK(error_of(set({{"channel", "C0PLATFORM"}, {"topic", "x"}})) == "is_archived");
}

TEST_CASE("sandbox api: a private channel's topic needs a scope of its own")
{
    SandboxPolicy policy = unlimited();
    policy.app.scopes.erase("groups:write.topic");
    StillSandbox still{policy};
    const Json answer = still.api("conversations.setTopic", {{"channel", "C0LEADS"}, {"topic", "x"}});
    CHECK(error_of(answer) == "missing_scope");
    CHECK(answer["needed"] == "groups:write.topic");
    CHECK(still.api("conversations.setTopic", {{"channel", "C0PLATFORM"}, {"topic", "x"}})["ok"] == true);
}

TEST_CASE("sandbox api: a user group's members are replaced, by people who may be in one")
{
    StillSandbox still{unlimited()};
    const auto update = [&](const std::string& group, const std::string& users) {
        return still.api("usergroups.users.update", {{"usergroup", group}, {"users", users}});
    };
    CHECK(update("S0ONCALL", "U0ADA, U0CHEN")["usergroup"]["users"] == Json::array({"U0ADA", "U0CHEN"}));
    CHECK(still.api("usergroups.users.list", {{"usergroup", "S0ONCALL"}})["users"] ==
          Json::array({"U0ADA", "U0CHEN"}));
    CHECK(error_of(update("S0ONCALL", "")) == "no_users_provided");
    CHECK(error_of(update("S0NONE", "U0ADA")) == "no_such_subteam");
    CHECK(error_of(update("S0ONCALL", "U0ADA,U0NOBODY")) == "invalid_users");
    CHECK(error_of(update("S0ONCALL", "U0OLAF")) == "invalid_users");
    CHECK(error_of(update("S0ONCALL", "U0INES")) == "invalid_user");
    CHECK(error_of(update("S0ONCALL", "U0ACKD")) == "invalid_user");
    REQUIRE(still.control("group", {{"handle", "oncall"}, {"disabled", true}})["ok"] == true);
    CHECK(error_of(update("S0ONCALL", "U0ADA")) == "no_such_subteam");

    SandboxPolicy policy = unlimited();
    policy.app.scopes.erase("usergroups:write");
    StillSandbox without{policy};
    CHECK(without.api("usergroups.users.update", {{"usergroup", "S0ONCALL"}, {"users", "U0ADA"}})["needed"] ==
          "usergroups:write");
}
