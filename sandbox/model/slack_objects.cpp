#include "sandbox/model/slack_objects.hpp"

#include "sandbox/model/message_markup.hpp"

#include <algorithm>

namespace sandbox {
namespace {

std::int64_t milliseconds(Instant instant)
{
    return std::chrono::floor<std::chrono::milliseconds>(instant).time_since_epoch().count();
}

Json topic_object(const std::string& value, const Channel& channel)
{
    return {{"value", value},
            {"creator", value.empty() ? "" : channel.creator.value},
            {"last_set", value.empty() ? 0 : unix_seconds(channel.created_at)}};
}

void add_thread_figures(Json& object, const Channel& channel, const Message& parent)
{
    // Slack lists at most five repliers, in the order of their first reply.
    std::vector<std::string> repliers;
    for (const Ts reply : parent.replies) {
        const auto found = channel.messages.find(reply);
        if (found == channel.messages.end()) continue;
        const std::string& user = found->second.user.value;
        if (std::find(repliers.begin(), repliers.end(), user) == repliers.end()) repliers.push_back(user);
    }
    object["thread_ts"] = parent.ts.text();
    object["reply_count"] = parent.replies.size();
    object["reply_users_count"] = repliers.size();
    object["latest_reply"] = parent.replies.back().text();
    if (repliers.size() > 5) repliers.resize(5);
    object["reply_users"] = std::move(repliers);
    object["is_locked"] = false;
    object["subscribed"] = false;
}

/// What a client shows of somebody and an app seldom reads.
void add_profile_details(Json& profile, const User& user)
{
    const auto space = std::min(user.real_name.find(' '), user.real_name.size());
    profile["first_name"] = user.real_name.substr(0, space);
    profile["last_name"] = user.real_name.substr(std::min(space + 1, user.real_name.size()));
    profile["phone"] = "";
    profile["skype"] = "";
    profile["status_text_canonical"] = "";
    profile["status_emoji_display_info"] = Json::array();
    profile["fields"] = nullptr;
    profile["avatar_hash"] = "g" + user.id.value;
    for (const char* size : {"24", "32", "48", "72", "192", "512"})
        profile[std::string{"image_"} + size] = "https://avatars.invalid/" + user.id.value + "_" + size;
}

}  // namespace

const char* channel_type(ChannelKind kind)
{
    switch (kind) {
        case ChannelKind::open: return "channel";
        case ChannelKind::restricted: return "group";
        case ChannelKind::direct: return "im";
    }
    return "channel";
}

const char* kind_name(ChannelKind kind)
{
    switch (kind) {
        case ChannelKind::open: return "public";
        case ChannelKind::restricted: return "private";
        case ChannelKind::direct: return "im";
    }
    return "public";
}

Json ids_of(const std::vector<UserId>& users)
{
    Json ids = Json::array();
    for (const UserId& user : users) ids.push_back(user.value);
    return ids;
}

Json user_object(const User& user, const Team& team)
{
    Json profile{{"real_name", user.real_name},
                 {"real_name_normalized", user.real_name},
                 {"display_name", user.display_name},
                 {"display_name_normalized", user.display_name},
                 {"title", user.title},
                 {"status_text", user.status_text},
                 {"status_emoji", user.status_emoji},
                 {"status_expiration", 0},
                 {"team", user.team_id}};
    if (!user.email.empty()) profile["email"] = user.email;
    if (user.is_bot) {
        profile["bot_id"] = user.bot_id;
        profile["api_app_id"] = team.app_id;
        profile["always_active"] = true;
    }
    Json object{{"id", user.id.value},
                {"team_id", user.team_id},
                {"name", user.name},
                {"deleted", user.deleted},
                {"profile", std::move(profile)},
                {"is_bot", user.is_bot},
                {"is_app_user", false},
                {"updated", unix_seconds(user.updated_at)}};
    // Deactivated people lose most of their fields.
    if (user.deleted) return object;
    add_profile_details(object["profile"], user);
    object["real_name"] = user.real_name;
    object["color"] = "9f69e7";
    object["tz"] = user.tz;
    object["tz_label"] = user.tz_label;
    object["tz_offset"] = user.tz_offset_seconds;
    object["is_admin"] = user.is_admin;
    object["is_owner"] = user.is_owner;
    object["is_primary_owner"] = false;
    object["is_restricted"] = user.is_restricted;
    object["is_ultra_restricted"] = user.is_ultra_restricted;
    object["is_email_confirmed"] = !user.email.empty();
    object["who_can_share_contact_card"] = "EVERYONE";
    if (user.is_stranger) object["is_stranger"] = true;
    return object;
}

Json dnd_object(const User& user, Instant now)
{
    const std::int64_t second = unix_seconds(now);
    if (second < user.snooze_until) {
        return {{"dnd_enabled", true},
                {"next_dnd_start_ts", user.snoozed_at},
                {"next_dnd_end_ts", user.snooze_until}};
    }
    // Slack writes 1 for "never" where do-not-disturb is off.
    if (!user.dnd_enabled) return {{"dnd_enabled", false}, {"next_dnd_start_ts", 1}, {"next_dnd_end_ts", 1}};
    constexpr std::int64_t day = 24 * 60 * 60;
    const std::int64_t days_past = second < user.next_dnd_end ? 0 : (second - user.next_dnd_end) / day + 1;
    return {{"dnd_enabled", true},
            {"next_dnd_start_ts", user.next_dnd_start + days_past * day},
            {"next_dnd_end_ts", user.next_dnd_end + days_past * day}};
}

Json channel_object(const Channel& channel, const Team& team, ChannelDetail detail)
{
    const bool bot_is_member = channel.has(team.bot_user);
    Json object{{"id", channel.id.value},
                {"created", unix_seconds(channel.created_at)},
                {"updated", milliseconds(channel.updated_at)},
                {"is_archived", channel.is_archived},
                {"is_im", channel.kind == ChannelKind::direct},
                {"is_org_shared", false},
                {"context_team_id", team.id}};
    if (channel.kind == ChannelKind::direct) {
        object["user"] = channel.direct_with.value;
        object["is_user_deleted"] = false;
        object["priority"] = 0;
        return object;
    }
    object["name"] = channel.name;
    object["name_normalized"] = channel.name;
    object["is_channel"] = channel.kind == ChannelKind::open;
    object["is_group"] = channel.kind == ChannelKind::restricted;
    object["is_mpim"] = false;
    object["is_private"] = channel.kind == ChannelKind::restricted;
    object["is_general"] = channel.is_general;
    object["is_shared"] = false;
    object["is_ext_shared"] = false;
    object["is_pending_ext_shared"] = false;
    object["is_frozen"] = false;
    object["unlinked"] = 0;
    object["creator"] = channel.creator.value;
    object["topic"] = topic_object(channel.topic, channel);
    object["purpose"] = topic_object(channel.purpose, channel);
    object["previous_names"] = Json::array();
    object["shared_team_ids"] = Json::array({team.id});
    if (detail == ChannelDetail::listed) {
        object["is_member"] = bot_is_member;
        object["num_members"] = channel.members.size();
    }
    return object;
}

Json group_object(const UserGroup& group, const Team& team, GroupUsers users)
{
    Json object{{"id", group.id.value},
                {"team_id", team.id},
                {"is_usergroup", true},
                {"is_subteam", true},
                {"name", group.name},
                {"description", group.description},
                {"handle", group.handle},
                {"is_external", false},
                {"date_create", unix_seconds(group.created_at)},
                {"date_update", unix_seconds(group.updated_at)},
                {"date_delete", group.disabled_at ? unix_seconds(*group.disabled_at) : 0},
                {"auto_type", nullptr},
                {"auto_provision", false},
                {"created_by", "USLACKBOT"},
                {"updated_by", "USLACKBOT"},
                {"deleted_by", nullptr},
                {"prefs", {{"channels", Json::array()}, {"groups", Json::array()}}},
                {"user_count", group.users.size()}};
    if (users == GroupUsers::included) {
        object["users"] = Json::array();
        for (const UserId& user : group.users) object["users"].push_back(user.value);
    }
    return object;
}

Json bot_profile_object(const Team& team)
{
    return {{"id", team.bot_id},
            {"app_id", team.app_id},
            {"user_id", team.bot_user.value},
            {"name", team.app_name},
            {"deleted", false},
            {"updated", 0},
            {"team_id", team.id},
            {"icons", Json::object()}};
}

std::string permalink(const Channel& channel, const Message& message, const Team& team)
{
    const std::string ts = message.ts.text();
    const auto dot = ts.find('.');
    std::string address = "https://" + team.domain + ".slack.com/archives/" + channel.id.value + "/p" +
                          ts.substr(0, dot) + ts.substr(dot + 1);
    if (message.thread) address += "?thread_ts=" + message.thread->text() + "&cid=" + channel.id.value;
    return address;
}

Json message_object(const Channel& channel, const Message& message, const Team& team, MetadataShown metadata)
{
    Json object{{"type", "message"},
                {"user", message.user.value},
                {"text", message.text},
                {"ts", message.ts.text()},
                {"team", team.id}};
    if (!message.subtype.empty()) object["subtype"] = message.subtype;
    if (!message.inviter.empty()) object["inviter"] = message.inviter.value;
    if (message.subtype == "channel_topic" || message.subtype == "group_topic")
        object["topic"] = message.topic;
    if (message.from_app) {
        object["bot_id"] = team.bot_id;
        object["app_id"] = team.app_id;
        object["bot_profile"] = bot_profile_object(team);
        if (message.blocks.is_array()) object["blocks"] = message.blocks;
        if (!message.username.empty()) object["username"] = message.username;
    } else if (message.subtype.empty()) {
        object["client_msg_id"] = message.client_id;
        object["blocks"] = Json::array(
            {rich_text_block(message.text, "rt" + std::to_string(message.ts.micros % 99991))});
    }
    if (message.attachments.is_array()) object["attachments"] = message.attachments;
    if (metadata == MetadataShown::yes && message.metadata.is_object()) object["metadata"] = message.metadata;
    if (message.edited)
        object["edited"] = {{"user", message.edited->by.value}, {"ts", message.edited->at.text()}};
    if (message.is_broadcast) object["subtype"] = "thread_broadcast";
    if (message.thread) {
        object["thread_ts"] = message.thread->text();
        const auto parent = channel.messages.find(*message.thread);
        if (parent != channel.messages.end()) object["parent_user_id"] = parent->second.user.value;
    } else if (!message.replies.empty()) {
        add_thread_figures(object, channel, message);
    }
    if (message.subtype == "tombstone") object["hidden"] = true;
    for (const Reaction& reaction : message.reactions) {
        Json users = Json::array();
        for (const UserId& user : reaction.users) users.push_back(user.value);
        object["reactions"].push_back(
            {{"name", reaction.name}, {"count", reaction.users.size()}, {"users", std::move(users)}});
    }
    return object;
}

}  // namespace sandbox
