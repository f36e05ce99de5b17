#include "bot/cli/doctor_slack.hpp"

#include "adapters/slack/manifest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>

namespace ackd::cli {

namespace {

constexpr int sockets_max = 10;
constexpr const char* compare_with_manifest = "compare the app's settings with what `ackd manifest` prints";

/// Slack did not answer, or answered in a way that says nothing about what was asked.
Finding no_answer(std::string name, const Fault& fault)
{
    switch (fault.kind) {
        case FaultKind::rate_limited: {
            const auto wait = std::chrono::ceil<std::chrono::seconds>(fault.retry_after).count();
            return found_wrong(std::move(name),
                               "Slack did not answer: too many calls",
                               fmt::format("ask again in {} s", wait));
        }
        case FaultKind::configuration: {
            // What is wrong, a full stop, and what to do about it.
            const auto stop = fault.detail.find(". ");
            if (stop == std::string::npos)
                return found_wrong(std::move(name), fault.detail, compare_with_manifest);
            return found_wrong(std::move(name), fault.detail.substr(0, stop), fault.detail.substr(stop + 2));
        }
        case FaultKind::temporary:
        case FaultKind::unknown:
            return found_wrong(
                std::move(name),
                fault.detail,
                "look whether this machine reaches slack.com, and status.slack.com whether Slack is well");
        default: return found_wrong(std::move(name), "Slack refused: " + fault.detail, compare_with_manifest);
    }
}

/// Without an answer to what it builds on, there is nothing to say.
Finding not_known(std::string name, std::string_view first)
{
    return not_applicable(std::move(name), fmt::format("not known; first the {}", first));
}

std::string milliseconds(std::chrono::microseconds duration)
{
    return fmt::format("{:.0f} ms", static_cast<double>(duration.count()) / 1'000);
}

}  // namespace

Finding judge_tls(const Result<std::optional<slack::TlsFacts>>& tls,
                  const slack::Endpoint& api,
                  std::chrono::sys_seconds now)
{
    const std::string name = "TLS";
    if (!tls) {
        return found_wrong(
            name,
            tls.error().detail,
            "look at the network, the firewall and the proxy; certificates are checked against the "
            "system's authorities (ca-certificates)");
    }
    if (!*tls) return not_applicable(name, fmt::format("{} is this machine: in the clear", api.peer()));
    const auto days = std::chrono::floor<std::chrono::days>((*tls)->certificate_ends - now).count();
    const std::string text = fmt::format("{}, {}, the certificate is good for {} more day{}",
                                         api.peer(),
                                         (*tls)->protocol,
                                         days,
                                         days == 1 ? "" : "s");
    if ((*tls)->certificate_ends - now >= certificate_rest_min) return found_right(name, text);
    return found_wrong(
        name,
        text,
        fmt::format("have it renewed by whoever runs {}; where a proxy stands before Slack, that is its "
                    "certificate",
                    api.host));
}

Finding judge_clock(std::optional<std::chrono::seconds> clock_ahead)
{
    const std::string name = "clock";
    if (!clock_ahead) return not_applicable(name, "Slack did not say what time it has");
    const auto seconds = std::chrono::abs(*clock_ahead).count();
    if (seconds == 0) return found_right(name, "as Slack's");
    const std::string text = fmt::format("this machine is {} s {} Slack",
                                         seconds,
                                         *clock_ahead > std::chrono::seconds{0} ? "behind" : "ahead of");
    if (std::chrono::abs(*clock_ahead) <= clock_skew_max) return found_right(name, text);
    return found_wrong(name, text, "set the clock by NTP: timedatectl set-ntp true");
}

Finding judge_bot_token(const Result<slack::BotAccount>& bot)
{
    const std::string name = "bot token";
    if (!bot) return no_answer(name, bot.error());
    return found_right(name, fmt::format("accepted: @{} in {}", bot->user, bot->workspace));
}

Finding judge_scopes(const Result<slack::BotAccount>& bot, const slack::OptionalUses& uses)
{
    const std::string name = "scopes";
    if (!bot) return not_known(name, "bot token");
    if (bot->granted_scopes.empty()) return not_applicable(name, "Slack did not say which are granted");
    const auto missing = slack::missing_scopes(bot->granted_scopes, uses);
    if (missing.empty())
        return found_right(name, fmt::format("all {} granted", slack::scopes_used(uses).size()));
    std::vector<std::string> named;
    for (const slack::ScopeUse& scope : missing)
        named.push_back(fmt::format("{} ({})", scope.name, scope.why));
    return found_wrong(
        name,
        fmt::format("not granted: {}", fmt::join(named, "; ")),
        "add them under OAuth & Permissions in the app's settings, and reinstall the app to the "
        "workspace");
}

Finding judge_app_token(const Result<slack::SocketLook>& socket)
{
    const std::string name = "app token";
    if (socket) return found_right(name, "accepted");
    if (socket.error().kind != FaultKind::permanent) return no_answer(name, socket.error());
    return found_wrong(
        name,
        fmt::format("apps.connections.open: {}", socket.error().detail),
        "switch Socket Mode on in the app's settings, and give the token the scope connections:write");
}

Finding judge_socket(const Result<slack::SocketLook>& socket)
{
    const std::string name = "socket";
    if (!socket) return not_known(name, "app token");
    switch (socket->sign) {
        case slack::SocketSign::alive: {
            const std::string others = socket->connections_of_app == 0
                                           ? ""
                                           : fmt::format(", {} of {} in use with this one",
                                                         socket->connections_of_app,
                                                         sockets_max);
            return found_right(
                name, fmt::format("hello; a ping takes {}{}", milliseconds(socket->round_trip), others));
        }
        case slack::SocketSign::too_many_sockets:
            return found_wrong(
                name,
                socket->detail,
                "find the other programs that use this app's token, and stop them; a running ackd uses "
                "two");
        case slack::SocketSign::switched_off:
            return found_wrong(name, socket->detail, "switch it on under Socket Mode in the app's settings");
        case slack::SocketSign::not_connected:
        case slack::SocketSign::lost:
        case slack::SocketSign::no_hello:
        case slack::SocketSign::no_pong: break;
    }
    return found_wrong(
        name,
        socket->detail,
        "let the firewall and the proxy pass WebSockets (wss) to *.slack.com, and leave them open");
}

Finding judge_channels(const Result<slack::Memberships>& memberships, std::string_view bot_name)
{
    const std::string name = "channels";
    if (!memberships) return no_answer(name, memberships.error());
    if (memberships->channels == 0) {
        return found_wrong(name,
                           "it is in none, and can neither read nor post",
                           fmt::format("type /invite @{} in a channel", bot_name));
    }
    return found_right(name,
                       fmt::format("in {}{} channel{}",
                                   memberships->more ? "more than " : "",
                                   memberships->channels,
                                   memberships->channels == 1 ? "" : "s"));
}

Finding judge_rate_limits(const Result<slack::BotAccount>& bot,
                          const std::vector<slack::LimitedCall>& limited)
{
    const std::string name = "rate limits";
    if (limited.empty() && !bot) return not_known(name, "bot token");
    if (limited.empty()) return found_right(name, "no call was refused");
    std::vector<std::string> methods;
    std::chrono::milliseconds longest{0};
    for (const slack::LimitedCall& call : limited) {
        methods.push_back(call.method);
        longest = std::max(longest, call.retry_after);
    }
    return found_wrong(name,
                       fmt::format("refused for now: {}", fmt::join(methods, ", ")),
                       fmt::format("ask again in {} s; if it stays, find what else uses this app's tokens",
                                   std::chrono::ceil<std::chrono::seconds>(longest).count()));
}

Finding judge_workspace_of_database(const Result<slack::BotAccount>& bot, std::string_view of_database)
{
    const std::string name = "workspace";
    if (of_database.empty()) return not_applicable(name, "the database belongs to none yet");
    if (!bot) return not_known(name, "bot token");
    if (bot->workspace_id == of_database)
        return found_right(name, fmt::format("the database belongs to {} ({})", bot->workspace, of_database));
    return found_wrong(
        name,
        fmt::format("the database belongs to {}, and the bot token to {} ({})",
                    of_database,
                    bot->workspace_id,
                    bot->workspace),
        "set the tokens of the database's workspace, or name a folder of its own with --state-dir: ackd does "
        "not start so");
}

std::vector<Finding> judge_workspace(const slack::WorkspaceLook& look,
                                     const slack::Endpoint& api,
                                     std::chrono::sys_seconds now,
                                     SlackMode mode,
                                     const slack::OptionalUses& uses)
{
    std::vector<Finding> findings{judge_tls(look.tls, api, now)};
    if (!look.tls) {
        for (const char* name :
             {"bot token", "scopes", "app token", "socket", "channels", "rate limits", "clock"})
            findings.push_back(not_known(name, "connection"));
        return findings;
    }
    findings.push_back(judge_bot_token(look.bot));
    findings.push_back(judge_scopes(look.bot, uses));
    if (mode == SlackMode::http) {
        for (const char* name : {"app token", "socket"})
            findings.push_back(not_applicable(name, "HTTP mode has none"));
    } else {
        findings.push_back(judge_app_token(look.socket));
        findings.push_back(judge_socket(look.socket));
    }
    findings.push_back(look.bot ? judge_channels(look.memberships, look.bot->user)
                                : not_known("channels", "bot token"));
    findings.push_back(judge_rate_limits(look.bot, look.limited));
    findings.push_back(judge_clock(look.clock_ahead));
    return findings;
}

}  // namespace ackd::cli
