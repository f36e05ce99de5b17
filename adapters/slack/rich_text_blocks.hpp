// Slack's rich_text block, in which people's clients send what was typed, as RichText. More exact than the
// text that comes beside it: it tells code, quotations and links from what looks alike.
//
// Styles other than code are dropped, and so are the marks of a list, whose items are a line each. A
// quotation's lines begin with "> ", as in Slack's markup; an emoji is its name in colons.
#pragma once

#include "adapters/json/json_reading.hpp"
#include "bot/rich_text.hpp"

#include <string_view>

namespace ackd::slack {

/// What a message says: its rich_text block when that is all its blocks and every part of it is understood,
/// else its text, which says the same in markup. `workspace_url` as for parse_mrkdwn.
[[nodiscard]] RichText said_in(JsonValue message, std::string_view workspace_url);

}  // namespace ackd::slack
