// Once a day, at 3:00 UTC: nudges that were watched long enough become figures, figures decide how their
// rules stand (rule_verdict.hpp), and what is older than is kept goes.
#pragma once

#include "bot/engine/handler_context.hpp"

namespace ackd {

/// When it is time. Writes when it looked, so that a night that ackd slept through is made up for.
void review_nudge_rules(HandlerContext& context);

/// When the next look is due.
[[nodiscard]] Instant next_rule_review(storage::Connection& connection, Instant now);

}  // namespace ackd
