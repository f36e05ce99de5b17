#include "sandbox/model/slack_objects.hpp"
#include "sandbox/web_api/page_cursor.hpp"
#include "sandbox/web_api/web_api.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace sandbox {
namespace {

constexpr std::size_t usual_page = 100;
constexpr std::size_t usual_replies_page = 999;

/// The bounds `oldest`, `latest`, `inclusive` as one half-open test.
struct Window {
    Ts oldest{0};
    Ts latest{std::numeric_limits<std::int64_t>::max()};
    bool inclusive = false;

    [[nodiscard]] bool holds(Ts ts) const
    {
        return inclusive ? oldest <= ts && ts <= latest : oldest < ts && ts < latest;
    }
};

Outcome<Window> window_of(const Arguments& arguments)
{
    Window window;
    if (arguments.has("oldest")) {
        const auto ts = Ts::parse_bound(arguments.text("oldest"));
        if (!ts) return Refusal{"invalid_ts_oldest"};
        window.oldest = *ts;
    } else {
        window.oldest = Ts{-1};
    }
    if (arguments.has("latest")) {
        const auto ts = Ts::parse_bound(arguments.text("latest"));
        if (!ts) return Refusal{"invalid_ts_latest"};
        window.latest = *ts;
    }
    window.inclusive = arguments.flag("inclusive");
    return window;
}

MetadataShown metadata_shown(const Arguments& arguments)
{
    return arguments.flag("include_all_metadata") ? MetadataShown::yes : MetadataShown::no;
}

}  // namespace

Outcome<std::size_t> WebApi::page_limit(const Call& call, std::size_t usual) const
{
    std::size_t limit = usual;
    if (call.arguments.has("limit")) {
        const std::string text = call.arguments.text("limit");
        const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
        if (error != std::errc{} || stopped != text.data() + text.size() || limit == 0 || limit > 1000)
            return Refusal{"invalid_limit"};
    }
    return std::min(limit, policy_.page_max);
}

Outcome<Json> WebApi::page(const Call& call, const char* name, const std::vector<Json>& all) const
{
    const auto limit = page_limit(call, usual_page);
    if (!limit) return limit.error();
    std::size_t first = 0;
    if (call.arguments.has("cursor")) {
        const auto position = read_cursor(name, call.arguments.text("cursor"));
        if (!position || *position < 0 || static_cast<std::size_t>(*position) > all.size())
            return Refusal{"invalid_cursor"};
        first = static_cast<std::size_t>(*position);
    }
    const std::size_t last = std::min(all.size(), first + *limit);
    Json items = Json::array();
    for (std::size_t at = first; at < last; ++at) items.push_back(all[at]);
    const std::string next = last < all.size() ? make_cursor(name, static_cast<std::int64_t>(last)) : "";
    return Json{{name, std::move(items)}, {"response_metadata", {{"next_cursor", next}}}};
}

Outcome<std::vector<const Channel*>> WebApi::listed_channels(const Call& call) const
{
    std::vector<std::string> types{"public_channel"};
    if (call.arguments.has("types")) types = call.arguments.list("types");
    bool wants_kind[3] = {false, false, false};
    for (const std::string& type : types) {
        if (type == "public_channel")
            wants_kind[static_cast<int>(ChannelKind::open)] = true;
        else if (type == "private_channel")
            wants_kind[static_cast<int>(ChannelKind::restricted)] = true;
        else if (type == "im")
            wants_kind[static_cast<int>(ChannelKind::direct)] = true;
        else if (type != "mpim")
            return Refusal{"invalid_types"};
    }
    const bool leaves_out_archived = call.arguments.flag("exclude_archived");
    static_cast<void>(call.arguments.has("team_id"));
    std::vector<const Channel*> channels;
    for (const ChannelKind kind : {ChannelKind::open, ChannelKind::restricted, ChannelKind::direct}) {
        if (!wants_kind[static_cast<int>(kind)]) continue;
        if (const auto checked = check_kind_scope(kind, ":read"); !checked) return checked.error();
    }
    for (const auto& [id, channel] : workspace_.channels()) {
        if (!wants_kind[static_cast<int>(channel.kind)] || (leaves_out_archived && channel.is_archived))
            continue;
        if (channel.kind == ChannelKind::open || workspace_.bot_is_in(channel)) channels.push_back(&channel);
    }
    return channels;
}

