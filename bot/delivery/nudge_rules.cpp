#include "bot/delivery/nudge_rules.hpp"

#include "bot/delivery/silence_clause.hpp"
#include "bot/engine/mutation.hpp"

#include <algorithm>

namespace ackd {

namespace {

using namespace std::chrono_literals;

/// Whether a message of its own takes it to them, or their next digest.
bool is_for_digest(const Situation& situation, const Reachable& person)
{
    if (situation.priority == Priority::now) return false;
    return pace_of(situation).bundling == Bundling::digest_slot || !person.may_interrupt;
}

/// The digest that takes what fell due at the obligation's deadline. When that is long past (the bot was
/// away), it is due at once.
DigestReader digest_reader(const Obligation& obligation, const Reachable& person, Instant now)
{
    return {person.person,
            std::max(now, person.hours.next_digest_slot(std::min(now, obligation.due_at.value_or(now))))};
}

/// The step begins after its delay; its own people set its clock, and are looked up when that instant comes.
void take_step(int step, const Situation& situation, Instant now, Obligation& next)
{
    next.step = step;
    next.attempt = 0;
    next.started_at = step_begins(situation, now, step);
    next.due_at = next.started_at;
}

std::vector<int> steps_between(int from, int to)
{
    std::vector<int> steps;
    for (int step = from + 1; step < to; ++step) steps.push_back(step);
    return steps;
}

DueDecision move_on(const Obligation& obligation, const Situation& situation, Instant now, DueReason reason)
{
    DueDecision decision;
    decision.reason = reason;
    decision.next = obligation;
    const int step = next_step_with_targets(situation, obligation.step);
    const int last = step != 0 ? step : static_cast<int>(situation.step_has_targets.size()) + 1;
    decision.skipped_steps = steps_between(obligation.step, last);

    if (step == 0) {
        decision.event = ObligationEvent::route_used_up;
        if (reason == DueReason::attempts_used_up) decision.reason = DueReason::route_used_up;
        decision.next.cause = obligation.cause == EndCause::none ? EndCause::no_answer : obligation.cause;
        decision.next.due_at.reset();
    } else {
        decision.event = obligation.state == ObligationState::open ? ObligationEvent::attempts_used_up
                                                                   : ObligationEvent::step_taken;
        take_step(step, situation, now, decision.next);
    }
    decision.next.state = *next_state(obligation.state, *decision.event);
    return decision;
}

/// The message about something received goes to whoever has it; when they read it.
Instant tell_holder(const Obligation& obligation,
                    const Situation& situation,
                    Instant now,
                    DueDecision& decision)
{
    const Reachable& holder = situation.audience.front();
    if (!is_for_digest(situation, holder)) {
        decision.recipients.push_back(holder.person);
        return now;
    }
    decision.digest_readers.push_back(digest_reader(obligation, holder, now));
    return decision.digest_readers.front().at;
}

/// "Got it", no date, no word: first who has it is asked, then the next step.
DueDecision decide_silent_ack(const Obligation& obligation, const Situation& situation, Instant now)
{
    DueDecision decision;
    decision.reason = DueReason::silent_ack;
    decision.next = obligation;
    if (obligation.sign == Sign::silent) {
        const Reachable& holder = situation.audience.front();
        if (!holder.hours.contains(now)) {
            decision.reason = DueReason::outside_working_hours;
            decision.next.due_at = holder.hours.next_working_instant(now);
            return decision;
        }
        decision.event = ObligationEvent::asked_for_sign;
        decision.next.sign = Sign::asked_for;
        const Instant read_at = tell_holder(obligation, situation, now, decision);
        decision.next.due_at = later_in_hours(holder.hours, read_at, *pace_of(situation).lets_go_after);
    } else {
        decision.event = ObligationEvent::let_go;
        decision.next.cause = EndCause::never_done;
        decision.next.sign = Sign::silent;
        decision.next.holder = UserId{};
        decision.next.received_at.reset();
        decision.next.way = AckWay::none;
        const int step = next_step_with_targets(situation, obligation.step);
        decision.skipped_steps = steps_between(obligation.step, step);
        take_step(step, situation, now, decision.next);
    }
    decision.next.state = *next_state(obligation.state, *decision.event);
    return decision;
}

DueDecision decide_reminder(const Obligation& obligation, const Situation& situation, Instant now)
{
    const auto integration = integration_due(obligation, situation);
    const bool is_time_to_ask = obligation.reminders > 0 || (integration && *integration <= now);
    if (!situation.audience.empty() && !is_time_to_ask && is_let_go_in_silence(obligation, situation) &&
        obligation.sign != Sign::given)
    {
        return decide_silent_ack(obligation, situation, now);
    }

    DueDecision decision;
    decision.next = obligation;
    const WorkingHours hours = hours_of_holder(situation);
    if (obligation.reminders >= 2 || situation.audience.empty()) {
        decision.reason = DueReason::silence_after_reminders;
        decision.event = ObligationEvent::lapsed;
        decision.next.cause = obligation.cause == EndCause::none ? EndCause::never_done : obligation.cause;
        decision.next.due_at.reset();
    } else if (!hours.contains(now)) {
        decision.reason = DueReason::outside_working_hours;
        decision.next.due_at = hours.next_working_instant(now);
        return decision;
    } else {
        decision.reason = DueReason::promise_due;
        decision.event = ObligationEvent::reminded;
        decision.next.reminders += 1;
        const Instant read_at = tell_holder(obligation, situation, now, decision);
        decision.next.due_at = later_in_hours(hours,
                                              read_at,
                                              obligation.reminders == 0
                                                  ? situation.policy.second_reminder_after
                                                  : situation.policy.reminders_end_after);
    }
    decision.next.state = *next_state(obligation.state, *decision.event);
    return decision;
}

DueDecision held_until(const Obligation& obligation, DueReason reason, Instant until)
{
    DueDecision decision;
    decision.reason = reason;
    decision.next = obligation;
    decision.next.due_at = until;
    return decision;
}

/// Where silence is an answer, it is given when its time comes; before, whoever was nudged once, or cannot
/// be, is left in peace. Nothing: there is a nudge to send.
std::optional<DueDecision> decide_silence(const Obligation& obligation,
                                          const Situation& situation,
                                          Instant now)
{
    const auto silence_at = silence_answers_at(situation, obligation.started_at);
    if (!silence_at) return std::nullopt;
    if (now < *silence_at) {
        if (obligation.attempt == 0 && !situation.audience.empty()) return std::nullopt;
        return held_until(obligation, DueReason::silence_is_an_answer, *silence_at);
    }
    DueDecision decision = held_until(obligation, DueReason::silence_is_an_answer, now);
    decision.event = ObligationEvent::expired;
    decision.next.state = *next_state(obligation.state, ObligationEvent::expired);
    decision.next.cause = EndCause::by_silence;
    decision.next.due_at.reset();
    return decision;
}

/// Who asked comes first: whether they still need it decides whether anybody hears of it again. Nothing: it
/// goes on.
std::optional<DueDecision> decide_need(const Obligation& obligation, const Situation& situation, Instant now)
{
    const StandingNeed& need = situation.need;
    const bool stands = need.until && now < *need.until;
    if (need.need == Need::asleep) {
        if (stands) return held_until(obligation, DueReason::asker_silent, *need.until);
        DueDecision decision = held_until(obligation, DueReason::not_woken, now);
        decision.event = ObligationEvent::expired;
        decision.next.state = *next_state(obligation.state, ObligationEvent::expired);
        decision.next.cause = EndCause::not_woken;
        decision.next.due_at.reset();
        return decision;
    }
    if (!is_repetition(obligation) || !pace_of(situation).asks_asker) return std::nullopt;
    if (is_mutated(Mutation::ask_nobody_first)) return std::nullopt;
    if (need.need == Need::asked && stands)
        return held_until(obligation, DueReason::asker_first, *need.until);
    if (!situation.asker) return std::nullopt;
    const WorkingHours& hours = situation.asker->hours;
    if (need.need == Need::asked) {
        const Instant until = hours.add_working_time(now, situation.policy.sleep_ends_after);
        DueDecision decision = held_until(obligation, DueReason::asker_silent, until);
        decision.need = StandingNeed{Need::asleep, until};
        return decision;
    }
    if (need.need == Need::confirmed && stands) return std::nullopt;
    DueDecision decision;
    decision.asker_in_digest = pace_of(situation).bundling == Bundling::digest_slot ||
                               !situation.asker->may_interrupt;
    const Instant read_at = decision.asker_in_digest ? hours.next_digest_slot(now) : now;
    const Instant until = hours.add_working_time(read_at, situation.policy.need_answered_within);
    decision.reason = DueReason::asker_first;
    decision.next = obligation;
    decision.next.due_at = until;
    decision.need = StandingNeed{Need::asked, until};
    decision.asker_reads_at = read_at;
    return decision;
}

/// The thread is alive since the last nudge: the next one would tell nobody anything.
bool is_alive(const Obligation& obligation, const Situation& situation)
{
    return is_repetition(obligation) && situation.active_at && obligation.nudged_at &&
           *situation.active_at > *obligation.nudged_at &&
           pace_of(situation).off_hours.when != OffHours::When::always;
}

}  // namespace

std::string_view name_of(DueReason reason)
{
    switch (reason) {
        case DueReason::nudge_due: return "nudge_due";
        case DueReason::outside_working_hours: return "outside_working_hours";
        case DueReason::channel_has_time: return "channel_has_time";
        case DueReason::attempts_used_up: return "attempts_used_up";
        case DueReason::nobody_to_ask: return "nobody_to_ask";
        case DueReason::route_used_up: return "route_used_up";
        case DueReason::promise_due: return "promise_due";
        case DueReason::silence_after_reminders: return "silence_after_reminders";
        case DueReason::day_is_over: return "day_is_over";
        case DueReason::sign_of_life: return "sign_of_life";
        case DueReason::asker_first: return "asker_first";
        case DueReason::asker_silent: return "asker_silent";
        case DueReason::not_woken: return "not_woken";
        case DueReason::silent_ack: return "silent_ack";
        case DueReason::silence_is_an_answer: return "silence_is_an_answer";
    }
    return "?";
}

DueDecision decide_due(const Obligation& obligation, const Situation& situation, Instant now)
{
    if (obligation.state == ObligationState::received) return decide_reminder(obligation, situation, now);

    if (auto silence = decide_silence(obligation, situation, now)) return *silence;
    const PriorityPolicy& policy = pace_of(situation);
    DueDecision decision;
    decision.next = obligation;
    const auto offsets = nudges_of(policy, obligation.step);
    const bool is_told = obligation.attempt >= static_cast<int>(offsets.size());
    if (policy.expires_after && (is_told || situation.audience.empty())) {
        decision.reason = DueReason::day_is_over;
        decision.event = ObligationEvent::expired;
        decision.next.state = ObligationState::expired;
        decision.next.due_at.reset();
        return decision;
    }
    if (situation.audience.empty() && !situation.tells_others) {
        return move_on(obligation, situation, now, DueReason::nobody_to_ask);
    }

    const bool has_nudges_left = obligation.attempt < static_cast<int>(offsets.size());
    if (has_nudges_left && !situation.audience.empty() && is_alive(obligation, situation)) {
        decision.reason = DueReason::sign_of_life;
        decision.event = ObligationEvent::spared;
        decision.next.attempt += 1;
        decision.next.due_at = next_due_in_step(
            situation, obligation.started_at, obligation.step, decision.next.attempt, now);
        return decision;
    }
    if (auto held = decide_need(obligation, situation, now)) return *held;

    const bool channel_only = situation.audience.empty();
    if (channel_only && obligation.attempt > 0 && obligation.attempt < attempts_exhausted) {
        const Instant end = step_ends_at(obligation, situation);
        if (now < end) {
            decision.reason = DueReason::channel_has_time;
            decision.next.due_at = end;
            return decision;
        }
    }
    if (!has_nudges_left || (channel_only && obligation.attempt > 0)) {
        return move_on(obligation, situation, now, DueReason::attempts_used_up);
    }

    for (const Reachable& person : situation.audience) {
        if (!may_be_reached(policy.off_hours, person.hours, now)) continue;
        if (is_for_digest(situation, person))
            decision.digest_readers.push_back(digest_reader(obligation, person, now));
        else
            decision.recipients.push_back(person.person);
    }
    // A channel disturbs nobody, so a step that has one need not wait for its people.
    const bool channel_speaks = situation.tells_others && obligation.attempt == 0;
    if (decision.recipients.empty() && decision.digest_readers.empty() && !channel_speaks) {
        decision.reason = DueReason::outside_working_hours;
        decision.next.due_at.reset();
        for (const Reachable& person : situation.audience) {
            const Instant at = next_reachable_instant(policy.off_hours, person.hours, now);
            if (!decision.next.due_at || at < *decision.next.due_at) decision.next.due_at = at;
        }
        return decision;
    }
    decision.reason = DueReason::nudge_due;
    decision.event = ObligationEvent::nudged;
    decision.next.attempt += 1;
    decision.next.nudged_at = now;
    // When the first of them reads it: their time runs from then on.
    Instant read_at = now;
    if (decision.recipients.empty() && !channel_speaks) {
        const auto first = std::min_element(decision.digest_readers.begin(),
                                            decision.digest_readers.end(),
                                            [](const auto& a, const auto& b) { return a.at < b.at; });
        read_at = first->at;
    }
    // A step's clock runs from its call, which may have waited for its people: they have their whole time.
    if (obligation.step > 0 && obligation.attempt == 0) decision.next.started_at = read_at;
    decision.next.due_at = next_due_in_step(
        situation, decision.next.started_at, obligation.step, decision.next.attempt, read_at);
    decision.next.state = *next_state(obligation.state, *decision.event);
    return decision;
}

Applied apply(const Obligation& obligation, const Happening& happening, const Situation& situation)
{
    Applied applied;
    applied.next = obligation;
    const auto to = next_state(obligation.state, happening.event);
    if (!to) return applied;

    const PriorityPolicy& policy = pace_of(situation);
    Obligation& next = applied.next;
    next.state = *to;
    switch (happening.event) {
        case ObligationEvent::acked:
            if (obligation.state == ObligationState::received) {
                applied.outcome = ApplyOutcome::nothing_new;
                return applied;
            }
            [[fallthrough]];
        case ObligationEvent::promised: {
            if (obligation.state != ObligationState::received) {
                next.holder = happening.actor;
                next.received_at = happening.at;
                next.way = happening.way;
                next.sign = Sign::silent;
            }
            next.reminders = 0;
            next.cause = EndCause::none;
            if (happening.event == ObligationEvent::promised) {
                next.promised_at = happening.until;
                next.sign = Sign::given;
            }
            if (situation.level == AckLevel::received || !policy.integrate_within)
                next.due_at.reset();
            else
                next.due_at = due_after_ack(next, situation);
            break;
        }
        case ObligationEvent::done:
            if (next.holder.empty()) next.holder = happening.actor;
            if (!next.received_at) {
                next.received_at = happening.at;
                next.way = happening.way;
            }
            next.integrated_at = happening.at;
            next.cause = EndCause::none;
            next.due_at.reset();
            break;
        case ObligationEvent::snoozed:
            if (obligation.snoozes >= situation.policy.snoozes_max) {
                applied.outcome = ApplyOutcome::snoozed_enough;
                applied.next = obligation;
                return applied;
            }
            next.snoozes += 1;
            if (obligation.state == ObligationState::received) next.sign = Sign::given;
            // What reaches people off hours is put off for as long as they said, not until the morning.
            next.due_at = next_reachable_instant(obligation.state == ObligationState::open ? policy.off_hours
                                                                                           : OffHours{},
                                                 hours_of_holder(situation),
                                                 *happening.until);
            if (const auto silence_at = silence_answers_at(situation, obligation.started_at);
                silence_at && obligation.state == ObligationState::open)
                next.due_at = std::min(*next.due_at, *silence_at);
            break;
        case ObligationEvent::signed_on:
            // Where a date is asked for already, only a date helps; what is not let go of needs no word.
            if (obligation.sign == Sign::given || obligation.reminders > 0 ||
                !is_let_go_in_silence(obligation, situation))
            {
                applied.outcome = ApplyOutcome::nothing_new;
                return applied;
            }
            next.sign = Sign::given;
            next.due_at = std::max(integration_due(next, situation).value_or(happening.at), happening.at);
            break;
        case ObligationEvent::undone:
        case ObligationEvent::asked_again:
            next.holder = UserId{};
            next.received_at.reset();
            next.promised_at.reset();
            next.way = AckWay::none;
            next.cause = EndCause::none;
            next.step = 0;
            next.attempt = 0;
            next.reminders = 0;
            next.sign = Sign::silent;
            next.nudged_at.reset();
            next.started_at = happening.at;
            next.due_at = first_due(situation, happening.at, 0);
            break;
        default:
            // What is left ends it, or was decided by decide_due.
            next.cause = happening.cause;
            next.due_at.reset();
            break;
    }
    applied.outcome = ApplyOutcome::changed;
    return applied;
}

}  // namespace ackd
