#include "adapters/slack/message_rendering.hpp"

#include "adapters/slack/block_building.hpp"
#include "adapters/slack/mrkdwn.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace ackd::slack {
namespace {

using Json = BlockJson;

constexpr std::size_t blocks_max = 50;
constexpr std::size_t view_blocks_max = 100;
constexpr std::size_t fallback_text_max = 3000;  // Slack: best below 4000; escapes may lengthen it
constexpr std::size_t actions_per_block_max = 25;
constexpr std::size_t button_text_max = 75;
constexpr std::size_t button_value_max = 2000;
constexpr std::size_t overflow_options_max = 5;
constexpr std::size_t action_id_max = 255;

/// A control, or null when nothing of it can be shown.
Json element_of(const Action& action)
{
    Json element;
    if (!action.choices.empty()) {
        Json options = options_of(action.choices);
        if (options.empty()) return nullptr;
        if (action.tucked_away && options.size() <= overflow_options_max) {
            element["type"] = "overflow";
        } else {
            element["type"] = "static_select";
            element["placeholder"] = plain_object(action.label, placeholder_max);
        }
        element["options"] = std::move(options);
        return element;
    }
    if (length_of(action.value) > button_value_max) return nullptr;
    element["type"] = "button";
    element["text"] = plain_object(action.label, button_text_max);
    if (!action.value.empty()) element["value"] = action.value;
    if (action.style == ActionStyle::primary) element["style"] = "primary";
    if (action.style == ActionStyle::danger) element["style"] = "danger";
    return element;
}

/// Within a block, controls of the same name are told apart by a number: `ack`, `ack:1`. Decoding takes it
/// off.
std::string unused_action_id(const Json& elements, const std::string& name)
{
    const auto used = [&](const std::string& id) {
        return std::any_of(
            elements.begin(), elements.end(), [&](const Json& one) { return one["action_id"] == id; });
    };
    std::string id = name;
    for (std::size_t number = 1; used(id); ++number) id = fmt::format("{}:{}", name, number);
    return id;
}

void append_actions(Json& blocks, const std::vector<Action>& actions)
{
    Json elements = Json::array();
    const auto flush = [&] {
        if (elements.empty()) return;
        blocks.push_back({{"type", "actions"}, {"elements", std::move(elements)}});
        elements = Json::array();
    };
    for (const Action& action : actions) {
        Json element = element_of(action);
        if (element.is_null() || action.name.empty() || action.name.size() >= action_id_max) continue;
        element["action_id"] = unused_action_id(elements, action.name);
        elements.push_back(std::move(element));
        if (elements.size() == actions_per_block_max) flush();
    }
    flush();
}

/// The summary as markup, for the notification and for a message without lines.
std::string fallback_text(const Notice& notice)
{
    const RichText summary{Words{notice.summary.empty() ? "ackd" : notice.summary}};
    const auto pieces = to_mrkdwn_pieces(summary, {}, fallback_text_max - 1);
    return pieces.size() > 1 ? pieces.front() + "…" : pieces.front();
}

Json blocks_of(const Notice& notice, OutboxId id, const ChatPlace& place, std::size_t count_max = blocks_max)
{
    Json blocks = Json::array();
    for (const Section& section : notice.sections) {
        Json own = Json::array();
        append_lines(own, section.lines, place);
        append_actions(own, section.actions);
        if (!blocks.empty() && !own.empty()) blocks.push_back({{"type", "divider"}});
        for (Json& block : own) blocks.push_back(std::move(block));
    }
    if (blocks.empty()) blocks.push_back(section_block(fallback_text(notice)));
    if (blocks.size() > count_max) {
        blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(count_max - 1), blocks.end());
        blocks.push_back(context_block("…"));
    }
    for (std::size_t at = 0; at < blocks.size() && id.exists(); ++at) {
        blocks[at]["block_id"] = at == 0 ? marker_of(id) : fmt::format("{}:{}", marker_of(id), at);
    }
    return blocks;
}

/// Tells the message for what it is, and by which delivery.
Json metadata_of(const Notice& notice, OutboxId id)
{
    return {{"event_type", fmt::format("ackd_{}", name_of(notice.kind))},
            {"event_payload", {{"post_id", fmt::to_string(id.value)}}}};
}

}  // namespace

RenderedMessage render_message(const Notice& notice, OutboxId id, const ChatPlace& place)
{
    RenderedMessage rendered;
    rendered.text = fallback_text(notice);
    rendered.blocks = text_of_json(blocks_of(notice, id, place));
    if (id.exists()) rendered.metadata = text_of_json(metadata_of(notice, id));
    return rendered;
}

std::string render_response(const Notice& notice,
                            OutboxId id,
                            ReplyPlace reply_place,
                            std::string_view thread,
                            const ChatPlace& place)
{
    Json response{{"replace_original", reply_place == ReplyPlace::replaces_original},
                  {"text", fallback_text(notice)},
                  {"blocks", blocks_of(notice, id, place)}};
    // What is replaced stays for those who could see it, and what it was.
    if (reply_place == ReplyPlace::new_message)
        response["response_type"] = "ephemeral";
    else if (id.exists())
        response["metadata"] = metadata_of(notice, id);
    if (reply_place == ReplyPlace::new_message && !thread.empty()) response["thread_ts"] = thread;
    return text_of_json(response);
}

std::string render_answer(const Notice& notice, std::string_view workspace_url)
{
    return text_of_json({{"response_type", "ephemeral"},
                         {"text", fallback_text(notice)},
                         {"blocks", blocks_of(notice, OutboxId{}, {workspace_url})}});
}

std::string render_home(const Notice& notice, const ChatPlace& place)
{
    return text_of_json(
        {{"type", "home"}, {"blocks", blocks_of(notice, OutboxId{}, place, view_blocks_max)}});
}

std::string render_dialog(const Notice& notice, std::string_view workspace_url)
{
    // What can be done is done where the person came from: a dialog's controls would come without a message.
    Notice readable = notice;
    for (Section& section : readable.sections) section.actions.clear();
    return text_of_json({{"type", "modal"},
                         {"title", plain_object("ackd", view_title_max)},
                         {"close", plain_object("Close", view_title_max)},
                         {"blocks", blocks_of(readable, OutboxId{}, {workspace_url}, view_blocks_max)}});
}

std::string marker_of(OutboxId id)
{
    return fmt::format("ackd:{}", id.value);
}

}  // namespace ackd::slack
