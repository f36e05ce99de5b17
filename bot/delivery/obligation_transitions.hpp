// The state machine of an obligation: every transition is written down here and nowhere else. Handlers,
// tests, the simulation and docs/obligations.md all read this table.
#pragma once

#include "bot/delivery/obligation.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace ackd {

/// What can happen to an obligation. The names are the facts in the journal, the words of the log and of
/// /ackd trace.
enum class ObligationEvent {
    nudged,            ///< a nudge fell due and goes out
    attempts_used_up,  ///< the last nudge of the step was in vain, and the route has another step
    step_taken,        ///< escalated already: the next step is asked
    route_used_up,     ///< nobody is left to ask
    acked,             ///< "Got it"
    promised,          ///< "Got it, by …", or a new date
    done,              ///< "Done"
    spared,            ///< a nudge fell due, and the thread is alive: nobody is nudged
    reminded,          ///< received, and the promised time came without "Done"
    asked_for_sign,    ///< received, then no word: asked whether it is still with them
    signed_on,         ///< "Still with me"
    let_go,            ///< no word even then: the next step is asked
    lapsed,            ///< received, reminded, and silence
    declined,          ///< "Can't", or "Not me"
    snoozed,
    undone,
    withdrawn,
    no_longer_needed,  ///< enough others have answered
    handed_over,
    asked_again,  ///< the subject changed in substance
    expired,      ///< its day is over, or nobody said that it is still needed
};

inline constexpr std::array all_obligation_events{
    ObligationEvent::nudged,      ObligationEvent::attempts_used_up,
    ObligationEvent::step_taken,  ObligationEvent::route_used_up,
    ObligationEvent::acked,       ObligationEvent::promised,
    ObligationEvent::done,        ObligationEvent::spared,
    ObligationEvent::reminded,    ObligationEvent::asked_for_sign,
    ObligationEvent::signed_on,   ObligationEvent::let_go,
    ObligationEvent::lapsed,      ObligationEvent::declined,
    ObligationEvent::snoozed,     ObligationEvent::undone,
    ObligationEvent::withdrawn,   ObligationEvent::no_longer_needed,
    ObligationEvent::handed_over, ObligationEvent::asked_again,
    ObligationEvent::expired};

[[nodiscard]] std::string_view name_of(ObligationEvent event);

struct ObligationTransition {
    ObligationState from;
    ObligationEvent event;
    ObligationState to;
    std::string_view meaning;  ///< one line for the documentation
};

/// All of them, grouped by state.
[[nodiscard]] const std::vector<ObligationTransition>& obligation_transitions();

/// Where `event` leads from `from`; nothing: it does not apply there and changes nothing.
[[nodiscard]] std::optional<ObligationState> next_state(ObligationState from, ObligationEvent event);

/// The table as docs/obligations.md prints it.
[[nodiscard]] std::string transitions_as_markdown();

}  // namespace ackd
