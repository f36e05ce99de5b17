// Renders a Notice as Slack's Block Kit, within all of Slack's limits: what is too long is continued in
// another block or cut with "…", never refused. Pure; the same notice gives the same bytes.
//
//   section 1 of the notice     section block(s): plain and quoted lines
//                               context block(s): small lines
//                               actions block(s): buttons and menus
//   a divider
//   section 2 …
//
// The first block's block_id is "ackd:<outbox id>", the others' "ackd:<outbox id>:<n>". This marker and the
// metadata let us recognise a post of ours after a lost answer.
//
// A line with a chart becomes an image block that Slack fetches while it takes the message: when it cannot,
// it refuses the whole message ("invalid_blocks"). So pictures are only where a refusal is heard of, and
// whoever sends one has the same message without, ready to follow.
#pragma once

#include "adapters/slack/chat_place.hpp"
#include "bot/notice.hpp"

#include <string>
#include <string_view>

namespace ackd::slack {

/// The fields of chat.postMessage, chat.update and chat.postEphemeral.
struct RenderedMessage {
    std::string text;      ///< what a notification and a screen reader say
    std::string blocks;    ///< JSON
    std::string metadata;  ///< JSON; empty when the message has no outbox id
};

[[nodiscard]] RenderedMessage render_message(const Notice& notice, OutboxId id, const ChatPlace& place);

enum class ReplyPlace { new_message, replaces_original };

/// The JSON for a response URL.
[[nodiscard]] std::string render_response(const Notice& notice,
                                          OutboxId id,
                                          ReplyPlace reply_place,
                                          std::string_view thread,
                                          const ChatPlace& place);

/// The JSON that travels as `payload` of a slash command's confirmation: an answer for the person alone.
[[nodiscard]] std::string render_answer(const Notice& notice, std::string_view workspace_url);

/// The `view` of views.publish.
[[nodiscard]] std::string render_home(const Notice& notice, const ChatPlace& place);

/// The `view` of views.open: something to read, with nothing to submit and without controls.
[[nodiscard]] std::string render_dialog(const Notice& notice, std::string_view workspace_url);

/// "ackd:17", the block_id of the first block.
[[nodiscard]] std::string marker_of(OutboxId id);

}  // namespace ackd::slack
