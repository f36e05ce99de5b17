// The reliable-delivery protocol that everything shares: a debtor owes a creditor a response to a subject by
// a deadline. A *request* is one ask to one or several people; an *obligation* is what one of them owes.
//
// What can happen to an obligation, and where it leads, is one table:
// bot/delivery/obligation_transitions.hpp.
#pragma once

#include "bot/delivery/price.hpp"
#include "bot/delivery/priority_policy.hpp"
#include "bot/escalation/route.hpp"
#include "bot/ids.hpp"
#include "bot/instant.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// Stored: do not renumber.
enum class ObligationState {
    open = 1,         ///< asked, no answer yet
    received = 2,     ///< somebody has it; not yet done
    integrated = 3,   ///< understood, carried out, in effect
    declined = 4,     ///< the debtor said that they can't
    delegated = 5,    ///< handed to somebody else: a new, linked obligation
    escalated = 6,    ///< the people of a route's step are asked as well
    dead_letter = 7,  ///< given up on, with a cause and an owner
    withdrawn = 8,    ///< no longer needed
    expired = 9,      ///< its day is over (for information only)
};

inline constexpr std::array all_obligation_states{ObligationState::open,
                                                  ObligationState::received,
                                                  ObligationState::integrated,
                                                  ObligationState::declined,
                                                  ObligationState::delegated,
                                                  ObligationState::escalated,
                                                  ObligationState::dead_letter,
                                                  ObligationState::withdrawn,
                                                  ObligationState::expired};

[[nodiscard]] std::string_view name_of(ObligationState state);
/// Nothing that happens later changes a final state.
[[nodiscard]] bool is_final(ObligationState state);
/// Somebody is asked, and nobody has it yet.
[[nodiscard]] constexpr bool is_waiting(ObligationState state)
{
    return state == ObligationState::open || state == ObligationState::escalated;
}
/// Somebody has it, or has done it.
[[nodiscard]] constexpr bool is_taken(ObligationState state)
{
    return state == ObligationState::received || state == ObligationState::integrated;
}

/// What ends an obligation. Stored: do not renumber.
enum class AckLevel {
    received = 1,    ///< "Got it" is all that is asked
    integrated = 2,  ///< "Got it", and later "Done"
};

[[nodiscard]] std::string_view name_of(AckLevel level);

/// How an ack was given. Stored: do not renumber.
enum class AckWay { none = 0, button = 1, reaction = 2, reply = 3, command = 4, hand_over = 5 };

[[nodiscard]] std::string_view name_of(AckWay way);

/// Why an obligation ended without an answer. Stored: do not renumber.
enum class EndCause {
    none = 0,
    no_answer = 1,        ///< everybody the route named was asked in vain
    undeliverable = 2,    ///< the chat would not take the message
    never_done = 3,       ///< received, then silence
    by_creditor = 4,      ///< withdrawn by who asked
    subject_deleted = 5,  ///< the message it was about is gone
    enough_others = 6,    ///< as many as were needed have answered
    no_time = 7,          ///< declined …
    blocked = 8,
    objection = 9,
    not_me = 10,
    away = 11,
    debtor_gone = 12,       ///< the debtor's account was deactivated
    creditor_gone = 13,     ///< withdrawn: nobody waits for the answer any more
    not_woken = 14,         ///< who asked did not say that it is still needed
    by_silence = 15,        ///< no answer was an answer (bot/delivery/silence_clause.hpp)
    objected_to = 16,       ///< somebody objected: it is somebody's decision now
    answered_there = 17,    ///< the question was answered without whoever was asked
    no_question = 18,       ///< somebody said that it asks nothing
    unwatched = 19,         ///< nobody looks after the questions of its channel any more
    over_by_itself = 20,    ///< what was raised is over without anybody's doing
    nobody_on_route = 21,   ///< what was raised has nobody to go to
    others_are_asked = 22,  ///< given back, while others are asked for it
};

[[nodiscard]] std::string_view name_of(EndCause cause);
[[nodiscard]] std::optional<EndCause> decline_cause_named(std::string_view word);

/// What whoever has it lets hear of it. Stored: do not renumber.
enum class Sign {
    silent = 0,     ///< "Got it", and no more
    asked_for = 1,  ///< asked whether it is still with them
    given = 2,      ///< a date, a snooze, "still with me"
};

