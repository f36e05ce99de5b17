#include "adapters/slack/event_decoder.hpp"

#include "adapters/slack/do_not_disturb_status.hpp"
#include "adapters/slack/member_listing.hpp"
#include "adapters/slack/past_message.hpp"
#include "adapters/slack/rich_text_blocks.hpp"
#include "bot/message_keys.hpp"

#include <utility>

namespace ackd::slack {
namespace {

DecodedEvent event_with(InputBody body, std::string key = {})
{
    DecodedEvent decoded;
    decoded.body = std::move(body);
    decoded.key = std::move(key);
    return decoded;
}

DecodedEvent event_without(std::string_view what)
{
    DecodedEvent decoded;
    decoded.problem = std::string{what};
    return decoded;
}

DecodedEvent event_of_concern(AdapterConcern concern, std::string_view concerned = {})
{
    DecodedEvent decoded;
    decoded.concern = concern;
    decoded.concerned = std::string{concerned};
    return decoded;
}

MessageRef reference(std::string_view channel, std::string_view stamp)
{
    return MessageRef{ChannelId{std::string{channel}}, std::string{stamp}};
}

DecodedEvent decode_posted(JsonValue event, const OwnIdentity& identity)
{
    const std::string_view channel = text_of(event, "channel");
    const std::string_view stamp = text_of(event, "ts");
    if (channel.empty() || stamp.empty()) return event_without("a message without channel or ts");
    if (is_ours(event, identity)) return {};
    const std::string_view thread = text_of(event, "thread_ts");
    MessagePosted posted;
    posted.message = reference(channel, stamp);
    if (thread != stamp) posted.thread = thread;
    posted.author = UserId{std::string{text_of(event, "user")}};
    posted.by_bot = !text_of(event, "bot_id").empty() || text_of(event, "subtype") == "bot_message";
    posted.text = said_in(event, identity.workspace_url);
    posted.said_at = instant_of_stamp(stamp);
    std::string key = key_of_message(posted.message);
    return event_with(std::move(posted), std::move(key));
}

DecodedEvent decode_deleted(std::string_view channel,
                            std::string_view stamp,
                            std::optional<JsonValue> before,
                            const OwnIdentity& identity)
{
    if (channel.empty() || stamp.empty()) return event_without("a deletion without channel or ts");
    if (before && is_ours(*before, identity)) return {};
    MessageDeleted deleted;
    deleted.message = reference(channel, stamp);
    std::string key = key_of_deletion(deleted.message);
    return event_with(std::move(deleted), std::move(key));
}

/// Also told for link previews, reply counts and our own edits: only a person's new words count.
DecodedEvent decode_changed(JsonValue event, const OwnIdentity& identity)
{
    const std::string_view channel = text_of(event, "channel");
    const auto message = member_of(event, "message");
    if (!message || channel.empty()) return event_without("a message_changed without channel or message");
    const std::string_view stamp = text_of(*message, "ts");
    if (stamp.empty()) return event_without("a message_changed without the message's ts");

    const auto before = member_of(event, "previous_message");
    if (text_of(*message, "subtype") == "tombstone") {
        return decode_deleted(channel, stamp, before, identity);
    }
    if (is_ours(*message, identity) || !is_said(text_of(*message, "subtype"))) return {};
    const auto edited = member_of(*message, "edited");
    if (!edited) return {};
    if (before) {
        const auto edited_before = member_of(*before, "edited");
        const bool same_edit = edited_before && text_of(*edited_before, "ts") == text_of(*edited, "ts");
        if (same_edit || text_of(*before, "text") == text_of(*message, "text")) return {};
    }
    MessageEdited changed;
    changed.message = reference(channel, stamp);
    changed.author = UserId{std::string{text_of(*message, "user")}};
    changed.text = said_in(*message, identity.workspace_url);
    changed.edited = text_of(*edited, "ts");
    std::string key = key_of_edit(changed.message, changed.edited);
    return event_with(std::move(changed), std::move(key));
}

DecodedEvent decode_message(JsonValue event, const OwnIdentity& identity)
{
    const std::string_view subtype = text_of(event, "subtype");
    if (is_said(subtype)) return decode_posted(event, identity);
    if (subtype == "message_changed") return decode_changed(event, identity);
    if (subtype == "message_deleted") {
        return decode_deleted(text_of(event, "channel"),
                              text_of(event, "deleted_ts"),
                              member_of(event, "previous_message"),
                              identity);
    }
    return {};
}

DecodedEvent decode_reaction(JsonValue event, const OwnIdentity& identity, bool added)
{
    const auto item = member_of(event, "item");
    const std::string_view person = text_of(event, "user");
    std::string_view emoji = text_of(event, "reaction");
    if (!item || person.empty() || emoji.empty())
        return event_without("a reaction without user, reaction or item");
    if (text_of(*item, "type") != "message" || person == identity.bot_user.value) return {};
    const std::string_view channel = text_of(*item, "channel");
    const std::string_view stamp = text_of(*item, "ts");
    if (channel.empty() || stamp.empty())
        return event_without("a reaction without the message's channel or ts");
    ReactionChanged reaction;
    reaction.message = reference(channel, stamp);
    reaction.person = UserId{std::string{person}};
    reaction.message_author = UserId{std::string{text_of(event, "item_user")}};
    reaction.emoji = emoji.substr(0, emoji.find("::"));  // "+1::skin-tone-3"
    reaction.added = added;
    reaction.changed_stamp = text_of(event, "event_ts");
    return event_with(std::move(reaction));
}

DecodedEvent decode_member(JsonValue event, const OwnIdentity& identity)
{
    const auto user = member_of(event, "user");
    auto member = user ? member_from(*user, identity.team) : std::nullopt;
    if (!member) return event_without("a member event without a user object");
    MemberChanged changed;
    changed.member = std::move(*member);
    return event_with(std::move(changed));
}

DecodedEvent decode_do_not_disturb(JsonValue event)
{
    const std::string_view person = text_of(event, "user");
    const auto status = member_of(event, "dnd_status");
    if (person.empty() || !status) return event_without("a do-not-disturb event without user or dnd_status");
    auto changed = do_not_disturb_from(person, *status);
    if (!changed) return event_without("do-not-disturb at a time that cannot be");
    changed->told_at = instant_of_stamp(text_of(event, "event_ts"));
    DecodedEvent decoded = event_with(std::move(*changed));
    decoded.concern = AdapterConcern::do_not_disturb_told;
    decoded.concerned = std::string{person};
    return decoded;
}

DecodedEvent decode_group(JsonValue event)
{
    const auto subteam = member_of(event, "subteam");
    auto group = subteam ? group_from(*subteam) : std::nullopt;
    if (!group) return event_without("a group event without a subteam object");
    const bool members_missing = !group->disabled && !member_of(*subteam, "users");
    if (members_missing) return event_of_concern(AdapterConcern::group_members_stale, group->id.value);
    GroupChanged changed;
    changed.group = std::move(*group);
    return event_with(std::move(changed));
}

DecodedEvent decode_joined(JsonValue event, const OwnIdentity& identity)
{
    ChannelJoined joined;
    joined.channel = ChannelId{std::string{text_of(event, "channel")}};
    joined.person = UserId{std::string{text_of(event, "user")}};
    joined.inviter = UserId{std::string{text_of(event, "inviter")}};
    if (joined.channel.empty() || joined.person.empty())
        return event_without("somebody joined, without user or channel");
    const bool is_ourselves = joined.person == identity.bot_user;
    DecodedEvent decoded = event_with(std::move(joined));
    if (is_ourselves) decoded.concern = AdapterConcern::own_channels_stale;
    return decoded;
}

/// `person` is empty when it is we who are out (or the channel is gone).
DecodedEvent decode_left(JsonValue event, std::string_view person)
{
    ChannelLeft left;
    left.channel = ChannelId{std::string{text_of(event, "channel")}};
    left.person = UserId{std::string{person}};
    if (left.channel.empty()) return event_without("a channel was left, without channel");
    return event_with(std::move(left));
}

DecodedEvent decode_renamed(JsonValue event)
{
    const auto channel = member_of(event, "channel");
    ChannelChanged changed;
    if (channel) changed.channel = ChannelId{std::string{text_of(*channel, "id")}};
    if (changed.channel.empty()) return event_without("a rename without channel");
    changed.name = std::string{text_of(*channel, "name")};
    return event_with(std::move(changed));
}

DecodedEvent decode_archived(JsonValue event, bool is_archived)
{
    ChannelChanged changed;
    changed.channel = ChannelId{std::string{text_of(event, "channel")}};
    if (changed.channel.empty()) return event_without("an archived channel without channel");
    changed.is_archived = is_archived;
    return event_with(std::move(changed));
}

/// Told of the messages tab as well, which shows nothing of ours.
DecodedEvent decode_home_opened(JsonValue event)
{
    HomeOpened opened;
    opened.person = UserId{std::string{text_of(event, "user")}};
    if (opened.person.empty()) return event_without("app_home_opened without user");
    if (text_of(event, "tab") == "messages") return {};
    return event_with(std::move(opened));
}

DecodedEvent decode_channel_id(JsonValue event)
{
    ChannelIdChanged changed;
    changed.before = ChannelId{std::string{text_of(event, "old_channel_id")}};
    changed.after = ChannelId{std::string{text_of(event, "new_channel_id")}};
    if (changed.before.empty() || changed.after.empty())
        return event_without("channel_id_changed without both ids");
    return event_with(std::move(changed));
}

}  // namespace

bool is_ours(JsonValue message, const OwnIdentity& identity)
{
    const auto same = [](std::string_view one, std::string_view other) {
        return !one.empty() && one == other;
    };
    return same(text_of(message, "bot_id"), identity.bot) ||
           same(text_of(message, "user"), identity.bot_user.value) ||
           same(text_of(message, "app_id"), identity.app);
}

bool is_said(std::string_view subtype)
{
    return subtype.empty() || subtype == "thread_broadcast" || subtype == "file_share" ||
           subtype == "me_message" || subtype == "bot_message";
}

DecodedEvent decode_event(JsonValue event, const OwnIdentity& identity)
{
    const std::string_view type = text_of(event, "type");
    if (type == "message") return decode_message(event, identity);
    if (type == "reaction_added") return decode_reaction(event, identity, true);
    if (type == "reaction_removed") return decode_reaction(event, identity, false);
    if (type == "team_join" || type == "user_change") return decode_member(event, identity);
    if (type == "dnd_updated_user") return decode_do_not_disturb(event);
    if (type == "subteam_created" || type == "subteam_updated") return decode_group(event);
    if (type == "subteam_members_changed") {
        return event_of_concern(AdapterConcern::group_members_stale, text_of(event, "subteam_id"));
    }
    if (type == "subteam_self_added" || type == "subteam_self_removed") {
        return event_of_concern(AdapterConcern::own_groups_stale);
    }
    if (type == "tokens_revoked") {
        // It names the users of revoked tokens; only our bot user's is ours.
        const auto tokens = member_of(event, "tokens");
        for (const JsonValue item : tokens ? items_of(*tokens, "bot") : std::vector<JsonValue>{}) {
            std::string_view user;
            if (item.get(user) == simdjson::SUCCESS && user == identity.bot_user.value) {
                return event_of_concern(AdapterConcern::token_revoked);
            }
        }
        return {};
    }
    if (type == "member_joined_channel") return decode_joined(event, identity);
    if (type == "member_left_channel") return decode_left(event, text_of(event, "user"));
    if (type == "channel_left" || type == "group_left" || type == "channel_deleted" ||
        type == "group_deleted")
        return decode_left(event, {});
    if (type == "channel_rename" || type == "group_rename") return decode_renamed(event);
    if (type == "channel_archive" || type == "group_archive") return decode_archived(event, true);
    if (type == "channel_unarchive" || type == "group_unarchive") return decode_archived(event, false);
    if (type == "app_home_opened") return decode_home_opened(event);
    if (type == "channel_id_changed") return decode_channel_id(event);
    if (type == "app_uninstalled") return event_of_concern(AdapterConcern::app_uninstalled);
    // `app_mention` only repeats a message that comes as `message` as well.
    if (type.empty()) return event_without("an event without a type");
    return {};
}

}  // namespace ackd::slack
