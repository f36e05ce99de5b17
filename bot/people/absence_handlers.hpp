// Out of office: /out, what begins and ends by itself, and what is owed meanwhile.
//
// While somebody is away their clock stands still. What could not have waited until they are back goes to the
// delegate they named: a new, linked obligation. What the delegate has not answered by the end goes back.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"

namespace ackd {

[[nodiscard]] Notice handle_out_command(HandlerContext& context, const CommandGiven& given);

/// What they planned is called off, or what has begun ends now.
[[nodiscard]] Notice come_back(HandlerContext& context, const UserId& person);

/// Its beginning or its end has come.
void turn_absence(HandlerContext& context, AbsenceId id);

/// What was just asked of people who are away goes to their delegates at once, and the asker is told.
void hand_over_new_asks(HandlerContext& context, Request& request);

}  // namespace ackd
