#include "adapters/slack/exported_messages.hpp"

#include "adapters/json/json_reading.hpp"
#include "adapters/slack/past_message.hpp"

#include <utility>

namespace ackd::slack {

std::optional<std::vector<PastMessage>> read_exported_messages(std::string_view json)
{
    JsonDocument document;
    const auto root = document.parse(json);
    if (!root || !root->is_array()) return std::nullopt;
    std::vector<PastMessage> messages;
    for (const JsonValue item : simdjson::dom::array{*root}) {
        auto message = past_message_from(item, OwnIdentity{});
        if (!message || message->is_deleted) continue;
        messages.push_back(*std::move(message));
    }
    return messages;
}

}  // namespace ackd::slack
