// `/threads`: the questions of a channel that nobody has answered, oldest first, and what it has learnt.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"
#include "bot/notice.hpp"

namespace ackd {

/// `/threads`, `/threads #channel`, `/threads learned`, `/threads reset`
[[nodiscard]] Notice handle_threads_command(HandlerContext& context, const CommandGiven& given);

}  // namespace ackd
