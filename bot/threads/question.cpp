#include "bot/threads/question.hpp"

namespace ackd {

std::optional<QuestionState> next_state(QuestionState state, QuestionEvent event)
{
    switch (event) {
        case QuestionEvent::unheard:
            if (state == QuestionState::watched) return QuestionState::pursued;
            break;
        case QuestionEvent::ended:
            if (state != QuestionState::ended) return QuestionState::ended;
            break;
        case QuestionEvent::asked_again:
            if (state == QuestionState::ended) return QuestionState::pursued;
            break;
        case QuestionEvent::still_stuck:
            if (state == QuestionState::ended) return QuestionState::watched;
            break;
    }
    return std::nullopt;
}

std::string_view name_of(QuestionState state)
{
    switch (state) {
        case QuestionState::watched: return "watched";
        case QuestionState::pursued: return "pursued";
        case QuestionState::ended: return "ended";
    }
    return "?";
}

std::string_view name_of(QuestionOutcome outcome)
{
    switch (outcome) {
        case QuestionOutcome::none: return "";
        case QuestionOutcome::answered: return "answered";
        case QuestionOutcome::answered_elsewhere: return "answered elsewhere";
        case QuestionOutcome::not_a_question: return "not a question";
        case QuestionOutcome::reads_otherwise: return "asks nothing, as it stands there";
        case QuestionOutcome::withdrawn: return "no longer asked";
        case QuestionOutcome::deleted: return "deleted";
        case QuestionOutcome::unanswered: return "unanswered";
        case QuestionOutcome::unwatched: return "not watched any more";
        case QuestionOutcome::asker_gone: return "who asked is no longer in the workspace";
    }
    return "?";
}

bool is_answered(QuestionOutcome outcome)
{
    return outcome == QuestionOutcome::answered || outcome == QuestionOutcome::answered_elsewhere;
}

}  // namespace ackd
