#include "bot/delivery/obligation_handlers.hpp"

#include "bot/alerts/alert_handlers.hpp"
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/need_handlers.hpp"
#include "bot/delivery/private_message.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/delivery/silence_handlers.hpp"
#include "bot/destinations/outside_handlers.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/escalation/breaker.hpp"
#include "bot/escalation/raise.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/interruptions/interruption_budget.hpp"
#include "bot/interruptions/nudge_samples.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/resync/resync_handlers.hpp"
#include "bot/threads/question_handlers.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace ackd {

namespace {

/// What somebody says of their own accord, whatever it is.
bool is_answer(ObligationEvent event)
{
    return event == ObligationEvent::acked || event == ObligationEvent::promised ||
           event == ObligationEvent::done || event == ObligationEvent::declined ||
           event == ObligationEvent::snoozed;
}

void add_reachable(HandlerContext& context, Situation& situation, const UserId& person)
{
    if (!is_present(context.directory.find(person))) return;
    situation.audience.push_back(Reachable{person, context.directory.working_hours_of(person)});
}

/// Takes one of somebody's interruptions for a message about this, unless it is about what cannot wait.
/// False: they have none left now.
bool claim_interruption(HandlerContext& context, const UserId& person, const Request& request)
{
    const bool cannot_wait = request.priority == Priority::now ||
                             off_hours_of(context, request).when == OffHours::When::always;
    if (cannot_wait) return true;
    if (!may_interrupt(context, person)) return false;
    spend_interruption(context, person);
    return true;
}

/// Clocks other than those of its priority. Nothing: it has none.
std::optional<PriorityPolicy> own_pace_of(HandlerContext& context, const Request& request)
{
    if (request.kind != RequestKind::escalation) return pace_of_question(context, request);
    if (auto pace = pace_of_capacity_question(context, request)) return pace;
    if (!request.route.off_hours) return std::nullopt;
    PriorityPolicy pace = context.settings.delivery.of(request.priority);
    pace.off_hours = *request.route.off_hours;
    return pace;
}

void become_dead_letter(HandlerContext& context, const Request& request, const Obligation& obligation)
{
    const UserId owner = dead_letter_owner_of(context, request);
    context.obligations.add_dead_letter(obligation, owner, context.now);
    if (owner == bot_actor) return;  // nobody decides here: it waits for the weekly round
    if (!claim_interruption(context, owner, request)) {
        put_into_digest(context,
                        owner,
                        OutboxItem{obligation.id, dead_letter_step, 0},
                        digest_at(context.directory.working_hours_of(owner), context.now, context.now));
        return;
    }
    send_about(context,
               OutboxKind::dead_letter,
               owner,
               request.id,
               {OutboxItem{obligation.id, dead_letter_step, 0}});
}

/// "Can't": the backup is asked at once; without one, or when the debtor was the wrong person, it goes back.
void pass_on_declined(HandlerContext& context,
                      const Request& request,
                      const Obligation& before,
                      const Obligation& declined)
{
    if (before.state == ObligationState::escalated) {
        // Those called in go on being asked: the same clock, owed by the first of them who can be asked, from
        // now on; but not whoever has just said that they can't.
        context.obligations.decline_calls(before.id, before.debtor);
        for (const UserId& person : context.obligations.called_people(before.id)) {
            if (person == before.debtor || !is_present(context.directory.find(person)) ||
                context.obligations.has_declined_call(before.id, person))
            {
                continue;
            }
            Obligation successor = before;
            successor.debtor = person;
            successor.predecessor = before.id;
            context.obligations.insert(successor);
            context.obligations.copy_calls(before.id, successor.id);
            // What they have in front of them is about the successor from now on.
            context.sent_messages.move(before.id, successor.id, static_cast<int>(OutboxKind::escalation));
            refresh_messages(context, request, successor.id);
            record(context,
                   bot_actor,
                   request.id,
                   successor.id,
                   "taken_over",
                   {{"debtor", successor.debtor},
                    {"from", std::to_string(before.id.value)},
                    {"to", std::string{name_of(successor.state)}}});
            return;
        }
    }
    if (request.kind == RequestKind::escalation) return pass_on_raised(context, request, declined);
    // Of a question it was ackd that chose whom to ask.
    if (declined.cause != EndCause::not_me || request.kind == RequestKind::question) {
        Situation situation = situation_of(context, request, before);
        for (int step = next_step_with_targets(situation, before.step); step != 0;
             step = next_step_with_targets(situation, step))
        {
            for (const UserId& person : request.step_at(step)->people) {
                if (person == before.debtor || !is_present(context.directory.find(person))) continue;
                add_successor(context, request, declined, person, step);
                return;
            }
        }
    }
    tell(context, request.creditor, request, declined_notice(context, request, declined));
}

}  // namespace

