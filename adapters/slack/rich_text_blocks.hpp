// Slack's rich_text blocks, in which people's clients send what was typed, as RichText. More exact than the
// text that comes beside them: they tell code, quotations and links from what looks alike.
//
// Styles other than code are dropped. A quotation's lines begin with "> ", as in Slack's markup; a link is
// its address, whatever it is shown as; an emoji its name in colons.
#pragma once

#include "adapters/slack/json_reading.hpp"
#include "bot/rich_text.hpp"

#include <optional>

namespace ackd::slack {

/// Of all rich_text blocks of a message; nothing when it has none.
[[nodiscard]] std::optional<RichText> rich_text_in_blocks(JsonValue message);

}  // namespace ackd::slack
