#include "bot/interruptions/rule_handlers.hpp"

#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/people/roles.hpp"

#include <fmt/format.h>

namespace ackd {

namespace {

/// Its messages come with digests already, whatever its state.
bool is_digest_only(const Policy& policy, const NudgeRule& rule)
{
    return policy.delivery.of(rule.priority).bundling == Bundling::digest_slot;
}

std::string helped_words(const NudgeRule& rule, const RuleFigures& figures)
{
    return verdict_on(figures) == RuleVerdict::seldom_useful
               ? fmt::format("{} was useful in {} of {} cases, say those who were asked.",
                             words_of(rule),
                             figures.useful,
                             figures.judged)
               : fmt::format("{} helped in {} of {} cases: in so few did anything move within a working day.",
                             words_of(rule),
                             figures.moved,
                             figures.cases);
}

std::string done_words(const Policy& policy, const NudgeRule& rule, RuleState to)
{
    if (to == RuleState::off)
        return "It was in the digest for two weeks, and I have switched it off. Nothing is lost: what nobody "
               "answers goes on to the next step, and to its owner.";
    if (is_digest_only(policy, rule)) return "It comes in the digest already. In two weeks I switch it off.";
    return "I have moved it to the digest. In two weeks I switch it off, if it does not help there.";
}

Notice retired_notice(HandlerContext& context,
                      const NudgeRule& rule,
                      RuleState to,
                      const RuleFigures& figures)
{
    Notice notice = plain_reply(helped_words(rule, figures));
    notice.kind = NoticeKind::for_asker;
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(done_words(context.settings, rule, to)));
    section.lines.push_back(small_line(
        "Counted in 30 days, of five people or more. If you keep it, it stays as it was for 90 days."));
    section.actions.push_back(button(action::keep_rule, "Keep as it was", to_text(rule)));
    return notice;
}

/// What an admin pressed; or what to say when it cannot be.
std::optional<NudgeRule> rule_in(HandlerContext& context,
                                 const UserId& person,
                                 const std::string& value,
                                 Notice& refusal)
{
    if (!may(context.settings, context.directory, person, Permission::change_policy)) {
        refusal = plain_reply(refusal_words(context.settings, context.directory, Permission::change_policy));
        return std::nullopt;
    }
    auto rule = nudge_rule_from_text(value);
    if (!rule || !has_rule(context.settings.delivery, *rule)) {
        refusal = plain_reply("The policy has changed: there is no such reminder any more.");
        return std::nullopt;
    }
    return rule;
}

}  // namespace

RuleState state_of_next_nudge(HandlerContext& context, const Request& request, const Obligation& obligation)
{
    const auto rule = nudge_rule_of(next_attempt(obligation), request, obligation, context.settings.delivery);
    if (!rule) return RuleState::on;
    return state_in_force(context.nudge_rules.standing_of(*rule), context.settings.rules_retire);
}

void move_rule(HandlerContext& context,
               const NudgeRule& rule,
               const RuleStanding& standing,
               const UserId& actor,
               std::string_view reason)
{
    const RuleStanding before = context.nudge_rules.standing_of(rule);
    context.nudge_rules.save(rule, standing);
    record(context,
           actor,
           RequestId{},
           ObligationId{},
           "rule_moved",
           {{"rule", to_text(rule)},
            {"from", std::string{name_of(before.state)}},
            {"to", std::string{name_of(standing.state)}},
            {"reason", std::string{reason}}});
}

void retire_rule(HandlerContext& context, const NudgeRule& rule, RuleState to, const RuleFigures& figures)
{
    move_rule(context,
              rule,
              {to, RuleCause::figures, context.now, std::nullopt},
              bot_actor,
              name_of(verdict_on(figures)));
    const Notice notice = retired_notice(context, rule, to, figures);
    for (const UserId& admin : people_with(Role::admin, context.settings, context.directory))
        tell(context, admin, Request{}, notice);
}

Notice keep_rule(HandlerContext& context, const UserId& person, const std::string& value)
{
    Notice refusal;
    const auto rule = rule_in(context, person, value, refusal);
    if (!rule) return refusal;
    RuleStanding standing = context.nudge_rules.standing_of(*rule);
    const bool is_kept = standing.kept_until && context.now < *standing.kept_until;
    if (!is_kept) {
        standing = {RuleState::on, RuleCause::by_hand, context.now, context.now + rule_kept_for};
        move_rule(context, *rule, standing, person, "kept");
    }
    return plain_reply(fmt::format("✅ {} stays as it was until {}, whatever its figures say.",
                                   words_of(*rule),
                                   your_time(context, person, *standing.kept_until)));
}

Notice rule_to_digest(HandlerContext& context, const UserId& person, const std::string& value)
{
    Notice refusal;
    const auto rule = rule_in(context, person, value, refusal);
    if (!rule) return refusal;
    move_rule(context,
              *rule,
              {RuleState::digest, RuleCause::by_hand, context.now, std::nullopt},
              person,
              "by_hand");
    Notice notice = plain_reply(fmt::format("✅ {} comes with digests from now on.", words_of(*rule)));
    notice.sections.front().actions.push_back(button(action::keep_rule, "As it was", to_text(*rule)));
    return notice;
}

std::optional<CostliestRule> costliest_rule(HandlerContext& context)
{
    std::optional<CostliestRule> costliest;
    for (const std::string& name : context.nudge_rules.rules_with_figures()) {
        const auto rule = nudge_rule_from_text(name);
        if (!rule || !has_rule(context.settings.delivery, *rule) || is_digest_only(context.settings, *rule))
            continue;
        const auto standing = context.nudge_rules.standing_of(*rule);
        if (state_in_force(standing, context.settings.rules_retire) != RuleState::on) continue;
        const RuleFigures figures = context.nudge_rules.figures_of(*rule, context.now);
        if (figures.people_nudged < static_cast<int>(team_figure_people_min)) continue;
        const int messages = context.nudge_rules.sent_lately(*rule, context.now);
        if (messages > (costliest ? costliest->messages : 0)) costliest = CostliestRule{*rule, messages};
    }
    return costliest;
}

}  // namespace ackd
