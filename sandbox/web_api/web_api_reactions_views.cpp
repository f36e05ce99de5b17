#include "sandbox/model/slack_objects.hpp"
#include "sandbox/web_api/web_api.hpp"

#include <algorithm>

namespace sandbox {
namespace {

bool is_emoji_name(const std::string& name)
{
    constexpr std::size_t bytes_max = 100;
    return !name.empty() && name.size() <= bytes_max && name.front() != ':' && name.back() != ':' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '+' ||
                      c == ':' || c == '\'';
           });
}

}  // namespace

Outcome<Json> WebApi::change_reaction(Call& call, ReactionChange change)
{
    const bool adds = change == ReactionChange::add;
    if (!call.arguments.has("channel") || !call.arguments.has("timestamp"))
        return Refusal{"no_item_specified"};
    const auto channel = adds ? joined_channel(call, "") : visible_channel(call, "");
    if (!channel) return channel.error();
    const auto ts = required_ts(call, "timestamp", "bad_timestamp");
    if (!ts) return ts.error();
    const std::string name = call.arguments.text("name");
    if (!is_emoji_name(name)) return Refusal{"invalid_name"};
    const UserId& app = workspace_.team().bot_user;
    const auto changed = adds ? workspace_.react((*channel)->id, *ts, app, name, call.now)
                              : workspace_.unreact((*channel)->id, *ts, app, name, call.now);
    if (!changed) return changed.error();
    return Json::object();
}

Outcome<Json> WebApi::reactions_add(Call& call)
{
    return change_reaction(call, ReactionChange::add);
}

Outcome<Json> WebApi::reactions_remove(Call& call)
{
    return change_reaction(call, ReactionChange::remove);
}

Outcome<Json> WebApi::reactions_get(Call& call)
{
    if (!call.arguments.has("channel") || !call.arguments.has("timestamp"))
        return Refusal{"no_item_specified"};
    const auto channel = visible_channel(call, "");
    if (!channel) return channel.error();
    const auto ts = required_ts(call, "timestamp", "bad_timestamp");
    if (!ts) return ts.error();
    const Message* message = workspace_.find_message((*channel)->id, *ts);
    if (message == nullptr) return Refusal{"message_not_found"};
    static_cast<void>(call.arguments.has("full"));
    Json object = message_object(**channel, *message, workspace_.team(), MetadataShown::no);
    object["permalink"] = permalink(**channel, *message, workspace_.team());
    return Json{{"type", "message"}, {"channel", (*channel)->id.value}, {"message", std::move(object)}};
}

Outcome<Json> WebApi::views_open(Call& call)
{
    auto view = call.arguments.structured("view", "invalid_arguments");
    if (!view) return view.error();
    const auto user = triggers_.redeem(call.arguments.text("trigger_id"), call.wall);
    if (!user) return user.error();
    const auto opened = views_.open(*user, std::move(*view));
    if (!opened) return opened.error();
    return Json{{"view", *opened}};
}

Outcome<Json> WebApi::views_push(Call& call)
{
    auto view = call.arguments.structured("view", "invalid_arguments");
    if (!view) return view.error();
    const auto user = triggers_.redeem(call.arguments.text("trigger_id"), call.wall);
    if (!user) return user.error();
    const auto pushed = views_.push(*user, std::move(*view));
    if (!pushed) return pushed.error();
    return Json{{"view", *pushed}};
}

Outcome<Json> WebApi::views_update(Call& call)
{
    auto view = call.arguments.structured("view", "invalid_arguments");
    if (!view) return view.error();
    const auto updated = views_.update(call.arguments.text("view_id"),
                                       call.arguments.text("external_id"),
                                       std::move(*view),
                                       call.arguments.text("hash"));
    if (!updated) return updated.error();
    return Json{{"view", *updated}};
}

Outcome<Json> WebApi::views_publish(Call& call)
{
    auto view = call.arguments.structured("view", "invalid_arguments");
    if (!view) return view.error();
    if (!app_.has_home_tab) return Refusal{"not_enabled"};
    const UserId user{call.arguments.text("user_id")};
    if (workspace_.find_user(user) == nullptr) return Refusal{"user_not_found"};
    const auto published = views_.publish(user, std::move(*view), call.arguments.text("hash"));
    if (!published) return published.error();
    return Json{{"view", *published}};
}

}  // namespace sandbox
