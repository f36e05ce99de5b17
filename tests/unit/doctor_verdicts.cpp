// What the doctor makes of what it saw, to the character: people act on these lines.
#include "adapters/slack/http_date.hpp"
#include "adapters/slack/manifest.hpp"
#include "bot/cli/doctor_http.hpp"
#include "bot/cli/doctor_service.hpp"
#include "bot/cli/doctor_slack.hpp"
#include "bot/cli/doctor_state.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>

using namespace ackd;
using namespace ackd::cli;
using namespace std::chrono_literals;

namespace {

std::string line_of(const Finding& finding)
{
    std::string line = findings_as_text({finding});
    line.pop_back();
    return line;
}

slack::Endpoint slack_com()
{
    return *slack::parse_endpoint("https://slack.com/api/");
}

slack::BotAccount account(std::string scopes)
{
    return {"ackd", "Example", "T1", std::move(scopes)};
}

slack::SocketLook look(slack::SocketSign sign, std::string detail = "")
{
    slack::SocketLook look;
    look.sign = sign;
    look.detail = std::move(detail);
    return look;
}

const std::chrono::sys_seconds noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 21} + 12h;

}  // namespace

TEST_CASE("doctor: the clock may be thirty seconds off, either way")
{
    struct Row {
        std::optional<std::chrono::seconds> slack_is_ahead;
        const char* line;
    };
    const Row rows[] = {
        {0s, "✓ clock: as Slack's"},
        {30s, "✓ clock: this machine is 30 s behind Slack"},
        {-30s, "✓ clock: this machine is 30 s ahead of Slack"},
        {31s, "✗ clock: this machine is 31 s behind Slack → set the clock by NTP: timedatectl set-ntp true"},
        {-31s,
         "✗ clock: this machine is 31 s ahead of Slack → set the clock by NTP: timedatectl set-ntp true"},
        {std::nullopt, "– clock: Slack did not say what time it has"},
    };
    for (const Row& row : rows) CHECK(line_of(judge_clock(row.slack_is_ahead)) == row.line);
}

TEST_CASE("doctor: a certificate must be good for another week")
{
    const auto facts = [](std::chrono::seconds left) {
        return Result<std::optional<slack::TlsFacts>>{slack::TlsFacts{"TLSv1.3", noon + left}};
    };
    CHECK(line_of(judge_tls(facts(24h * 7), slack_com(), noon)) ==
          "✓ TLS: slack.com:443, TLSv1.3, the certificate is good for 7 more days");
    CHECK(
        line_of(judge_tls(facts(24h * 7 - 1s), slack_com(), noon)) ==
        "✗ TLS: slack.com:443, TLSv1.3, the certificate is good for 6 more days → have it renewed by whoever runs "
        "slack.com; where a proxy stands before Slack, that is its certificate");
    CHECK(judge_tls(facts(25h), slack_com(), noon).text.ends_with("1 more day"));
}

TEST_CASE("doctor: a missing scope is named with its reason, and all are counted when none is missing")
{
    const slack::OptionalUses every_use{true, true};
    const auto scopes = slack::scopes_used(every_use);
    std::string all;
    for (const slack::ScopeUse& scope : scopes) all += std::string{scope.name} + ",";
    CHECK(scopes.size() == slack::scopes_used().size());
    CHECK(line_of(judge_scopes(account(all), every_use)) ==
          "✓ scopes: all " + std::to_string(scopes.size()) + " granted");
    for (const slack::ScopeUse& scope : scopes) {
        CAPTURE(scope.name);
        std::string others = all;
        others.erase(others.find(std::string{scope.name} + ","), scope.name.size() + 1);
        const Finding finding = judge_scopes(account(others), every_use);
        CHECK(finding.outcome == Outcome::wrong);
        CHECK(finding.text ==
              "not granted: " + std::string{scope.name} + " (" + std::string{scope.why} + ")");
        CHECK(finding.advice ==
              "add them under OAuth & Permissions in the app's settings, and reinstall the app to "
              "the workspace");
        // What the policy makes no use of is not missing.
        const bool is_choice = scope.need == slack::ScopeNeed::for_topics ||
                               scope.need == slack::ScopeNeed::for_groups;
        CHECK((judge_scopes(account(others)).outcome == Outcome::right) == is_choice);
    }
    CHECK(line_of(judge_scopes(account(""))) == "– scopes: Slack did not say which are granted");
    CHECK(line_of(judge_scopes(Fault{})) == "– scopes: not known; first the bot token");
}

