// The small pieces that a retro's notices are put together from.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"
#include "bot/retro/retro_round.hpp"

#include <string>
#include <vector>

namespace ackd {

/// What a button is about: "5", and "5 voting" where it matters in which state it was drawn.
[[nodiscard]] std::string value_of(const RetroRound& round);
[[nodiscard]] std::string closing_value_of(const RetroRound& round);

/// "1 answer", "2 answers"
[[nodiscard]] std::string retro_count(std::size_t count, const char* one, const char* many);
[[nodiscard]] RichText words_until(std::string before, Instant at);

/// Who goes on with it: a name, or "anybody of platform".
[[nodiscard]] std::string facilitator_name(HandlerContext& context, const RetroRound& round);
/// "✅ done", "⏳ Bo has it": as the ask stands.
[[nodiscard]] std::string standing_of(HandlerContext& context, const Request& request);
/// A line for each action of the round, below the heading; nothing where there is none.
void add_actions(HandlerContext& context,
                 const RetroRound& round,
                 const char* heading,
                 std::vector<Line>& lines);
/// "deploys take an hour (Bo)": with the name where it has one.
[[nodiscard]] std::string said_words(HandlerContext& context, const RetroEntry& entry, std::size_t length);
/// "3. deploys take an hour", with the name where it has one.
[[nodiscard]] std::string entry_words(HandlerContext& context, const RetroEntry& entry, std::size_t length);
/// "●● Deploys (2 dots)"; while it is voted on, the title alone.
[[nodiscard]] std::string dots_words(const RetroTheme& theme, RetroState state);

}  // namespace ackd
