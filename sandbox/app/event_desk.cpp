#include "sandbox/app/event_desk.hpp"

#include <cstdio>

namespace sandbox {
bool EventDesk::is_wanted(const std::string& subscription) const
{
    const auto known = known_events().find(subscription);
    return app_.events.count(subscription) > 0 &&
           (known == known_events().end() || app_.has_any_scope(known->second));
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
