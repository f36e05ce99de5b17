// Who is spared, and what waits for them meanwhile.
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/capacity/capacity_notices.hpp"
#include "bot/capacity/capacity_rules.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"

#include <algorithm>

namespace ackd {

namespace {

void consider(std::optional<Instant>& until, const std::optional<CapacitySignal>& signal)
{
    if (!signal || signal->level != CapacityLevel::at) return;
    until = until ? std::max(*until, signal->until) : signal->until;
}

/// It begins then: as if it had been asked at that instant.
void begin_at(HandlerContext& context, const Request& request, const Obligation& obligation, Instant at)
{
    Obligation next = obligation;
    next.started_at = at;
    next.due_at = first_due(situation_of(context, request, obligation), at, 0);
    save_and_record(context,
                    request,
                    obligation,
                    next,
                    bot_actor,
                    at > context.now ? "ask_waits" : "ask_begins",
                    {{"at_us", std::to_string(to_microseconds(at))}});
    redraw_card(context, request);
}

int place_of(HandlerContext& context, const UserId& person, ObligationId id)
{
    const auto waiting = CapacityTable{context.connection}.waiting_for(person);
    return 1 + static_cast<int>(std::find(waiting.begin(), waiting.end(), id) - waiting.begin());
}

/// Whoever was to read of it in their digest does, now that it begins.
void announce(HandlerContext& context, const Request& request, const Obligation& obligation)
{
    if (request.announcement == Announcement::at_once || request.priority == Priority::fyi) return;
    const WorkingHours hours = context.directory.working_hours_of(obligation.debtor);
    put_into_digest(context,
                    obligation.debtor,
                    OutboxItem{obligation.id, 0, 0},
                    digest_at(hours, context.now, context.now));
}

}  // namespace

std::optional<Instant> spared_until(const HandlerContext& context, const UserId& person)
{
    const CapacityTable table{context.connection};
    if (!table.is_any_in_force()) return std::nullopt;
    std::optional<Instant> until;
    consider(until, table.in_force("", person));
    for (const Team& team : context.settings.teams) {
        if (const auto signal = table.in_force(team.name, person);
            signal && context.directory.is_in(team, person))
            consider(until, signal);
    }
    return until;
}

std::optional<Instant> waits_until(HandlerContext& context, const Request& request, const UserId& person)
{
    const auto until = spared_until(context, person);
    // What silence decides has its own time.
    if (!until || *until <= context.now || context.silences.find(request.id)) return std::nullopt;
    return may_wait(request.priority, request.due_at, *until) ? until : std::nullopt;
}

void put_into_queue(HandlerContext& context, const Request& request, const std::vector<Obligation>& waiting)
{
    if (waiting.empty()) return;
    const CapacityTable table{context.connection};
    std::vector<QueuedPerson> people;
    for (const Obligation& obligation : waiting) {
        table.add_waiting(obligation.debtor, obligation.id);
        people.push_back({obligation.debtor,
                          static_cast<int>(table.waiting_for(obligation.debtor).size()),
                          obligation.started_at});
        record(context,
               bot_actor,
               request.id,
               obligation.id,
               "ask_waits",
               {{"at_us", std::to_string(to_microseconds(obligation.started_at))}});
    }
    tell(context, request.creditor, request, queued_notice(context, request, people), TellWhen::at_once);
}

void settle_queue(HandlerContext& context)
{
    const CapacityTable table{context.connection};
    for (const UserId& person : table.people_waited_for()) {
        const auto until = spared_until(context, person);
        for (const ObligationId id : table.waiting_for(person)) {
            const auto obligation = context.obligations.find(id);
            const bool still_waits = obligation && obligation->state == ObligationState::open &&
                                     obligation->debtor == person && obligation->attempt == 0 &&
                                     obligation->snoozes == 0;
            if (!still_waits) {
                table.remove_waiting(id);
                continue;
            }
            const auto request = context.obligations.find(obligation->request);
            const bool waits_on = until && *until > context.now &&
                                  may_wait(request->priority, request->due_at, *until);
            if (waits_on) {
                if (*until == obligation->started_at) continue;
                const bool waits_longer = *until > obligation->started_at;
                begin_at(context, *request, *obligation, *until);
                if (waits_longer)
                    tell(context,
                         request->creditor,
                         *request,
                         queued_notice(context, *request, {{person, place_of(context, person, id), *until}}));
                continue;
            }
            table.remove_waiting(id);
            if (obligation->started_at > context.now) begin_at(context, *request, *obligation, context.now);
            announce(context, *request, *obligation);
        }
        redraw_home(context, person);
    }
}

}  // namespace ackd
