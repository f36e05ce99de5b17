// Once a night the policy is looked through, and the admins are told of holes that were not there before:
// somebody left, a group was emptied. It comes with their next digest; what was told is not told again until
// it has been mended and broken anew.
#pragma once

#include "bot/engine/handler_context.hpp"

namespace ackd {

/// When the policy is to be looked through next: at the first 3:00 (UTC) since it was last, or after `now`
/// when it never was.
[[nodiscard]] Instant next_policy_look(storage::Connection& connection, Instant now);

/// Looks, and tells.
void look_through_policy(HandlerContext& context);

}  // namespace ackd
