// The workspace's people change: kept in the directory. Whoever is gone is not waited for, and nobody is
// asked any more in the name of somebody who is gone. Whoever comes back can be asked again; what was passed
// on meanwhile stays where it is.
#pragma once

#include "bot/engine/handler_context.hpp"

namespace ackd {

void handle_member(HandlerContext& context, const Member& member);
/// Whoever joins or leaves a team's group has other hours from then on.
void handle_group(HandlerContext& context, const UserGroup& group);

}  // namespace ackd
