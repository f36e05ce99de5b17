// What is told outside the chat, and what becomes of it.
//
// A step of a route is asked, or somebody takes or ends an alert → a row in the outbox, of the destination's
// own conversation → compose_outside words it as it stands, or lets it go when it is overtaken → the adapter
// sends it, as often as it takes → outside_told, or outside_failed: what was given up is kept for somebody to
// send again.
//
// Stored in the outbox as JSON: {"to": "pager", "event": "raised"}, with "alerts": 7 where it is about a
// group of alerts, and "asker": "U1" of a test.
#pragma once

#include "bot/alerts/alert.hpp"
#include "bot/delivery/effect_composer.hpp"
#include "bot/destinations/destination_table.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"
#include "bot/notice.hpp"

#include <array>
#include <optional>
#include <string>

namespace ackd {

/// What a program decides by: the words are part of what it is sent (docs/destinations.md).
enum class OutsideEvent { raised, acknowledged, resolved, given_up, test, alive };
inline constexpr std::array all_outside_events{OutsideEvent::raised,
                                               OutsideEvent::acknowledged,
                                               OutsideEvent::resolved,
                                               OutsideEvent::given_up,
                                               OutsideEvent::test,
                                               OutsideEvent::alive};
[[nodiscard]] std::string_view name_of(OutsideEvent event);

// Who is told (outside_handlers.cpp)

/// The step that the obligation is at is asked: so are its destinations.
void call_destinations(HandlerContext& context, const Request& request, const Obligation& obligation);
/// Whoever was called for it hears that somebody has it, that it is over, or that nobody could be reached.
void follow_outside(HandlerContext& context,
                    const Request& request,
                    const Obligation& before,
                    const Obligation& after);
/// The source of the alerts hears what somebody did with them, where the policy says by which destination.
void answer_source(HandlerContext& context, const AlertGroup& group, OutsideEvent event);
/// They hear whether it was taken.
void test_destination(HandlerContext& context, const std::string& name, const UserId& asker);
/// All is well.
void beat(HandlerContext& context, const std::string& name);

/// Nothing: it is overtaken, or the policy has no such destination any more.
[[nodiscard]] Composed compose_outside(HandlerContext& context, const OutboxRow& row);
void outside_told(HandlerContext& context, const OutboxRow& row);
/// It will be tried again.
void outside_delayed(HandlerContext& context, const OutboxRow& row, const Fault& fault);
void outside_failed(HandlerContext& context, const OutboxRow& row, const Fault& fault);
/// What was given up is sent once more. False: there is no such thing (any more), or no such destination.
bool send_again(
    Outbox& outbox, const DestinationTable& table, const Policy& policy, UndeliveredId id, Instant now);

// Heartbeats (heartbeat.cpp)

/// Those that are due, when all is well; otherwise they are left out, which is what raises the alarm.
void send_heartbeats(HandlerContext& context);
/// When the next one is due; nothing: the policy has none.
[[nodiscard]] std::optional<Instant> next_heartbeat(storage::Connection& connection,
                                                    const Policy& policy,
                                                    Instant now);
/// What should have happened by now and did not, in a few words; empty: all is well.
[[nodiscard]] std::string overdue_work(storage::Connection& connection, Instant now);

// What people see and do (destinations_command.cpp)

/// `/ackd destinations`: each with how it does, a test, and what can be sent again.
[[nodiscard]] Notice destinations_reply(HandlerContext& context, const UserId& person);
[[nodiscard]] bool is_destination_action(const ActionTaken& taken);
[[nodiscard]] Notice take_destination_action(HandlerContext& context, const ActionTaken& taken);

}  // namespace ackd
