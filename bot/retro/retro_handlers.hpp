// Retro: a team writes down what it noticed, finds its themes, and decides what it does about them.
//
// What happens in a round: begin_retro asks the team, once → answers come by form, notes by `/retro note`
// on any day before (retro_answers.cpp) → handle_retro_due reminds once, a day before the end, and at the end
// shows what was written → the facilitator groups it into themes, the team gives dots, and action items
// become asks with an owner and a date (retro_themes.cpp) → the next round opens with them.
#pragma once

#include "bot/cadence/cadence_schedule.hpp"
#include "bot/delivery/effect_composer.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/form.hpp"
#include "bot/input.hpp"
#include "bot/retro/retro_round.hpp"

#include <optional>
#include <string_view>

namespace ackd {

/// In the place of the round before, which ends, wherever it stands.
void begin_retro(HandlerContext& context, const Retro& retro, const Occurrence& occurrence);
/// It is time to remind, its window closes, or nobody goes on with it.
void handle_retro_due(HandlerContext& context, RetroRoundId id);
[[nodiscard]] Notice handle_retro_command(HandlerContext& context, const CommandGiven& given);
[[nodiscard]] bool is_retro_action(const ActionTaken& taken);
[[nodiscard]] std::optional<Notice> take_retro_action(HandlerContext& context, const ActionTaken& taken);

/// The round in what a button or a form is about: "5", "5 voting".
[[nodiscard]] std::optional<RetroRound> retro_round_in(HandlerContext& context, std::string_view value);
/// A fact about a round. Before its window closes none says that anybody answered.
void record_retro(HandlerContext& context,
                  const UserId& actor,
                  const RetroRound& round,
                  std::string_view fact,
                  std::string_view name = {},
                  std::string_view value = {});
/// It changed: kept, and shown.
void keep_retro(HandlerContext& context, const RetroRound& round);

// Forms: to answer, to group into themes, to give dots, to take on what is done about it. Each is called as
// the button that opens it.

[[nodiscard]] bool is_retro_row(const OutboxRow& row);
[[nodiscard]] OpenForm retro_form_in(HandlerContext& context, const OutboxRow& row);
[[nodiscard]] bool is_retro_form(std::string_view name);
[[nodiscard]] FormProblems take_retro_form(HandlerContext& context, const FormSubmitted& submitted);

// Answers (retro_answers.cpp)

/// Why this person cannot answer now; empty: they can.
[[nodiscard]] std::string answer_obstacle(HandlerContext& context,
                                          const RetroRound& round,
                                          const UserId& person);
[[nodiscard]] Form retro_answer_form(HandlerContext& context, const RetroRound& round, const UserId& person);
[[nodiscard]] FormProblems take_retro_answers(HandlerContext& context,
                                              const RetroRound& round,
                                              const FormSubmitted& submitted);
/// `/retro note`: for the open round, else for the next one.
[[nodiscard]] Notice take_retro_note(HandlerContext& context,
                                     const Retro& retro,
                                     const UserId& person,
                                     const std::string& text);
/// Answers were kept, or shown, or votes counted: the database's log has them in the order in which that
/// happened.
void empty_log_of_answers(HandlerContext& context);

// Themes, dots and what follows (retro_themes.cpp)

/// Likewise, for the other three; `what` is the button.
[[nodiscard]] std::string going_on_obstacle(HandlerContext& context,
                                            std::string_view what,
                                            const RetroRound& round,
                                            const UserId& person);
[[nodiscard]] Form retro_group_form(HandlerContext& context, const RetroRound& round);
[[nodiscard]] Form retro_vote_form(HandlerContext& context, const RetroRound& round, const UserId& person);
[[nodiscard]] Form retro_act_form(const RetroRound& round);
[[nodiscard]] FormProblems take_retro_themes(HandlerContext& context,
                                             const RetroRound& round,
                                             const FormSubmitted& submitted);
[[nodiscard]] FormProblems take_retro_dots(HandlerContext& context,
                                           const RetroRound& round,
                                           const FormSubmitted& submitted);
[[nodiscard]] FormProblems take_retro_act(HandlerContext& context,
                                          const RetroRound& round,
                                          const FormSubmitted& submitted);
/// Closes the voting, or ends the round: as the button says, which tells in which state it was drawn.
[[nodiscard]] Notice close_retro(HandlerContext& context, const RetroRound& round, const ActionTaken& taken);
/// Ends it wherever it stands: what was said is kept, and shown.
void end_retro(HandlerContext& context, const UserId& actor, RetroRound round, RetroEnd how);

// The message of a round, and the two questions to each of its people (retro_message.cpp)

/// Where it is at home; empty: nowhere.
[[nodiscard]] ChannelId channel_of(HandlerContext& context, const RetroRound& round);
enum class RetroPrompt { first, last };
/// Puts it to somebody to answer, when they are at work next. Not where that is after the close, nor a second
/// time soon after the first one; and what they are told is found out when it is sent.
void ask_in_retro(HandlerContext& context, const RetroRound& round, const UserId& person, RetroPrompt prompt);
/// Posted in the channel, once, or drawn again; without a channel the facilitator has it.
void redraw_retro(HandlerContext& context, const RetroRound& round);
[[nodiscard]] Composed compose_retro_message(HandlerContext& context, const OutboxRow& row);
void retro_message_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted);
/// A message that is gone or cannot be changed is posted anew; where the channel does not take it, the
/// facilitator has it, and where that cannot be either, they are told.
void retro_message_failed(HandlerContext& context, const OutboxRow& row);

}  // namespace ackd
