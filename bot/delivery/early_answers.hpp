// Answers to messages of ours that we do not know yet. The chat shows a message to everybody before it tells
// us its stamp, and when that answer is lost (or we are), much later. A ✅ given in between must count: it is
// kept until the message is known, and handled then.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"

namespace ackd {

/// Whether a message that we do not know may be ours: one is on its way to that conversation, or may have
/// arrived.
[[nodiscard]] bool may_be_ours(HandlerContext& context, const ChannelId& channel, const UserId& person);

void keep_early_answer(HandlerContext& context, const ReactionChanged& reaction);
void keep_early_answer(HandlerContext& context, const MessagePosted& reply);

/// The message is known now: handles what was kept for it, and for its thread.
void take_early_answers(HandlerContext& context, const MessageRef& message);

}  // namespace ackd
