#include "sandbox/testing/still_sandbox.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace sandbox;
using namespace std::chrono_literals;

namespace {

Json manifest()
{
    return *parse_json(R"({
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {"name": "ackd", "background_color": "#1a2b3c"},
        "features": {
            "app_home": {"home_tab_enabled": true, "messages_tab_enabled": true},
            "bot_user": {"display_name": "ackd", "always_online": true},
            "slash_commands": [{"command": "/ack", "description": "Ask", "should_escape": true},
                               {"command": "/plain", "description": "As typed"}],
            "shortcuts": [{"name": "Request", "type": "message", "callback_id": "request", "description": "Ask"},
                          {"name": "New", "type": "global", "callback_id": "new", "description": "Ask"}]},
        "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "channels:history", "reactions:read"]}},
        "settings": {
            "event_subscriptions": {"bot_events": ["message.channels", "app_home_opened"]},
            "interactivity": {"is_enabled": true},
            "socket_mode_enabled": true}})");
}

Json changed(const char* pointer, const Json& value)
{
    Json other = manifest();
    other[Json::json_pointer{pointer}] = value;
    return other;
}

Json without(const char* pointer, const char* name)
{
    Json other = manifest();
    other[Json::json_pointer{pointer}].erase(name);
    return other;
}

/// "code pointer" of everything that is wrong, one after the other.
std::string problems(const Json& given)
{
    const auto installation = read_manifest(given);
    if (installation) return "";
    std::string text;
    for (const auto& detail : installation.error().details)
        text += (text.empty() ? "" : ", ") + detail.code + " " + detail.pointer;
    return text;
}

std::string error_of(const Json& answer)
{
    return text_member(answer, "error");
}

}  // namespace

TEST_CASE("sandbox manifest: what is wrong is said with its place")
{
    struct Row {
        Json given;
        const char* problems;
    };
    const std::string bot_events = "/settings/event_subscriptions/bot_events";
    const Json long_name(std::string(36, 'x'));
    const Row rows[] = {
        {manifest(), ""},
        {Json::array(), "invalid_type /"},
        {without("", "display_information"), "missing_required_field "},
        {without("/display_information", "name"), "missing_required_field /display_information"},
        {changed("/display_information/name", long_name), "too_long /display_information/name"},
        {changed("/display_information/name", std::string{"äöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäö"}), ""},
        {changed("/display_information/name", 7), "invalid_type /display_information/name"},
        {changed("/display_information/background_color", "red!"),
         "invalid_value /display_information/background_color"},
        {changed("/metadata", Json::object()), "illegal_property /metadata"},
        {changed("/settings/bad_param", false), "illegal_property /settings/bad_param"},
        {changed("/settings/event_subscriptions/bot_events/0", "message.everywhere"),
         "invalid_event /settings/event_subscriptions/bot_events/0"},
        {changed("/settings/event_subscriptions/bot_events/0", "message.groups"),
         "missing_scope /settings/event_subscriptions/bot_events/0"},
        {changed("/settings/event_subscriptions/bot_events/1", "message.channels"),
         "duplicate_item /settings/event_subscriptions/bot_events/1"},
        {changed("/oauth_config/scopes/bot/0", "chat:writ"), "invalid_scope /oauth_config/scopes/bot/0"},
        {changed("/oauth_config/scopes/bot/1", "chat:write"),
         "duplicate_scope /oauth_config/scopes/bot/1, missing_scope /features/slash_commands, "
         "missing_scope /features/shortcuts"},
        {changed("/features/slash_commands/0/command", "ack"),
         "invalid_value /features/slash_commands/0/command"},
        {changed("/features/slash_commands/0/command", "/plain"),
         "duplicate_item /features/slash_commands/1/command"},
        {changed("/features/slash_commands/0/description", ""),
         "too_short /features/slash_commands/0/description"},
        {changed("/features/slash_commands", Json::array()), "too_few_items /features/slash_commands"},
        {changed("/features/shortcuts/0/type", "both"), "invalid_value /features/shortcuts/0/type"},
        {changed("/features/shortcuts/0/callback_id", "new"),
         "duplicate_item /features/shortcuts/1/callback_id"},
        {changed("/settings/interactivity/is_enabled", false),
         "requires_interactivity /settings/interactivity/is_enabled"},
        {without("/settings/interactivity", "is_enabled"), "missing_required_field /settings/interactivity"},
        {without("/features", "bot_user"), "missing_bot_user /features/bot_user"},
        {changed("/settings/allowed_ip_address_ranges", Json::array({"10.0.0.0/8", "1.2.3.4"})), ""},
        {changed("/settings/allowed_ip_address_ranges", Json::array({"10.0.0.256"})),
         "invalid_value /settings/allowed_ip_address_ranges/0"},
        {changed("/settings/socket_mode_enabled", false),
         "missing_required_field /settings/event_subscriptions/request_url, "
         "missing_required_field /settings/interactivity/request_url, "
         "missing_required_field /features/slash_commands/0/url, "
         "missing_required_field /features/slash_commands/1/url"},
    };
    for (const Row& row : rows) {
        CAPTURE(dump(row.given));
        CHECK(problems(row.given) == row.problems);
    }
}

