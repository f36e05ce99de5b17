// Which handler an input goes to.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"

namespace ackd {

/// The answer for who acted, where there is one.
[[nodiscard]] InputAnswer route_input(HandlerContext& context, const InputBody& body);

}  // namespace ackd
