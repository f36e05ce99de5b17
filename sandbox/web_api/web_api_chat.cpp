#include "sandbox/model/message_markup.hpp"
#include "sandbox/model/slack_objects.hpp"
#include "sandbox/web_api/web_api.hpp"

namespace sandbox {
namespace {

constexpr std::size_t update_characters_max = 4000;

Refusal missing(const char* name)
{
    return Refusal{"invalid_arguments", {std::string{"[ERROR] missing required field: "} + name}};
}

}  // namespace

Outcome<Ts> WebApi::required_ts(const Call& call, const char* name, const char* error)
{
    const std::string text = call.arguments.text(name);
    if (text.empty()) return missing(name);
    const auto ts = Ts::parse(text);
    if (!ts) return Refusal{error};
    return *ts;
}

Outcome<const Channel*> WebApi::visible_channel(const Call& call, const char* access) const
{
    const std::string id = call.arguments.text("channel");
    if (id.empty()) return missing("channel");
    // Only ids: names are a trap that Slack leaves open for old clients.
    const Channel* channel = workspace_.find_channel(ChannelId{id});
    if (channel == nullptr) return Refusal{"channel_not_found"};
    // What the app is not in does not exist for it, unless it is public.
    if (channel->kind != ChannelKind::open && !workspace_.bot_is_in(*channel))
        return Refusal{"channel_not_found"};
    if (*access != '\0') {
        if (const auto checked = check_kind_scope(channel->kind, access); !checked) return checked.error();
    }
    return channel;
}

Outcome<const Channel*> WebApi::joined_channel(const Call& call, const char* access) const
{
    const auto channel = visible_channel(call, access);
    if (channel && !workspace_.bot_is_in(**channel)) return Refusal{"not_in_channel"};
    return channel;
}

Outcome<Json> WebApi::chat_post_message(Call& call)
{
    const std::string target = call.arguments.text("channel");
    if (target.empty()) return missing("channel");
    ChannelId channel{target};
    if (const User* person = workspace_.find_user(UserId{target})) {
        if (person->deleted) return Refusal{"channel_not_found"};
        if (!app_.has_messages_tab) return Refusal{"messages_tab_disabled"};
        const auto direct = workspace_.open_direct(person->id, call.now);
        if (!direct) return direct.error();
        channel = *direct;
    } else {
        const auto found = visible_channel(call, "");
        if (!found) return found.error();
        if (!workspace_.bot_is_in(**found) && !has_scope("chat:write.public"))
            return Refusal{"not_in_channel"};
        const User* partner = workspace_.find_user((*found)->direct_with);
        if (partner != nullptr && partner->deleted) return Refusal{"channel_not_found"};
    }
    auto content = messages_.read(call.arguments, AppMessages::DefaultParse::urls);
    if (!content) return content.error();
    for (const char* customised : {"username", "icon_url", "icon_emoji"}) {
        if (!call.arguments.has(customised) || has_scope("chat:write.customize")) continue;
        Refusal refusal{"missing_scope"};
        refusal.needed = "chat:write.customize";
        return refusal;
    }
    std::optional<Ts> thread;
    if (call.arguments.has("thread_ts")) {
        thread = Ts::parse(call.arguments.text("thread_ts"));
        if (!thread) return Refusal{"invalid_thread_ts"};
    }
    for (const char* accepted : {"unfurl_links", "unfurl_media", "mrkdwn", "as_user"})
        static_cast<void>(call.arguments.has(accepted));
    call.warnings.insert(call.warnings.end(), content->warnings.begin(), content->warnings.end());
    const auto posted = messages_.post(
        channel, std::move(*content), thread, call.arguments.flag("reply_broadcast"), call.now);
    if (!posted) return posted.error();
    const Channel& holder = *workspace_.find_channel(channel);
    const Message& message = *workspace_.find_message(channel, *posted);
    return Json{{"channel", channel.value},
                {"ts", posted->text()},
                {"message", message_object(holder, message, workspace_.team(), MetadataShown::yes)}};
}

Outcome<Json> WebApi::chat_update(Call& call)
{
    const auto ts = required_ts(call, "ts", "message_not_found");
    if (!ts) return ts.error();
    const auto channel = visible_channel(call, "");
    if (!channel) return channel.error();
    const Message* message = workspace_.find_message((*channel)->id, *ts);
    if (message == nullptr) return Refusal{"message_not_found"};
    if (!message->from_app) return Refusal{"cant_update_message"};
    if (count_characters(call.arguments.text("text")) > update_characters_max) return Refusal{"msg_too_long"};
    auto content = messages_.read(call.arguments, AppMessages::DefaultParse::everything);
    if (!content) return content.error();
    static_cast<void>(call.arguments.has("reply_broadcast"));
    const auto updated = messages_.update((*channel)->id, *ts, std::move(*content), call.now);
    if (!updated) return updated.error();
    const Message& now_there = *workspace_.find_message((*channel)->id, *ts);
    return Json{{"channel", (*channel)->id.value},
                {"ts", ts->text()},
                {"text", now_there.text},
                {"message", message_object(**channel, now_there, workspace_.team(), MetadataShown::yes)}};
}

Outcome<Json> WebApi::chat_delete(Call& call)
{
    const auto ts = required_ts(call, "ts", "message_not_found");
    if (!ts) return ts.error();
    const auto channel = visible_channel(call, "");
    if (!channel) return channel.error();
    const Message* message = workspace_.find_message((*channel)->id, *ts);
    if (message == nullptr || message->subtype == "tombstone") return Refusal{"message_not_found"};
    if (!message->from_app) return Refusal{"cant_delete_message"};
    const auto erased = workspace_.erase((*channel)->id, *ts, call.now);
    if (!erased) return erased.error();
    ++statistics_.bot_messages_deleted;
    return Json{{"channel", (*channel)->id.value}, {"ts", ts->text()}};
}

Outcome<Json> WebApi::chat_post_ephemeral(Call& call)
{
    const std::string user = call.arguments.text("user");
    if (user.empty()) return missing("user");
    const auto channel = joined_channel(call, "");
    if (!channel) return channel.error();
    auto content = messages_.read(call.arguments, AppMessages::DefaultParse::urls);
    if (!content) return content.error();
    std::optional<Ts> thread;
    if (call.arguments.has("thread_ts")) thread = Ts::parse(call.arguments.text("thread_ts"));
    call.warnings.insert(call.warnings.end(), content->warnings.begin(), content->warnings.end());
    const auto posted = messages_.post_ephemeral(
        (*channel)->id, UserId{user}, std::move(*content), thread, call.now);
    if (!posted) return posted.error();
    return Json{{"message_ts", posted->text()}};
}

Outcome<Json> WebApi::chat_get_permalink(Call& call)
{
    const auto ts = required_ts(call, "message_ts", "message_not_found");
    if (!ts) return ts.error();
    const auto channel = visible_channel(call, "");
    if (!channel) return channel.error();
    const Message* message = workspace_.find_message((*channel)->id, *ts);
    if (message == nullptr) return Refusal{"message_not_found"};
    return Json{{"channel", (*channel)->id.value},
                {"permalink", permalink(**channel, *message, workspace_.team())}};
}

}  // namespace sandbox