OffHours off_hours_of(HandlerContext& context, const Request& request)
{
    const auto own = own_pace_of(context, request);
    return own ? own->off_hours : context.settings.delivery.of(request.priority).off_hours;
}

bool tells_others(HandlerContext& context, ObligationId id, const FrozenStep& step)
{
    const bool has_channel = std::any_of(
        step.channels.begin(), step.channels.end(), [&](const ChannelId& channel) {
            return can_be_told(context, channel) && !context.obligations.has_declined_call(id, channel);
        });
    return has_channel ||
           std::any_of(step.destinations.begin(), step.destinations.end(), [&](const std::string& name) {
               return find_destination(context.settings.destinations, name) != nullptr &&
                      !context.obligations.has_declined_call(id, call_of_destination(name));
           });
}

bool can_be_told(HandlerContext& context, const ChannelId& channel)
{
    const auto known = context.conversations.find(channel);
    return !known || !known->conversation.is_archived;
}

void save_and_record(HandlerContext& context,
                     const Request& request,
                     const Obligation& before,
                     const Obligation& after,
                     const UserId& actor,
                     std::string_view fact,
                     FactDetail detail)
{
    context.obligations.save(before, after);
    if (before.state == ObligationState::open && after.state != ObligationState::open)
        CapacityTable{context.connection}.remove_waiting(after.id);
    redraw_homes(context, request, before, after);
    if (is_mutated(Mutation::forget_record) && after.state == ObligationState::declined) return;
    record(context, actor, request.id, after.id, fact, detail);
}

void after_change(HandlerContext& context,
                  Request& request,
                  const Obligation& before,
                  const Obligation& after)
{
    if (after.state == ObligationState::dead_letter) become_dead_letter(context, request, after);
    if (after.state == ObligationState::declined && !take_objection(context, request, after))
        pass_on_declined(context, request, before, after);
    refresh_messages(context, request, after.id);
    count_needed(context, request, before, after);
    settle_request(context, request);
    settle_silence(context, request);
    follow_read_back(context, request);
    follow_raised(context, request, before, after);
    follow_outside(context, request, before, after);
    follow_takers(context, request, before, after);
    if (request.kind == RequestKind::escalation && before.state != after.state) {
        if (after.state == ObligationState::received) note_route(context, request, true);
        if (after.state == ObligationState::dead_letter && takers_of(context, request).empty())
            note_route(context, request, false);
    }
    redraw_card(context, request);
    follow_alerts(context, request);
    follow_capacity(context, request);
    follow_divergence(context, request);
}

Situation situation_of(HandlerContext& context, const Request& request, const Obligation& obligation)
{
    Situation situation{context.settings.delivery,
                        request.priority,
                        request.level,
                        request.due_at,
                        context.directory.working_hours_of(obligation.debtor),
                        {},
                        {},
                        {},
                        false,
                        {request.need, request.need_until},
                        std::nullopt,
                        request.active_at,
                        own_pace_of(context, request),
                        request.decides_at};
    bool is_gone_past = false;
    for (int number = 1; const FrozenStep* step = request.step_at(number); ++number) {
        const bool somebody = !reachable_on_step(context, request, obligation.id, number).empty();
        const bool has_targets = somebody || tells_others(context, obligation.id, *step);
        situation.step_has_targets.push_back(has_targets);
        // Who does not answer costs nobody any time: whoever comes after them is asked at once.
        situation.step_delays.push_back(is_gone_past ? Duration{0} : step->delay);
        const bool was_asked = number < obligation.step ||
                               (number == obligation.step &&
                                (obligation.attempt > 0 || obligation.state != ObligationState::escalated));
        is_gone_past = !has_targets && !was_asked &&
                       std::any_of(step->people.begin(), step->people.end(), [&](const UserId& person) {
                           return is_present(context.directory.find(person));
                       });
    }
    if (obligation.state == ObligationState::received) {
        add_reachable(context, situation, obligation.holder);
    } else if (obligation.state == ObligationState::escalated) {
        if (const FrozenStep* step = request.step_at(obligation.step)) {
            for (const UserId& person : reachable_on_step(context, request, obligation.id, obligation.step)) {
                if (context.obligations.has_declined_call(obligation.id, person)) continue;
                add_reachable(context, situation, person);
            }
            situation.tells_others = tells_others(context, obligation.id, *step);
        }
    } else {
        add_reachable(context, situation, obligation.debtor);
    }
    return situation;
}

