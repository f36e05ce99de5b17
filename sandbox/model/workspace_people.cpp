#include "sandbox/model/message_markup.hpp"
#include "sandbox/model/slack_objects.hpp"
#include "sandbox/model/user_fields.hpp"
#include "sandbox/model/workspace.hpp"

#include <algorithm>

namespace sandbox {
namespace {

std::vector<UserId> only_in_first(const std::vector<UserId>& first, const std::vector<UserId>& second)
{
    std::vector<UserId> rest;
    for (const UserId& user : first)
        if (std::find(second.begin(), second.end(), user) == second.end()) rest.push_back(user);
    return rest;
}

/// In events, the locale is always there; in answers, only when asked for.
Json user_of_event(const User& user, const Team& team)
{
    Json object = user_object(user, team);
    object["locale"] = user.locale;
    return object;
}

}  // namespace

Workspace::Workspace(Team team) : team_(std::move(team)) {}

std::string Workspace::new_id(char prefix)
{
    // Upper-case letters and digits, as Slack's; the leading 1 keeps them apart from the hand-written ones
    // with 0.
    constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    std::string id(9, '0');
    std::uint64_t rest = ++ids_given_;
    for (std::size_t at = id.size(); at-- > 2; rest /= digits.size()) id[at] = digits[rest % digits.size()];
    id[0] = prefix;
    id[1] = '1';
    return id;
}

void Workspace::emit(std::string subscription, Json body)
{
    events_.push_back(InnerEvent{std::move(subscription), std::move(body)});
}

std::vector<InnerEvent> Workspace::take_events()
{
    return std::exchange(events_, {});
}

void Workspace::note(VisibleChange change)
{
    // Of what changes again and again before somebody looks, the last look is enough.
    if (changes_.empty() || changes_.back() != change) changes_.push_back(std::move(change));
}

std::vector<VisibleChange> Workspace::take_changes()
{
    return std::exchange(changes_, {});
}

Ts Workspace::next_ts(Instant now)
{
    ++version_;
    last_ts_ = std::max(Ts{now.time_since_epoch().count()}, Ts{last_ts_.micros + 1});
    return last_ts_;
}

Outcome<UserId> Workspace::add_user(const Json& fields, Instant now)
{
    if (users_.size() >= users_max) return Refusal{"too_many_users"};
    User blank;
    blank.team_id = team_.id;
    auto read = with_fields(std::move(blank), fields);
    if (!read) return read.error();
    User user = std::move(*read);
    user.id = UserId{text_member(fields, "id")};
    if (user.id.empty()) user.id = UserId{new_id('U')};
    if (users_.count(user.id) > 0)
        return Refusal{"invalid_user", {"id: " + user.id.value + " exists already"}};
    if (user_names_.count(user.name) > 0) return Refusal{"name_taken"};
    user.updated_at = now;
    user.snoozed_at = unix_seconds(now);
    user_names_.emplace(user.name, user.id);
    Json object = user_of_event(user, team_);
    UserId id = user.id;
    users_.emplace(id, std::move(user));
    note({VisibleChange::What::person, {}, {}, id, {}});
    const std::string event_ts = next_ts(now).text();
    emit("team_join",
         {{"type", "team_join"},
          {"user", std::move(object)},
          {"cache_ts", unix_seconds(now)},
          {"event_ts", event_ts}});
    return id;
}

Outcome<UserId> Workspace::change_user(const UserId& id, const Json& fields, Instant now)
{
    const auto found = users_.find(id);
    if (found == users_.end()) return Refusal{"user_not_found"};
    auto read = with_fields(found->second, fields);
    if (!read) return read.error();
    if (read->name != found->second.name) {
        if (user_names_.count(read->name) > 0) return Refusal{"name_taken"};
        user_names_.erase(found->second.name);
        user_names_.emplace(read->name, id);
    }
    if (read->snooze_until != found->second.snooze_until) read->snoozed_at = unix_seconds(now);
    const bool dnd_changed = dnd_object(*read, now) != dnd_object(found->second, now);
    const bool profile_changed = user_of_event(*read, team_) != user_of_event(found->second, team_);
    found->second = std::move(*read);
    if (dnd_changed) {
        emit("dnd_updated_user",
             {{"type", "dnd_updated_user"},
              {"user", id.value},
              {"dnd_status", dnd_object(found->second, now)},
              {"event_ts", next_ts(now).text()}});
        if (!profile_changed) return id;
    }
    found->second.updated_at = now;
    note({VisibleChange::What::person, {}, {}, id, {}});
    emit("user_change",
         {{"type", "user_change"},
          {"user", user_of_event(found->second, team_)},
          {"cache_ts", unix_seconds(now)},
          {"event_ts", next_ts(now).text()}});
    return id;
}

const User* Workspace::find_user(const UserId& id) const
{
    const auto found = users_.find(id);
    return found == users_.end() ? nullptr : &found->second;
}

const User* Workspace::find_user_named(std::string_view text) const
{
    if (const User* user = find_user(UserId{std::string{text}})) return user;
    const auto found = user_names_.find(std::string{text.substr(text.substr(0, 1) == "@" ? 1 : 0)});
    return found == user_names_.end() ? nullptr : find_user(found->second);
}

Outcome<GroupId> Workspace::set_group(GroupId id,
                                      const std::string& handle,
                                      const std::string& name,
                                      const std::optional<std::vector<UserId>>& users,
                                      std::optional<bool> disabled,
                                      Instant now)
{
    if (users) {
        for (const UserId& user : *users)
            if (find_user(user) == nullptr) return Refusal{"user_not_found", {user.value}};
    }
    const UserGroup* known = find_group_handle(handle);
    const bool is_new = known == nullptr;
    if (is_new) {
        UserGroup group;
        group.id = id.empty() ? GroupId{new_id('S')} : std::move(id);
        group.handle = handle;
        group.name = name.empty() ? handle : name;
        group.created_at = now;
        group.updated_at = now;
        id = group.id;
        groups_.emplace(group.id, std::move(group));
    } else {
        id = known->id;
    }
    UserGroup& group = groups_.find(id)->second;
    note({VisibleChange::What::group, {}, {}, {}, id});
    const Instant previous_update = group.updated_at;
    const std::vector<UserId> before = group.users;
    if (!name.empty()) group.name = name;
    if (users) group.users = *users;
    if (disabled) group.disabled_at = *disabled ? std::optional<Instant>{now} : std::nullopt;
    group.updated_at = now;

    const char* kind = is_new ? "subteam_created" : "subteam_updated";
    emit(kind,
         {{"type", kind},
          {"subteam", group_object(group, team_, GroupUsers::included)},
          {"event_ts", next_ts(now).text()}});
    if (!is_new && before != group.users) {
        const auto added = only_in_first(group.users, before);
        const auto removed = only_in_first(before, group.users);
        emit("subteam_members_changed",
             {{"type", "subteam_members_changed"},
              {"subteam_id", group.id.value},
              {"team_id", team_.id},
              {"date_previous_update", unix_seconds(previous_update)},
              {"date_update", unix_seconds(now)},
              {"added_users", ids_of(added)},
              {"added_users_count", added.size()},
              {"removed_users", ids_of(removed)},
              {"removed_users_count", removed.size()},
              {"event_ts", next_ts(now).text()}});
    }
    return id;
}

Outcome<GroupId> Workspace::change_members(const GroupId& id, const std::vector<UserId>& users, Instant now)
{
    const UserGroup* group = find_group(id);
    if (group == nullptr || group->disabled_at) return Refusal{"no_such_subteam"};
    if (users.empty()) return Refusal{"no_users_provided"};
    for (const UserId& user : users) {
        const User* member = find_user(user);
        if (member == nullptr || member->deleted) return Refusal{"invalid_users"};
        if (member->is_ultra_restricted) return Refusal{"single_channel_guests_cannot_be_added"};
        if (member->is_bot || member->is_restricted) return Refusal{"invalid_user"};
    }
    return set_group(id, group->handle, "", users, std::nullopt, now);
}

const UserGroup* Workspace::find_group(const GroupId& id) const
{
    const auto found = groups_.find(id);
    return found == groups_.end() ? nullptr : &found->second;
}

const UserGroup* Workspace::find_group_handle(std::string_view handle) const
{
    if (handle.substr(0, 1) == "@") handle.remove_prefix(1);
    for (const auto& [id, group] : groups_)
        if (group.handle == handle || id.value == handle) return &group;
    return nullptr;
}

std::string Workspace::mention_of(std::string_view name) const
{
    if (name == "here" || name == "channel" || name == "everyone") return "<!" + std::string{name} + ">";
    if (const auto found = user_names_.find(std::string{name}); found != user_names_.end())
        return "<@" + found->second.value + ">";
    if (const UserGroup* group = find_group_handle(name); group != nullptr && !group->disabled_at)
        return "<!subteam^" + group->id.value + "|@" + group->handle + ">";
    return "";
}

std::string Workspace::link_of(std::string_view channel_name) const
{
    const auto found = channel_names_.find(std::string{channel_name});
    if (found == channel_names_.end()) return "";
    const Channel* linked = find_channel(found->second);
    // A private channel's name is not given away.
    return "<#" + linked->id.value + "|" + (linked->kind == ChannelKind::open ? linked->name : "") + ">";
}

std::string Workspace::wire_text(std::string_view typed, Wire names) const
{
    Linking linking;
    linking.urls = true;
    if (names == Wire::mention_names) {
        linking.mention = [this](std::string_view name) { return mention_of(name); };
        linking.channel = [this](std::string_view name) { return link_of(name); };
    }
    return to_wire(typed, linking);
}

}  // namespace sandbox
