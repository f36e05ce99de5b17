#include "bot/delivery/due_handlers.hpp"

#include "bot/alerts/alert_handlers.hpp"
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/need_handlers.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/destinations/outside_handlers.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/escalation/breaker.hpp"
#include "bot/escalation/raise.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/interruptions/interruption_budget.hpp"
#include "bot/interruptions/rule_handlers.hpp"
#include "bot/resync/resync_handlers.hpp"
#include "bot/rotations/relief.hpp"
#include "bot/threads/question_handlers.hpp"

#include <map>
#include <utility>

namespace ackd {

namespace {

/// Messages that fall due together: one row for each conversation and kind, with all their items.
class Bundles {
public:
    /// Whether another item would go along with a message that is sent anyway.
    [[nodiscard]] bool has_room(OutboxKind kind,
                                const std::string& conversation,
                                const Request& request) const
    {
        const auto bundle = bundles_.find(key_of(kind, conversation, request));
        return bundle != bundles_.end() && bundle->second.rows.back().items.size() < items_max;
    }

    void add(OutboxKind kind, const std::string& conversation, const Request& request, OutboxItem item)
    {
        Bundle& bundle = bundles_[key_of(kind, conversation, request)];
        if (bundle.rows.empty() || bundle.rows.back().items.size() >= items_max) {
            OutboxRow& row = bundle.rows.emplace_back();
            row.kind = kind;
            row.conversation = conversation;
            row.request = request.id;
        }
        bundle.rows.back().items.push_back(item);
    }

