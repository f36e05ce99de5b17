#include "bot/interruptions/rule_verdict.hpp"

namespace ackd {

namespace {

constexpr int people_min = static_cast<int>(team_figure_people_min);

bool is_under(int part, int whole, int percent)
{
    return part * 100 < whole * percent;
}

}  // namespace

std::string_view name_of(RuleState state)
{
    switch (state) {
        case RuleState::on: return "on";
        case RuleState::digest: return "digest";
        case RuleState::off: return "off";
    }
    return "?";
}

std::string_view name_of(RuleVerdict verdict)
{
    switch (verdict) {
        case RuleVerdict::unknown: return "unknown";
        case RuleVerdict::helps: return "helps";
        case RuleVerdict::seldom_useful: return "seldom_useful";
        case RuleVerdict::seldom_moves: return "seldom_moves";
    }
    return "?";
}

RuleVerdict verdict_on(const RuleFigures& figures)
{
    const bool judged = figures.judged >= rule_samples_min && figures.people_judging >= people_min;
    const bool known = figures.cases >= rule_samples_min && figures.people_nudged >= people_min;
    if (judged && is_under(figures.useful, figures.judged, rule_useful_percent_min))
        return RuleVerdict::seldom_useful;
    if (known && is_under(figures.moved, figures.cases, rule_moved_percent_min))
        return RuleVerdict::seldom_moves;
    return judged || known ? RuleVerdict::helps : RuleVerdict::unknown;
}

std::optional<RuleState> next_state(const RuleStanding& standing, const RuleFigures& figures, Instant now)
{
    if (standing.kept_until && now < *standing.kept_until) return std::nullopt;
    const RuleVerdict verdict = verdict_on(figures);
    switch (standing.state) {
        case RuleState::on:
            if (verdict == RuleVerdict::seldom_useful || verdict == RuleVerdict::seldom_moves)
                return RuleState::digest;
            return std::nullopt;
        case RuleState::digest:
            if (standing.cause == RuleCause::by_hand || now < standing.since + rule_digest_for)
                return std::nullopt;
            return verdict == RuleVerdict::helps ? std::nullopt : std::optional{RuleState::off};
        case RuleState::off: return std::nullopt;
    }
    return std::nullopt;
}

RuleState state_in_force(const RuleStanding& standing, bool rules_retire)
{
    return rules_retire || standing.cause == RuleCause::by_hand ? standing.state : RuleState::on;
}

}  // namespace ackd
