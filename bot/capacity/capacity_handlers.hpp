// Capacity: a team, or somebody, says that there is no room left, and gets an answer.
//
// What happens when somebody says so: handle_capacity_command keeps the signal (capacity_signal.hpp) → two
// minutes later handle_capacity_due asks each function of the contract, along its route → who is asked
// answers from a closed list, in a form (take_make_room_form) → the message of the signal shows it, in place
// → five working days later who gave the signal is asked whether it helped.
//
// Meanwhile what is not urgent waits for whoever has no room (capacity_queue.cpp), and they are interrupted
// half as often (bot/interruptions/interruption_budget.hpp).
#pragma once

#include "bot/capacity/capacity_signal.hpp"
#include "bot/capacity/capacity_table.hpp"
#include "bot/delivery/effect_composer.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"
#include "bot/people/team.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

// Signals (capacity_handlers.cpp)

[[nodiscard]] Notice handle_capacity_command(HandlerContext& context, const CommandGiven& given);
/// By a button: of oneself, or that a team has room again.
[[nodiscard]] bool is_capacity_action(const ActionTaken& taken);
[[nodiscard]] std::optional<Notice> take_capacity_action(HandlerContext& context, const ActionTaken& taken);
/// Its two minutes are over, its end has come, or it is time to ask whether it helped.
void handle_capacity_due(HandlerContext& context, CapacitySignalId id);
/// Something that a function was asked has changed.
void follow_capacity(HandlerContext& context, const Request& request);
/// Nobody is asked because of what they said of themselves any more: they are forgotten.
void end_own_signals(HandlerContext& context, const UserId& person);
/// Clocks of what a function was asked. Nothing: the request is something else.
[[nodiscard]] std::optional<PriorityPolicy> pace_of_capacity_question(HandlerContext& context,
                                                                      const Request& request);

/// The team of this name in the policy; nothing: there is none any more.
[[nodiscard]] const Team* team_named(HandlerContext& context, const std::string& name);
/// A guest who does not belong to it: how it stands with a team is not theirs to see.
[[nodiscard]] bool is_guest_beside(HandlerContext& context, const UserId& person, const std::string& team);
/// Who must answer for a signal: what the policy says; where it says nothing, the leads of the team, and of
/// somebody alone the leads of all of theirs, as one function. May be nobody.
[[nodiscard]] CapacityContract contract_of(HandlerContext& context, const CapacitySignal& signal);

// What makes room (capacity_answers.cpp)

/// Whether it ends by a choice from the closed list, and nothing else.
[[nodiscard]] bool ends_by_relief(HandlerContext& context, const Request& request);
void open_make_room_form(HandlerContext& context, const ActionTaken& taken);
[[nodiscard]] bool is_make_room_row(const OutboxRow& row);
[[nodiscard]] OpenForm make_room_form_in(HandlerContext& context, const OutboxRow& row);
inline constexpr const char* make_room_form_name = "make_room";
[[nodiscard]] FormProblems take_make_room_form(HandlerContext& context, const FormSubmitted& submitted);

// Who has no room, and what waits for them (capacity_queue.cpp)

/// Until when somebody is spared, by themselves or by one of their teams; nothing: they are not.
[[nodiscard]] std::optional<Instant> spared_until(const HandlerContext& context, const UserId& person);
/// Until when a new ask waits for this person; nothing: it does not.
[[nodiscard]] std::optional<Instant> waits_until(HandlerContext& context,
                                                 const Request& request,
                                                 const UserId& person);
/// These, of one request, wait from now on. Who asked is told, alone, how many come before.
void put_into_queue(HandlerContext& context, const Request& request, const std::vector<Obligation>& waiting);
/// Signals have changed: what waits for nobody any more begins now, what waits longer begins later.
void settle_queue(HandlerContext& context);

// What follows when a team says so often (capacity_resync.cpp)

/// It is the fourth within thirty days: that speaks of how the team is run. Its resync begins, out of turn,
/// where it has one; and its leads are told.
void follow_many_signals(HandlerContext& context, const CapacitySignal& signal);

// Its message (capacity_message.cpp)

/// Posted where the team is at home, else to who gave the signal; or drawn again.
void redraw_capacity(HandlerContext& context, const CapacitySignal& signal);
[[nodiscard]] Composed compose_capacity_message(HandlerContext& context, const OutboxRow& row);
void capacity_message_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted);
/// The team's channel does not take it: who gave the signal has it instead.
void capacity_message_failed(HandlerContext& context, const OutboxRow& row);

}  // namespace ackd
