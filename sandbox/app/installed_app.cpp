#include "sandbox/app/installed_app.hpp"

#include <algorithm>

namespace sandbox {

bool InstalledApp::has_any_scope(const std::vector<std::string>& alternatives) const
{
    return alternatives.empty() || std::any_of(alternatives.begin(),
                                               alternatives.end(),
                                               [this](const auto& scope) { return has_scope(scope); });
}

Json InstalledApp::to_json() const
{
    Json command_names;
    if (commands) {
        command_names = Json::array();
        for (const auto& [name, definition] : *commands) command_names.push_back(name);
    }
    Json callback_ids;
    if (shortcuts) {
        callback_ids = Json::array();
        for (const auto& [id, shortcut] : *shortcuts) callback_ids.push_back(id);
    }
    return {{"scopes", scopes},
            {"events", events},
            {"commands", std::move(command_names)},
            {"shortcuts", std::move(callback_ids)},
            {"interactivity", has_interactivity},
            {"home_tab", has_home_tab},
            {"messages_tab", has_messages_tab}};
}

InstalledApp usual_app()
{
    InstalledApp app;
    app.scopes = {"app_mentions:read",  "channels:history", "groups:history",
                  "im:history",         "mpim:history",     "channels:read",
                  "groups:read",        "im:read",          "im:write",
                  "chat:write",         "reactions:read",   "reactions:write",
                  "users:read",         "users:read.email", "usergroups:read",
                  "commands",           "channels:join",    "channels:write.topic",
                  "groups:write.topic", "usergroups:write", "dnd:read",
                  "team:read"};
    app.events = {"app_mention",         "message.channels",
                  "message.groups",      "message.im",
                  "reaction_added",      "reaction_removed",
                  "team_join",           "user_change",
                  "dnd_updated_user",    "member_joined_channel",
                  "member_left_channel", "subteam_created",
                  "subteam_updated",     "subteam_members_changed",
                  "channel_rename",      "channel_archive",
                  "channel_left",        "group_rename",
                  "group_archive",       "group_left",
                  "app_home_opened",     "tokens_revoked",
                  "app_uninstalled"};
    return app;
}

const std::set<std::string>& known_scopes()
{
    static const std::set<std::string> scopes{"app_mentions:read",
                                              "bookmarks:read",
                                              "bookmarks:write",
                                              "canvases:read",
                                              "canvases:write",
                                              "channels:history",
                                              "channels:join",
                                              "channels:manage",
                                              "channels:read",
                                              "channels:write.invites",
                                              "channels:write.topic",
                                              "chat:write",
                                              "chat:write.customize",
                                              "chat:write.public",
                                              "commands",
                                              "dnd:read",
                                              "groups:history",
                                              "groups:read",
                                              "groups:write",
                                              "groups:write.invites",
                                              "groups:write.topic",
                                              "im:history",
                                              "im:read",
                                              "im:write",
                                              "im:write.topic",
                                              "metadata.message:read",
                                              "mpim:history",
                                              "mpim:read",
                                              "mpim:write",
                                              "mpim:write.topic",
                                              "pins:read",
                                              "pins:write",
                                              "reactions:read",
                                              "reactions:write",
                                              "team:read",
                                              "usergroups:read",
                                              "usergroups:write",
                                              "users:read",
                                              "users:read.email"};
    return scopes;
}

const std::map<std::string, std::vector<std::string>>& known_events()
{
    static const std::vector<std::string> none;
    static const std::vector<std::string> channels{"channels:read"};
    static const std::vector<std::string> groups{"groups:read"};
    static const std::vector<std::string> either{"channels:read", "groups:read"};
    static const std::vector<std::string> reactions{"reactions:read"};
    static const std::vector<std::string> users{"users:read"};
    static const std::vector<std::string> usergroups{"usergroups:read"};
    static const std::vector<std::string> team{"team:read"};
    static const std::vector<std::string> metadata{"metadata.message:read"};
    static const std::map<std::string, std::vector<std::string>> events{
        {"app_home_opened", none},
        {"app_mention", {"app_mentions:read"}},
        {"app_uninstalled", none},
        {"channel_archive", channels},
        {"channel_created", channels},
        {"channel_deleted", channels},
        {"channel_id_changed", none},
        {"channel_left", channels},
        {"channel_rename", channels},
        {"channel_shared", either},
        {"channel_unarchive", channels},
        {"channel_unshared", either},
        {"dnd_updated_user", {"dnd:read"}},
        {"group_archive", groups},
        {"group_deleted", groups},
        {"group_left", groups},
        {"group_rename", groups},
        {"group_unarchive", groups},
        {"member_joined_channel", either},
        {"member_left_channel", either},
        {"message.channels", {"channels:history"}},
        {"message.groups", {"groups:history"}},
        {"message.im", {"im:history"}},
        {"message.mpim", {"mpim:history"}},
        {"message_metadata_deleted", metadata},
        {"message_metadata_posted", metadata},
        {"message_metadata_updated", metadata},
        {"reaction_added", reactions},
        {"reaction_removed", reactions},
        {"subteam_created", usergroups},
        {"subteam_members_changed", usergroups},
        {"subteam_self_added", usergroups},
        {"subteam_self_removed", usergroups},
        {"subteam_updated", usergroups},
        {"team_domain_change", team},
        {"team_join", users},
        {"team_rename", team},
        {"tokens_revoked", none},
        {"user_change", users},
        {"user_profile_changed", users},
        {"user_status_changed", users},
    };
    return events;
}

}  // namespace sandbox
