#include "sandbox/control/control_api.hpp"
#include "sandbox/model/message_markup.hpp"
#include "sandbox/model/slack_objects.hpp"
#include "sandbox/sandbox_core.hpp"

#include <cstdio>

namespace sandbox {
namespace {

constexpr std::int64_t messages_shown_max = 10'000;

}  // namespace

Json ControlApi::seen_message(const Channel& channel, const Message& message) const
{
    const User* author = core_.workspace.find_user(message.user);
    Json seen{{"ts", message.ts.text()},
              {"user", message.user.value},
              {"name", author == nullptr ? message.user.value : author->name},
              {"text", message.text},
              {"from_app", message.from_app},
              {"ephemeral", false},
              {"edited", message.edited.has_value()},
              {"deleted", message.subtype == "tombstone"}};
    if (message.blocks.is_array()) seen["blocks"] = message.blocks;
    if (message.metadata.is_object()) seen["metadata"] = message.metadata;
    if (!message.subtype.empty()) seen["subtype"] = message.subtype;
    if (message.thread) seen["thread_ts"] = message.thread->text();
    if (message.is_broadcast) seen["broadcast"] = true;
    seen["reactions"] = Json::array();
    for (const Reaction& reaction : message.reactions)
        seen["reactions"].push_back({{"name", reaction.name}, {"users", ids_of(reaction.users)}});
    if (!message.replies.empty()) {
        seen["replies"] = Json::array();
        for (const Ts reply : message.replies)
            if (const Message* found = core_.workspace.find_message(channel.id, reply))
                seen["replies"].push_back(seen_message(channel, *found));
    }
    return seen;
}

Json ControlApi::seen_ephemeral(const Ephemeral& ephemeral) const
{
    const Team& team = core_.workspace.team();
    Json seen{{"ts", ephemeral.ts.text()},
              {"user", team.bot_user.value},
              {"name", team.app_name},
              {"text", ephemeral.text},
              {"from_app", true},
              {"ephemeral", true},
              {"to", ephemeral.to.value},
              {"edited", false},
              {"deleted", false},
              {"reactions", Json::array()}};
    if (ephemeral.blocks.is_array()) seen["blocks"] = ephemeral.blocks;
    if (ephemeral.thread) seen["thread_ts"] = ephemeral.thread->text();
    return seen;
}

Json ControlApi::seen_by(const Channel& channel, const User& user, std::size_t limit) const
{
    std::map<Ts, Json> shown;
    for (auto at = channel.messages.rbegin(); at != channel.messages.rend() && shown.size() < limit; ++at)
        if (!at->second.thread || at->second.is_broadcast)
            shown.emplace(at->first, seen_message(channel, at->second));
    for (const auto& [ts, ephemeral] : channel.ephemerals) {
        if (ephemeral.to != user.id) continue;
        const auto parent = ephemeral.thread ? shown.find(*ephemeral.thread) : shown.end();
        if (parent != shown.end())
            parent->second["replies"].push_back(seen_ephemeral(ephemeral));
        else
            shown.emplace(ts, seen_ephemeral(ephemeral));
    }
    Json messages = Json::array();
    for (auto& [ts, message] : shown) messages.push_back(std::move(message));
    return messages;
}

void ControlApi::view(const Json& body, const Done& done)
{
    const auto target = channel_in(body);
    if (!target) return done(control_failure(target.error()));
    const auto person = user_in(body);
    if (!person) return done(control_failure(person.error()));
    const auto limit = number_in(body, "limit", 200, messages_shown_max);
    if (!limit) return done(control_failure(limit.error()));
    const Channel& channel = **target;
    const bool is_member = channel.has((*person)->id);
    if (channel.kind != ChannelKind::open && !is_member)
        return done(control_failure(Refusal{"user: that person does not see this channel"}));
    done({{"ok", true},
          {"channel", {{"id", channel.id.value}, {"name", channel.name}, {"kind", kind_name(channel.kind)}}},
          {"user", (*person)->id.value},
          {"is_member", is_member},
          {"messages", seen_by(channel, **person, static_cast<std::size_t>(*limit))}});
}

void ControlApi::inbox(const Json& body, const Done& done)
{
    const auto person = user_in(body);
    if (!person) return done(control_failure(person.error()));
    const auto limit = number_in(body, "limit", 200, messages_shown_max);
    if (!limit) return done(control_failure(limit.error()));
    Json result{
        {"ok", true}, {"user", (*person)->id.value}, {"channel", nullptr}, {"messages", Json::array()}};
    for (const auto& [id, channel] : core_.workspace.channels()) {
        if (channel.kind != ChannelKind::direct || channel.direct_with != (*person)->id) continue;
        result["channel"] = id.value;
        result["messages"] = seen_by(channel, **person, static_cast<std::size_t>(*limit));
    }
    done(std::move(result));
}

void ControlApi::home(const Json& body, const Done& done)
{
    const auto person = user_in(body);
    if (!person) return done(control_failure(person.error()));
    const Json* published = core_.views.home((*person)->id);
    done({{"ok", true}, {"view", published == nullptr ? Json{} : *published}});
}

void ControlApi::form(const Json& body, const Done& done)
{
    const auto person = user_in(body);
    if (!person) return done(control_failure(person.error()));
    const auto stack = core_.views.stack((*person)->id);
    done({{"ok", true}, {"view", stack.empty() ? Json{} : stack.back()}, {"depth", stack.size()}});
}

void ControlApi::workspace(const Json&, const Done& done)
{
    const Workspace& model = core_.workspace;
    Json users = Json::array();
    for (const auto& [id, user] : model.users()) users.push_back(user_object(user, model.team()));
    Json channels = Json::array();
    for (const auto& [id, channel] : model.channels()) {
        Json object{{"id", id.value},
                    {"name", channel.name},
                    {"kind", kind_name(channel.kind)},
                    {"is_archived", channel.is_archived},
                    {"topic", channel.topic},
                    {"members", ids_of(channel.members)},
                    {"messages", channel.messages.size()}};
        if (channel.kind == ChannelKind::direct) object["user"] = channel.direct_with.value;
        channels.push_back(std::move(object));
    }
    Json groups = Json::array();
    for (const auto& [id, group] : model.groups())
        groups.push_back(group_object(group, model.team(), GroupUsers::included));
    const Team& team = model.team();
    done({{"ok", true},
          {"team", {{"id", team.id}, {"name", team.name}, {"domain", team.domain}}},
          {"app",
           {{"id", team.app_id},
            {"name", team.app_name},
            {"bot_user", team.bot_user.value},
            {"bot_id", team.bot_id}}},
          {"users", std::move(users)},
          {"channels", std::move(channels)},
          {"groups", std::move(groups)},
          {"now", Ts{core_.now().time_since_epoch().count()}.text()}});
}

void ControlApi::stats(const Json&, const Done& done)
{
    Json result = core_.statistics.to_json();
    result["ok"] = true;
    result["events"]["unconfirmed"] = core_.hub.unconfirmed();
    result["sockets"]["open"] = core_.hub.open_sockets();
    done(std::move(result));
}

}  // namespace sandbox
