// The budget of interruptions: so many messages a day that somebody did not ask for, and no more. Priority
// now is outside it; what is over it waits for a digest, late and never lost.
//
// An interruption is a message of ackd to one person that answers nothing they just did. A digest is none:
// it comes at most three times a day, at times that people know.
#pragma once

#include "bot/engine/handler_context.hpp"

namespace ackd {

/// The day it is for this person, in days since the Unix epoch.
[[nodiscard]] std::int64_t local_day(const HandlerContext& context, const UserId& person);

struct InterruptionsToday {
    int spent = 0;
    int allowed = 0;
};
/// Of the person's own day.
[[nodiscard]] InterruptionsToday interruptions_today(const HandlerContext& context, const UserId& person);

/// Whether some of their budget is left.
[[nodiscard]] bool has_interruptions_left(const HandlerContext& context, const UserId& person);
/// Whether they are at work, besides.
[[nodiscard]] bool may_interrupt(const HandlerContext& context, const UserId& person);

/// A message goes to them now.
void spend_interruption(HandlerContext& context, const UserId& person);

}  // namespace ackd