TEST_CASE("doctor: why Slack did not answer decides what to do")
{
    struct Row {
        Fault fault;
        const char* line;
    };
    const Row rows[] = {
        {{FaultKind::configuration, "invalid_auth: not accepted. Copy it again; or reinstall"},
         "✗ bot token: invalid_auth: not accepted → Copy it again; or reinstall"},
        {{FaultKind::rate_limited, "auth.test: HTTP status 429", 1'500ms},
         "✗ bot token: Slack did not answer: too many calls → ask again in 2 s"},
        {{FaultKind::unknown, "auth.test: HTTP status 503"},
         "✗ bot token: auth.test: HTTP status 503 → look whether this machine reaches slack.com, and "
         "status.slack.com whether Slack is well"},
        {{FaultKind::permanent, "not_in_the_book"},
         "✗ bot token: Slack refused: not_in_the_book → compare the app's settings with what `ackd manifest` prints"},
    };
    for (const Row& row : rows) CHECK(line_of(judge_bot_token(row.fault)) == row.line);
}

TEST_CASE("doctor: a socket is alive when it said hello and answered a ping")
{
    slack::SocketLook alive = look(slack::SocketSign::alive);
    alive.round_trip = 41'600us;
    alive.connections_of_app = 3;
    CHECK(line_of(judge_socket(alive)) ==
          "✓ socket: hello; a ping takes 42 ms, 3 of 10 in use with this one");
    alive.connections_of_app = 0;
    CHECK(line_of(judge_socket(alive)) == "✓ socket: hello; a ping takes 42 ms");
    CHECK(
        line_of(judge_socket(look(slack::SocketSign::too_many_sockets, "ten are open"))) ==
        "✗ socket: ten are open → find the other programs that use this app's token, and stop them; a running ackd "
        "uses two");
    CHECK(line_of(judge_socket(look(slack::SocketSign::switched_off, "it is off"))) ==
          "✗ socket: it is off → switch it on under Socket Mode in the app's settings");
    for (const auto sign : {slack::SocketSign::not_connected,
                            slack::SocketSign::lost,
                            slack::SocketSign::no_hello,
                            slack::SocketSign::no_pong})
    {
        CHECK(
            line_of(judge_socket(look(sign, "what happened"))) ==
            "✗ socket: what happened → let the firewall and the proxy pass WebSockets (wss) to *.slack.com, and "
            "leave them open");
    }
}

TEST_CASE("doctor: an app that is in no channel is told how to be invited")
{
    const auto in = [](int channels, bool more = false) {
        return line_of(judge_channels(slack::Memberships{channels, more}, "ackd"));
    };
    CHECK(in(0) ==
          "✗ channels: it is in none, and can neither read nor post → type /invite @ackd in a channel");
    CHECK(in(1) == "✓ channels: in 1 channel");
    CHECK(in(2'000, true) == "✓ channels: in more than 2000 channels");
}

TEST_CASE("doctor: a database belongs to one workspace, and the tokens must be of that")
{
    const Result<slack::BotAccount> bot{account("x")};
    CHECK(line_of(judge_workspace_of_database(bot, "T1")) ==
          "✓ workspace: the database belongs to Example (T1)");
    CHECK(line_of(judge_workspace_of_database(bot, "")) == "– workspace: the database belongs to none yet");
    CHECK(line_of(judge_workspace_of_database(Fault{}, "T1")) ==
          "– workspace: not known; first the bot token");
    CHECK(
        line_of(judge_workspace_of_database(bot, "T0LD")) ==
        "✗ workspace: the database belongs to T0LD, and the bot token to T1 (Example) → set the tokens of the "
        "database's workspace, or name a folder of its own with --state-dir: ackd does not start so");
}

TEST_CASE("doctor: in HTTP mode the address is free, or an ackd answers there")
{
    using slack::ListeningSign;
    const http::ListenAddress v4{"127.0.0.1", 8090};
    const http::ListenAddress v6{"::1", 80};
    CHECK(line_of(judge_listening({ListeningSign::free, ""}, v4, false)) ==
          "✓ listen address: 127.0.0.1:8090 is free; `ackd run` will listen there");
    CHECK(line_of(judge_listening({ListeningSign::answers, ""}, v6, std::nullopt)) ==
          "✓ listen address: [::1]:80: an ackd answers there");
    CHECK(line_of(judge_listening({ListeningSign::free, ""}, v4, true)) ==
          "✗ listen address: an ackd is running, and nobody listens on 127.0.0.1:8090 → start it again: the "
          "address is read at the start");
    CHECK(
        line_of(judge_listening({ListeningSign::is_not_ackd, "HTTP status 404"}, v4, true)) ==
        "✗ listen address: 127.0.0.1:8090 is taken by something that does not answer as ackd does: HTTP status "
        "404 → stop what listens there (ss -ltnp shows it), or give ackd another address: listen in [http]");
    CHECK(
        line_of(judge_listening({ListeningSign::cannot_be_had, "Permission denied"}, v6, false)) ==
        "✗ listen address: cannot listen on [::1]:80: Permission denied → give an address of this machine and a "
        "port from 1024 on: listen in [http]");
    CHECK(line_of(request_url_finding("/slack/events")) ==
          "– request URL: not seen from here; from outside, `curl -d ssl_check=1 "
          "https://YOUR.HOST/slack/events` must fetch HTTP status 200 without a word");
}

TEST_CASE("doctor: in HTTP mode no app-level token and no socket is missed")
{
    slack::WorkspaceLook look;
    look.tls = std::optional<slack::TlsFacts>{};
    look.bot = account("x");
    for (const Finding& finding : judge_workspace(look, slack_com(), noon, SlackMode::http)) {
        if (finding.name != "app token" && finding.name != "socket") continue;
        CHECK(finding == not_applicable(finding.name, "HTTP mode has none"));
    }
}

TEST_CASE("doctor: calls that were refused for their number are named")
{
    CHECK(line_of(judge_rate_limits(account("x"), {})) == "✓ rate limits: no call was refused");
    CHECK(
        line_of(judge_rate_limits(account("x"), {{"auth.test", 1s}, {"users.conversations", 29'001ms}})) ==
        "✗ rate limits: refused for now: auth.test, users.conversations → ask again in 30 s; if it stays, find what "
        "else uses this app's tokens");
    CHECK(judge_rate_limits(Fault{}, {}).outcome == Outcome::not_applicable);
}

TEST_CASE("doctor: the disk needs room for the write-ahead log")
{
    CHECK(line_of(judge_free_space(100'000'000, "/var/lib/ackd")) ==
          "✓ disk: 100 MB free where /var/lib/ackd is");
    CHECK(judge_free_space(99'999'999, "/var/lib/ackd").outcome == Outcome::wrong);
}

TEST_CASE("doctor: a unit's settings are read as systemd reads them")
{
    UnitSettings unit;
    unit.add("[Service]\n# Type=oneshot\n Type = notify \nLoadCredential=one:/a\nLoadCredential=two:/b\n"
             "ExecStart=/bin/sh \\\n  WatchdogSec=1\nWatchdogSec=30s");
    CHECK(unit.value_of("Type") == "notify");
    CHECK(unit.value_of("WatchdogSec") == "30s");
    CHECK(unit.values_of("LoadCredential") == std::vector<std::string>{"one:/a", "two:/b"});
    unit.add("[Service]\nLoadCredential=\nLoadCredential=three:/c\nWatchdogSec=0\n");
    CHECK(unit.values_of("LoadCredential") == std::vector<std::string>{"three:/c"});
    CHECK(unit.value_of("WatchdogSec") == "0");
    CHECK(unit.value_of("Nothing").empty());
}

TEST_CASE("doctor: the report is one line a check, whatever a peer or a file puts into it")
{
    const std::vector<Finding> findings{found_right("one", "a\nb\x1b[2J"), found_wrong("two", "c", "d\re")};
    CHECK(findings_as_text(findings) == "✓ one: a b [2J\n✗ two: c → d e\n");
    CHECK(something_is_wrong(findings));
    CHECK_FALSE(something_is_wrong({found_right("one", ""), not_applicable("two", "")}));
    CHECK(
        findings_as_json({not_applicable("clock", "a \"b\"\n\xff")}) ==
        "{\n  \"ok\": true,\n  \"checks\": [\n    {\n      \"name\": \"clock\",\n      \"outcome\": "
        "\"not_applicable\",\n      \"text\": \"a \\\"b\\\"\\n\uFFFD\",\n      \"advice\": \"\"\n    }\n  ]\n}\n");
}

TEST_CASE("http date: only what HTTP writes today is a date")
{
    const auto seconds = [](const char* text) {
        const auto date = slack::parse_http_date(text);
        return date ? date->time_since_epoch().count() : -1;
    };
    CHECK(seconds("Sat, 21 Nov 2026 12:00:00 GMT") == noon.time_since_epoch().count());
    CHECK(seconds("Thu, 01 Jan 1970 00:00:00 GMT") == 0);
    CHECK(seconds("Thu, 29 Feb 2024 23:59:59 GMT") == 1'709'251'199);
    for (const char* text : {"",
                             "Sat, 21 Nov 2026 12:00:00 CET",
                             "Thu, 29 Feb 2026 12:00:00 GMT",
                             "Sat, 21 ovD 2026 12:00:00 GMT",
                             "Sat, 21 Nov 2026 24:00:00 GMT",
                             "Sat, -1 Nov 2026 12:00:00 GMT",
                             "Sat, 21 Nov 2026 1x:00:00 GMT",
                             "Saturday, 21-Nov-26 12:00:00 GMT",
                             "Sat Nov 21 12:00:00 2026"})
    {
        CAPTURE(text);
        CHECK(seconds(text) == -1);
    }
}
