// The markup of message text on the wire (mrkdwn): <@U1>, <#C1|name>, <!here>, <https://…|label> and three
// escapes.
//
// Works on values only; resolving names is handed in, so that the rules can be tested without a workspace.
#pragma once

#include "sandbox/model/json.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace sandbox {

/// How plain text turns into markup. An empty function or an empty answer leaves the text as it was typed.
struct Linking {
    bool urls = false;
    std::function<std::string(std::string_view)> mention;  ///< "ada" → "<@U0ADA>"
    std::function<std::string(std::string_view)> channel;  ///< "general" → "<#C0GENERAL|general>"
};

/// Text as the wire carries it: what already is markup stays, stray & < > are escaped, and names and
/// addresses outside of code are linked as asked for.
std::string to_wire(std::string_view typed, const Linking& linking);

/// How many times <!here>, <!channel> or <!everyone> stand in wire text.
int count_broadcasts(std::string_view wire);

/// The same for a message's blocks. Mrkdwn that is not "verbatim" is linked by Slack, so a bare "@here"
/// counts there.
int count_broadcasts_in_blocks(const Json& blocks);

/// The rich_text block that a person's client sends along with text: code, quotations and emoji are told
/// apart in it; bold and italic stay as typed.
Json rich_text_block(std::string_view wire, const std::string& block_id);

/// Every text that a reader of the blocks sees, one a line: for searching, not for showing.
std::string visible_text(const Json& blocks);

/// The three escapes undone.
std::string unescape(std::string_view wire);

/// Characters as Slack's limits count them: code points of UTF-8.
std::size_t count_characters(std::string_view text);
/// The first `count` of them, never cutting one in half.
std::string first_characters(std::string_view text, std::size_t count);

}  // namespace sandbox