    void put_into(HandlerContext& context)
    {
        for (auto& [key, bundle] : bundles_) {
            for (OutboxRow& row : bundle.rows) {
                row.created_at = row.not_before = context.now;
                context.outbox.add(row);
                if (is_mutated(Mutation::nudge_twice)) context.outbox.add(row);
            }
        }
    }

private:
    /// A message holds 50 blocks, and an item takes four of them.
    static constexpr std::size_t items_max = 10;
    struct Bundle {
        std::vector<OutboxRow> rows;
    };
    using Key = std::tuple<std::string, OutboxKind, std::int64_t>;
    /// What is for *now* is never bundled with anything else.
    static Key key_of(OutboxKind kind, const std::string& conversation, const Request& request)
    {
        return {conversation, kind, request.priority == Priority::now ? request.id.value : 0};
    }
    /// Ordered, so that the same state writes the same rows.
    std::map<Key, Bundle> bundles_;
};

void handle_one_due(HandlerContext& context, ObligationId id, Bundles& bundles)
{
    const auto obligation = context.obligations.find(id);
    auto request = context.obligations.find(obligation->request);
    // What was just decided of another one may have ended it: both were due.
    if (is_final(obligation->state) || let_go_if_unwatched(context, *request)) return;
    Situation situation = situation_of(context, *request, *obligation);
    situation.asker = asker_of(context, *request, *obligation);
    const OutboxKind kind = obligation->state == ObligationState::escalated ? OutboxKind::escalation
                                                                            : OutboxKind::nudge;
    const RuleState rule = state_of_next_nudge(context, *request, *obligation);
    for (Reachable& person : situation.audience) {
        person.may_interrupt = request->priority == Priority::now ||
                               (rule != RuleState::digest &&
                                (bundles.has_room(kind, conversation_of(person.person), *request) ||
                                 has_interruptions_left(context, person.person)));
    }
    DueDecision decision = decide_due(*obligation, situation, context.now);
    if (is_mutated(Mutation::ignore_working_hours) && decision.reason == DueReason::outside_working_hours) {
        decision.event = ObligationEvent::nudged;
        decision.next.attempt += 1;
        decision.recipients.push_back(situation.audience.front().person);
    }

    // Of a rule that is off everything happens as it would, and nobody is told.
    const bool is_quiet = rule == RuleState::off && (decision.event == ObligationEvent::nudged ||
                                                     decision.event == ObligationEvent::reminded);
    if (is_quiet) {
        decision.recipients.clear();
        decision.digest_readers.clear();
        decision.next.nudged_at = obligation->nudged_at;
        if (is_mutated(Mutation::lose_retired)) decision.next.due_at = context.now + std::chrono::days{400};
    }

    for (const int step : decision.skipped_steps) {
        record(context, bot_actor, request->id, id, "step_skipped", {{"step", std::to_string(step)}});
    }
    if (const auto holes = steps_without_people(context, *request, decision.skipped_steps); !holes.empty())
        tell(context, request->creditor, *request, empty_step_notice(context, *request, holes));
    if (!decision.event) {
        context.obligations.save(*obligation, decision.next);
        if (decision.need) take_need(context, *request, decision);
        return;
    }

    const Obligation& next = decision.next;
    save_and_record(
        context,
        *request,
        *obligation,
        next,
        bot_actor,
        name_of(*decision.event),
        {{"to", std::string{name_of(next.state)}},
         {"reason", std::string{name_of(decision.reason)}},
         {"step", std::to_string(next.step)},
         {"attempt", std::to_string(next.attempt)},
         {"in_digest", decision.recipients.empty() && !decision.digest_readers.empty() ? "yes" : ""},
         {"quiet", is_quiet ? "yes" : ""}});

    const bool is_step_over = obligation->state == ObligationState::escalated &&
                              (decision.reason == DueReason::attempts_used_up ||
                               decision.reason == DueReason::route_used_up);
    if (is_step_over) note_misses(context, *request, *obligation);

    const bool is_reminder = next.state == ObligationState::received;
    const bool is_sign_wanted = decision.event == ObligationEvent::asked_for_sign;
    const OutboxItem item{id,
                          is_sign_wanted ? sign_step
                          : is_reminder  ? reminder_step
                                         : next.step,
                          is_sign_wanted ? next.step
                          : is_reminder  ? next.reminders
                                         : next.attempt};
    const bool is_call = next.state == ObligationState::escalated;
    const auto call = [&](const UserId& person) {
        if (!is_call) return;
        const bool is_first = !context.obligations.is_called(id, person);
        if (is_first) note_call(context, person);
        context.obligations.add_call(id, next.step, person);
        if (is_first) offer_relief(context, *request, person);
        redraw_home(context, person);
    };
    for (const UserId& person : decision.recipients) {
        call(person);
        const std::string conversation = conversation_of(person);
        if (request->priority != Priority::now && !bundles.has_room(kind, conversation, *request))
            spend_interruption(context, person);
        bundles.add(kind, conversation, *request, item);
        // What they are told now, their digest need not tell again.
        context.interruptions.remove_entry(person, id);
    }
    for (const DigestReader& reader : decision.digest_readers) {
        call(reader.person);
        put_into_digest(context, reader.person, item, reader.at);
    }
    if (decision.event == ObligationEvent::nudged && is_call && next.attempt == 1) {
        for (const ChannelId& channel : request->step_at(next.step)->channels) {
            if (!can_be_told(context, channel)) continue;
            context.obligations.add_call(id, next.step, channel);
            bundles.add(OutboxKind::escalation, conversation_of(channel), *request, item);
        }
        call_destinations(context, *request, next);
    }
    if (request->kind == RequestKind::question) redraw_question(context, *request);
    if (request->kind == RequestKind::escalation) redraw_raised(context, *request);
    follow_alerts(context, *request);
    follow_capacity(context, *request);
    follow_divergence(context, *request);
    if (next.state == obligation->state && next.step == obligation->step) return;  // said, and no more
    after_change(context, *request, *obligation, next);
    if (decision.reason == DueReason::not_woken && request->is_over()) tell_not_woken(context, *request);
}

}  // namespace

int handle_due(HandlerContext& context, int count_max)
{
    const std::vector<ObligationId> due = context.obligations.due(context.now, count_max);
    Bundles bundles;
    for (const ObligationId id : due) handle_one_due(context, id, bundles);
    bundles.put_into(context);
    return static_cast<int>(due.size());
}

int handle_due(HandlerContext& context, ObligationId id)
{
    Bundles bundles;
    handle_one_due(context, id, bundles);
    bundles.put_into(context);
    return 1;
}

}  // namespace ackd
