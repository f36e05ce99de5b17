// A workspace that some programs tell what is wrong: `say` is one request of the source "ci", whose alerts
// stand in #Cops and are raised along the default route, to Bo.
#pragma once

#include "bot/alerts/alert_table.hpp"
#include "tests/unit/bot_workspace.hpp"

#include <string>
#include <utility>
#include <vector>

namespace ackd {

inline Settings with_source(AlertSource source = {})
{
    Settings settings = with_route({"Ubo"});
    settings.dead_letter_owner = UserId{"Uann"};
    if (source.name.empty()) source.name = "ci";
    if (source.channel.empty()) source.channel = ChannelId{"Cops"};
    settings.sources.push_back(std::move(source));
    return settings;
}

inline AlertReport report_of(std::string key, AlertStatus status = AlertStatus::firing)
{
    AlertReport report;
    report.title = "Trouble with " + key;
    report.key = std::move(key);
    report.status = status;
    return report;
}

struct AlertDesk : Workspace {
    explicit AlertDesk(Settings settings = with_source()) : Workspace(std::move(settings))
    {
        take(ConversationsListed{{Conversation{ChannelId{"Cops"}, "ops", false, false}}});
    }

    void say(std::vector<AlertReport> reports, const char* source = "ci")
    {
        take(AlertsReceived{source, std::move(reports)});
    }
    void fires(const char* key) { say({report_of(key)}); }
    void is_over(const char* key) { say({report_of(key, AlertStatus::resolved)}); }
    /// What #Cops shows is drawn every few seconds.
    void settle() { advance(std::chrono::seconds{10}); }

    [[nodiscard]] std::string shown(std::size_t index = 0)
    {
        const auto list = in("Cops");
        if (index >= list.size()) FAIL("only so many messages: ", list.size());
        return text_of(list.at(index).now);
    }
    [[nodiscard]] std::size_t messages() { return in("Cops").size(); }
    [[nodiscard]] AlertTable alerts() { return AlertTable{*connection}; }
    [[nodiscard]] AlertGroup group(std::int64_t id = 1) { return alerts().find(AlertGroupId{id}).value(); }
    /// Requests that somebody still has to answer.
    [[nodiscard]] std::int64_t open_requests()
    {
        return count("SELECT count(*) FROM requests WHERE closed_at_us IS NULL");
    }
    [[nodiscard]] std::int64_t raised() { return count("SELECT count(*) FROM requests"); }

    std::string type(const std::string& typed, const char* person = "Uann", const char* channel = "Cops")
    {
        CommandGiven given;
        given.command = "/alerts";
        given.text = rich(typed);
        given.person = UserId{person};
        given.channel = ChannelId{channel};
        take(given);
        return answer();
    }
};

inline bool contains(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

}  // namespace ackd
