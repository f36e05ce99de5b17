// `/oncall`: who is on, and what one may do about it.
//
//   /oncall                                   every rotation
//   /oncall platform                          one
//   /oncall take [platform] [until 18:00]     until then, or as one tap would
//   /oncall swap [platform] @name [friday]    the shift that begins then; without a day, the next
//   /oncall note [platform] text              for who comes on next
//
// Where one takes turns in only one rotation its name may be left out.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"

#include <optional>

namespace ackd {

[[nodiscard]] Notice handle_oncall_command(HandlerContext& context, const CommandGiven& given);

/// One of the buttons of a rotation was pressed. Nothing: what was pressed says the rest.
[[nodiscard]] bool is_rotation_action(const ActionTaken& taken);
[[nodiscard]] std::optional<Notice> take_rotation_action(HandlerContext& context, const ActionTaken& taken);

}  // namespace ackd
