#include "adapters/slack/manifest.hpp"

#include "bot/commands/entry_points.hpp"

#include <algorithm>
#include <string>

namespace ackd::slack {
namespace {

using enum ScopeNeed;

constexpr ScopeUse scopes[] = {
    {"chat:write", to_start, "to post cards and nudges, keep them up to date, and answer one person alone"},
    {"commands",
     to_start,
     "for /ack, /ackd, /out, /threads, /oncall, /alerts, /capacity, /wip, /resync, /surprise, /retro, /drift and the three shortcuts"},
    {"channels:history", to_start, "to read replies, and what a request is about, in public channels"},
    {"groups:history", to_start, "to read replies, and what a request is about, in private channels"},
    {"im:history", to_start, "to read replies, and what a request is about, in direct messages with ackd"},
    {"mpim:history", in_full, "to read replies, and what a request is about, in group conversations"},
    {"im:write", to_start, "to open the direct conversation in which a person is nudged"},
    {"channels:read",
     to_start,
     "to know who is in a public channel that is asked, and which it is in itself"},
    {"groups:read", to_start, "to know who is in a private channel that is asked, and which it is in itself"},
    {"reactions:read",
     to_start,
     "to take the reactions 📨, 👀 and ✅ as requests and answers, and 📌 as a wish to keep one"},
    {"users:read", to_start, "to know people's names, their time zones, and who has left"},
    {"usergroups:read", to_start, "to know who is behind @group"},
    {"dnd:read", in_full, "to leave people alone while they have do-not-disturb on in Slack"},
    {"channels:write.topic", for_topics, "to say in a public channel's topic who is on call"},
    {"groups:write.topic", for_topics, "to say in a private channel's topic who is on call"},
    {"usergroups:write", for_groups, "to make who is on call the members of a @group"},
};

constexpr EventUse events[] = {
    {"message.channels", "message", "channels:history", "replies are answers; edits and deletions count"},
    {"message.groups", "message", "groups:history", "the same in private channels"},
    {"message.im", "message", "im:history", "the same in direct messages with ackd"},
    {"message.mpim", "message", "mpim:history", "the same in group conversations"},
    {"reaction_added", "reaction_added", "reactions:read", "📨 asks, 👀 and ✅ answer, 📌 keeps an answer"},
    {"reaction_removed", "reaction_removed", "reactions:read", "an answer is taken back"},
    {"team_join", "team_join", "users:read", "somebody new can be asked"},
    {"user_change", "user_change", "users:read", "another name or time zone, or somebody has left"},
    {"dnd_updated_user", "dnd_updated_user", "dnd:read", "somebody's do-not-disturb is another"},
    {"subteam_created", "subteam_created", "usergroups:read", "a new @group can be asked"},
    {"subteam_updated", "subteam_updated", "usergroups:read", "a @group has changed or is gone"},
    {"subteam_members_changed", "subteam_members_changed", "usergroups:read", "others are behind @group"},
    {"subteam_self_added", "subteam_self_added", "usergroups:read", "ackd was put into a @group"},
    {"subteam_self_removed", "subteam_self_removed", "usergroups:read", "ackd was taken out of a @group"},
    {"member_joined_channel", "member_joined_channel", "channels:read", "ackd was invited, and says hello"},
    {"member_left_channel", "member_left_channel", "channels:read", "ackd was taken out of a channel"},
    {"channel_left", "channel_left", "channels:read", "the same"},
    {"group_left", "group_left", "groups:read", "the same, of a private channel"},
    {"channel_deleted", "channel_deleted", "channels:read", "a channel is gone, with the requests in it"},
    {"group_deleted", "group_deleted", "groups:read", "the same, of a private channel"},
    {"channel_rename", "channel_rename", "channels:read", "a channel is called by its present name"},
    {"group_rename", "group_rename", "groups:read", "the same, of a private channel"},
    {"channel_archive", "channel_archive", "channels:read", "nothing can be posted there any more"},
    {"group_archive", "group_archive", "groups:read", "the same, of a private channel"},
    {"channel_unarchive", "channel_unarchive", "channels:read", "it can be posted there again"},
    {"group_unarchive", "group_unarchive", "groups:read", "the same, of a private channel"},
    {"channel_id_changed", "channel_id_changed", "", "a channel that is shared gets another id"},
    {"app_home_opened", "app_home_opened", "", "somebody looks at the App Home: it is drawn"},
    {"tokens_revoked", "tokens_revoked", "", "ackd says that it can do nothing any more"},
    {"app_uninstalled", "app_uninstalled", "", "the same"},
};

constexpr std::string_view every_history = "channels:history groups:history im:history mpim:history";

constexpr MethodUse methods[] = {
    {"apps.connections.open", TokenKind::app, ""},
    {"auth.test", TokenKind::bot, ""},
    {"chat.postEphemeral", TokenKind::bot, "chat:write"},
    {"chat.postMessage", TokenKind::bot, "chat:write"},
    {"chat.update", TokenKind::bot, "chat:write"},
    {"conversations.history", TokenKind::bot, every_history},
    {"conversations.info", TokenKind::bot, "channels:read groups:read"},
    {"conversations.members", TokenKind::bot, "channels:read groups:read"},
    {"conversations.open", TokenKind::bot, "im:write"},
    {"conversations.replies", TokenKind::bot, every_history},
    {"conversations.setTopic", TokenKind::bot, "channels:write.topic groups:write.topic"},
    {"dnd.teamInfo", TokenKind::bot, "dnd:read"},
    {"usergroups.list", TokenKind::bot, "usergroups:read"},
    {"usergroups.users.list", TokenKind::bot, "usergroups:read"},
    {"usergroups.users.update", TokenKind::bot, "usergroups:write"},
    {"users.conversations", TokenKind::bot, "channels:read groups:read"},
    {"users.list", TokenKind::bot, "users:read"},
    {"views.open", TokenKind::bot, ""},
    {"views.publish", TokenKind::bot, ""},
};

constexpr CommandUse commands[] = {
    {ask_command, "Ask people to acknowledge a message", "@people @groups #channels by thursday 17:00 text"},
    {overview_command, "What waits for you, and what you wait for", "help"},
    {out_command, "You are away; perhaps somebody answers meanwhile", "fri..mon delegate @name"},
    {threads_command, "Questions of this channel that nobody has answered", "#channel, learned, reset"},
    {escalate_command,
     "Raise something, and whoever is on its route hears of it",
     "incident the site is down"},
    {on_call_command, "Who is on call, and who is next", "take until 18:00, swap @name friday, note text"},
    {alerts_command, "What programs say is wrong", "mute source for 2h"},
    {capacity_command, "How much room you or your team have", "at until friday, near, ok, at platform"},
    {wip_command, "What your team has in progress, and how much fits", "start what it is, done 12, pause 12"},
    {resync_command, "Where teams stand, and when they are asked next", "skip, pause until monday, now"},
    {surprise_command, "Note what nobody had expected, for your team", "the cluster was full a week early"},
    {retro_command, "Your team's next retro, and a note for it", "note what it is, find words"},
    {drift_command, "Find out how alike your team sees something", "what comes first this month?"},
};

constexpr ShortcutUse shortcuts[] = {
    {request_acknowledgement_shortcut,
     ShortcutPlace::message,
     "Request acknowledgement",
     "Ask people to acknowledge this message"},
    {keep_answer_shortcut,
     ShortcutPlace::message,
     "Keep this answer",
     "Found when somebody asks the same, if its author agrees"},
    {ask_shortcut,
     ShortcutPlace::global,
     "Ask for acknowledgement",
     "Ask people to acknowledge something new"},
};

bool is_in_list(std::string_view name, std::string_view list)
{
    while (!list.empty()) {
        const auto comma = list.find(',');
        std::string_view one = list.substr(0, comma);
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
        while (one.starts_with(' ')) one.remove_prefix(1);
        while (one.ends_with(' ')) one.remove_suffix(1);
        if (one == name) return true;
    }
    return false;
}

}  // namespace

std::span<const ScopeUse> scopes_used()
{
    return scopes;
}
std::span<const EventUse> events_used()
{
    return events;
}
std::span<const MethodUse> methods_used()
{
    return methods;
}
std::span<const CommandUse> commands_used()
{
    return commands;
}
std::span<const ShortcutUse> shortcuts_used()
{
    return shortcuts;
}

std::vector<ScopeUse> scopes_used(const OptionalUses& uses)
{
    std::vector<ScopeUse> used;
    std::copy_if(std::begin(scopes), std::end(scopes), std::back_inserter(used), [&](const ScopeUse& scope) {
        return (scope.need != for_topics || uses.topics) && (scope.need != for_groups || uses.groups);
    });
    return used;
}

std::vector<ScopeUse> missing_scopes(std::string_view granted, const OptionalUses& uses)
{
    if (granted.empty()) return {};
    std::vector<ScopeUse> missing = scopes_used(uses);
    std::erase_if(missing, [&](const ScopeUse& scope) { return is_in_list(scope.name, granted); });
    return missing;
}

}  // namespace ackd::slack
