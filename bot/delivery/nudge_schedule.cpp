#include "bot/delivery/nudge_schedule.hpp"

#include "bot/delivery/silence_clause.hpp"
#include "bot/engine/mutation.hpp"

#include <algorithm>

namespace ackd {

namespace {

using namespace std::chrono_literals;

Instant round_up(Instant at, Duration grid)
{
    const auto remainder = at.time_since_epoch() % grid;
    return remainder == Duration{0} ? at : at + (grid - remainder);
}

/// The hours that a step's clock runs in: its people's; the debtor's where a step has only channels.
std::vector<WorkingHours> clock_of(const Situation& situation)
{
    std::vector<WorkingHours> hours;
    for (const Reachable& person : situation.audience) hours.push_back(person.hours);
    if (hours.empty()) hours.push_back(situation.debtor_hours);
    return hours;
}

Duration time_allowed(const Situation& situation, const WorkingHours& hours, Instant started_at, int step)
{
    const PriorityPolicy& policy = pace_of(situation);
    // A date that is past when the clock starts (undone, asked again) says nothing about how long this may
    // take.
    if (step > 0 || !situation.asked_by || *situation.asked_by <= started_at) return policy.ack_within;
    const Duration allowed = policy.time_base == TimeBase::wall_clock
                                 ? *situation.asked_by - started_at
                                 : hours.working_time_between(started_at, *situation.asked_by);
    return std::max<Duration>(allowed, 1min);
}

Instant add_time(const PriorityPolicy& policy, const WorkingHours& hours, Instant from, Duration amount)
{
    // What is to be done at once is done at once where people may be reached off hours: nothing of their
    // working time has to pass before it.
    const bool is_at_once = amount == Duration{0} && policy.off_hours.is_allowed();
    return policy.time_base == TimeBase::wall_clock || is_at_once ? from + amount
                                                                  : hours.add_working_time(from, amount);
}

Duration length_of(const NudgeOffset& offset, Duration allowed)
{
    return Duration{static_cast<std::int64_t>(offset.share * static_cast<double>(allowed.count()))} +
           offset.extra;
}

NudgeOffset end_of_step(const PriorityPolicy& policy, int step)
{
    return step == 0 || policy.nudges.empty() ? policy.step_ends : policy.nudges.back();
}

/// When a message may go to a person with these hours: bundled with what falls due about then, when they may
/// be reached.
Instant deliverable_at(const PriorityPolicy& policy, const WorkingHours& hours, Instant at)
{
    if (policy.bundling == Bundling::digest_slot) return hours.next_digest_slot(at);
    if (policy.bundling == Bundling::two_minutes) at = round_up(at, 2min);
    return next_reachable_instant(policy.off_hours, hours, at);
}

/// A nudge that went out, and the place it had in its step.
struct Sent {
    Instant at;
    NudgeOffset offset;
};

/// After a late message (the bot was away) people have at least so long before the next, or as long as they
/// would have had.
constexpr Duration late_distance_least = 5min;

/// The instant `offset` after the step's start in the hours of whoever is there first. After a late nudge
/// (the bot was away) the next one keeps its distance instead of following at once.
Instant offset_instant(const Situation& situation,
                       const NudgeOffset& offset,
                       Instant started_at,
                       int step,
                       const std::optional<Sent>& previous,
                       bool is_message)
{
    const PriorityPolicy& policy = pace_of(situation);
    std::optional<Instant> earliest;
    for (const WorkingHours& hours : clock_of(situation)) {
        const Duration allowed = time_allowed(situation, hours, started_at, step);
        Instant at = add_time(policy, hours, started_at, length_of(offset, allowed));
        if (previous) {
            const Duration gap = length_of(offset, allowed) - length_of(previous->offset, allowed);
            const Duration most = std::max<Duration>(allowed / 4, late_distance_least);
            at = std::max(at, add_time(policy, hours, previous->at, std::clamp(gap, Duration{0}, most)));
        }
        if (is_message) at = deliverable_at(policy, hours, at);
        earliest = earliest ? std::min(*earliest, at) : at;
    }
    return *earliest;
}

}  // namespace

std::vector<NudgeOffset> nudges_of(const PriorityPolicy& policy, int step)
{
    if (step == 0 || policy.nudges.empty()) return policy.nudges;
    std::vector<NudgeOffset> offsets{NudgeOffset{}};
    offsets.insert(offsets.end(), policy.nudges.begin(), policy.nudges.end() - 1);
    return offsets;
}

Instant next_due_in_step(
    const Situation& situation, Instant started_at, int step, int attempt, std::optional<Instant> previous)
{
    const PriorityPolicy& policy = pace_of(situation);
    const auto offsets = nudges_of(policy, step);
    const auto index = static_cast<std::size_t>(attempt);
    if (const auto silence_at = silence_answers_at(situation, started_at)) {
        if (index > 0 || offsets.empty()) return *silence_at;
        return std::min(*silence_at,
                        offset_instant(situation, offsets.front(), started_at, step, std::nullopt, true));
    }
    if (policy.expires_after && index >= offsets.size())
        return situation.debtor_hours.add_working_time(started_at, *policy.expires_after);
    // A channel is told once; what is left of its step is waiting.
    const bool told_once = situation.audience.empty() && attempt > 0;
    std::optional<Sent> sent;
    if (previous && index > 0 && !offsets.empty())
        sent = Sent{*previous, offsets[std::min(index, offsets.size()) - 1]};
    if (index < offsets.size() && !told_once) {
        return offset_instant(situation, offsets[index], started_at, step, sent, true);
    }
    return offset_instant(situation, end_of_step(policy, step), started_at, step, sent, false);
}

Instant later_in_hours(const WorkingHours& hours, Instant from, Duration amount)
{
    return hours.next_working_instant(hours.add_working_time(from, amount));
}

WorkingHours hours_of_holder(const Situation& situation)
{
    return situation.audience.empty() ? situation.debtor_hours : situation.audience.front().hours;
}

std::optional<Instant> integration_due(const Obligation& obligation, const Situation& situation)
{
    const WorkingHours hours = hours_of_holder(situation);
    if (obligation.promised_at) return hours.next_working_instant(*obligation.promised_at);
    const auto& integrate_within = pace_of(situation).integrate_within;
    if (!integrate_within || !obligation.received_at) return std::nullopt;
    const Instant usual = later_in_hours(hours, *obligation.received_at, *integrate_within);
    // What is wanted by a day is not asked about before it.
    return situation.asked_by ? std::max(usual, hours.next_working_instant(*situation.asked_by)) : usual;
}

std::optional<Instant> due_after_ack(const Obligation& obligation, const Situation& situation)
{
    const auto integration = integration_due(obligation, situation);
    if (!is_let_go_in_silence(obligation, situation) || obligation.sign != Sign::silent) return integration;
    const Instant silence = later_in_hours(
        hours_of_holder(situation), *obligation.received_at, *pace_of(situation).lets_go_after);
    return integration ? std::min(*integration, silence) : silence;
}

bool is_repetition(const Obligation& obligation)
{
    return obligation.nudged_at && obligation.attempt > 0 && obligation.attempt < attempts_exhausted;
}

Instant first_due(const Situation& situation, Instant asked_at, int step)
{
    return next_due_in_step(situation, asked_at, step, 0, std::nullopt);
}

std::optional<Instant> reckoned_due(const Obligation& obligation, const Situation& situation)
{
    if (is_final(obligation.state)) return std::nullopt;
    if (obligation.state != ObligationState::received) {
        const bool is_held = situation.need.need == Need::asleep ||
                             (situation.need.need == Need::asked && is_repetition(obligation));
        if (is_held) return std::nullopt;
        return next_due_in_step(
            situation, obligation.started_at, obligation.step, obligation.attempt, std::nullopt);
    }
    if (obligation.reminders > 0 || situation.level == AckLevel::received) return std::nullopt;
    if (obligation.sign == Sign::asked_for) return std::nullopt;
    return due_after_ack(obligation, situation);
}

Instant due_when_needed(const Obligation& obligation, const Situation& situation, Instant now)
{
    return std::max(
        now,
        next_due_in_step(
            situation, obligation.started_at, obligation.step, obligation.attempt, obligation.nudged_at));
}

bool is_let_go_in_silence(const Obligation& obligation, const Situation& situation)
{
    return pace_of(situation).lets_go_after && !obligation.promised_at && obligation.received_at &&
           situation.level == AckLevel::integrated && next_step_with_targets(situation, obligation.step) != 0;
}

std::optional<Instant> due_in_other_hours(const Obligation& obligation,
                                          const Situation& situation,
                                          Instant now)
{
    if (!obligation.due_at || *obligation.due_at <= now) return obligation.due_at;
    const auto due = reckoned_due(obligation, situation);
    if (!due || obligation.snoozes > 0) return obligation.due_at;
    if (obligation.state == ObligationState::received)
        return std::max(*due, hours_of_holder(situation).next_working_instant(now));
    if (obligation.attempt >= attempts_exhausted) return obligation.due_at;
    // A step that was not called yet waits for its delay, not for its people.
    if (obligation.step > 0 && obligation.attempt == 0) return obligation.due_at;
    if (*due >= *obligation.due_at) return due;
    // Earlier: as if the last nudge had just gone out, since nobody remembers when it did.
    const Instant apart =
        obligation.attempt > 0
            ? next_due_in_step(situation, obligation.started_at, obligation.step, obligation.attempt, now)
            : *due;
    return std::min(*obligation.due_at, std::max(apart, now));
}

Instant step_begins(const Situation& situation, Instant now, int step)
{
    const Duration delay = is_mutated(Mutation::skip_step_delay)
                               ? Duration{0}
                               : situation.step_delays[static_cast<std::size_t>(step) - 1];
    return add_time(pace_of(situation), situation.debtor_hours, now, delay);
}

std::optional<Instant> ack_due(const Situation& situation, Instant started_at)
{
    if (situation.asked_by && *situation.asked_by > started_at) return situation.asked_by;
    const PriorityPolicy& policy = pace_of(situation);
    if (policy.expires_after) return std::nullopt;
    return add_time(policy, situation.debtor_hours, started_at, policy.ack_within);
}

Instant goes_on_at(const Obligation& obligation, const Situation& situation, Instant now)
{
    // A step's clock runs from its call, which may wait for its people; and what was read in a digest was
    // read later than the clock says.
    Obligation called = obligation;
    if (called.step > 0 && called.attempt == 0 && called.due_at)
        called.started_at = std::max(called.started_at, *called.due_at);
    const Instant ends = std::max(step_ends_at(called, situation), obligation.due_at.value_or(now));
    const int step = next_step_with_targets(situation, obligation.step);
    return step == 0 ? ends : step_begins(situation, ends, step);
}

Instant step_ends_at(const Obligation& obligation, const Situation& situation)
{
    const PriorityPolicy& policy = pace_of(situation);
    return offset_instant(situation,
                          end_of_step(policy, obligation.step),
                          obligation.started_at,
                          obligation.step,
                          std::nullopt,
                          false);
}

std::optional<Instant> silence_answers_at(const Situation& situation, Instant started_at)
{
    if (!situation.decides_at) return std::nullopt;
    return std::clamp(situation.debtor_hours.add_working_time(started_at, working_day),
                      *situation.decides_at,
                      *situation.decides_at + silence_waits_max);
}

int next_step_with_targets(const Situation& situation, int step)
{
    if (is_mutated(Mutation::skip_step)) ++step;
    for (auto index = static_cast<std::size_t>(step); index < situation.step_has_targets.size(); ++index) {
        if (situation.step_has_targets[index]) return static_cast<int>(index) + 1;
    }
    return 0;
}

}  // namespace ackd
