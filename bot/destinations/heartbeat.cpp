// Somebody notices when the bot is dead: as long as what should have happened has happened, an outside
// service is told so; when it hears nothing, it raises the alarm.
#include "bot/destinations/outside_handlers.hpp"

#include <fmt/format.h>

namespace ackd {

namespace {

using namespace std::chrono_literals;

/// How far behind its work is before all is not well. What waits for a person's hours, for a backoff or for
/// the chat's limits is due later, and so not behind.
constexpr Duration due_behind_max = 2min;
constexpr Duration unsent_behind_max = 10min;
/// When all is not well, it is looked at again so soon.
constexpr Duration looked_again_after = 30s;

}  // namespace

std::string overdue_work(storage::Connection& connection, Instant now)
{
    storage::Statement due = connection.prepare("SELECT count(*) FROM deadlines WHERE due_at_us < $1");
    due.bind(1, to_microseconds(now - due_behind_max));
    due.step();
    if (due.column_int(0) > 0) return fmt::format("{} due and not looked at", due.column_int(0));
    // Other destinations have an alarm of their own: an outside service that is down is not the bot's death.
    storage::Statement unsent = connection.prepare(
        "SELECT count(*) FROM outbox WHERE not_before_us < $1 AND substr(conversation, 1, length($2)) <> $2");
    unsent.bind_all(to_microseconds(now - unsent_behind_max), conversation_of_destination(""));
    unsent.step();
    if (unsent.column_int(0) > 0) return fmt::format("{} messages not sent", unsent.column_int(0));
    return "";
}

std::optional<Instant> next_heartbeat(storage::Connection& connection, const Policy& policy, Instant now)
{
    const DestinationTable table{connection};
    std::optional<Instant> next;
    for (const Destination& destination : policy.destinations) {
        if (destination.kind != DestinationKind::heartbeat) continue;
        const Instant at = table.state_of(destination.name).beat_at.value_or(now);
        next = next ? std::min(*next, at) : at;
    }
    return next;
}

void send_heartbeats(HandlerContext& context)
{
    const DestinationTable table{context.connection};
    std::optional<std::string> overdue;
    for (const Destination& destination : context.settings.destinations) {
        if (destination.kind != DestinationKind::heartbeat) continue;
        DestinationState state = table.state_of(destination.name);
        if (state.beat_at && *state.beat_at > context.now) continue;
        if (!overdue) overdue = overdue_work(context.connection, context.now);
        if (overdue->empty()) {
            beat(context, destination.name);
            state.beat_at = context.now + destination.every;
        } else {
            context.remarks.push_back(
                fmt::format("event=heartbeat_left_out to={} reason=\"{}\"", destination.name, *overdue));
            state.beat_at = context.now + std::min(looked_again_after, destination.every);
        }
        table.save(destination.name, state);
    }
    context.upkeep.heartbeats_at = next_heartbeat(context.connection, context.settings, context.now);
}

}  // namespace ackd
