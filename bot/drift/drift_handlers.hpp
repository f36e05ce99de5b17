// Drift probe: how alike people of a team see something, found with one tap each.
//
// What happens: who owns the answer asks, in a form, with the possible answers and the one that holds, which
// stays sealed → a few people of the team, picked at random, get one private message with a button for each
// answer (drift_probes.cpp) → when all of them have answered, or its time is over, the outcome is one message
// in the team's channel (drift_message.cpp): how many saw it as it is, and how many saw what else; never who.
// Until then it can be called off (drift_stop.cpp).
#pragma once

#include "bot/delivery/effect_composer.hpp"
#include "bot/drift/drift_probe.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/form.hpp"
#include "bot/input.hpp"

#include <optional>
#include <string>

namespace ackd {

/// Opens the form, or says what became of the last ones, and when the next one is possible.
[[nodiscard]] std::optional<Notice> handle_drift_command(HandlerContext& context, const CommandGiven& given);
/// "stop", "stop platform": one that is open is called off, by who asked it, a lead of its team or an admin.
/// Nothing: the words say something else.
[[nodiscard]] std::optional<Notice> stop_probe(HandlerContext& context,
                                               const UserId& person,
                                               const std::string& typed);
/// The time for answers is over.
void handle_drift_due(HandlerContext& context, DriftProbeId id);
[[nodiscard]] bool is_drift_action(const ActionTaken& taken);
[[nodiscard]] std::optional<Notice> take_drift_action(HandlerContext& context, const ActionTaken& taken);

inline constexpr const char* drift_form_name = "drift";
[[nodiscard]] bool is_drift_row(const OutboxRow& row);
[[nodiscard]] OpenForm drift_form_in(HandlerContext& context, const OutboxRow& row);
[[nodiscard]] FormProblems take_drift_form(HandlerContext& context, const FormSubmitted& submitted);

// The messages that ask, and the one that shows the outcome (drift_message.cpp)

/// In private, when they are at work: if it is still open then.
void ask_in_probe(HandlerContext& context, const DriftProbe& probe, const UserId& person);

[[nodiscard]] Composed compose_drift_message(HandlerContext& context, const OutboxRow& row);
void drift_message_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted);
/// The channel does not take it: who asked is told.
void drift_message_failed(HandlerContext& context, const OutboxRow& row);

}  // namespace ackd
