#include "sandbox/app/app_messages.hpp"

#include "sandbox/blocks/block_kit_rules.hpp"
#include "sandbox/model/message_markup.hpp"

#include <algorithm>

namespace sandbox {
namespace {

constexpr std::size_t text_characters_max = 40'000;
constexpr std::size_t attachments_max = 100;
// Slack does not say its limit; this is what a careful client stays below.
constexpr std::size_t metadata_bytes_max = 1024;
constexpr std::size_t event_type_bytes_max = 50;

bool is_flat(const Json& value)
{
    if (!value.is_object()) return value.is_string() || value.is_number() || value.is_boolean();
    return std::all_of(value.begin(), value.end(), [](const Json& each) { return each.is_primitive(); });
}

Outcome<Json> checked_metadata(Json metadata)
{
    if (metadata.is_null()) return metadata;
    const std::string event_type = text_member(metadata, "event_type");
    const Json& payload = member(metadata, "event_payload");
    const bool is_name = !event_type.empty() && event_type.size() <= event_type_bytes_max &&
                         std::all_of(event_type.begin(), event_type.end(), [](char c) {
                             return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                    (c >= '0' && c <= '9') || c == '_';
                         });
    if (!is_name || !payload.is_object()) return Refusal{"invalid_metadata_format"};
    for (const Json& value : payload) {
        const bool is_list = value.is_array() && std::all_of(value.begin(), value.end(), is_flat);
        if (!is_flat(value) && !is_list) return Refusal{"invalid_metadata_schema"};
    }
    if (dump(metadata).size() > metadata_bytes_max) return Refusal{"metadata_too_large"};
    return Json{{"event_type", event_type}, {"event_payload", payload}};
}

std::string post_id_of(const Json& metadata)
{
    const Json& id = member(member(metadata, "event_payload"), "post_id");
    return id.is_null() ? std::string{} : dump(id);
}

}  // namespace

Outcome<AppContent> AppMessages::read(const Arguments& arguments, DefaultParse parse) const
{
    AppContent content;
    std::string typed = arguments.text("text");
    const std::string markdown = arguments.text("markdown_text");
    auto blocks = arguments.structured("blocks", "invalid_blocks_format");
    if (!blocks) return blocks.error();
    auto attachments = arguments.structured("attachments", "invalid_attachments");
    if (!attachments) return attachments.error();
    auto given_metadata = arguments.structured("metadata", "invalid_metadata_format");
    if (!given_metadata) return given_metadata.error();

    if (!markdown.empty() && (!typed.empty() || !blocks->is_null())) return Refusal{"markdown_text_conflict"};
    if (!markdown.empty()) typed = markdown;
    const bool has_blocks = blocks->is_array() && !blocks->empty();
    const bool has_attachments = attachments->is_array() && !attachments->empty();
    if (typed.empty() && !has_blocks && !has_attachments) return Refusal{"no_text"};
    if (!blocks->is_null() && !blocks->is_array()) return Refusal{"invalid_blocks_format"};
    if (has_blocks) {
        auto problems = check_blocks(*blocks, Surface::message);
        if (problems.empty()) problems = pictures_.problems_of(*blocks);
        if (!problems.empty()) return Refusal{"invalid_blocks", std::move(problems)};
    }
    if (!attachments->is_null() && !attachments->is_array()) return Refusal{"invalid_attachments"};
    if (has_attachments && attachments->size() > attachments_max) return Refusal{"too_many_attachments"};
    auto metadata = checked_metadata(std::move(*given_metadata));
    if (!metadata) return metadata.error();

    if (count_characters(typed) > text_characters_max) {
        typed = first_characters(typed, text_characters_max);
        content.warnings.push_back("message_truncated");
    }
    const std::string how = arguments.text("parse");
    const bool links_names = arguments.flag("link_names") || how == "full" || how == "client" ||
                             (how.empty() && parse == DefaultParse::everything);
    if (how == "none" && !links_names)
        content.text = to_wire(typed, Linking{});
    else
        content.text = workspace_.wire_text(typed, links_names ? Wire::mention_names : Wire::plain);
    if (has_blocks) content.blocks = std::move(*blocks);
    if (has_attachments) content.attachments = std::move(*attachments);
    content.metadata = std::move(*metadata);
    return content;
}

void AppMessages::count_broadcasts_of(const AppContent& content)
{
    const int count = count_broadcasts(content.text) + count_broadcasts_in_blocks(content.blocks) +
                      count_broadcasts_in_blocks(content.attachments);
    statistics_.broadcasts += static_cast<std::uint64_t>(count);
}

void AppMessages::count_duplicate(const AppContent& content)
{
    constexpr std::size_t remembered_max = 500'000;
    const std::string post_id = post_id_of(content.metadata);
    if (post_id.empty()) return;
    if (!post_ids_.insert(post_id).second) {
        ++statistics_.duplicates;
        return;
    }
    post_ids_order_.push_back(post_id);
    if (post_ids_order_.size() > remembered_max) {
        post_ids_.erase(post_ids_order_.front());
        post_ids_order_.pop_front();
    }
}

Outcome<Ts> AppMessages::post(
    const ChannelId& channel, AppContent content, std::optional<Ts> thread, bool broadcast, Instant now)
{
    PostDraft draft;
    draft.channel = channel;
    draft.user = workspace_.team().bot_user;
    draft.text = content.text;
    draft.blocks = content.blocks;
    draft.attachments = content.attachments;
    draft.metadata = content.metadata;
    draft.thread = thread;
    draft.broadcast = broadcast;
    draft.from_app = true;
    fill_in_ids(draft.blocks, static_cast<std::uint64_t>(now.time_since_epoch().count()));
    auto posted = workspace_.post(std::move(draft), now);
    if (!posted) return posted;
    ++statistics_.bot_messages_posted;
    count_broadcasts_of(content);
    count_duplicate(content);
    return posted;
}

Outcome<Ts> AppMessages::update(const ChannelId& channel, Ts ts, AppContent content, Instant now)
{
    MessageChange change;
    change.text = content.text;
    change.blocks = content.blocks;
    change.attachments = content.attachments;
    // Slack does not promise to keep metadata that an update leaves out, so it is not kept.
    change.metadata = content.metadata;
    fill_in_ids(change.blocks, static_cast<std::uint64_t>(now.time_since_epoch().count()));
    auto updated = workspace_.edit(channel, ts, std::move(change), now);
    if (!updated) return updated;
    count_broadcasts_of(content);
    ++statistics_.bot_messages_updated;
    return updated;
}

Outcome<Ts> AppMessages::post_ephemeral(
    const ChannelId& channel, const UserId& to, AppContent content, std::optional<Ts> thread, Instant now)
{
    Ephemeral draft;
    draft.to = to;
    draft.text = content.text;
    draft.blocks = content.blocks;
    draft.thread = thread;
    fill_in_ids(draft.blocks, static_cast<std::uint64_t>(now.time_since_epoch().count()));
    auto posted = workspace_.post_ephemeral(channel, std::move(draft), now);
    if (!posted) return posted;
    count_broadcasts_of(content);
    ++statistics_.bot_messages_ephemeral;
    return posted;
}

void AppMessages::replace_ephemeral(Ephemeral& ephemeral, AppContent content)
{
    count_broadcasts_of(content);
    ephemeral.text = std::move(content.text);
    ephemeral.blocks = std::move(content.blocks);
    fill_in_ids(ephemeral.blocks, static_cast<std::uint64_t>(ephemeral.ts.micros) + 1);
}

}  // namespace sandbox
