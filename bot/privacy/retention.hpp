// What is kept of requests that are over, and for how long (RetentionPolicy): the words of what was asked,
// and the times of answers. And past do-not-disturb. A few requests at a time, in the engine's transaction.
#pragma once

#include "bot/engine/handler_context.hpp"

namespace ackd {

/// Lets go of what was kept long enough, of at most some hundred requests, when it is time to look.
void sweep_what_is_kept(HandlerContext& context);

/// When the next of it has been kept long enough; within a day, because nothing tells of what closes in
/// between.
[[nodiscard]] Instant next_sweep(storage::Connection& connection, const RetentionPolicy& kept, Instant now);

}  // namespace ackd
