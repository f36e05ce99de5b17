// How somebody wishes to be told, chosen by themselves: on the App Home, or at "Less like this" of anything
// that ackd sent them.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"

namespace ackd {

/// "You are interrupted at most 4 times a day, 2 so far today. …"
[[nodiscard]] std::string how_you_are_told(HandlerContext& context, const UserId& person);

/// Answers "Less like this": what there is to choose from.
[[nodiscard]] Notice less_like_this_reply(HandlerContext& context, const UserId& person);

/// `choice` is the name of a Telling.
[[nodiscard]] Notice choose_telling(HandlerContext& context, const UserId& person, const std::string& choice);

}  // namespace ackd
