#include "bot/delivery/obligation.hpp"

namespace ackd {

std::string_view name_of(ObligationState state)
{
    switch (state) {
        case ObligationState::open: return "open";
        case ObligationState::received: return "received";
        case ObligationState::integrated: return "integrated";
        case ObligationState::declined: return "declined";
        case ObligationState::delegated: return "delegated";
        case ObligationState::escalated: return "escalated";
        case ObligationState::dead_letter: return "dead letter";
        case ObligationState::withdrawn: return "withdrawn";
        case ObligationState::expired: return "expired";
    }
    return "?";
}

bool is_final(ObligationState state)
{
    return state != ObligationState::open && state != ObligationState::received &&
           state != ObligationState::escalated;
}

std::string_view name_of(AckLevel level)
{
    return level == AckLevel::received ? "received" : "done";
}

std::string_view name_of(AckWay way)
{
    switch (way) {
        case AckWay::none: return "";
        case AckWay::button: return "button";
        case AckWay::reaction: return "reaction";
        case AckWay::reply: return "reply";
        case AckWay::command: return "command";
        case AckWay::hand_over: return "hand-over";
    }
    return "?";
}

std::string_view name_of(EndCause cause)
{
    switch (cause) {
        case EndCause::none: return "";
        case EndCause::no_answer: return "no answer";
        case EndCause::undeliverable: return "the messages could not be delivered";
        case EndCause::never_done: return "received, never done";
        case EndCause::by_creditor: return "no longer needed";
        case EndCause::subject_deleted: return "the message was deleted";
        case EndCause::enough_others: return "enough others have answered";
        case EndCause::no_time: return "no time for it";
        case EndCause::blocked: return "blocked by something else";
        case EndCause::objection: return "an objection";
        case EndCause::not_me: return "not the right person";
        case EndCause::away: return "away";
        case EndCause::debtor_gone: return "the account was deactivated";
        case EndCause::not_woken: return "nobody said that it is still needed";
        case EndCause::by_silence: return "decided by silence";
        case EndCause::objected_to: return "somebody objected";
        case EndCause::answered_there: return "it was answered";
        case EndCause::no_question: return "it asks nothing";
        case EndCause::over_by_itself: return "it is over by itself";
        case EndCause::nobody_on_route: return "nobody is on the route";
        case EndCause::others_are_asked: return "others are asked for it";
        case EndCause::unwatched: return "the channel is not watched any more";
        case EndCause::creditor_gone: return "who asked is no longer in the workspace";
    }
    return "?";
}

std::optional<EndCause> decline_cause_named(std::string_view word)
{
    if (word == "no_time") return EndCause::no_time;
    if (word == "blocked") return EndCause::blocked;
    if (word == "objection") return EndCause::objection;
    if (word == "not_me") return EndCause::not_me;
    if (word == "away") return EndCause::away;
    return std::nullopt;
}

}  // namespace ackd
