// What people do about a request: press a button, react, reply in the thread, type a command. Each way leads
// to the same few events of the obligation's state machine.
#pragma once

#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/part.hpp"
#include "bot/input.hpp"

#include <optional>
#include <string>

namespace ackd {

/// Whether who acted is told; what is not read need not be composed.
enum class Told { yes, no };

/// What every answer comes down to, whichever way it was given. Returns what the person is told.
Notice answer(HandlerContext& context,
              std::optional<Part> part,
              const Happening& happening,
              Told told = Told::yes);

/// Only who asked may withdraw.
[[nodiscard]] Notice withdraw_by(HandlerContext& context,
                                 std::optional<Request> request,
                                 const UserId& person);

/// Whoever speaks up where a whole channel was called in counts as called.
void join_call(HandlerContext& context, ObligationId id, const MessageRef& message, const UserId& person);

/// A button or a menu of one of our notices. The answer is for who acted; nothing where the message they
/// acted on shows it by itself.
[[nodiscard]] std::optional<Notice> handle_action(HandlerContext& context, const ActionTaken& action);

// In the chat itself (chat_answers.cpp)

/// A message was said, changed or taken away: everything that may follow from it.
void take_posted(HandlerContext& context, const MessagePosted& posted);
void take_edited(HandlerContext& context, const MessageEdited& edited);
void take_deleted(HandlerContext& context, const MessageDeleted& deleted);

/// ✅ and 👀 on the subject, its card or a nudge, 📨 on any message; their removal takes them back. False: it
/// was not acted on, because it is known, means nothing here, or is kept until it is known what it is on.
bool handle_reaction(HandlerContext& context, const ReactionChanged& reaction);

/// A reply in the thread of a request by somebody who owes an answer.
void handle_reply(HandlerContext& context, const MessagePosted& posted);

}  // namespace ackd
