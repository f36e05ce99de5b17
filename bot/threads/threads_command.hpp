// `/threads`: the questions of a channel that nobody has answered, oldest first, and what it has learnt.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"
#include "bot/notice.hpp"
#include "bot/privacy/team_figure.hpp"
#include "bot/threads/question.hpp"

#include <optional>
#include <span>

namespace ackd {

/// How a channel's questions ended, as far as enough people asked them.
struct AnswerFigures {
    TeamFigure asked;
    TeamFigure answered;
    /// Minutes from the question to its answer, of those whose answer has a time: half of them were answered
    /// within the first, nine in ten within the second.
    std::optional<TeamFigure> median_minutes;
    std::optional<TeamFigure> most_minutes;
};
/// `ended`: of some days. Nothing: fewer than five people asked.
[[nodiscard]] std::optional<AnswerFigures> answer_figures(std::span<const Question> ended);

/// `/threads`, `/threads #channel`, `/threads learned`, `/threads reset`
[[nodiscard]] Notice handle_threads_command(HandlerContext& context, const CommandGiven& given);

}  // namespace ackd