TEST_CASE("sandbox manifest: the app gets exactly what it asked for")
{
    StillSandbox still;
    const auto socket = still.connect();
    const Json installed = still.control("manifest", manifest());
    CHECK(installed["scopes"] == Json{"channels:history", "chat:write", "commands", "reactions:read"});
    CHECK(installed["events"] == Json{"app_home_opened", "message.channels"});
    CHECK(installed["commands"] == Json{"/ack", "/plain"});
    CHECK(installed["delivery"] == "sockets");
    CHECK(still.control("app", Json::object()) == installed);
    // It has the scope for reactions, but did not subscribe to them.
    const Json ts = still.control("post", {{"channel", "general"}, {"user", "ada"}, {"text", "x"}})["ts"];
    still.control("react", {{"channel", "general"}, {"ts", ts}, {"user", "ada"}, {"name", "eyes"}});
    CHECK(socket->event_types() == std::vector<std::string>{"message"});
    const Json refused = still.api("conversations.info", {{"channel", "C0GENERAL"}});
    CHECK(error_of(refused) == "missing_scope");
    CHECK(refused["provided"] == "channels:history,chat:write,commands,reactions:read");
}

TEST_CASE("sandbox manifest: commands and shortcuts that it does not define are refused")
{
    StillSandbox still;
    const auto socket = still.connect();
    still.control("manifest", manifest());
    const auto command = [&](const char* name) {
        return still.control("command",
                             {{"channel", "general"}, {"user", "ben"}, {"command", name}, {"text", "@ada"}});
    };
    CHECK(error_of(command("/nack")) == "command: the app's manifest defines no /nack");
    command("/ack");
    CHECK(socket->frames.back()["payload"]["text"] == "<@U0ADA>");
    command("/plain");
    CHECK(socket->frames.back()["payload"]["text"] == "@ada");
    const auto shortcut = [&](const char* id) {
        return error_of(still.control("shortcut", {{"user", "ben"}, {"callback_id", id}}));
    };
    CHECK(shortcut("new").empty());
    CHECK(shortcut("request") == "callback_id: the app's manifest defines no such global shortcut");
    CHECK(shortcut("nothing") == "callback_id: the app's manifest defines no such global shortcut");
}

TEST_CASE("sandbox manifest: tabs and interactivity that are off are off")
{
    StillSandbox still;
    Json given = without("/features", "app_home");
    given["features"]["app_home"] = {{"messages_tab_enabled", false}};
    given["features"].erase("shortcuts");
    given["settings"].erase("interactivity");
    REQUIRE(still.control("manifest", given)["ok"] == true);
    const Json view{{"type", "home"}, {"blocks", Json::array()}};
    CHECK(error_of(still.api("views.publish", {{"user_id", "U0ADA"}, {"view", view}})) == "not_enabled");
    CHECK(error_of(still.api("chat.postMessage", {{"channel", "U0ADA"}, {"text", "x"}})) ==
          "messages_tab_disabled");
    CHECK(error_of(still.control("open_home", {{"user", "ada"}})) == "tab: the app has no home tab");
    CHECK(error_of(still.control("press", {{"user", "ada"}, {"action_id", "x"}, {"view", "home"}})) ==
          "the app is not set up for interactivity");
}

