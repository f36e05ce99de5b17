#include "adapters/slack/interaction_decoder.hpp"

#include "adapters/slack/mrkdwn.hpp"

#include <algorithm>
#include <utility>

namespace ackd::slack {
namespace {

/// Controls of one block need different names, so rendering numbers those that share one: `ack`, `ack:1`,
/// `ack:2`.
std::string_view name_without_number(std::string_view action_id)
{
    const auto colon = action_id.rfind(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == action_id.size()) return action_id;
    const std::string_view number = action_id.substr(colon + 1);
    const bool numbered = std::all_of(
        number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
    return numbered ? action_id.substr(0, colon) : action_id;
}

std::string_view value_of(JsonValue action)
{
    if (const auto option = member_of(action, "selected_option")) return text_of(*option, "value");
    return text_of(action, "value");
}

void append_actions(DecodedInteraction& decoded, JsonValue payload, const ActionTaken& shared)
{
    for (const JsonValue action : items_of(payload, "actions")) {
        ActionTaken taken = shared;
        taken.name = name_without_number(text_of(action, "action_id"));
        taken.value = value_of(action);
        if (taken.name.empty()) {
            decoded.problem = "an action without action_id";
        } else {
            decoded.bodies.emplace_back(std::move(taken));
        }
    }
}

}  // namespace

DecodedInteraction decode_command(JsonValue payload, const OwnIdentity& identity)
{
    DecodedInteraction decoded;
    CommandGiven given;
    given.command = text_of(payload, "command");
    given.text = parse_mrkdwn(text_of(payload, "text"), identity.workspace_url);
    given.person = UserId{std::string{text_of(payload, "user_id")}};
    given.channel = ChannelId{std::string{text_of(payload, "channel_id")}};
    given.reply_address = text_of(payload, "response_url");
    if (given.command.empty() || given.person.empty()) {
        decoded.problem = "a command without command or user_id";
        return decoded;
    }
    decoded.bodies.emplace_back(std::move(given));
    return decoded;
}

DecodedInteraction decode_interaction(JsonValue payload)
{
    DecodedInteraction decoded;
    if (text_of(payload, "type") != "block_actions") return decoded;
    const auto container = member_of(payload, "container");
    const auto user = member_of(payload, "user");
    if (!container || !user || text_of(*user, "id").empty()) {
        decoded.problem = "block_actions without container or user";
        return decoded;
    }
    ActionTaken shared;
    shared.person = UserId{std::string{text_of(*user, "id")}};
    shared.trigger = text_of(payload, "trigger_id");
    if (text_of(*container, "type") == "view") {
        const auto view = member_of(payload, "view");
        if (!view || text_of(*view, "type") != "home") return decoded;
        shared.in_home = true;
        append_actions(decoded, payload, shared);
        return decoded;
    }
    std::string_view channel = text_of(*container, "channel_id");
    if (const auto named = member_of(payload, "channel"); named && channel.empty())
        channel = text_of(*named, "id");
    shared.message = MessageRef{ChannelId{std::string{channel}},
                                std::string{text_of(*container, "message_ts")}};
    shared.thread = text_of(*container, "thread_ts");
    if (const auto message = member_of(payload, "message"); message && shared.thread.empty()) {
        shared.thread = text_of(*message, "thread_ts");
    }
    if (shared.thread == shared.message.stamp) shared.thread.clear();
    shared.on_ephemeral = truth_of(*container, "is_ephemeral");
    shared.reply_address = text_of(payload, "response_url");
    if (channel.empty() || shared.message.stamp.empty()) {
        decoded.problem = "block_actions without channel_id or message_ts";
        return decoded;
    }
    append_actions(decoded, payload, shared);
    return decoded;
}

}  // namespace ackd::slack
