// Places that show who is on call (on_call_place.hpp), kept in step.
//
// A place is written at a hand-over, when people have agreed on something else, when the policy has changed
// and when it is new; never only because ackd was started. In between it belongs to the people: what somebody
// changes there by hand stays until then. When nobody is on, a topic says so; a user group cannot be empty,
// and keeps who was in it.
//
// What the chat refuses is told to the leads in their digest, once, and tried again each hour until it works.
//
// Stored in the outbox: the rotation and the place, as JSON.
#pragma once

#include "bot/courier/outbox.hpp"
#include "bot/delivery/effect_composer.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/fault.hpp"
#include "bot/rotations/on_call_place.hpp"

namespace ackd {

/// Who is on has changed, or may have: its places show it soon.
void show_on_call(HandlerContext& context, const Rotation& rotation);

/// Fills places that are new in the policy, clears those that it does not name any more, and tries those
/// again that were refused.
void look_after_places(HandlerContext& context);

/// As it stands now. Nothing: there is nothing to change.
[[nodiscard]] Composed compose_on_call_place(HandlerContext& context, const OutboxRow& row);
void place_shown(HandlerContext& context, const OutboxRow& row);
void place_refused(HandlerContext& context, const OutboxRow& row, const Fault& fault);

}  // namespace ackd
