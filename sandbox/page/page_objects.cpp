#include "sandbox/page/page_objects.hpp"

#include "sandbox/model/slack_objects.hpp"

#include <algorithm>

namespace sandbox {
namespace {

Json replies_of(const Channel& channel, const Message& parent)
{
    std::vector<UserId> people;
    for (const Ts ts : parent.replies) {
        const auto reply = channel.messages.find(ts);
        if (reply == channel.messages.end()) continue;
        if (std::find(people.begin(), people.end(), reply->second.user) == people.end())
            people.push_back(reply->second.user);
    }
    return ids_of(people);
}

}  // namespace

Json person_for_page(const User& user)
{
    return {{"id", user.id.value},
            {"name", user.name},
            {"real_name", user.real_name.empty() ? user.name : user.real_name},
            {"title", user.title},
            {"tz", user.tz},
            {"status_text", user.status_text},
            {"status_emoji", user.status_emoji},
            {"is_bot", user.is_bot || user.id == UserId{"USLACKBOT"}},
            {"is_guest", user.is_restricted || user.is_ultra_restricted},
            {"is_deactivated", user.deleted}};
}

Json channel_for_page(const Channel& channel)
{
    return {{"id", channel.id.value},
            {"name", channel.name},
            {"kind", kind_name(channel.kind)},
            {"topic", channel.topic},
            {"purpose", channel.purpose},
            {"members", ids_of(channel.members)},
            {"is_archived", channel.is_archived},
            {"with", channel.direct_with.empty() ? Json{} : Json(channel.direct_with.value)}};
}

Json group_for_page(const UserGroup& group)
{
    return {{"id", group.id.value},
            {"handle", group.handle},
            {"name", group.name},
            {"members", ids_of(group.users)},
            {"is_disabled", group.disabled_at.has_value()}};
}

Json message_for_page(const Channel& channel, const Message& message, const Team& team)
{
    Json seen{{"ts", message.ts.text()},
              {"user", message.user.value},
              {"text", message.text},
              {"from_app", message.from_app},
              {"ephemeral", false},
              {"edited", message.edited.has_value()},
              {"deleted", message.subtype == "tombstone"},
              {"reactions", Json::array()},
              {"reply_count", message.replies.size()},
              {"reply_users", replies_of(channel, message)},
              {"permalink", permalink(channel, message, team)}};
    if (message.blocks.is_array()) seen["blocks"] = message.blocks;
    if (message.attachments.is_array()) seen["attachments"] = message.attachments;
    if (!message.subtype.empty()) seen["subtype"] = message.subtype;
    if (!message.username.empty()) seen["username"] = message.username;
    if (message.thread) seen["thread_ts"] = message.thread->text();
    if (message.is_broadcast) seen["broadcast"] = true;
    if (!message.replies.empty()) seen["latest_reply"] = message.replies.back().text();
    for (const Reaction& reaction : message.reactions)
        seen["reactions"].push_back({{"name", reaction.name}, {"users", ids_of(reaction.users)}});
    return seen;
}

Json ephemeral_for_page(const Ephemeral& ephemeral, const Team& team)
{
    Json seen{{"ts", ephemeral.ts.text()},
              {"user", team.bot_user.value},
              {"text", ephemeral.text},
              {"from_app", ephemeral.from_app},
              {"ephemeral", true},
              {"to", ephemeral.to.value},
              {"edited", false},
              {"deleted", false},
              {"reactions", Json::array()},
              {"reply_count", 0},
              {"reply_users", Json::array()}};
    if (ephemeral.blocks.is_array()) seen["blocks"] = ephemeral.blocks;
    if (ephemeral.thread) seen["thread_ts"] = ephemeral.thread->text();
    return seen;
}

Json app_for_page(const InstalledApp& app, const Team& team)
{
    Json shown{{"user", team.bot_user.value},
               {"name", team.app_name},
               {"commands", Json::array()},
               {"takes_any_command", !app.commands.has_value()},
               {"shortcuts", Json::array()},
               {"has_home", app.has_home_tab}};
    if (app.commands) {
        for (const auto& [name, command] : *app.commands)
            shown["commands"].push_back({{"command", name},
                                         {"description", command.description},
                                         {"usage_hint", command.usage_hint}});
    }
    if (app.shortcuts) {
        for (const auto& [id, shortcut] : *app.shortcuts)
            shown["shortcuts"].push_back({{"callback_id", id},
                                          {"name", shortcut.name},
                                          {"description", shortcut.description},
                                          {"type", shortcut.is_global ? "global" : "message"}});
    }
    return shown;
}

}  // namespace sandbox
