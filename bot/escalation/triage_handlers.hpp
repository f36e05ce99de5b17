// Triage, carried out: the weekly message, what is said by tapping on it, its end when nobody looks, and what
// three of a kind propose.
//
// Stored in the outbox: the week, as its Monday in days since 1970.
#pragma once

#include "bot/courier/outbox.hpp"
#include "bot/delivery/effect_composer.hpp"
#include "bot/delivery/sent_message_table.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/escalation/triage.hpp"
#include "bot/input.hpp"
#include "bot/notice.hpp"

#include <chrono>
#include <optional>

namespace ackd {

/// What has come due: this week's message, and those that nobody looked at. And when to look again
/// (Upkeep::triage_at).
void look_after_triage(HandlerContext& context);

/// Who is on call may change meanwhile, and who is at work.
inline constexpr std::chrono::hours triage_looked_every{1};

/// Whether it needs no cause: an answer came after all, it was asked again, enough others have answered, or
/// who asked has called it off.
[[nodiscard]] bool is_settled(HandlerContext& context, const DeadLetter& letter);
/// The dead letters that wait for a cause, oldest first.
[[nodiscard]] std::vector<DeadLetter> waiting_dead_letters(HandlerContext& context);

/// Somebody says why. Naming the same one again changes nothing.
void name_cause(HandlerContext& context, const DeadLetter& letter, TriageCause cause, const UserId& actor);

[[nodiscard]] bool is_triage_action(const ActionTaken& taken);
/// Nothing: the message says the rest.
[[nodiscard]] std::optional<Notice> take_triage_action(HandlerContext& context, const ActionTaken& taken);

// Its message

/// When who is to look through them is at work; not at all when nothing waits by then.
[[nodiscard]] Composed compose_triage(HandlerContext& context, const OutboxRow& row);
void triage_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted);
/// As it stands now.
[[nodiscard]] Notice refreshed_triage(HandlerContext& context, const SentMessage& sent);

}  // namespace ackd
