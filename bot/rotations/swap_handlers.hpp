// Shifts that are offered (shift_swap.hpp), carried out: the offer, its form, its message, its answer, and
// its end when nobody answers.
#pragma once

#include "bot/courier/outbox.hpp"
#include "bot/delivery/effect_composer.hpp"
#include "bot/delivery/sent_message_table.hpp"
#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"
#include "bot/rotations/rotation.hpp"
#include "bot/rotations/shift_swap.hpp"

#include <optional>
#include <string_view>

namespace ackd {

inline constexpr std::string_view swap_form_name = "swap";

/// What of the span is the owner's is offered to somebody. Gives the answer.
[[nodiscard]] Notice offer_shift(HandlerContext& context,
                                 const Rotation& rotation,
                                 const UserId& owner,
                                 const UserId& asked,
                                 const TimeSpan& span);

/// The answers of who is asked, and of who offered. Nothing: the message says the rest.
[[nodiscard]] std::optional<Notice> accept_shift(HandlerContext& context, const ActionTaken& taken);
[[nodiscard]] std::optional<Notice> decline_shift(HandlerContext& context, const ActionTaken& taken);
[[nodiscard]] Notice withdraw_offer(HandlerContext& context, const ActionTaken& taken);

/// To choose the shift and the person.
void open_swap_form(HandlerContext& context, const ActionTaken& taken);
[[nodiscard]] OpenForm swap_form_in(HandlerContext& context, const OutboxRow& row);
[[nodiscard]] InputAnswer take_swap_form(HandlerContext& context, const FormSubmitted& submitted);

/// Those whose time has come: asked once more, or over.
void take_due_swaps(HandlerContext& context);

// Its message

/// When who is asked is at work; not at all when it is settled by then.
[[nodiscard]] Composed compose_swap_offer(HandlerContext& context, const OutboxRow& row);
void swap_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted);
void swap_undeliverable(HandlerContext& context, const OutboxRow& row);
/// As it stands now.
[[nodiscard]] Notice refreshed_swap(HandlerContext& context, const SentMessage& sent);

}  // namespace ackd
