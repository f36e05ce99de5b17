// Rules of nudging at work: how one stands where a nudge is decided, and what admins are told and may say.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/interruptions/nudge_rule.hpp"
#include "bot/notice.hpp"

namespace ackd {

/// How the rule of the next attempt at this obligation stands; on where it has none.
[[nodiscard]] RuleState state_of_next_nudge(HandlerContext& context,
                                            const Request& request,
                                            const Obligation& obligation);

/// From now on the rule stands so; says so in the journal. `reason` is a word of ours.
void move_rule(HandlerContext& context,
               const NudgeRule& rule,
               const RuleStanding& standing,
               const UserId& actor,
               std::string_view reason);

/// By its figures, which its owners, the admins, are told in words.
void retire_rule(HandlerContext& context, const NudgeRule& rule, RuleState to, const RuleFigures& figures);

/// An admin insists: it is on for 90 days, whatever its figures say. `value` is the rule's text.
[[nodiscard]] Notice keep_rule(HandlerContext& context, const UserId& person, const std::string& value);
/// An admin moves it to the digest, where it stays until an admin says otherwise.
[[nodiscard]] Notice rule_to_digest(HandlerContext& context, const UserId& person, const std::string& value);

/// The rule that is on and sent the most messages in the last seven days, to five people or more.
struct CostliestRule {
    NudgeRule rule;
    int messages = 0;
};
[[nodiscard]] std::optional<CostliestRule> costliest_rule(HandlerContext& context);

}  // namespace ackd
