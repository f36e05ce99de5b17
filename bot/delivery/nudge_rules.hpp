// The pure rules of reliable delivery: what is due when, what a deadline means when it comes, and what each
// thing that can happen does to an obligation. Values in, values out: no clock, no database, no chat.
//
// What happens when a nudge is due: the engine wakes at the earliest deadline → storage lists what is due →
// `decide_due` says what it means, with a reason → obligation_handlers writes state, journal and outbox in
// one transaction → the courier leases the row and hands it to the adapter → the outcome comes back as an
// input.
#pragma once

#include "bot/delivery/obligation.hpp"
#include "bot/delivery/obligation_transitions.hpp"
#include "bot/people/availability.hpp"

#include <string_view>
#include <vector>

namespace ackd {

/// A person who may be asked, and when.
struct Reachable {
    UserId person;
    WorkingHours hours;
    /// Whether something of their budget of interruptions is left; without it they read it in their digest.
    bool may_interrupt = true;
};

/// Somebody who reads it in their digest, and when that is.
struct DigestReader {
    UserId person;
    Instant at{};
    friend bool operator==(const DigestReader&, const DigestReader&) = default;
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
    /// The present step speaks to a channel as well.
    bool step_has_channel = false;
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

/// Why a rule decided as it did: in the journal, the log, /ackd trace and the tests.
enum class DueReason {
    nudge_due,
    outside_working_hours,  ///< nobody in the step is at work: wait until somebody is
    channel_has_time,       ///< the step's people are gone, its channel was told: it has until the step ends
    attempts_used_up,
    nobody_to_ask,  ///< the step's people are all gone
    route_used_up,
    promise_due,
    silence_after_reminders,
    day_is_over,
    sign_of_life,  ///< somebody wrote in the thread since the last nudge
    asker_first,   ///< before anybody hears of it again, who asked says whether they still need it
    asker_silent,  ///< they did not say: it sleeps
    not_woken,     ///< and has slept long enough
    silent_ack,    ///< "Got it", and no word since
    silence_is_an_answer,
};

[[nodiscard]] std::string_view name_of(DueReason reason);

struct DueDecision {
    DueReason reason = DueReason::nudge_due;
    /// Nothing: only the deadline moves (to Obligation::due_at of `next`).
    std::optional<ObligationEvent> event;
    /// The obligation as it is afterwards.
    Obligation next;
    /// Who gets a message now.
    std::vector<UserId> recipients;
    /// Who is not interrupted by it.
    std::vector<DigestReader> digest_readers;
    /// What becomes of the whole request's need; nothing: it stays as it is.
    std::optional<StandingNeed> need;
    /// With Need::asked, when who asked reads the question, and whether in their digest.
    Instant asker_reads_at{};
    bool asker_in_digest = false;
    /// Steps that had nobody in them and were passed over.
    std::vector<int> skipped_steps;
};

/// What it means that the obligation's deadline has come. Total: every live state has an answer.
[[nodiscard]] DueDecision decide_due(const Obligation& obligation, const Situation& situation, Instant now);

/// Something a person did, or that followed from what others did.
struct Happening {
    ObligationEvent event;
    Instant at;
    UserId actor;
    AckWay way = AckWay::none;
    EndCause cause = EndCause::none;
    /// The promised date, or the end of a snooze.
    std::optional<Instant> until;
};

enum class ApplyOutcome {
    changed,
    nothing_new,     ///< said before: harmless
    does_not_apply,  ///< not in this state
    snoozed_enough,  ///< as often as the policy allows
};

struct Applied {
    ApplyOutcome outcome = ApplyOutcome::does_not_apply;
    Obligation next;
};

/// What `happening` makes of the obligation.
[[nodiscard]] Applied apply(const Obligation& obligation,
                            const Happening& happening,
                            const Situation& situation);

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

/// As many attempts as no policy has: whoever cannot be reached is not tried again.
inline constexpr int attempts_exhausted = 1'000;

/// When silence is this person's answer: when the request says, and not before they have had a working day
/// since they were asked (in place of somebody else, or again). Nothing: it is none.
[[nodiscard]] std::optional<Instant> silence_answers_at(const Situation& situation, Instant started_at);

/// The next step after `step` with somebody in it; 0: none.
[[nodiscard]] int next_step_with_targets(const Situation& situation, int step);

}  // namespace ackd
