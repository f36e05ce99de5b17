// `/ackd …`: what is waiting, and every answer in words.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"
#include "bot/notice.hpp"

#include <string>
#include <vector>

namespace ackd {

/// What was not understood is answered with the right form, with the person's own words in it.
[[nodiscard]] Notice handle_ackd_command(HandlerContext& context, const CommandGiven& given);

/// Every word that can follow /ackd.
[[nodiscard]] const std::vector<std::string>& ackd_verbs();

/// The short help.
[[nodiscard]] Notice help_reply();

}  // namespace ackd
