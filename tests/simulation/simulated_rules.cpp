#include "tests/simulation/simulated_rules.hpp"

#include "bot/interruptions/rule_handlers.hpp"
#include "bot/policy/policy_values.hpp"

#include <fmt/format.h>

#include <array>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;

constexpr Duration every = 24h;

NudgeRule some_rule(const Settings& settings, Random& random)
{
    constexpr std::array kinds{
        NudgeKind::nudge, NudgeKind::nudge, NudgeKind::call, NudgeKind::reminder, NudgeKind::second_reminder};
    constexpr std::array priorities{Priority::now, Priority::today, Priority::today, Priority::week};
    NudgeRule rule;
    rule.priority = one_of(priorities, random);
    rule.kind = one_of(kinds, random);
    const PriorityPolicy& policy = settings.delivery.of(rule.priority);
    if (rule.kind == NudgeKind::reminder)
        rule.at = to_text(policy.integrate_within.value_or(1h), TimeBase::working_time);
    else if (rule.kind == NudgeKind::second_reminder)
        rule.at = to_text(settings.delivery.second_reminder_after, TimeBase::working_time);
    else
        rule.at = to_text(one_of(policy.nudges, random), policy.time_base);
    return rule;
}

}  // namespace

void SimulatedRules::move_again_and_again(std::function<const Settings&()> settings,
                                          std::function<bool()> is_over)
{
    world_.after(up_to(2 * every, random_),
                 [this, settings = std::move(settings), is_over = std::move(is_over)] {
                     if (is_over()) return;
                     move_one(settings());
                     move_again_and_again(settings, is_over);
                 });
}

void SimulatedRules::move_one(const Settings& settings)
{
    constexpr std::array states{RuleState::on, RuleState::digest, RuleState::off, RuleState::off};
    const NudgeRule rule = some_rule(settings, random_);
    RuleStanding standing;
    standing.state = one_of(states, random_);
    standing.cause = random_.chance(0.5) ? RuleCause::figures : RuleCause::by_hand;
    standing.since = world_.now();
    try {
        storage::Connection own{connection_.path(), storage::OpenMode::existing_only};
        HandlerState state{own, settings.default_zone, 1};
        storage::Transaction transaction{own};
        HandlerContext context = state.at(world_.now(), settings);
        move_rule(context, rule, standing, bot_actor, "at_random");
        transaction.commit();
    } catch (const storage::StorageError& error) {
        throw Violation{"a rule can be moved beside the process", error.what()};
    }
    world_.say("rule", fmt::format("{} is {}", to_text(rule), name_of(standing.state)));
}

void check_not_quiet_now(storage::Connection& connection, const JournalFact& fact)
{
    if (fact.text("quiet").empty()) return;
    storage::Statement row = connection.prepare("SELECT priority FROM requests WHERE id = $1");
    row.bind(1, fact.request);
    if (row.step() && row.column_int(0) == static_cast<int>(Priority::now)) {
        throw Violation{"4: what is at priority now is never quiet",
                        fmt::format("obligation {}: \"{}\" was not sent", fact.obligation, fact.fact)};
    }
}

}  // namespace ackd::simulation
