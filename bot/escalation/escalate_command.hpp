// `/escalate`: raising something along a route. Whoever raises it says what it is about, and the route that
// the team decided on says who hears of it; nobody has to know whom to turn to.
//
//     /escalate                         a form: the categories, with what each is for
//     /escalate incident the site is down
#pragma once

#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/form.hpp"
#include "bot/input.hpp"

#include <optional>
#include <string_view>

namespace ackd {

/// Form::name.
inline constexpr std::string_view escalate_form_name = "escalate";

/// The answer for who typed it; nothing: a form opens.
[[nodiscard]] std::optional<Notice> escalate_by_command(HandlerContext& context, const CommandGiven& given);

/// What is to be corrected, or nothing, and the route is asked. The same form sent again raises it once.
[[nodiscard]] FormProblems take_escalate_form(HandlerContext& context, const FormSubmitted& submitted);

[[nodiscard]] bool is_escalate_row(const OutboxRow& row);
[[nodiscard]] OpenForm escalate_form_in(HandlerContext& context, const OutboxRow& row);

}  // namespace ackd
