// What people do about a request: press a button, react, reply in the thread, type a command. Each way leads
// to the same few events of the obligation's state machine.
#pragma once

#include "bot/delivery/obligation_handlers.hpp"
#include "bot/input.hpp"

#include <optional>
#include <string>

namespace ackd {

/// A button or a menu of one of our notices. The answer is for who acted; nothing where the message they
/// acted on shows it by itself.
[[nodiscard]] std::optional<Notice> handle_action(HandlerContext& context, const ActionTaken& action);

/// ✅ and 👀 on the subject, its card or a nudge; their removal takes them back.
void handle_reaction(HandlerContext& context, const ReactionChanged& reaction);

/// A reply in the thread of a request by somebody who owes an answer.
void handle_reply(HandlerContext& context, const MessagePosted& posted);

/// `/ackd …`: what is waiting, and every answer in words.
[[nodiscard]] Notice handle_command(HandlerContext& context, const CommandGiven& given);

}  // namespace ackd
