#include "sandbox/model/slack_objects.hpp"
#include "sandbox/model/workspace.hpp"

#include <algorithm>
#include <cstdio>

namespace sandbox {
namespace {

std::string client_id_for(Ts ts)
{
    // Only uniqueness matters; the shape is a version-4 UUID's.
    char text[40];
    const auto micros = static_cast<unsigned long long>(ts.micros);
    std::snprintf(text,
                  sizeof text,
                  "%08llx-%04llx-4000-8000-%012llx",
                  (micros >> 20U) & 0xffffffffULL,
                  micros & 0xffffULL,
                  micros & 0xffffffffffffULL);
    return text;
}

}  // namespace

std::string Workspace::message_subscription(ChannelKind kind)
{
    switch (kind) {
        case ChannelKind::open: return "message.channels";
        case ChannelKind::restricted: return "message.groups";
        case ChannelKind::direct: return "message.im";
    }
    return "message.channels";
}

Message* Workspace::message(Channel& channel, Ts ts)
{
    const auto found = channel.messages.find(ts);
    return found == channel.messages.end() ? nullptr : &found->second;
}

const Message* Workspace::find_message(const ChannelId& id, Ts ts) const
{
    const Channel* holder = find_channel(id);
    if (holder == nullptr) return nullptr;
    const auto found = holder->messages.find(ts);
    return found == holder->messages.end() ? nullptr : &found->second;
}

void Workspace::emit_message_event(const Channel& channel, Json event)
{
    if (!bot_is_in(channel)) return;
    event["channel"] = channel.id.value;
    event["channel_type"] = channel_type(channel.kind);
    emit(message_subscription(channel.kind), std::move(event));
}

/// A reply counts at its parent as well.
void Workspace::note_message(const Channel& channel, Ts ts)
{
    const auto found = channel.messages.find(ts);
    if (found != channel.messages.end() && found->second.thread)
        note({VisibleChange::What::message, channel.id, *found->second.thread, {}, {}});
    note({VisibleChange::What::message, channel.id, ts, {}, {}});
}

void Workspace::forget_oldest(Channel& channel)
{
    while (channel.messages.size() > messages_per_channel_max) {
        const auto oldest = channel.messages.begin();
        if (oldest->second.thread) {
            if (Message* parent = message(channel, *oldest->second.thread)) {
                auto& replies = parent->replies;
                replies.erase(std::remove(replies.begin(), replies.end(), oldest->first), replies.end());
            }
        }
        note({VisibleChange::What::message, channel.id, oldest->first, {}, {}});
        channel.messages.erase(oldest);
    }
}

Outcome<Ts> Workspace::post(PostDraft draft, Instant now)
{
    Channel* target = channel(draft.channel);
    if (target == nullptr) return Refusal{"channel_not_found"};
    if (target->is_archived) return Refusal{"is_archived"};
    if (find_user(draft.user) == nullptr) return Refusal{"user_not_found"};
    // An app may speak where it is no member (a response_url, chat:write.public): that is the Web API's to
    // decide.
    if (!draft.from_app && !target->has(draft.user)) return Refusal{"not_in_channel"};
    Message* parent = nullptr;
    if (draft.thread) {
        parent = message(*target, *draft.thread);
        if (parent == nullptr) return Refusal{"thread_not_found"};
        if (parent->thread) return Refusal{"cannot_reply_to_message"};
    }
    Message posted;
    posted.ts = next_ts(now);
    posted.user = draft.user;
    posted.text = std::move(draft.text);
    posted.blocks = std::move(draft.blocks);
    posted.attachments = std::move(draft.attachments);
    posted.metadata = std::move(draft.metadata);
    posted.username = std::move(draft.username);
    posted.subtype = std::move(draft.subtype);
    posted.inviter = std::move(draft.inviter);
    posted.topic = std::move(draft.topic);
    posted.thread = draft.thread;
    posted.from_app = draft.from_app;
    posted.is_broadcast = draft.broadcast && draft.thread.has_value();
    if (!posted.from_app && posted.subtype.empty()) posted.client_id = client_id_for(posted.ts);
    const Ts ts = posted.ts;
    if (parent != nullptr) parent->replies.push_back(ts);
    const Message& kept = target->messages.emplace(ts, std::move(posted)).first->second;
    note_message(*target, ts);

    if (bot_is_in(*target)) {
        Json event = message_object(*target, kept, team_, MetadataShown::yes);
        event["event_ts"] = ts.text();
        if (kept.is_broadcast) event["root"] = message_object(*target, *parent, team_, MetadataShown::no);
        const bool mentions_bot = kept.subtype.empty() && target->kind != ChannelKind::direct &&
                                  kept.text.find("<@" + team_.bot_user.value + ">") != std::string::npos;
        if (mentions_bot && !kept.from_app) {
            Json mention = event;
            mention["type"] = "app_mention";
            mention["channel"] = target->id.value;
            emit("app_mention", std::move(mention));
        }
        emit_message_event(*target, std::move(event));
    }
    forget_oldest(*target);
    return ts;
}

Outcome<Ts> Workspace::edit(const ChannelId& id, Ts ts, MessageChange change, Instant now)
{
    Channel* holder = channel(id);
    if (holder == nullptr) return Refusal{"channel_not_found"};
    Message* edited = message(*holder, ts);
    if (edited == nullptr) return Refusal{"message_not_found"};
    if (edited->subtype == "tombstone") return Refusal{"cant_update_message"};
    Json before = message_object(*holder, *edited, team_, MetadataShown::yes);
    const Ts changed_at = next_ts(now);
    edited->text = std::move(change.text);
    edited->blocks = std::move(change.blocks);
    edited->attachments = std::move(change.attachments);
    edited->metadata = std::move(change.metadata);
    if (change.editor) edited->edited = Edit{*change.editor, changed_at};
    note_message(*holder, ts);
    emit_message_event(*holder,
                       {{"type", "message"},
                        {"subtype", "message_changed"},
                        {"hidden", true},
                        {"message", message_object(*holder, *edited, team_, MetadataShown::yes)},
                        {"previous_message", std::move(before)},
                        {"ts", changed_at.text()},
                        {"event_ts", changed_at.text()}});
    return ts;
}

Outcome<Ts> Workspace::erase(const ChannelId& id, Ts ts, Instant now)
{
    Channel* holder = channel(id);
    if (holder == nullptr) return Refusal{"channel_not_found"};
    Message* erased = message(*holder, ts);
    if (erased == nullptr || erased->subtype == "tombstone") return Refusal{"message_not_found"};
    Json before = message_object(*holder, *erased, team_, MetadataShown::yes);
    const Ts erased_at = next_ts(now);
    if (!erased->replies.empty()) {
        // Replies must keep a parent, so the message stays as a husk without author and words.
        Message husk;
        husk.ts = ts;
        husk.user = UserId{"USLACKBOT"};
        husk.text = "This message was deleted.";
        husk.subtype = "tombstone";
        husk.replies = std::move(erased->replies);
        *erased = std::move(husk);
        note_message(*holder, ts);
        emit_message_event(*holder,
                           {{"type", "message"},
                            {"subtype", "message_changed"},
                            {"hidden", true},
                            {"message", message_object(*holder, *erased, team_, MetadataShown::no)},
                            {"previous_message", std::move(before)},
                            {"ts", erased_at.text()},
                            {"event_ts", erased_at.text()}});
        return ts;
    }
    note_message(*holder, ts);
    if (erased->thread) {
        if (Message* parent = message(*holder, *erased->thread)) {
            auto& replies = parent->replies;
            replies.erase(std::remove(replies.begin(), replies.end(), ts), replies.end());
        }
    }
    holder->messages.erase(ts);
    emit_message_event(*holder,
                       {{"type", "message"},
                        {"subtype", "message_deleted"},
                        {"hidden", true},
                        {"deleted_ts", ts.text()},
                        {"previous_message", std::move(before)},
                        {"ts", erased_at.text()},
                        {"event_ts", erased_at.text()}});
    return ts;
}

void Workspace::note_reaction(const char* event,
                              const Channel& channel,
                              const Message& target,
                              const UserId& user,
                              const std::string& name,
                              Instant now)
{
    note_message(channel, target.ts);
    if (!bot_is_in(channel)) return;
    emit(event,
         {{"type", event},
          {"user", user.value},
          {"reaction", name},
          {"item", {{"type", "message"}, {"channel", channel.id.value}, {"ts", target.ts.text()}}},
          {"item_user", target.user.value},
          {"event_ts", next_ts(now).text()}});
}

Outcome<bool> Workspace::react(
    const ChannelId& id, Ts ts, const UserId& user, const std::string& name, Instant now)
{
    Channel* holder = channel(id);
    if (holder == nullptr) return Refusal{"channel_not_found"};
    if (holder->is_archived) return Refusal{"is_archived"};
    if (find_user(user) == nullptr) return Refusal{"user_not_found"};
    Message* target = message(*holder, ts);
    if (target == nullptr || target->subtype == "tombstone") return Refusal{"message_not_found"};
    auto found = std::find_if(target->reactions.begin(),
                              target->reactions.end(),
                              [&](const Reaction& reaction) { return reaction.name == name; });
    if (found == target->reactions.end()) {
        if (target->reactions.size() >= reactions_per_message_max) return Refusal{"too_many_emoji"};
        target->reactions.push_back(Reaction{name, {}});
        found = std::prev(target->reactions.end());
    }
    if (std::find(found->users.begin(), found->users.end(), user) != found->users.end())
        return Refusal{"already_reacted"};
    found->users.push_back(user);
    note_reaction("reaction_added", *holder, *target, user, name, now);
    return true;
}

Outcome<bool> Workspace::unreact(
    const ChannelId& id, Ts ts, const UserId& user, const std::string& name, Instant now)
{
    Channel* holder = channel(id);
    if (holder == nullptr) return Refusal{"channel_not_found"};
    Message* target = message(*holder, ts);
    if (target == nullptr) return Refusal{"message_not_found"};
    const auto found = std::find_if(target->reactions.begin(),
                                    target->reactions.end(),
                                    [&](const Reaction& reaction) { return reaction.name == name; });
    if (found == target->reactions.end()) return Refusal{"no_reaction"};
    const auto by_user = std::find(found->users.begin(), found->users.end(), user);
    if (by_user == found->users.end()) return Refusal{"no_reaction"};
    found->users.erase(by_user);
    if (found->users.empty()) target->reactions.erase(found);
    note_reaction("reaction_removed", *holder, *target, user, name, now);
    return true;
}

Outcome<Ts> Workspace::post_ephemeral(const ChannelId& id, Ephemeral draft, Instant now)
{
    Channel* target = channel(id);
    if (target == nullptr) return Refusal{"channel_not_found"};
    if (target->is_archived) return Refusal{"is_archived"};
    if (!target->has(draft.to)) return Refusal{"user_not_in_channel"};
    draft.ts = next_ts(now);
    const Ts ts = draft.ts;
    note({VisibleChange::What::ephemeral, id, ts, draft.to, {}});
    target->ephemerals.emplace(ts, std::move(draft));
    if (target->ephemerals.size() > ephemerals_per_channel_max)
        target->ephemerals.erase(target->ephemerals.begin());
    return ts;
}

Ephemeral* Workspace::find_ephemeral(const ChannelId& id, Ts ts)
{
    Channel* holder = channel(id);
    if (holder == nullptr) return nullptr;
    ++version_;  // whoever asks for it may change it
    const auto found = holder->ephemerals.find(ts);
    if (found == holder->ephemerals.end()) return nullptr;
    note({VisibleChange::What::ephemeral, id, ts, found->second.to, {}});
    return &found->second;
}

void Workspace::erase_ephemeral(const ChannelId& id, Ts ts)
{
    ++version_;
    Channel* holder = channel(id);
    if (holder == nullptr) return;
    const auto found = holder->ephemerals.find(ts);
    if (found == holder->ephemerals.end()) return;
    note({VisibleChange::What::ephemeral, id, ts, found->second.to, {}});
    holder->ephemerals.erase(found);
}

}  // namespace sandbox
