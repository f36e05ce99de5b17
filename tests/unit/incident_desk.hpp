// A route for incidents and those who are on it: Bo and Cy first, then Di; and how to read what became of it.
#pragma once

#include "tests/unit/bot_workspace.hpp"

#include <string>

namespace ackd {

inline Route incident(int repeats = 0)
{
    Route route;
    route.name = "incident";
    route.about = "Customers cannot work";
    route.priority = Priority::now;
    route.playbook = "https://wiki.example.org/incident";
    route.repeats = repeats;
    route.steps.emplace_back().targets = {UserId{"Ubo"}, UserId{"Ucy"}};
    RouteStep& second = route.steps.emplace_back();
    second.delay = std::chrono::minutes{10};
    second.targets = {UserId{"Udi"}};
    return route;
}

inline Settings raising(const Route& route = incident())
{
    Settings settings = straight_settings();
    settings.routes.emplace(route.name, route);
    settings.dead_letter_owner = UserId{"Udi"};
    return settings;
}

inline void escalate(Workspace& workspace, const char* person, const std::string& typed)
{
    workspace.command(person, "/escalate", Workspace::rich(typed));
}

inline bool has(const std::string& text, const std::string& words)
{
    return text.find(words) != std::string::npos;
}

inline std::string said_to(const Workspace& workspace, const char* person)
{
    return workspace.to(person).empty() ? "" : text_of(workspace.last_to(person).now);
}

/// "10:00 10:05": when somebody was asked.
inline std::string asked(const Workspace& workspace, const char* person)
{
    std::string text;
    for (const SeenMessage& message : workspace.to(person)) {
        if (message.first.kind != NoticeKind::escalation) continue;
        const std::string at = local_time_text(WorkingHours{"Etc/UTC"}, message.posted_at, message.posted_at);
        text += (text.empty() ? "" : " ") + at.substr(at.rfind(' ') + 1);
    }
    return text;
}

}  // namespace ackd