Outcome<Json> WebApi::conversations_list(Call& call)
{
    const auto channels = listed_channels(call);
    if (!channels) return channels.error();
    std::vector<Json> objects;
    for (const Channel* channel : *channels)
        objects.push_back(channel_object(*channel, workspace_.team(), ChannelDetail::listed));
    return page(call, "channels", objects);
}

Outcome<Json> WebApi::users_conversations(Call& call)
{
    const UserId user = call.arguments.has("user") ? UserId{call.arguments.text("user")}
                                                   : workspace_.team().bot_user;
    if (workspace_.find_user(user) == nullptr) return Refusal{"user_not_found"};
    const auto channels = listed_channels(call);
    if (!channels) return channels.error();
    std::vector<Json> objects;
    for (const Channel* channel : *channels)
        if (channel->has(user))
            objects.push_back(
                channel_object(*channel, workspace_.team(), ChannelDetail::users_conversations));
    return page(call, "channels", objects);
}

Outcome<Json> WebApi::conversations_info(Call& call)
{
    const auto channel = visible_channel(call, ":read");
    if (!channel) return channel.error();
    Json object = channel_object(**channel, workspace_.team(), ChannelDetail::listed);
    if (!call.arguments.flag("include_num_members")) object.erase("num_members");
    if (call.arguments.flag("include_locale")) object["locale"] = "en-US";
    return Json{{"channel", std::move(object)}};
}

Outcome<Json> WebApi::conversations_members(Call& call)
{
    const auto channel = visible_channel(call, ":read");
    if (!channel) return channel.error();
    std::vector<Json> members;
    for (const UserId& user : (*channel)->members) members.emplace_back(user.value);
    return page(call, "members", members);
}

Outcome<Json> WebApi::conversations_history(Call& call)
{
    const auto channel = joined_channel(call, ":history");
    if (!channel) return channel.error();
    auto window = window_of(call.arguments);
    if (!window) return window.error();
    const auto limit = page_limit(call, usual_page);
    if (!limit) return limit.error();
    if (call.arguments.has("cursor")) {
        const auto position = read_cursor("next_ts", call.arguments.text("cursor"));
        if (!position) return Refusal{"invalid_cursor"};
        // Pages go back in time: the next one begins just before the last message shown.
        if (Ts{*position} <= window->latest) window->latest = Ts{*position + (window->inclusive ? -1 : 0)};
    }
    const MetadataShown metadata = metadata_shown(call.arguments);
    const auto& messages = (*channel)->messages;
    Json shown = Json::array();
    Ts last_shown;
    bool has_more = false;
    for (auto at = messages.upper_bound(window->latest); at != messages.begin();) {
        const Message& message = std::prev(at)->second;
        --at;
        if (message.ts < window->oldest) break;
        // Replies are only in their thread, unless they were broadcast.
        if (!window->holds(message.ts) || (message.thread && !message.is_broadcast)) continue;
        if (shown.size() == *limit) {
            has_more = true;
            break;
        }
        shown.push_back(message_object(**channel, message, workspace_.team(), metadata));
        last_shown = message.ts;
    }
    Json result{{"messages", std::move(shown)}, {"has_more", has_more}, {"pin_count", 0}};
    result["response_metadata"]["next_cursor"] = has_more ? make_cursor("next_ts", last_shown.micros) : "";
    return result;
}

