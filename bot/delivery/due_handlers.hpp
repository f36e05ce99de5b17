// What happens when a nudge is due: the rule decides (nudge_rules.hpp), and what it decided is saved,
// recorded and put where it reaches people: into the outbox, or into their next digest.
#pragma once

#include "bot/engine/handler_context.hpp"

namespace ackd {

/// Everything due at `context.now`, at most `count_max` obligations. What falls due for one person at one
/// moment is one message. Returns how many were handled.
int handle_due(HandlerContext& context, int count_max);
/// The same for one of them.
int handle_due(HandlerContext& context, ObligationId id);

}  // namespace ackd
