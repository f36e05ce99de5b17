#include "adapters/slack/interaction_decoder.hpp"

#include "adapters/slack/mrkdwn.hpp"
#include "adapters/slack/rich_text_blocks.hpp"

#include <algorithm>
#include <utility>

namespace ackd::slack {
namespace {

/// More than our forms have, or Slack lets anybody choose.
constexpr std::size_t fields_max = 100;
constexpr std::size_t chosen_max = 1'000;
/// The year 10000: what is later is no date.
constexpr std::int64_t seconds_max = 253'402'300'800;

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

DecodedInteraction decode_actions(JsonValue payload)
{
    DecodedInteraction decoded;
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

void append_chosen(JsonValue element, const char* key, std::vector<std::string>& chosen)
{
    for (const JsonValue item : items_of(element, key)) {
        std::string_view id;
        if (item.get(id) != simdjson::SUCCESS) id = text_of(item, "value");  // an option
        if (!id.empty() && chosen.size() < chosen_max) chosen.emplace_back(id);
    }
}

FieldValue field_value(std::string_view field, JsonValue element)
{
    FieldValue value;
    value.field = field;
    for (const char* key : {"selected_users", "selected_conversations", "selected_options"})
        append_chosen(element, key, value.chosen);
    if (const auto option = member_of(element, "selected_option"))
        value.chosen.emplace_back(text_of(*option, "value"));
    if (const auto channel = text_of(element, "selected_conversation"); !channel.empty())
        value.chosen.emplace_back(channel);
    value.text = text_of(element, "value");
    const std::int64_t seconds = number_of(element, "selected_date_time");
    if (seconds > 0 && seconds < seconds_max) value.at = Instant{std::chrono::seconds{seconds}};
    return value;
}

/// `view.state.values`: by block_id, then by action_id, of which our forms have one each.
FormValues form_values(JsonValue view)
{
    FormValues values;
    const auto state = member_of(view, "state");
    const auto blocks = state ? member_of(*state, "values") : std::nullopt;
    simdjson::dom::object by_block;
    if (!blocks || blocks->get(by_block) != simdjson::SUCCESS) return values;
    for (const auto& [block_id, block] : by_block) {
        simdjson::dom::object by_action;
        if (block.get(by_action) != simdjson::SUCCESS) continue;
        for (const auto& [action_id, element] : by_action) {
            if (values.fields.size() == fields_max) return values;
            values.fields.push_back(field_value(block_id, element));
        }
    }
    return values;
}

DecodedInteraction decode_submission(JsonValue payload)
{
    DecodedInteraction decoded;
    const auto view = member_of(payload, "view");
    const auto user = member_of(payload, "user");
    if (!view || !user || text_of(*user, "id").empty() || text_of(*view, "id").empty()) {
        decoded.problem = "view_submission without view or user";
        return decoded;
    }
    FormSubmitted submitted;
    submitted.name = text_of(*view, "callback_id");
    submitted.instance = text_of(*view, "id");
    submitted.context = text_of(*view, "private_metadata");
    submitted.person = UserId{std::string{text_of(*user, "id")}};
    submitted.values = form_values(*view);
    decoded.bodies.emplace_back(std::move(submitted));
    return decoded;
}

DecodedInteraction decode_shortcut(JsonValue payload, const OwnIdentity& identity)
{
    DecodedInteraction decoded;
    const auto user = member_of(payload, "user");
    ShortcutUsed used;
    used.name = text_of(payload, "callback_id");
    used.trigger = text_of(payload, "trigger_id");
    if (!user || text_of(*user, "id").empty() || used.name.empty()) {
        decoded.problem = "a shortcut without callback_id or user";
        return decoded;
    }
    used.person = UserId{std::string{text_of(*user, "id")}};
    if (const auto message = member_of(payload, "message")) {
        const auto channel = member_of(payload, "channel");
        used.message = MessageRef{ChannelId{std::string{channel ? text_of(*channel, "id") : ""}},
                                  std::string{text_of(*message, "ts")}};
        if (used.message.channel.empty() || !used.message.exists()) {
            decoded.problem = "message_action without channel or ts";
            return decoded;
        }
        used.thread = text_of(*message, "thread_ts");
        if (used.thread == used.message.stamp) used.thread.clear();
        used.message_author = UserId{std::string{text_of(*message, "user")}};
        used.text = said_in(*message, identity.workspace_url);
        used.reply_address = text_of(payload, "response_url");
    }
    decoded.bodies.emplace_back(std::move(used));
    return decoded;
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
    given.trigger = text_of(payload, "trigger_id");
    if (given.command.empty() || given.person.empty()) {
        decoded.problem = "a command without command or user_id";
        return decoded;
    }
    decoded.bodies.emplace_back(std::move(given));
    return decoded;
}

DecodedInteraction decode_interaction(JsonValue payload, const OwnIdentity& identity)
{
    const std::string_view type = text_of(payload, "type");
    if (type == "block_actions") return decode_actions(payload);
    if (type == "shortcut" || type == "message_action") return decode_shortcut(payload, identity);
    if (type == "view_submission") return decode_submission(payload);
    return {};
}

}  // namespace ackd::slack
