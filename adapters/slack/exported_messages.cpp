#include "adapters/slack/exported_messages.hpp"

#include "adapters/slack/json_reading.hpp"
#include "adapters/slack/mrkdwn.hpp"
#include "adapters/slack/past_message.hpp"
#include "adapters/slack/rich_text_blocks.hpp"

#include <algorithm>
#include <string>

namespace ackd::slack {

RichText parse_spoken_mrkdwn(std::string_view text)
{
    std::string spoken;
    spoken.reserve(text.size());
    while (!text.empty()) {
        const auto open = std::min(text.find('<'), text.size());
        spoken += text.substr(0, open);
        text.remove_prefix(open);
        const auto close = text.find('>');
        if (close == std::string_view::npos) {
            spoken += text;
            break;
        }
        const std::string_view reference = text.substr(0, close);
        const bool is_link = reference.find("://") != std::string_view::npos ||
                             reference.starts_with("<mailto:");
        spoken += is_link ? reference.substr(0, reference.find('|')) : reference;
        spoken += is_link ? "> " : ">";  // what follows is no part of the address
        text.remove_prefix(close + 1);
    }
    return parse_mrkdwn(spoken, {});
}

std::optional<std::vector<PastMessage>> read_exported_messages(std::string_view json)
{
    JsonDocument document;
    const auto root = document.parse(json);
    if (!root || !root->is_array()) return std::nullopt;
    std::vector<PastMessage> messages;
    for (const JsonValue item : simdjson::dom::array{*root}) {
        auto message = past_message_from(item, OwnIdentity{});
        if (!message || message->is_deleted) continue;
        auto rich = rich_text_in_blocks(item);
        message->text = rich ? *std::move(rich) : parse_spoken_mrkdwn(text_of(item, "text"));
        messages.push_back(*std::move(message));
    }
    return messages;
}

}  // namespace ackd::slack
