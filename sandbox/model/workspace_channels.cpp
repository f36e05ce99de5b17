#include "sandbox/model/message_markup.hpp"
#include "sandbox/model/slack_objects.hpp"
#include "sandbox/model/workspace.hpp"

#include <algorithm>

namespace sandbox {
namespace {

constexpr std::size_t channel_name_bytes_max = 80;

bool is_channel_name(const std::string& name)
{
    return !name.empty() && name.size() <= channel_name_bytes_max &&
           std::none_of(name.begin(), name.end(), [](char c) {
               return (c >= 'A' && c <= 'Z') || c == ' ' || c == '.' || c == '#' || c == '@' || c == '<' ||
                      c == '>';
           });
}

/// How member_joined_channel writes the kind.
const char* member_channel_type(ChannelKind kind)
{
    return kind == ChannelKind::open ? "C" : "G";
}

}  // namespace

Channel* Workspace::channel(const ChannelId& id)
{
    const auto found = channels_.find(id);
    return found == channels_.end() ? nullptr : &found->second;
}

const Channel* Workspace::find_channel(const ChannelId& id) const
{
    const auto found = channels_.find(id);
    return found == channels_.end() ? nullptr : &found->second;
}

const Channel* Workspace::find_channel_named(std::string_view text) const
{
    if (const Channel* known = find_channel(ChannelId{std::string{text}})) return known;
    const auto found = channel_names_.find(std::string{text.substr(text.substr(0, 1) == "#" ? 1 : 0)});
    return found == channel_names_.end() ? nullptr : find_channel(found->second);
}

void Workspace::note_channel(const ChannelId& id)
{
    note({VisibleChange::What::channel, id, {}, {}, {}});
}

Outcome<ChannelId> Workspace::add_channel(
    ChannelId id, const std::string& name, ChannelKind kind, const UserId& creator, Instant now)
{
    if (channels_.size() >= channels_max) return Refusal{"too_many_channels"};
    if (!is_channel_name(name)) return Refusal{"invalid_name"};
    if (channel_names_.count(name) > 0) return Refusal{"name_taken"};
    if (id.empty()) id = ChannelId{new_id('C')};
    if (channels_.count(id) > 0) return Refusal{"name_taken"};
    Channel made;
    made.id = id;
    made.name = name;
    made.kind = kind;
    made.creator = creator;
    made.created_at = now;
    made.updated_at = now;
    made.is_general = name == "general";
    channel_names_.emplace(name, id);
    const Channel& kept = channels_.emplace(id, std::move(made)).first->second;
    note_channel(id);
    if (kind == ChannelKind::open) {
        emit("channel_created",
             {{"type", "channel_created"},
              {"channel", channel_object(kept, team_, ChannelDetail::users_conversations)},
              {"event_ts", next_ts(now).text()}});
    }
    return id;
}

Outcome<ChannelId> Workspace::open_direct(const UserId& user, Instant now)
{
    const User* person = find_user(user);
    if (person == nullptr) return Refusal{"user_not_found"};
    if (user == team_.bot_user || person->is_bot) return Refusal{"cannot_dm_bot"};
    if (const auto found = directs_.find(user); found != directs_.end()) return found->second;
    if (channels_.size() >= channels_max) return Refusal{"too_many_channels"};
    Channel direct;
    // The built-in people's conversations are recognisable: U0ADA has D0ADA.
    const bool is_hand_written = user.value.size() > 2 && user.value[1] == '0';
    direct.id = ChannelId{is_hand_written ? "D" + user.value.substr(1) : new_id('D')};
    if (channels_.count(direct.id) > 0) direct.id = ChannelId{new_id('D')};
    direct.kind = ChannelKind::direct;
    direct.creator = user;
    direct.direct_with = user;
    direct.created_at = now;
    direct.updated_at = now;
    add_member(direct, user);
    add_member(direct, team_.bot_user);
    ChannelId id = direct.id;
    directs_.emplace(user, id);
    channels_.emplace(id, std::move(direct));
    note_channel(id);
    return id;
}

void Workspace::add_member(Channel& channel, const UserId& user)
{
    if (channel.member_set.insert(user).second) channel.members.push_back(user);
}

Outcome<bool> Workspace::join(const ChannelId& id, const UserId& user, const UserId& inviter, Instant now)
{
    Channel* joined = channel(id);
    if (joined == nullptr) return Refusal{"channel_not_found"};
    if (find_user(user) == nullptr) return Refusal{"user_not_found"};
    if (joined->kind == ChannelKind::direct) return Refusal{"method_not_supported_for_channel_type"};
    if (joined->is_archived) return Refusal{"is_archived"};
    if (joined->has(user)) return false;
    add_member(*joined, user);
    joined->updated_at = now;
    note_channel(id);
    if (bot_is_in(*joined)) {
        Json event{{"type", "member_joined_channel"},
                   {"user", user.value},
                   {"channel", id.value},
                   {"channel_type", member_channel_type(joined->kind)},
                   {"team", team_.id},
                   {"event_ts", next_ts(now).text()}};
        if (!inviter.empty()) event["inviter"] = inviter.value;
        emit("member_joined_channel", std::move(event));
    }
    PostDraft notice;
    notice.channel = id;
    notice.user = user;
    notice.text = "<@" + user.value + "> has joined the channel";
    notice.inviter = inviter;
    notice.subtype = joined->kind == ChannelKind::open ? "channel_join" : "group_join";
    const auto posted = post(std::move(notice), now);
    return posted.has_value();
}

Outcome<bool> Workspace::leave(const ChannelId& id, const UserId& user, Instant now)
{
    Channel* left = channel(id);
    if (left == nullptr) return Refusal{"channel_not_found"};
    if (left->kind == ChannelKind::direct) return Refusal{"method_not_supported_for_channel_type"};
    if (!left->has(user)) return false;
    const bool bot_saw_it = bot_is_in(*left);
    left->member_set.erase(user);
    left->members.erase(std::find(left->members.begin(), left->members.end(), user));
    left->updated_at = now;
    note_channel(id);
    if (!bot_saw_it) return true;
    if (user == team_.bot_user) {
        const char* kind = left->kind == ChannelKind::open ? "channel_left" : "group_left";
        // Somebody has removed the app; who it was is not told here.
        emit(kind,
             {{"type", kind},
              {"channel", id.value},
              {"actor_id", left->creator.value},
              {"event_ts", next_ts(now).text()}});
    }
    emit("member_left_channel",
         {{"type", "member_left_channel"},
          {"user", user.value},
          {"channel", id.value},
          {"channel_type", member_channel_type(left->kind)},
          {"team", team_.id},
          {"event_ts", next_ts(now).text()}});
    return true;
}

Outcome<bool> Workspace::rename(const ChannelId& id, const std::string& name, Instant now)
{
    Channel* renamed = channel(id);
    if (renamed == nullptr || renamed->kind == ChannelKind::direct) return Refusal{"channel_not_found"};
    if (!is_channel_name(name)) return Refusal{"invalid_name"};
    if (renamed->name == name) return false;
    if (channel_names_.count(name) > 0) return Refusal{"name_taken"};
    channel_names_.erase(renamed->name);
    channel_names_.emplace(name, id);
    renamed->name = name;
    note_channel(id);
    renamed->updated_at = now;
    const bool is_open = renamed->kind == ChannelKind::open;
    if (is_open || bot_is_in(*renamed)) {
        const char* kind = is_open ? "channel_rename" : "group_rename";
        emit(kind,
             {{"type", kind},
              {"channel",
               {{"id", id.value},
                {"name", name},
                {"name_normalized", name},
                {"created", unix_seconds(renamed->created_at)},
                {"is_channel", is_open},
                {"is_mpim", false}}},
              {"event_ts", next_ts(now).text()}});
    }
    return true;
}

Outcome<bool> Workspace::archive(const ChannelId& id, const UserId& by, Instant now)
{
    Channel* archived = channel(id);
    if (archived == nullptr || archived->kind == ChannelKind::direct) return Refusal{"channel_not_found"};
    if (archived->is_archived) return Refusal{"already_archived"};
    archived->is_archived = true;
    note_channel(id);
    archived->updated_at = now;
    const bool is_open = archived->kind == ChannelKind::open;
    if (is_open || bot_is_in(*archived)) {
        const char* kind = is_open ? "channel_archive" : "group_archive";
        emit(kind,
             {{"type", kind},
              {"channel", id.value},
              {"user", by.value},
              {"is_moved", 0},
              {"event_ts", next_ts(now).text()}});
    }
    return true;
}

void Workspace::set_topic(const ChannelId& id, std::string topic, std::string purpose)
{
    Channel* described = channel(id);
    if (described == nullptr) return;
    described->topic = std::move(topic);
    described->purpose = std::move(purpose);
    note_channel(id);
}

Outcome<bool> Workspace::change_topic(const ChannelId& id, const UserId& by, std::string topic, Instant now)
{
    constexpr std::size_t topic_characters_max = 250;
    Channel* described = channel(id);
    if (described == nullptr) return Refusal{"channel_not_found"};
    if (described->kind == ChannelKind::direct) return Refusal{"method_not_supported_for_channel_type"};
    if (described->is_archived) return Refusal{"is_archived"};
    if (!described->has(by)) return Refusal{"not_in_channel"};
    if (count_characters(topic) > topic_characters_max) return Refusal{"too_long"};
    if (described->topic == topic) return false;
    described->topic = topic;
    described->updated_at = now;
    note_channel(id);
    PostDraft notice;
    notice.channel = id;
    notice.user = by;
    notice.text = "<@" + by.value + "> " +
                  (topic.empty() ? std::string{"cleared the channel topic"}
                                 : "set the channel topic: " + topic);
    notice.topic = std::move(topic);
    notice.subtype = described->kind == ChannelKind::open ? "channel_topic" : "group_topic";
    return post(std::move(notice), now).has_value();
}

void Workspace::settle_members(const ChannelId& id, const std::vector<UserId>& users)
{
    Channel* settled = channel(id);
    if (settled == nullptr) return;
    for (const UserId& user : users) add_member(*settled, user);
    note_channel(id);
}

}  // namespace sandbox
