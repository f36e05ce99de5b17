#include "bot/delivery/obligation_transitions.hpp"

#include <fmt/format.h>

namespace ackd {

namespace {

using enum ObligationState;  // the table reads as its rows do
using E = ObligationEvent;

const std::vector<ObligationTransition> table = {
    {open, E::nudged, open, "the next nudge goes out, with growing gaps"},
    {open, E::spared, open, "somebody wrote in the thread since the last nudge: this one is left out"},
    {open, E::attempts_used_up, escalated, "the route's first step is asked, with the history"},
    {open, E::route_used_up, dead_letter, "nobody is left to ask"},
    {open, E::acked, received, "delivered: somebody has it"},
    {open, E::promised, received, "delivered, with a promise"},
    {open, E::done, integrated, "understood and in effect, in one go"},
    {open, E::declined, declined, "to the backup, or back to the creditor, at once"},
    {open, E::snoozed, open, "quiet until the chosen time"},
    {open, E::withdrawn, withdrawn, "the creditor no longer needs it, or its subject is gone"},
    {open, E::no_longer_needed, withdrawn, "enough others have answered"},
    {open, E::handed_over, delegated, "a new, linked obligation for somebody else"},
    {open, E::asked_again, open, "the subject changed: the clock starts again"},
    {open, E::expired, expired, "its day is over, it slept and nobody woke it, or silence was the answer"},

    {escalated, E::nudged, escalated, "those of the step are nudged"},
    {escalated, E::spared, escalated, "somebody wrote in the thread since the last nudge"},
    {escalated, E::step_taken, escalated, "the next step is asked"},
    {escalated, E::route_used_up, dead_letter, "the last step was in vain"},
    {escalated, E::acked, received, "somebody has it: everybody else is stood down"},
    {escalated, E::promised, received, "somebody has it, with a promise"},
    {escalated, E::done, integrated, "done: everybody else is stood down"},
    {escalated,
     E::declined,
     declined,
     "the debtor can't: those called in keep being asked by a linked obligation"},
    {escalated, E::withdrawn, withdrawn, "the creditor no longer needs it, or its subject is gone"},
    {escalated, E::no_longer_needed, withdrawn, "enough others have answered"},
    {escalated, E::handed_over, delegated, "a new, linked obligation for somebody else"},
    {escalated, E::asked_again, open, "the subject changed: the debtor is asked again"},
    {escalated, E::expired, expired, "it slept, and nobody said that it is still needed"},

    {received, E::acked, received, "said again: nothing changes"},
    {received, E::promised, received, "a (new) date"},
    {received, E::done, integrated, "carried out, in effect"},
    {received, E::reminded, received, "the promised time came: one reminder, then one question"},
    {received, E::asked_for_sign, received, "no date and no word: is it still with them?"},
    {received, E::signed_on, received, "it is: only its date is asked for from now on"},
    {received, E::let_go, escalated, "no word even then: the next step is asked"},
    {received, E::lapsed, dead_letter, "reminded, asked, and silence"},
    {received, E::declined, declined, "can't after all"},
    {received, E::snoozed, received, "reminded later"},
    {received, E::undone, open, "taken back: the clock starts again"},
    {received, E::withdrawn, withdrawn, "the creditor no longer needs it, or its subject is gone"},
    {received, E::handed_over, delegated, "a new, linked obligation for somebody else"},
    {received, E::asked_again, open, "the subject changed: the clock starts again"},
};

}  // namespace

std::string_view name_of(ObligationEvent event)
{
    switch (event) {
        case E::nudged: return "nudged";
        case E::attempts_used_up: return "attempts_used_up";
        case E::step_taken: return "step_taken";
        case E::route_used_up: return "route_used_up";
        case E::acked: return "acked";
        case E::promised: return "promised";
        case E::done: return "done";
        case E::spared: return "spared";
        case E::asked_for_sign: return "asked_for_sign";
        case E::signed_on: return "signed_on";
        case E::let_go: return "let_go_of";
        case E::reminded: return "reminded";
        case E::lapsed: return "lapsed";
        case E::declined: return "declined";
        case E::snoozed: return "snoozed";
        case E::undone: return "undone";
        case E::withdrawn: return "withdrawn";
        case E::no_longer_needed: return "no_longer_needed";
        case E::handed_over: return "handed_over";
        case E::asked_again: return "asked_again";
        case E::expired: return "expired";
    }
    return "?";
}

const std::vector<ObligationTransition>& obligation_transitions()
{
    return table;
}

std::optional<ObligationState> next_state(ObligationState from, ObligationEvent event)
{
    for (const ObligationTransition& transition : table) {
        if (transition.from == from && transition.event == event) return transition.to;
    }
    return std::nullopt;
}

std::string transitions_as_markdown()
{
    std::string text = "| from | what happens | to | meaning |\n|---|---|---|---|\n";
    for (const ObligationTransition& row : table) {
        text += fmt::format(
            "| {} | `{}` | {} | {} |\n", name_of(row.from), name_of(row.event), name_of(row.to), row.meaning);
    }
    return text;
}

}  // namespace ackd
