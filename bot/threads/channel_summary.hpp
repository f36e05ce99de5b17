// How the questions of a watched channel went in the last seven days: for whoever asks (`/threads`), and once
// a week for those who decide about the channel, with their digest.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/people/team.hpp"
#include "bot/privacy/team_figure.hpp"
#include "bot/threads/question.hpp"

#include <optional>
#include <span>
#include <string>

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

/// "In the last seven days: 12 of 14 questions answered, half of them within 25 min, …". Empty: too few
/// asked.
[[nodiscard]] std::string figures_words(HandlerContext& context, const ChannelId& channel);

/// The team that is at home in the channel; null: none is.
[[nodiscard]] const Team* team_at(const Settings& settings, const ChannelId& channel);

/// When a week has passed since it was done last: the leads of the team at home in each watched channel (else
/// the admins) read how its questions went, where there is something to say. Called once a night.
void summarise_channels(HandlerContext& context);

}  // namespace ackd
