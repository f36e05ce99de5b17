// `/alerts`: what programs say is wrong, and muting one of them for some hours.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"

namespace ackd {

[[nodiscard]] Notice handle_alerts_command(HandlerContext& context, const CommandGiven& given);

}  // namespace ackd
