// The workspace's people change: kept in the directory, and whoever is gone is not waited for.
#pragma once

#include "bot/engine/handler_context.hpp"

namespace ackd {

void handle_member(HandlerContext& context, const Member& member);

}  // namespace ackd
