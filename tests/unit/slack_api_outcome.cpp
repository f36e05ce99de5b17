#include "adapters/slack/api_outcome.hpp"
#include "adapters/slack/endpoint.hpp"
#include "adapters/slack/manifest.hpp"
#include "adapters/slack/slack_api.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace ackd::slack;

namespace {

HttpAnswer http(unsigned status,
                std::string body,
                std::optional<std::chrono::seconds> retry_after = std::nullopt)
{
    HttpAnswer answer;
    answer.status = status;
    answer.body = std::move(body);
    answer.retry_after = retry_after;
    return answer;
}

Fault refused(std::string_view code)
{
    const std::string body = R"({"ok":false,"error":")" + std::string{code} + "\"}";
    const ApiVerdict verdict = classify_answer("chat.postMessage", TokenKind::bot, http(200, body));
    REQUIRE(verdict.result.has_error());
    CHECK(verdict.code == code);
    return verdict.result.error();
}

}  // namespace

TEST_CASE("slack api: an answer that is ok has its fields and warnings")
{
    const ApiVerdict verdict = classify_answer(
        "auth.test",
        TokenKind::bot,
        http(
            200,
            R"({"ok":true,"team_id":"T1","warning":"superfluous_charset","response_metadata":{"messages":["[WARN] x"]}})"));
    REQUIRE(verdict.result.has_value());
    CHECK(text_of(verdict.result->root(), "team_id") == "T1");
    CHECK(verdict.warnings == "superfluous_charset; [WARN] x");
}

TEST_CASE("slack api: each error code means one kind of fault")
{
    struct Row {
        const char* code;
        FaultKind kind;
    };
    const Row rows[] = {
        {"ratelimited", FaultKind::rate_limited},
        {"rate_limited", FaultKind::rate_limited},
        {"fatal_error", FaultKind::unknown},
        {"internal_error", FaultKind::unknown},
        {"request_timeout", FaultKind::unknown},
        {"service_unavailable", FaultKind::unknown},
        {"invalid_auth", FaultKind::configuration},
        {"not_authed", FaultKind::configuration},
        {"account_inactive", FaultKind::configuration},
        {"token_revoked", FaultKind::configuration},
        {"token_expired", FaultKind::configuration},
        {"not_allowed_token_type", FaultKind::configuration},
        {"missing_scope", FaultKind::configuration},
        {"access_denied", FaultKind::configuration},
        {"team_access_not_granted", FaultKind::configuration},
        {"team_added_to_org", FaultKind::temporary},
        {"org_login_required", FaultKind::temporary},
        {"migration_in_progress", FaultKind::temporary},
        {"message_not_found", FaultKind::not_found},
        {"thread_not_found", FaultKind::not_found},
        {"channel_not_found", FaultKind::not_a_member},
        {"not_in_channel", FaultKind::not_a_member},
        {"is_archived", FaultKind::permanent},
        {"user_not_found", FaultKind::permanent},
        {"invalid_blocks", FaultKind::permanent},
        {"a_code_of_tomorrow", FaultKind::permanent},
    };
    for (const Row& row : rows) {
        CAPTURE(row.code);
        const Fault fault = refused(row.code);
        CHECK(fault.kind == row.kind);
        if (row.kind == FaultKind::permanent || row.kind == FaultKind::not_found ||
            row.kind == FaultKind::not_a_member)
            CHECK(fault.detail == row.code);
    }
}

TEST_CASE("slack api: a refused token and a missing scope say what to do")
{
    CHECK(refused("invalid_auth").detail ==
          "invalid_auth: Slack does not accept the bot token (SLACK_BOT_TOKEN, xoxb-…). Copy it again from "
          "the app's "
          "settings; if the app was removed from the workspace, reinstall it first");
    const ApiVerdict scope = classify_answer(
        "usergroups.list",
        TokenKind::bot,
        http(200,
             R"({"ok":false,"error":"missing_scope","needed":"usergroups:read","provided":"chat:write"})"));
    CHECK(scope.result.error().detail == "missing_scope: usergroups.list needs the scope usergroups:read. "
                                         "Add it under OAuth & Permissions in the "
                                         "app's settings and reinstall the app to the workspace");
    const ApiVerdict swapped = classify_answer("apps.connections.open",
                                               TokenKind::app,
                                               http(200, R"({"ok":false,"error":"not_allowed_token_type"})"));
    CHECK(swapped.result.error().detail ==
          "not_allowed_token_type: Slack wants another kind of token for apps.connections.open than the "
          "app-level token "
          "(SLACK_APP_TOKEN, xapp-…) given. Look whether the two tokens were mixed up");
    CHECK(is_token_refusal("token_revoked"));
    CHECK_FALSE(is_token_refusal("missing_scope"));
}

