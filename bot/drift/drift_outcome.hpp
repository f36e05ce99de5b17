// How a drift probe ends, whatever ends it (drift_message.cpp).
#pragma once

#include "bot/drift/drift_probe.hpp"
#include "bot/engine/handler_context.hpp"

namespace ackd {

/// As its answers are now: it is shown, or there are too few. Who was asked is nowhere any more.
void end_probe(HandlerContext& context, DriftProbe probe);
/// By this person: nothing is shown, what was answered is deleted, and the messages that ask say so.
void call_off_probe(HandlerContext& context, DriftProbe probe, const UserId& person);

/// The log has who answered, and one more of a view, in one transaction: it is emptied at once.
void empty_log_of_drift(HandlerContext& context);

}  // namespace ackd