ApplyOutcome change(HandlerContext& context,
                    Request& request,
                    const Obligation& known,
                    const Happening& happening)
{
    // Read again: what just happened to another obligation of the request may have ended this one.
    const auto found = context.obligations.find(known.id);
    if (!found) return ApplyOutcome::does_not_apply;
    const Obligation& obligation = *found;
    const bool is_taking = happening.event == ObligationEvent::acked ||
                           happening.event == ObligationEvent::promised;
    if (is_taking && has_taken_another(context, request, obligation, happening.actor))
        return ApplyOutcome::nothing_new;
    Situation situation = situation_of(context, request, obligation);
    // The clock that starts is that of the person who has it from now on.
    const bool restarts = happening.event == ObligationEvent::undone ||
                          happening.event == ObligationEvent::asked_again;
    if (restarts || (is_taking && obligation.state != ObligationState::received)) {
        situation.audience.clear();
        add_reachable(context, situation, restarts ? obligation.debtor : happening.actor);
    }
    const Applied applied = apply(obligation, happening, situation);
    if (applied.outcome != ApplyOutcome::changed) return applied.outcome;

    save_and_record(context,
                    request,
                    obligation,
                    applied.next,
                    happening.actor,
                    name_of(happening.event),
                    {{"to", std::string{name_of(applied.next.state)}},
                     {"way", std::string{name_of(happening.way)}},
                     {"cause", std::string{name_of(happening.cause)}},
                     {"until_us", happening.until ? std::to_string(to_microseconds(*happening.until)) : ""}});
    note_answer(context, happening, obligation.id);
    if (is_answer(happening.event)) note_answer_of(context, happening.actor);
    after_change(context, request, obligation, applied.next);
    return applied.outcome;
}

Obligation add_successor(HandlerContext& context,
                         const Request& request,
                         const Obligation& predecessor,
                         const UserId& debtor,
                         int step)
{
    Obligation successor;
    successor.request = request.id;
    successor.debtor = debtor;
    successor.step = step;
    successor.started_at = context.now;
    successor.predecessor = predecessor.id;
    const Situation situation = situation_of(context, request, successor);
    successor.due_at = first_due(situation, context.now, std::max(step, 1));
    context.obligations.insert(successor);
    redraw_home(context, debtor);
    record(context,
           bot_actor,
           request.id,
           successor.id,
           "asked",
           {{"debtor", debtor},
            {"from", std::to_string(predecessor.id.value)},
            {"step", std::to_string(step)},
            {"to", std::string{name_of(successor.state)}}});
    return successor;
}

void settle_request(HandlerContext& context, Request& request)
{
    if (request.state == RequestState::gathering) return;
    Tally tally = context.obligations.tally(request.id);
    if (tally.received >= request.needed && tally.waiting > 0 && request.needed > 0) {
        for (const Obligation& other : context.obligations.of_request(request.id)) {
            const auto to = next_state(other.state, ObligationEvent::no_longer_needed);
            if (!to) continue;
            Obligation after = other;
            after.state = *to;
            after.cause = EndCause::enough_others;
            after.due_at.reset();
            save_and_record(context,
                            request,
                            other,
                            after,
                            bot_actor,
                            name_of(ObligationEvent::no_longer_needed),
                            {{"to", std::string{name_of(*to)}}});
            refresh_messages(context, request, other.id);
        }
        tally = context.obligations.tally(request.id);
    }

    if (tally.waiting == 0 && request.need != Need::assumed) {
        // Whether it is still needed is a question only while somebody is waited for.
        request.need = Need::assumed;
        request.need_until.reset();
        context.obligations.save(request);
    }

    const int reached = request.level == AckLevel::received ? tally.received : tally.integrated;
    // Received is all that somebody owes where no more was asked for.
    const int owed = request.level == AckLevel::received ? tally.waiting : tally.live;
    const RequestState state = reached >= request.needed && request.needed > 0 ? RequestState::complete
                               : owed == 0                                     ? RequestState::closed
                                                                               : RequestState::open;
    if (state == request.state) return;
    request.state = state;
    request.closed_at = request.is_over() ? std::optional<Instant>{context.now} : std::nullopt;
    context.obligations.save(request);
    record(context,
           bot_actor,
           request.id,
           ObligationId{},
           state == RequestState::complete ? "request_complete"
           : state == RequestState::closed ? "request_closed"
                                           : "request_reopened");
    follow_question(context, request);
}

