// The ways to ask: `/ack …`, the shortcuts, the *Ask* buttons, and the form that those open. What was asked
// is taken on by request_handlers.hpp, whichever way it came.
#pragma once

#include "bot/delivery/obligation.hpp"
#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/form.hpp"
#include "bot/input.hpp"

#include <optional>
#include <string>

namespace ackd {

/// `/ack …`: the answer for who typed it. `/ack` alone opens the form.
[[nodiscard]] std::optional<Notice> ask_by_command(HandlerContext& context, const CommandGiven& given);

/// Opens the form, about the message or about something new.
void ask_by_shortcut(HandlerContext& context, const ShortcutUsed& used);

/// An *Ask* button: opens the form, for the channel of the message that the button is on.
void ask_by_button(HandlerContext& context, const ActionTaken& taken);

/// The form filled in: what is to be corrected, or nothing, and everybody is asked. The same form sent again
/// asks nobody twice.
[[nodiscard]] FormProblems take_ask_form(HandlerContext& context, const FormSubmitted& submitted);

/// What the asker decided on the price they were shown.
Notice announce(HandlerContext& context,
                const std::optional<Request>& about,
                const UserId& person,
                Announcement how);

/// The form as it is to be opened now; nothing: it is too late for that, and whoever waits for it is told.
[[nodiscard]] std::optional<OpenForm> form_in(HandlerContext& context, const OutboxRow& row);
/// It was not opened: whoever waits for it is told.
void form_not_opened(HandlerContext& context, const OutboxRow& row);
/// That it was asked could not be said where the form said that it should be: it is said by direct message.
void asker_not_answered(HandlerContext& context, const OutboxRow& row);

}  // namespace ackd
