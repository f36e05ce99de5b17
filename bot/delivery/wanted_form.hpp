// A form that somebody wants to have opened by a press: as a row for the outbox, and back from it. What it
// asks is found out on its way there.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"

#include <string>
#include <string_view>

namespace ackd {

struct WantedForm {
    /// What it is about, as the button says it.
    std::string about;
    UserId person;
    /// With which the chat opens it.
    std::string trigger;
};

/// `what` names the form among those of its kind.
void want_form(HandlerContext& context,
               const ActionTaken& taken,
               std::string_view what,
               OutboxKind kind = OutboxKind::form);
[[nodiscard]] bool is_wanted(std::string_view what, const OutboxRow& row);
/// Of a row of which is_wanted says so.
[[nodiscard]] WantedForm wanted_form_in(std::string_view what, const OutboxRow& row);

}  // namespace ackd
