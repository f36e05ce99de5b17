// Resync: teams say where they stand, and where they see things differently is settled.
//
// What happens in a round: begin_resync asks the leads of each team, in private → they answer in a form
// (resync_answers.cpp) → handle_resync_due reminds in the digest at half time, and at its end posts one
// message in the channel (resync_message.cpp) → each divergence (resync_rules.hpp) is one line below it and
// is raised between the leads of both sides (resync_divergences.cpp). Answers that come later are added in
// place. Surprises may be said at any time (`/surprise`).
#pragma once

#include "bot/cadence/cadence_schedule.hpp"
#include "bot/delivery/effect_composer.hpp"
#include "bot/delivery/part.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/form.hpp"
#include "bot/input.hpp"
#include "bot/resync/resync_round.hpp"

#include <optional>

namespace ackd {

/// `called_by`: the team for which it comes out of turn; empty: it does not.
void begin_resync(HandlerContext& context,
                  const Resync& resync,
                  const Occurrence& occurrence,
                  const std::string& called_by = {});
/// It is time to remind, or its end has come.
void handle_resync_due(HandlerContext& context, ResyncRoundId id);
[[nodiscard]] Notice handle_resync_command(HandlerContext& context, const CommandGiven& given);
[[nodiscard]] Notice handle_surprise_command(HandlerContext& context, const CommandGiven& given);
[[nodiscard]] bool is_resync_action(const ActionTaken& taken);
[[nodiscard]] std::optional<Notice> take_resync_action(HandlerContext& context, const ActionTaken& taken);

// Answers (resync_answers.cpp)

inline constexpr const char* resync_form_name = "resync";
/// Why this person's press opens no form; nothing: it does.
[[nodiscard]] std::optional<Notice> obstacle_to_answering(HandlerContext& context, const ActionTaken& taken);
[[nodiscard]] bool is_resync_row(const OutboxRow& row);
[[nodiscard]] OpenForm resync_form_in(HandlerContext& context, const OutboxRow& row);
[[nodiscard]] FormProblems take_resync_form(HandlerContext& context, const FormSubmitted& submitted);

// Divergences (resync_divergences.cpp)

/// Those that the answers of the round show and nobody knows of yet are raised; those whose answers agree
/// by now are over.
void follow_answers(HandlerContext& context, const ResyncRound& round, const Resync& resync);
/// The policy names it no longer: nobody is asked about anything of it any more.
void end_resync(HandlerContext& context, const std::string& name);
/// "We agree now", about one that was given up on. Nothing: it is something else.
[[nodiscard]] std::optional<Notice> settle_given_up(HandlerContext& context,
                                                    const Part& part,
                                                    const UserId& person);
/// What the leads were asked because of one has changed.
void follow_divergence(HandlerContext& context, const Request& request);
/// Whether it is about a divergence that is open.
[[nodiscard]] bool is_divergence(HandlerContext& context, const Request& request);
/// What whoever is asked reads; empty: the request is something else.
[[nodiscard]] std::vector<Line> divergence_lines(HandlerContext& context, const Request& request);
void add_divergence_actions(const std::string& value, Section& section);
inline constexpr const char* difference_form_name = "difference";
/// Why this person's press opens no form; nothing: it does.
[[nodiscard]] std::optional<Notice> obstacle_to_accepting(HandlerContext& context, const ActionTaken& taken);
[[nodiscard]] bool is_difference_row(const OutboxRow& row);
[[nodiscard]] OpenForm difference_form_in(HandlerContext& context, const OutboxRow& row);
[[nodiscard]] FormProblems take_difference_form(HandlerContext& context, const FormSubmitted& submitted);

// The message of a round, and the lines below it (resync_message.cpp)

void redraw_resync(HandlerContext& context, const ResyncRound& round);
/// In private, when they are at work: if it is still to be answered then.
void ask_lead(HandlerContext& context, const ResyncRound& round, const UserId& lead);
void redraw_divergence(HandlerContext& context, const Divergence& divergence);
/// Whatever has been posted since then, and what names somebody as who ended a divergence since then: they
/// are called otherwise now. What was never posted is not posted for that.
void redraw_what_names(HandlerContext& context, const UserId& person, Instant since);
[[nodiscard]] Composed compose_resync_message(HandlerContext& context, const OutboxRow& row);
[[nodiscard]] Composed compose_divergence_message(HandlerContext& context, const OutboxRow& row);
void resync_message_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted);
void divergence_message_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted);
/// The channel does not take it: its leads are told.
void resync_message_failed(HandlerContext& context, const OutboxRow& row);

}  // namespace ackd