Outcome<Json> WebApi::conversations_replies(Call& call)
{
    const auto channel = joined_channel(call, ":history");
    if (!channel) return channel.error();
    const auto ts = required_ts(call, "ts", "thread_not_found");
    if (!ts) return ts.error();
    auto window = window_of(call.arguments);
    if (!window) return window.error();
    const auto limit = page_limit(call, usual_replies_page);
    if (!limit) return limit.error();
    const Message* asked = workspace_.find_message((*channel)->id, *ts);
    if (asked == nullptr) return Refusal{"thread_not_found"};
    const Message* parent = asked->thread ? workspace_.find_message((*channel)->id, *asked->thread) : asked;
    if (parent == nullptr) return Refusal{"thread_not_found"};
    const MetadataShown metadata = metadata_shown(call.arguments);
    Json shown = Json::array();
    if (call.arguments.has("cursor")) {
        const auto position = read_cursor("next_reply", call.arguments.text("cursor"));
        if (!position) return Refusal{"invalid_cursor"};
        // Just after the last one shown; the parent stood on the first page.
        window->oldest = std::max(window->oldest, Ts{*position + (window->inclusive ? 1 : 0)});
    } else {
        shown.push_back(message_object(**channel, *parent, workspace_.team(), metadata));
    }
    Ts last_shown = parent->ts;
    bool has_more = false;
    for (const Ts reply : parent->replies) {
        const Message* message = workspace_.find_message((*channel)->id, reply);
        if (message == nullptr || !window->holds(reply)) continue;
        if (shown.size() >= std::max<std::size_t>(*limit, 2)) {
            has_more = true;
            break;
        }
        shown.push_back(message_object(**channel, *message, workspace_.team(), metadata));
        last_shown = reply;
    }
    Json result{{"messages", std::move(shown)}, {"has_more", has_more}};
    result["response_metadata"]["next_cursor"] = has_more ? make_cursor("next_reply", last_shown.micros) : "";
    return result;
}

Outcome<Json> WebApi::conversations_open(Call& call)
{
    if (call.arguments.has("channel")) {
        const auto channel = visible_channel(call, "");
        if (!channel) return channel.error();
        return Json{{"channel", {{"id", (*channel)->id.value}}}, {"no_op", true}, {"already_open", true}};
    }
    if (!call.arguments.has("users")) return Refusal{"users_list_not_supplied"};
    const auto users = call.arguments.list("users");
    if (users.empty()) return Refusal{"not_enough_users"};
    if (users.size() > 8) return Refusal{"too_many_users"};
    if (users.size() > 1) {
        // Conversations of several people are not part of this workspace.
        Refusal refusal{"missing_scope"};
        refusal.needed = "mpim:write";
        return refusal;
    }
    const User* person = workspace_.find_user(UserId{users.front()});
    if (person == nullptr) return Refusal{"user_not_found"};
    if (person->deleted) return Refusal{"user_disabled"};
    const std::size_t before = workspace_.channels().size();
    const auto direct = workspace_.open_direct(person->id, call.now);
    if (!direct) return direct.error();
    Json result{{"channel", {{"id", direct->value}}}};
    if (call.arguments.flag("return_im"))
        result["channel"] = channel_object(
            *workspace_.find_channel(*direct), workspace_.team(), ChannelDetail::listed);
    if (before == workspace_.channels().size()) {
        result["no_op"] = true;
        result["already_open"] = true;
    }
    return result;
}

Outcome<Json> WebApi::conversations_set_topic(Call& call)
{
    const auto channel = visible_channel(call, ":write.topic");
    if (!channel) return channel.error();
    if (!call.arguments.is_given("topic"))
        return Refusal{"invalid_arguments", {"[ERROR] missing required field: topic"}};
    const auto changed = workspace_.change_topic(
        (*channel)->id,
        workspace_.team().bot_user,
        workspace_.wire_text(call.arguments.text("topic"), Wire::plain),
        call.now);
    if (!changed) return changed.error();
    return Json{{"channel", channel_object(**channel, workspace_.team(), ChannelDetail::listed)}};
}

Outcome<Json> WebApi::conversations_join(Call& call)
{
    const auto channel = visible_channel(call, "");
    if (!channel) return channel.error();
    if ((*channel)->kind != ChannelKind::open) return Refusal{"method_not_supported_for_channel_type"};
    const auto joined = workspace_.join((*channel)->id, workspace_.team().bot_user, UserId{}, call.now);
    if (!joined) return joined.error();
    if (!*joined) call.warnings.emplace_back("already_in_channel");
    return Json{{"channel", channel_object(**channel, workspace_.team(), ChannelDetail::listed)}};
}

}  // namespace sandbox
