// A team that says too often that it has no room: its resync begins, out of turn, and its leads are told.
#include "bot/cadence/cadence_handlers.hpp"
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/capacity/capacity_notices.hpp"
#include "bot/capacity/capacity_rules.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/people/roles.hpp"
#include "bot/resync/resync_rules.hpp"
#include "bot/resync/resync_table.hpp"

#include <algorithm>

namespace ackd {

namespace {

/// The first of the policy in which it takes part; null: it does in none.
const Resync* resync_of(const Policy& policy, const std::string& team)
{
    const auto found = std::find_if(policy.resyncs.begin(), policy.resyncs.end(), [&](const Resync& resync) {
        return std::find(resync.teams.begin(), resync.teams.end(), team) != resync.teams.end();
    });
    return found == policy.resyncs.end() ? nullptr : &*found;
}

/// The name of the one that begins; empty: none does.
std::string call_resync(HandlerContext& context, const std::string& team)
{
    const Resync* resync = resync_of(context.settings, team);
    if (resync == nullptr) return "";
    const CadenceInPolicy it{{CadenceUse::resync, resync->name}, &resync->cadence};
    // What is due by now has its run first.
    look_after_cadences(context);
    const auto newest = ResyncTable{context.connection}.newest(resync->name);
    const auto next = next_run(context, it);
    ResyncStanding standing;
    if (newest) standing.asked_at = newest->asked_at;
    standing.is_asking = newest && newest->state == ResyncState::asking;
    if (next) standing.next_at = next->at;
    standing.closes_at = times_of(*resync, common_hours(context, resync->cadence), context.now).closes_at;
    if (!calls_resync(standing, context.now) || !run_out_of_turn(context, it, team)) return "";
    return resync->name;
}

}  // namespace

void follow_many_signals(HandlerContext& context, const CapacitySignal& signal)
{
    const Team* team = team_named(context, signal.team);
    if (team == nullptr) return;
    const auto signals = CapacityTable{context.connection}.of_team_since(
        signal.team, context.now - capacity_counted_within);
    const int count = static_cast<int>(signals.size());
    if (count != capacity_signals_max + 1) return;
    const Notice notice = many_signals_notice(signal.team, count, call_resync(context, signal.team));
    for (const UserId& lead : people_with(Role::lead, context.settings, context.directory, team))
        put_into_digest(context, lead, notice);
}

}  // namespace ackd
