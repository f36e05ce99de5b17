// Somebody's hours become others: another zone, another week, an absence, do-not-disturb. What they owe is
// reckoned anew, so that it neither comes off hours nor later than it should.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"
#include "bot/notice.hpp"

namespace ackd {

/// Moves the deadlines of what this person owes, and their next digest, to where the hours they have now put
/// them. No attempt is made again, and none is left out.
void reckon_deadlines_anew(HandlerContext& context, const UserId& person);

/// "/ackd hours Mon-Thu 9:00-15:00", "/ackd hours as usual", "/ackd hours": `typed` is what follows the verb.
[[nodiscard]] Notice hours_by_command(HandlerContext& context,
                                      const UserId& person,
                                      const std::string& typed);

/// Hours of their own, or, with nothing, those of their team or of the workspace again.
void choose_hours(HandlerContext& context, const UserId& person, const std::optional<WorkWeek>& week);

/// Of people who can be asked; of all others nothing is kept.
void handle_do_not_disturb(HandlerContext& context, const DoNotDisturbChanged& changed);

}  // namespace ackd