void withdraw(HandlerContext& context, Request& request, const UserId& actor, EndCause cause)
{
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        Happening happening{
            ObligationEvent::withdrawn, context.now, actor, AckWay::none, cause, std::nullopt};
        change(context, request, obligation, happening);
    }
    if (request.state == RequestState::gathering) {
        request.state = RequestState::closed;
        request.closed_at = context.now;
        request.undecided_until.reset();
        context.obligations.save(request);
        drop_read_back(context, request);
        redraw_home(context, request.creditor);
        record(context,
               actor,
               request.id,
               ObligationId{},
               "request_closed",
               {{"cause", std::string{name_of(cause)}}});
    }
}

void send_about(HandlerContext& context,
                OutboxKind kind,
                const UserId& person,
                RequestId request,
                std::vector<OutboxItem> items)
{
    OutboxRow row;
    row.kind = kind;
    row.conversation = conversation_of(person);
    row.request = request;
    row.items = std::move(items);
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

OutboxRow refresh_of(const SentMessage& sent, Instant now)
{
    OutboxRow row;
    row.kind = OutboxKind::refresh;
    row.conversation = sent.person.empty() ? conversation_of(sent.message.channel)
                                           : conversation_of(sent.person);
    row.payload = std::to_string(sent.id);
    row.created_at = row.not_before = now;
    return row;
}

void refresh_messages(HandlerContext& context, const Request& request, ObligationId id)
{
    if (is_mutated(Mutation::forget_stand_down)) return;
    for (const SentMessage& sent : context.sent_messages.about(id)) {
        if (is_followed_digest(context, sent)) continue;
        OutboxRow row = refresh_of(sent, context.now);
        row.request = request.id;
        context.outbox.add(row);
    }
}

void redraw_card(HandlerContext& context, const Request& request)
{
    if (request.kind == RequestKind::question) return redraw_question(context, request);
    if (request.kind == RequestKind::escalation) return redraw_raised(context, request);
    redraw_home(context, request.creditor);
    if (is_mutated(Mutation::forget_redraw) && request.card.exists()) return;
    OutboxRow row;
    row.kind = OutboxKind::card;
    row.conversation = conversation_of(request.subject.channel);
    row.request = request.id;
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

void tell(HandlerContext& context,
          const UserId& person,
          const Request& request,
          const Notice& notice,
          TellWhen when)
{
    if (person == bot_actor) return;  // a program raised it
    if (when == TellWhen::in_time && !claim_interruption(context, person, request)) {
        put_into_digest(context, person, notice);
        return;
    }
    OutboxRow row = private_message(context, person, notice);
    row.request = request.id;
    context.outbox.add(row);
}

bool still_stands(HandlerContext& context, const OutboxItem& item)
{
    if (item.step == dead_letter_step || item.step == raised_step) return true;
    const auto obligation = context.obligations.find(item.obligation);
    if (!obligation) return false;
    if (is_mutated(Mutation::nudge_after_ack)) return true;
    if (item.step == listed_step) return !is_final(obligation->state);
    if (item.step == read_back_step || item.step == said_back_step) return read_back_stands(context, item);
    if (item.step == need_step) return is_need_in_question(*context.obligations.find(obligation->request));
    if (item.step == question_step) return is_offer_open(*context.obligations.find(obligation->request));
    if (item.step == sign_step)
        return obligation->state == ObligationState::received && obligation->sign == Sign::asked_for;
    if (item.step == reminder_step) {
        return obligation->state == ObligationState::received && obligation->reminders == item.attempt;
    }
    return is_waiting(obligation->state) && obligation->step == item.step &&
           obligation->attempt == item.attempt;
}

void give_up_delivery(HandlerContext& context, ObligationId id, const std::string& reason)
{
    const auto obligation = context.obligations.find(id);
    if (!obligation || is_final(obligation->state) || obligation->state == ObligationState::received) return;
    Obligation next = *obligation;
    next.cause = EndCause::undeliverable;
    // As many attempts as any policy has: the next deadline, now, moves on to the next step.
    next.attempt = attempts_exhausted;
    next.due_at = context.now;
    save_and_record(context,
                    *context.obligations.find(obligation->request),
                    *obligation,
                    next,
                    bot_actor,
                    "undeliverable",
                    {{"to", std::string{name_of(next.state)}}, {"reason", storage::code_in(reason)}});
}

}  // namespace ackd
