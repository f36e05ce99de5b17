// Forgetting somebody at their own wish:
//
//   /ackd forget ──► a question that says what goes and what stays
//   "Forget me"  ──► what they owe ends as when an account is deactivated; what they have in front of them is
//   brought
//                    to a neutral line, while ackd still knows where that is
//   all of that has been sent, or ten minutes have passed ──► erase_person
//
// They come back when they use ackd themselves: a command, a button, a form. Whatever else the chat tells of
// them is not taken in.
#pragma once

#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"
#include "bot/notice.hpp"

namespace ackd {

[[nodiscard]] bool is_being_forgotten(HandlerContext& context, const UserId& person);
/// Or is about to be.
[[nodiscard]] bool is_forgotten(HandlerContext& context, const UserId& person);
void leave_out_forgotten(HandlerContext& context, std::vector<UserId>& people);

/// They have asked for it and confirmed it.
[[nodiscard]] Notice begin_forgetting(HandlerContext& context, const UserId& person);

/// What they owe and what they are owed ends, as when an account is deactivated.
void end_what_concerns(HandlerContext& context, const UserId& person);

/// Whoever is waiting to be forgotten and has been told so, is.
void continue_forgetting(HandlerContext& context);

/// What a conversation, a home or a message of theirs shows from now on.
[[nodiscard]] Notice forgotten_notice(NoticeKind kind);

/// Takes out of the input what is about those who were forgotten. False: nothing is left of it.
[[nodiscard]] bool concerns_the_known(HandlerContext& context, InputBody& body);

/// What the database knows of what is still to be done.
[[nodiscard]] Upkeep load_upkeep(storage::Connection& connection, const RetentionPolicy& kept, Instant now);

}  // namespace ackd
