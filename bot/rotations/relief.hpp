// Who is called again and again in one shift is offered relief: nobody holds out for the sake of it.
#pragma once

#include "bot/engine/handler_context.hpp"

namespace ackd {

/// The second call at priority now within a shift brings the offer, once.
inline constexpr int relief_offered_after = 2;

/// They have just been called about this for the first time. Nothing happens where they are not on call.
void offer_relief(HandlerContext& context, const Request& request, const UserId& person);

}  // namespace ackd
