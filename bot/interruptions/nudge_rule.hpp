// A rule of nudging: which nudge, of which priority, for the whole workspace. Each can be on, come with
// digests alone, or be off, by what became of its nudges (rule_verdict.hpp) or by an admin.
//
// It is named by what the policy says of it. A policy that says something else has another rule, of which
// nothing is known yet:
//
//   "today nudge 75%"             to who owes an answer
//   "today call 75%"              to the people of a route's step, after the call itself
//   "today reminder 2d"           to who has it: is it done?
//   "today second_reminder 2d"    what follows when nothing was said to that
//
// Some nudges have no rule, so that nothing can make them quiet: all at priority now, all that are for
// information, the first that somebody is told of a matter by ackd alone (the call of a step, a successor),
// and kinds of obligations other than requests for an ack: capacity, concerns and quarantine are never quiet.
#pragma once

#include "bot/courier/outbox.hpp"
#include "bot/delivery/obligation.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ackd {

enum class NudgeKind { nudge, call, reminder, second_reminder };

struct NudgeRule {
    Priority priority = Priority::today;
    NudgeKind kind = NudgeKind::nudge;
    /// When, as the policy writes it.
    std::string at;
    friend bool operator==(const NudgeRule&, const NudgeRule&) = default;
};

/// As stored, and as it travels with a button.
[[nodiscard]] std::string to_text(const NudgeRule& rule);
[[nodiscard]] std::optional<NudgeRule> nudge_rule_from_text(std::string_view text);

/// "The reminder at 75 % for today".
[[nodiscard]] std::string words_of(const NudgeRule& rule);

/// The rule of an attempt that was made or is about to be made; nothing: it has none, or this policy knows no
/// such attempt.
[[nodiscard]] std::optional<NudgeRule> nudge_rule_of(const OutboxItem& attempt,
                                                     const Request& request,
                                                     const Obligation& obligation,
                                                     const DeliveryPolicy& policy);

/// The next attempt at it, as nudge_rule_of takes it.
[[nodiscard]] OutboxItem next_attempt(const Obligation& obligation);

/// Whether this policy has the rule at all.
[[nodiscard]] bool has_rule(const DeliveryPolicy& policy, const NudgeRule& rule);

/// One attempt in ten: always the same ones, spread evenly whatever order people are asked in.
[[nodiscard]] bool asks_if_useful(const OutboxItem& attempt);
inline constexpr unsigned one_nudge_in = 10;

}  // namespace ackd
