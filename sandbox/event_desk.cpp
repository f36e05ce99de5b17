#include "sandbox/event_desk.hpp"

#include <cstdio>

namespace sandbox {
namespace {

/// The scope without which an event does not come; "" where none is needed.
std::string scope_for(const std::string& subscription)
{
    const auto starts_with = [&](std::string_view start) {
        return subscription.compare(0, start.size(), start) == 0;
    };
    if (subscription == "message.channels") return "channels:history";
    if (subscription == "message.groups") return "groups:history";
    if (subscription == "message.im") return "im:history";
    if (subscription == "app_mention") return "app_mentions:read";
    if (starts_with("reaction_")) return "reactions:read";
    if (starts_with("subteam_")) return "usergroups:read";
    if (starts_with("group_")) return "groups:read";
    if (starts_with("channel_") || starts_with("member_")) return "channels:read";
    if (subscription == "team_join" || starts_with("user_")) return "users:read";
    return "";
}

}  // namespace

std::set<std::string> usual_subscriptions()
{
    return {"app_mention",
            "message.channels",
            "message.groups",
            "message.im",
            "reaction_added",
            "reaction_removed",
            "team_join",
            "user_change",
            "member_joined_channel",
            "member_left_channel",
            "subteam_created",
            "subteam_updated",
            "subteam_members_changed",
            "channel_rename",
            "channel_archive",
            "channel_left",
            "group_rename",
            "group_archive",
            "group_left",
            "app_home_opened",
            "tokens_revoked",
            "app_uninstalled"};
}

EventDesk::EventDesk(std::set<std::string> subscriptions, HasScope has_scope)
    : subscriptions_(std::move(subscriptions)), has_scope_(std::move(has_scope))
{}

bool EventDesk::is_wanted(const std::string& subscription) const
{
    const std::string scope = scope_for(subscription);
    return subscriptions_.count(subscription) > 0 && (scope.empty() || has_scope_(scope));
}

std::string EventDesk::wrap(const InnerEvent& event, const Team& team, Instant now)
{
    char id[20];
    std::snprintf(id, sizeof id, "Ev%010llX", static_cast<unsigned long long>(++events_made_));
    const Json outer{{"token", "verification-token"},
                     {"team_id", team.id},
                     {"context_team_id", team.id},
                     {"context_enterprise_id", nullptr},
                     {"api_app_id", team.app_id},
                     {"event", event.body},
                     {"type", "event_callback"},
                     {"event_id", id},
                     {"event_time", unix_seconds(now)},
                     {"event_context", std::string{"4-"} + id},
                     {"is_ext_shared_channel", false},
                     {"authorizations",
                      Json::array({{{"enterprise_id", nullptr},
                                    {"team_id", team.id},
                                    {"user_id", team.bot_user.value},
                                    {"is_bot", true},
                                    {"is_enterprise_install", false}}})}};
    return dump(outer);
}

}  // namespace sandbox