TEST_CASE("slack api: a status without Slack's JSON is classified by what Slack can have done")
{
    struct Row {
        const char* what;
        HttpAnswer answer;
        FaultKind kind;
        std::chrono::milliseconds retry_after;
    };
    const Row rows[] = {
        {"too many requests",
         http(429, "", std::chrono::seconds{7}),
         FaultKind::rate_limited,
         std::chrono::seconds{7}},
        {"too many requests, no word for how long",
         http(429, "{}"),
         FaultKind::rate_limited,
         std::chrono::seconds{30}},
        {"ratelimited with status 200",
         http(200, R"({"ok":false,"error":"ratelimited"})", std::chrono::seconds{3}),
         FaultKind::rate_limited,
         std::chrono::seconds{3}},
        {"server error", http(503, "<html>"), FaultKind::unknown, {}},
        {"request timeout", http(408, ""), FaultKind::unknown, {}},
        {"half an answer", http(200, R"({"ok":tr)"), FaultKind::unknown, {}},
        {"no JSON", http(200, "<html>"), FaultKind::unknown, {}},
        {"not Slack", http(404, "<html>"), FaultKind::temporary, {}},
        {"a redirect", http(302, ""), FaultKind::temporary, {}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.what);
        const ApiVerdict verdict = classify_answer("chat.update", TokenKind::bot, row.answer);
        REQUIRE(verdict.result.has_error());
        CHECK(verdict.result.error().kind == row.kind);
        CHECK(verdict.result.error().retry_after == row.retry_after);
    }
    CHECK(lost_answer("chat.update", "timed out") ==
          Fault{FaultKind::unknown, "chat.update: no answer: timed out"});
}

TEST_CASE("slack api: arguments are form-encoded, empty ones are left out")
{
    ApiCall call{"chat.postMessage"};
    call.with("channel", "C1").with("thread_ts", "").with("text", "a b&c=d/é~");
    CHECK(call.form() == "channel=C1&text=a+b%26c%3Dd%2F%C3%A9~");
}

TEST_CASE("slack api: scopes that we need and were not granted are named")
{
    CHECK(missing_scopes("").empty());
    const auto missing = missing_scopes(
        "chat:write, commands,channels:history,groups:history,im:history,mpim:history,im:write,channels:read,"
        "groups:read,reactions:read,users:read.email ,usergroups:read,dnd:read");
    REQUIRE(missing.size() == 1);
    CHECK(missing.front().name == "users:read");
}

TEST_CASE("slack address: only this machine may be spoken to in the clear")
{
    struct Row {
        const char* url;
        const char* peer;  ///< or the fault
    };
    const Row rows[] = {
        {"https://slack.com/api/", "slack.com:443"},
        {"wss://wss-primary.slack.com/link/?ticket=a%2Bb&app_id=c", "wss-primary.slack.com:443"},
        {"http://127.0.0.1:8080/api/", "127.0.0.1:8080"},
        {"http://localhost/api/", "localhost:80"},
        {"ws://[::1]:99/x", "::1:99"},
        {"http://slack.com/api/", "slack.com is not this machine: only https and wss are allowed there"},
        {"ws://10.0.0.1/", "10.0.0.1 is not this machine: only https and wss are allowed there"},
        {"http://127.0.0.1.evil.test/", "a host name must not begin with an IP address"},
        {"https://127.0.0.1.evil.test", "a host name must not begin with an IP address"},
        {"http://127.evil.test/", "127.evil.test is not this machine: only https and wss are allowed there"},
        {"ftp://127.0.0.1/", "not an http, https, ws or wss URL"},
        {"https://user@slack.com/", "a URL needs a host and no user name"},
        {"slack.com", "not a URL"},
        {"", "not a URL"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.url);
        const auto endpoint = parse_endpoint(row.url);
        CHECK((endpoint ? endpoint->peer() : endpoint.error().detail) == row.peer);
    }
    CHECK(parse_endpoint("wss://h.test/link/?ticket=a%2Bb&app_id=c")->target ==
          "/link/?ticket=a%2Bb&app_id=c");
    CHECK(parse_endpoint("https://h.test")->target == "/");
    CHECK(parse_endpoint("http://[::1]:99/x")->host_header() == "[::1]:99");
    CHECK(parse_endpoint("https://h.test/x")->host_header() == "h.test");
}
