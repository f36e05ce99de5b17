// The pure rules of reliable delivery: what a deadline means when it comes, and what each thing that can
// happen does to an obligation. What is due when is in nudge_schedule.hpp. Values in, values out: no clock,
// no database, no chat.
//
// What happens when a nudge is due: the engine wakes at the earliest deadline → storage lists what is due →
// `decide_due` says what it means, with a reason → obligation_handlers writes state, journal and outbox in
// one transaction → the courier leases the row and hands it to the adapter → the outcome comes back as an
// input.
#pragma once

#include "bot/delivery/nudge_schedule.hpp"
#include "bot/delivery/obligation_transitions.hpp"

#include <string_view>
#include <vector>

namespace ackd {

/// Somebody who reads it in their digest, and when that is.
struct DigestReader {
    UserId person;
    Instant at{};
    friend bool operator==(const DigestReader&, const DigestReader&) = default;
};

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

}  // namespace ackd
