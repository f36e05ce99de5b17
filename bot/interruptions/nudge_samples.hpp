// What a nudge was good for: whether something moved within a working day, and, for one in ten, what who got
// it says when the message asks "Was this useful?".
//
//   a message arrives ──► a sample for each of its attempts that has a rule, watched for a working day of the
//   reader's they answer       ──► a case in which something moved     its end comes ──► a case in which
//   nothing did one in ten asks   ──► useful / not now / never useful, counted once, for the rule; who said
//   what is not kept
//
// What was withdrawn in the meantime is no case.
#pragma once

#include "bot/delivery/nudge_rules.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"
#include "bot/notice.hpp"

namespace ackd {

/// How long a message that asks is listened to.
inline constexpr std::chrono::days question_open_for{7};

/// A message about attempts is in the chat.
void nudges_delivered(HandlerContext& context, const OutboxRow& row, const SentMessage& sent);

/// Something happened to an obligation, by a person: counted for its nudges, and for what ackd costs them.
void note_answer(HandlerContext& context, const Happening& happening, ObligationId id);

/// Whether the message of this row asks if it was useful.
[[nodiscard]] bool asks_if_useful(HandlerContext& context, const OutboxRow& row);
/// The question, at the end of a message that is about to be sent …
void add_question(HandlerContext& context, const OutboxRow& row, Notice& notice);
/// … or drawn again, for as long as nobody has answered.
void add_question(HandlerContext& context, const SentMessage& sent, Notice& notice);

/// Somebody said whether it was useful. Nothing: the message says the rest.
[[nodiscard]] std::optional<Notice> judge_nudge(HandlerContext& context, const ActionTaken& taken);

/// Samples whose end has come become cases, at most `count_max`; whether there are more.
bool settle_samples(HandlerContext& context, int count_max);

}  // namespace ackd
