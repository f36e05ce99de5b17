#include "bot/interruptions/rule_review.hpp"

#include "bot/interruptions/nudge_samples.hpp"
#include "bot/interruptions/rule_handlers.hpp"
#include "bot/interruptions/tax_table.hpp"
#include "bot/kept_instant.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace ackd {

namespace {

using namespace std::chrono_literals;

constexpr auto hour_of_review = 3h;
/// In one transaction; the rest follows at once.
constexpr int samples_max = 1'000;

/// Rules that have a figure or a standing, by name.
std::set<std::string> rules_to_review(HandlerContext& context)
{
    std::set<std::string> names;
    for (std::string& name : context.nudge_rules.rules_with_figures()) names.insert(std::move(name));
    for (auto& [name, standing] : context.nudge_rules.standings()) names.insert(name);
    return names;
}

void review(HandlerContext& context, const std::string& name)
{
    const auto rule = nudge_rule_from_text(name);
    // The policy has no such rule any more: if it comes back, it begins anew.
    if (!rule || !has_rule(context.settings.delivery, *rule)) {
        context.nudge_rules.remove_standing(name);
        return;
    }
    const RuleStanding standing = context.nudge_rules.standing_of(*rule);
    const bool has_run_out = standing.state == RuleState::on && standing.kept_until &&
                             *standing.kept_until <= context.now;
    if (has_run_out) context.nudge_rules.remove_standing(name);
    if (!context.settings.rules_retire) return;
    const RuleFigures figures = context.nudge_rules.figures_of(*rule, context.now);
    if (const auto to = next_state(standing, figures, context.now)) retire_rule(context, *rule, *to, figures);
}

constexpr std::string_view reviewed_at = "rules_reviewed_at_us";

}  // namespace

Instant next_rule_review(storage::Connection& connection, Instant now)
{
    const auto reviewed = kept_instant(connection, reviewed_at);
    storage::Statement first = connection.prepare("SELECT min(ends_at_us) FROM nudge_samples");
    Instant before = now;
    if (reviewed)
        before = *reviewed;
    else if (first.step() && !first.column_is_null(0))
        before = std::min(now, from_microseconds(first.column_int(0)));
    const Instant today = std::chrono::floor<std::chrono::days>(before) + hour_of_review;
    return before < today ? today : today + 24h;
}

void review_nudge_rules(HandlerContext& context)
{
    if (settle_samples(context, samples_max)) {
        context.upkeep.rules_at = context.now + 1s;
        return;
    }
    for (const std::string& name : rules_to_review(context)) review(context, name);
    context.nudge_rules.let_go_of_figures(context.now);
    TaxTable{context.connection}.let_go_of_days_before(
        std::chrono::floor<std::chrono::days>(context.now).time_since_epoch().count() - tax_days_kept);
    keep_instant(context.connection, reviewed_at, context.now);
    context.upkeep.rules_at = next_rule_review(context.connection, context.now);
}

}  // namespace ackd
