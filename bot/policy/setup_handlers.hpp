// `/ackd setup`: the policy changed in the chat, by those who may. What is saved is a version like any other,
// with the person as its author.
#pragma once

#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/form.hpp"
#include "bot/input.hpp"

#include <optional>

namespace ackd {

[[nodiscard]] bool is_setup_command(const CommandGiven& given);

/// "/ackd setup": what there is to decide. "/ackd setup team platform": the form of that part; nothing is
/// answered then.
[[nodiscard]] std::optional<Notice> setup_by_command(HandlerContext& context, const CommandGiven& given);

/// The form filled in: what is to be corrected, or nothing, and it is a new version. One that was opened from
/// an older version is refused when its part was changed since, with those changes.
[[nodiscard]] FormProblems take_setup_form(HandlerContext& context, const FormSubmitted& submitted);

/// Whether a row of kind `form` is one of these, and what is to be opened.
[[nodiscard]] bool is_setup_row(const OutboxRow& row);
[[nodiscard]] OpenForm setup_form_in(HandlerContext& context, const OutboxRow& row);

/// `/ackd help roles`.
[[nodiscard]] Notice roles_reply();

}  // namespace ackd
