// When what is open is due: the times of a step's nudges, of its end, of reminders and promises, in the hours
// of whoever is asked. Pure: what the rules of nudge_rules.hpp look at, and the clocks they go by.
#pragma once

#include "bot/delivery/obligation.hpp"
#include "bot/people/availability.hpp"

#include <optional>
#include <vector>

namespace ackd {

/// A person who may be asked, and when.
struct Reachable {
    UserId person;
    WorkingHours hours;
    /// Whether something of their budget of interruptions is left; without it they read it in their digest.
    bool may_interrupt = true;
};

/// Whether who asked still needs it, as far as is known.
struct StandingNeed {
    Need need = Need::assumed;
    /// Until when that stands.
    std::optional<Instant> until;
};

/// Who asked, where they can be asked whether they still need it.
struct Asker {
    WorkingHours hours;
    /// Whether they are at work with something left of their budget; otherwise the question waits for their
    /// digest.
    bool may_interrupt = true;
};

/// Everything a rule looks at besides the obligation itself.
struct Situation {
    const DeliveryPolicy& policy;
    Priority priority;
    AckLevel level;
    /// "by Thursday 17:00", when the asker said so.
    std::optional<Instant> asked_by;
    /// Working hours of the debtor: the clock of step 0, and of steps that have only channels.
    WorkingHours debtor_hours;
    /// Who can be reached at the obligation's present step (for a received one: its holder), deactivated
    /// people left out. Empty: nobody.
    std::vector<Reachable> audience;
    /// Which steps of the route have somebody in them (index 0 is step 1), and how long each waits before it
    /// starts.
    std::vector<bool> step_has_targets;
    std::vector<Duration> step_delays;
    /// The present step speaks to a channel or a destination as well.
    bool tells_others = false;
    StandingNeed need{};
    /// Nothing: they are not asked (away, gone, or the debtor themselves), and all goes on as if they had
    /// said yes.
    std::optional<Asker> asker{};
    /// When somebody last wrote in the request's thread.
    std::optional<Instant> active_at{};
    /// Clocks of its own, in place of its priority's.
    std::optional<PriorityPolicy> own_pace{};
    /// When silence is the answer: one nudge before, and then it is over without anybody else being asked.
    std::optional<Instant> decides_at{};
};

/// The clocks that it goes by.
[[nodiscard]] inline const PriorityPolicy& pace_of(const Situation& situation)
{
    return situation.own_pace ? *situation.own_pace : situation.policy.of(situation.priority);
}

/// When a new obligation first needs attention, at this step of the route (0: the debtor was asked in public;
/// from 1 on the first message goes out at once).
[[nodiscard]] Instant first_due(const Situation& situation, Instant asked_at, int step);

/// Where the policy alone puts the obligation's deadline. Nothing: it does not say (a final state, a question
/// whose date only the deadline itself holds). A deadline that lies elsewhere was put there by something
/// that happened: a snooze, a late nudge, a call that could not be delivered.
[[nodiscard]] std::optional<Instant> reckoned_due(const Obligation& obligation, const Situation& situation);

/// When a live obligation needs attention, once its people's hours have become others: what waited too long
/// comes earlier, what would come off hours later, and the next nudge keeps its distance from the last one. A
/// snooze is left where it was put, and so is what follows a reminder.
[[nodiscard]] std::optional<Instant> due_in_other_hours(const Obligation& obligation,
                                                        const Situation& situation,
                                                        Instant now);

/// When a waiting obligation that was held back, or slept, is due once who asked has said yes.
[[nodiscard]] Instant due_when_needed(const Obligation& obligation, const Situation& situation, Instant now);

/// Whether "Got it" alone is let go of after a while, for somebody else to be asked: by whom it is with, and
/// by whether there is anybody.
[[nodiscard]] bool is_let_go_in_silence(const Obligation& obligation, const Situation& situation);

/// When an ack is expected: the asker's date, or what the priority allows. Nothing for `fyi`.
[[nodiscard]] std::optional<Instant> ack_due(const Situation& situation, Instant started_at);

/// When a step of the route begins that is taken at `now`: after its delay.
[[nodiscard]] Instant step_begins(const Situation& situation, Instant now, int step);

/// When the next step of the route is asked if nobody answers until then, its delay included; without one,
/// when it is a dead letter.
[[nodiscard]] Instant goes_on_at(const Obligation& obligation, const Situation& situation, Instant now);

/// When the step is over.
[[nodiscard]] Instant step_ends_at(const Obligation& obligation, const Situation& situation);

/// When silence is this person's answer: when the request says, and not before they have had a working day
/// since they were asked (in place of somebody else, or again). Nothing: it is none.
[[nodiscard]] std::optional<Instant> silence_answers_at(const Situation& situation, Instant started_at);

/// The next step after `step` with somebody in it; 0: none.
[[nodiscard]] int next_step_with_targets(const Situation& situation, int step);

/// As many attempts as no policy has: whoever cannot be reached is not tried again.
inline constexpr int attempts_exhausted = 1'000;

// What the rules take these times apart for

/// The step's nudges. From step 1 on the call itself comes first, at once, and takes the place of the last
/// nudge.
[[nodiscard]] std::vector<NudgeOffset> nudges_of(const PriorityPolicy& policy, int step);

/// What comes after `attempt` nudges of the step: the next nudge, or the end of the step.
[[nodiscard]] Instant next_due_in_step(
    const Situation& situation, Instant started_at, int step, int attempt, std::optional<Instant> previous);

/// In their working time, counted and come.
[[nodiscard]] Instant later_in_hours(const WorkingHours& hours, Instant from, Duration amount);

/// Of whoever has it; the debtor's, where nobody does.
[[nodiscard]] WorkingHours hours_of_holder(const Situation& situation);

/// When whoever has it is asked whether it is done; nothing: nobody asks.
[[nodiscard]] std::optional<Instant> integration_due(const Obligation& obligation,
                                                     const Situation& situation);

/// What comes first after an ack that said no more: a word is asked for, or whether it is done.
[[nodiscard]] std::optional<Instant> due_after_ack(const Obligation& obligation, const Situation& situation);

/// Somebody has heard of it in this step: what comes next is a second time, or somebody else.
[[nodiscard]] bool is_repetition(const Obligation& obligation);

}  // namespace ackd