TEST_CASE(
    "sandbox manifest: without Socket Mode each thing goes where the manifest says, once that is verified")
{
    StillSandbox still;
    Json given = changed("/settings/socket_mode_enabled", false);
    given["settings"]["event_subscriptions"]["request_url"] = "http://127.0.0.1:3000/events";
    given["settings"]["interactivity"]["request_url"] = "http://127.0.0.1:3000/interactions";
    given["features"]["slash_commands"][0]["url"] = "http://127.0.0.1:3000/ack";
    given["features"]["slash_commands"][1]["url"] = "http://127.0.0.1:3000/plain";
    still.app().challenge_answer = "no";
    CHECK(error_of(still.control("manifest", given)) == "url_not_verified: the answer is not the challenge");
    CHECK(still.control("app", Json::object())["commands"].is_null());
    still.app().challenge_answer.reset();
    CHECK(still.control("manifest", given)["delivery"] == "http");
    still.control("post", {{"channel", "general"}, {"user", "ada"}, {"text", "x"}});
    still.control("command", {{"channel", "general"}, {"user", "ben"}, {"command", "/plain"}});
    still.control("shortcut", {{"user", "ben"}, {"callback_id", "new"}});
    std::vector<std::string> targets;
    for (const OutgoingPost& post : still.app().posts) targets.push_back(post.url.target);
    CHECK(targets == std::vector<std::string>{"/events", "/plain", "/interactions"});
}

TEST_CASE("sandbox manifest: the Web API checks one for a configuration token, and installs nothing")
{
    StillSandbox still;
    const auto validate = [&](const Json& given, const char* token) {
        return still.api("apps.manifest.validate", {{"manifest", given}}, token);
    };
    CHECK(validate(manifest(), "xoxe.xoxp-sandbox") == Json{{"ok", true}});
    CHECK(error_of(validate(manifest(), "xoxb-sandbox")) == "not_allowed_token_type");
    const Json refused = validate(changed("/settings/bad_param", 1), "xoxe.xoxp-sandbox");
    CHECK(error_of(refused) == "invalid_manifest");
    CHECK(refused["errors"] == Json::array({{{"code", "illegal_property"},
                                             {"message", "bad_param is not a property of a manifest"},
                                             {"pointer", "/settings/bad_param"}}}));
    CHECK(error_of(validate("{", "xoxe.xoxp-sandbox")) == "invalid_manifest");
    CHECK(error_of(still.api("apps.manifest.validate", Json::object(), "xoxe.xoxp-sandbox")) ==
          "invalid_arguments");
    CHECK(still.control("app", Json::object())["commands"].is_null());
}

TEST_CASE("sandbox scopes: every answer says what was granted to its token and what the method accepts")
{
    SandboxPolicy policy = StillSandbox::usual_policy();
    policy.app.scopes = {"chat:write", "channels:history"};
    StillSandbox still{policy};
    const auto header = [&](const std::string& method, const std::string& token, const std::string& name) {
        for (const auto& [each, value] : still.call(method, Json::object(), token).headers)
            if (each == name) return value;
        return std::string{"(none)"};
    };
    CHECK(header("auth.test", "xoxb-sandbox", "X-OAuth-Scopes") == "channels:history,chat:write");
    CHECK(header("auth.test", "xoxb-sandbox", "X-Accepted-OAuth-Scopes") == "(none)");
    CHECK(header("auth.test", "xoxb-wrong", "X-OAuth-Scopes") == "(none)");
    CHECK(header("apps.connections.open", "xapp-sandbox", "X-OAuth-Scopes") == "connections:write");
    CHECK(header("reactions.add", "xoxb-sandbox", "X-Accepted-OAuth-Scopes") == "reactions:write");
    CHECK(header("conversations.history", "xoxb-sandbox", "X-Accepted-OAuth-Scopes") ==
          "channels:history,groups:history,mpim:history,im:history");
}
