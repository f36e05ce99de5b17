// What people read in a retro. It speaks of what was said, never of who said how much: nobody is told how
// many answers there are before the window closes.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"
#include "bot/retro/retro_round.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

// To everybody of the team

enum class RetroAsked { first_of_two, only_once, last };
/// At the start, or before the end.
[[nodiscard]] Notice retro_prompt_notice(HandlerContext& context,
                                         const RetroRound& round,
                                         const UserId& reader,
                                         RetroAsked asked);
/// What ackd itself knows of the time since the last round, and how what was decided then stands.
[[nodiscard]] std::vector<Line> retro_fact_lines(HandlerContext& context, const RetroRound& round);
/// Who sees whose answers.
[[nodiscard]] std::string anonymous_words();
[[nodiscard]] std::string named_words();
/// "You have 3 dots: one for each theme that you choose."
[[nodiscard]] std::string retro_vote_words(const RetroRound& round);

// The message of a round

[[nodiscard]] Notice retro_notice(HandlerContext& context, const RetroRound& round);

// To who facilitates

/// It is their turn to go on.
[[nodiscard]] Notice retro_turn_notice(HandlerContext& context, const RetroRound& round);
/// No channel shows it, nor could they have its message.
[[nodiscard]] Notice retro_unshown_notice(const RetroRound& round);
[[nodiscard]] Notice retro_voted_reply(HandlerContext& context, const RetroRound& round);
[[nodiscard]] Notice retro_ended_reply(HandlerContext& context, const RetroRound& round);

// To who looks

/// `now`: the round that it is for; nothing: the next one.
[[nodiscard]] Notice retro_note_reply(HandlerContext& context,
                                      const Retro& retro,
                                      const UserId& reader,
                                      bool is_anonymous,
                                      const std::optional<RetroRound>& now);
/// It is not kept: why, and what was typed, which is nowhere else.
[[nodiscard]] Notice retro_note_refusal(const std::string& why, const std::string& text);
/// Where it stands with what they may do there, when the next one is, whose turn it is, and how what was
/// decided last stands: a section for each.
[[nodiscard]] Notice retros_reply(HandlerContext& context,
                                  const std::vector<const Retro*>& retros,
                                  const UserId& reader);
[[nodiscard]] Notice retro_found_reply(HandlerContext& context,
                                       const UserId& reader,
                                       const std::string& words,
                                       const std::vector<RetroFound>& found);
/// The whole round as Markdown, a line each.
[[nodiscard]] std::vector<std::string> retro_markdown(HandlerContext& context, const RetroRound& round);

}  // namespace ackd