struct Obligation {
    ObligationId id;
    RequestId request;
    UserId debtor;
    /// Who has it: the debtor, or one of those called in. Empty until received.
    UserId holder;
    ObligationState state = ObligationState::open;
    /// 0: the debtor; n: the route's n-th step.
    int step = 0;
    /// Nudges sent within the step.
    int attempt = 0;
    /// Reminders sent since it was received.
    int reminders = 0;
    int snoozes = 0;
    Sign sign = Sign::silent;
    /// When the current step's clock started: at asking, at an undo, at an escalation.
    Instant started_at{};
    std::optional<Instant> received_at;
    std::optional<Instant> integrated_at;
    std::optional<Instant> promised_at;
    /// The last nudge.
    std::optional<Instant> nudged_at;
    /// When something must happen next. Nothing: it waits for nothing.
    std::optional<Instant> due_at;
    AckWay way = AckWay::none;
    EndCause cause = EndCause::none;
    ObligationId predecessor;

    friend bool operator==(const Obligation&, const Obligation&) = default;
};

/// Stored: do not renumber.
enum class RequestState {
    gathering = 1,  ///< waiting to learn what it says, who is in the channel, or how it is to be announced
    open = 2,
    complete = 3,  ///< as many as needed have answered, at the level asked
    closed = 4,    ///< ended in another way: withdrawn, or nobody left who could answer
};

/// Stored: do not renumber. Other kinds of obligation join here.
enum class RequestKind {
    ack_request = 1,
    question = 2,    ///< found unanswered in a watched channel (bot/threads); it has no card
    escalation = 3,  ///< raised along a route (bot/escalation/raise.hpp); it has no card
};

/// Whether who asked still needs it. Stored: do not renumber.
enum class Need {
    assumed = 0,    ///< they were not asked yet
    asked = 1,      ///< nobody is nudged again before they answer, until Request::need_until
    confirmed = 2,  ///< it stands until then
    asleep = 3,     ///< they did not answer: nobody is asked any more, and then it ends
};

/// Who must answer.
enum class Quorum { all = 1, any = 2, k_of_n = 3 };

struct Request {
    RequestId id;
    RequestKind kind = RequestKind::ack_request;
    RequestState state = RequestState::gathering;
    UserId creditor;
    Priority priority = Priority::today;
    AckLevel level = AckLevel::integrated;
    Quorum quorum = Quorum::all;
    /// How many must answer and how many were asked: frozen at sending.
    int needed = 0;
    int asked = 0;
    /// The message it is about. For a request that we post ourselves it is the card, known once it is posted.
    MessageRef subject;
    /// The thread to speak in: stamp of its first message.
    std::string thread;
    MessageRef card;
    bool is_own_post = false;
    /// What is asked, as plain text with names: the whole of it for our own post, an excerpt otherwise.
    std::string text;
    Instant asked_at{};
    /// "by Thursday 17:00", when the asker said so.
    std::optional<Instant> due_at;
    Announcement announcement = Announcement::at_once;
    /// The asker was shown the price; without a decision until then nobody is asked. Nothing: it was decided.
    std::optional<Instant> undecided_until;
    std::optional<Instant> edited_at;
    /// The chat's stamp of the edit that `text` is from, or empty.
    std::string edited_stamp;
    std::optional<Instant> closed_at;
    Need need = Need::assumed;
    /// Until when that stands; nothing while it is assumed.
    std::optional<Instant> need_until;
    /// When somebody last wrote in its thread.
    std::optional<Instant> active_at;
    /// When silence is the answer of whoever has not answered (bot/delivery/silence_clause.hpp). Nothing: it
    /// is none.
    std::optional<Instant> decides_at;
    FrozenRoute route;
    /// While gathering: what the asker named. JSON; see request_handlers.cpp.
    std::string audience;

    [[nodiscard]] bool is_over() const
    {
        return state == RequestState::complete || state == RequestState::closed;
    }
    /// The route's n-th step, counted from 1; null for step 0 and where there is none.
    [[nodiscard]] const FrozenStep* step_at(int step) const
    {
        const auto index = static_cast<std::size_t>(step) - 1;
        return step > 0 && index < route.steps.size() ? &route.steps[index] : nullptr;
    }
};

}  // namespace ackd
