// What people were told, or are about to be told, about one obligation of what was raised, and what they said
// to it, counts for the one that goes on in its place or beside it.
#pragma once

#include "bot/engine/handler_context.hpp"

#include <vector>

namespace ackd {

/// The calls themselves, the messages about them, those still on their way, and what waits for a digest; but
/// for those of these people.
void hand_on_calls(HandlerContext& context,
                   ObligationId from,
                   ObligationId to,
                   const std::vector<UserId>& but_of);

/// Who said that they can't is not asked again.
void hand_on_refusals(HandlerContext& context, ObligationId from, ObligationId to);

}  // namespace ackd
