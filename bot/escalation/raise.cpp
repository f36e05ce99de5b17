#include "bot/escalation/raise.hpp"

#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/escalation/breaker.hpp"
#include "bot/escalation/calls_in_flight.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/people/roles.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// Who owes it on paper: the first who is there, of this step or of those after it. Everybody of a step is
/// asked alike.
UserId first_from(HandlerContext& context, const Request& request, int step)
{
    for (; request.step_at(step) != nullptr; ++step) {
        const auto people = reachable_on_step(context, request, ObligationId{}, step);
        if (!people.empty()) return people.front();
    }
    return dead_letter_owner_of(context, request);
}

/// Steps from `first` up to, and without, `end` have nobody on them: who raised it is told of the hole.
void pass_over(
    HandlerContext& context, const Request& request, const Obligation& obligation, int first, int end)
{
    std::vector<int> steps;
    for (int step = first; step < end; ++step) {
        steps.push_back(step);
        record(
            context, bot_actor, request.id, obligation.id, "step_skipped", {{"step", std::to_string(step)}});
    }
    const auto holes = steps_without_people(context, request, steps);
    if (!holes.empty()) tell(context, request.creditor, request, empty_step_notice(context, request, holes));
}

void give_up(HandlerContext& context, const Request& request, const Obligation& obligation, EndCause cause)
{
    Obligation given_up = obligation;
    given_up.state = next_state(obligation.state, ObligationEvent::route_used_up).value();
    given_up.cause = cause;
    given_up.due_at.reset();
    save_and_record(context,
                    request,
                    obligation,
                    given_up,
                    bot_actor,
                    name_of(ObligationEvent::route_used_up),
                    {{"to", std::string{name_of(given_up.state)}},
                     {"reason", std::string{name_of(DueReason::nobody_to_ask)}}});
    Request present = request;
    after_change(context, present, obligation, given_up);
}

/// The first step after `asked_before` with somebody in it is asked. `predecessor`: what it follows, when the
/// route was begun before.
void begin_route(HandlerContext& context,
                 const Request& request,
                 ObligationId predecessor,
                 int asked_before = 0)
{
    Obligation obligation;
    obligation.request = request.id;
    obligation.predecessor = predecessor;
    obligation.started_at = context.now;
    obligation.step = asked_before;
    const int step = next_step_with_targets(situation_of(context, request, obligation), asked_before);
    obligation.debtor = step == 0 ? dead_letter_owner_of(context, request)
                                  : first_from(context, request, step);
    if (step != 0) {
        // As it is before the step: who is passed over costs no time.
        obligation.started_at = step_begins(situation_of(context, request, obligation), context.now, step);
        obligation.state = ObligationState::escalated;
        obligation.step = step;
    }
    obligation.due_at = obligation.started_at;
    context.obligations.insert(obligation);
    if (asked_before > 0) hand_on_refusals(context, predecessor, obligation.id);
    record(context,
           predecessor.exists() ? bot_actor : request.creditor,
           request.id,
           obligation.id,
           "raised",
           {{"debtor", obligation.debtor},
            {"route", request.route.name},
            {"priority", std::string{name_of(request.priority)}},
            {"step", std::to_string(obligation.step)},
            {"from", predecessor.exists() ? std::to_string(predecessor.value) : ""},
            {"to", std::string{name_of(obligation.state)}}});
    const int end = step != 0 ? step : static_cast<int>(request.route.steps.size()) + 1;
    pass_over(context, request, obligation, asked_before + 1, end);
    if (step == 0) {
        give_up(context,
                request,
                obligation,
                predecessor.exists() ? EndCause::no_answer : EndCause::nobody_on_route);
    }
}

/// A step of these people comes first, at once; steps that are taken again do not begin with it.
void ask_before(FrozenRoute& route, const std::vector<UserId>& people)
{
    for (FrozenStep& step : route.steps) {
        std::erase_if(step.people, [&](const UserId& person) {
            return std::find(people.begin(), people.end(), person) != people.end();
        });
        step.needed = std::clamp(step.needed, 1, std::max(1, static_cast<int>(step.people.size())));
    }
    route.steps.insert(route.steps.begin(), FrozenStep{Duration{0}, people, {}, {}, 1});
}

bool has_waiting(const std::vector<Obligation>& all, ObligationId but = {})
{
    return std::any_of(all.begin(), all.end(), [&](const Obligation& each) {
        return each.id != but && is_waiting(each.state);
    });
}

/// Of those on the step, whoever can still be asked for one more.
std::vector<UserId> others_on_step(HandlerContext& context,
                                   const Request& request,
                                   const Obligation& taken,
                                   const std::vector<UserId>& takers)
{
    if (request.step_at(taken.step) == nullptr) return {};
    std::vector<UserId> others = reachable_on_step(context, request, taken.id, taken.step);
    std::erase_if(others, [&](const UserId& person) {
        return std::find(takers.begin(), takers.end(), person) != takers.end() ||
               context.obligations.has_declined_call(taken.id, person);
    });
    return others;
}

/// One has taken it, and the step wants more: the others on it go on being asked, by the same clock and
/// without another message. With nobody else on it, the steps that follow are asked.
void ask_for_more(HandlerContext& context, const Request& request, const Obligation& before)
{
    const auto takers = takers_of(context, request);
    const auto all = context.obligations.of_request(request.id);
    if (static_cast<int>(takers.size()) >= request.needed || has_waiting(all)) return;
    const auto others = others_on_step(context, request, before, takers);
    if (others.empty()) {
        // What was given back and taken again asks nobody for whom somebody decides already.
        const bool is_decided_about = std::any_of(all.begin(), all.end(), [](const Obligation& each) {
            return each.state == ObligationState::dead_letter;
        });
        if (before.step > 0 || !is_decided_about) begin_route(context, request, before.id, before.step);
        return;
    }
    Obligation more = before;
    more.debtor = others.front();
    more.predecessor = before.id;
    context.obligations.insert(more);
    hand_on_calls(context, before.id, more.id, takers);
    refresh_messages(context, request, more.id);
    record(context,
           bot_actor,
           request.id,
           more.id,
           "taken_over",
           {{"debtor", more.debtor},
            {"from", std::to_string(before.id.value)},
            {"needed", std::to_string(request.needed)},
            {"to", std::string{name_of(more.state)}}});
}

/// It ends with that, and nothing else follows from it.
void end_quietly(HandlerContext& context,
                 const Request& request,
                 const Obligation& obligation,
                 ObligationEvent event,
                 EndCause cause)
{
    Obligation ended = obligation;
    ended.state = next_state(obligation.state, event).value();
    ended.cause = cause;
    ended.due_at.reset();
    save_and_record(context,
                    request,
                    obligation,
                    ended,
                    bot_actor,
                    name_of(event),
                    {{"to", std::string{name_of(ended.state)}}, {"cause", std::string{name_of(cause)}}});
    refresh_messages(context, request, ended.id);
}

/// Somebody does not have it any more. Where others are asked for it anyway, that is all; where whom it falls
/// back to has it already, its step is asked anew.
void after_giving_back(HandlerContext& context,
                       const Request& request,
                       const Obligation& before,
                       const Obligation& given_back)
{
    const bool has_debtor = has_taken_another(context, request, given_back, given_back.debtor);
    const bool are_others_asked = has_waiting(context.obligations.of_request(request.id), given_back.id);
    if (!are_others_asked && !(has_debtor && given_back.state == ObligationState::open)) return;
    end_quietly(context, request, given_back, ObligationEvent::no_longer_needed, EndCause::others_are_asked);
    if (!are_others_asked) begin_route(context, request, given_back.id, std::max(before.step, 1) - 1);
}

}  // namespace

RequestId raise(HandlerContext& context, const Raised& raised)
{
    Request request;
    request.kind = RequestKind::escalation;
    request.state = RequestState::open;
    request.creditor = raised.raiser.empty() ? bot_actor : raised.raiser;
    request.priority = raised.priority;
    request.quorum = Quorum::any;
    request.needed = 1;
    request.asked = 1;
    request.subject = raised.shown_at;
    request.thread = raised.shown_at.stamp;
    request.text = shortened(raised.text, excerpt_max);
    request.asked_at = context.now;
    const std::string wanted = raised.route.empty() ? context.settings.default_route : raised.route;
    const std::string taken = route_taken(context, wanted);
    request.route = route_for(context, taken);
    if (!raised.asked_first.empty()) ask_before(request.route, raised.asked_first);
    request.id = context.obligations.insert(request);
    if (raised.before_asking) raised.before_asking(request.id);
    if (taken != wanted)
        record(context, bot_actor, request.id, ObligationId{}, "route_passed_over", {{"route", wanted}});
    begin_route(context, request, ObligationId{});
    const auto obligations = context.obligations.of_request(request.id);
    if (!raised.raiser.empty()) {
        send_about(context,
                   OutboxKind::raised,
                   raised.raiser,
                   request.id,
                   {OutboxItem{obligations.front().id, raised_step, 0}});
    }
    redraw_home(context, request.creditor);
    return request.id;
}

void raise_again(HandlerContext& context, const Request& request, const Obligation& dead_letter)
{
    begin_route(context, request, dead_letter.id);
}

void pass_on_raised(HandlerContext& context, const Request& request, const Obligation& declined)
{
    const auto all = context.obligations.of_request(request.id);
    if (!has_waiting(all)) return begin_route(context, request, declined.id, declined.step);
    // Of those who had it, one cannot after all: whoever is asked already is asked for that as well.
    for (const Obligation& waiting : all) {
        if (!is_waiting(waiting.state) || declined.holder.empty()) continue;
        context.obligations.add_call(waiting.id, waiting.step, declined.holder);
        context.obligations.decline_calls(waiting.id, declined.holder);
    }
}

void count_needed(HandlerContext& context,
                  Request& request,
                  const Obligation& before,
                  const Obligation& after)
{
    if (request.kind != RequestKind::escalation || is_mutated(Mutation::one_is_enough)) return;
    int needed = request.needed;
    if (is_waiting(before.state) && after.state == ObligationState::received) {
        if (const FrozenStep* step = request.step_at(before.step)) needed = std::max(needed, step->needed);
    } else if (after.state == ObligationState::integrated && needed > 1) {
        // It is done: nobody else has to take it, and who has taken it has nothing left to do.
        needed = 1;
        for (const Obligation& other : context.obligations.of_request(request.id)) {
            if (other.state != ObligationState::received) continue;
            end_quietly(context, request, other, ObligationEvent::withdrawn, EndCause::enough_others);
        }
    }
    if (needed == request.needed) return;
    request.needed = request.asked = needed;
    context.obligations.save(request);
}

void follow_takers(HandlerContext& context,
                   const Request& request,
                   const Obligation& before,
                   const Obligation& after)
{
    if (request.kind != RequestKind::escalation || before.state == after.state || request.needed <= 1) return;
    if (is_waiting(before.state) && after.state == ObligationState::received)
        return ask_for_more(context, request, before);
    if (before.state == ObligationState::received && is_waiting(after.state))
        after_giving_back(context, request, before, after);
}

std::vector<UserId> takers_of(HandlerContext& context, const Request& request, ObligationId but_of)
{
    std::vector<UserId> takers;
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        const bool is_known = std::find(takers.begin(), takers.end(), obligation.holder) != takers.end();
        if (is_taken(obligation.state) && obligation.id != but_of && !is_known)
            takers.push_back(obligation.holder);
    }
    return takers;
}

bool has_taken_another(HandlerContext& context,
                       const Request& request,
                       const Obligation& obligation,
                       const UserId& person)
{
    if (request.kind != RequestKind::escalation || request.needed <= 1) return false;
    const auto takers = takers_of(context, request, obligation.id);
    return std::find(takers.begin(), takers.end(), person) != takers.end();
}

void stand_down(HandlerContext& context, RequestId id)
{
    auto request = context.obligations.find(id);
    if (!request || request->is_over()) return;
    withdraw(context, *request, bot_actor, EndCause::over_by_itself);
}

bool may_end_raised(HandlerContext& context, const Part& part, const UserId& person)
{
    if (part.obligation) return true;
    const auto& steps = part.request.route.steps;
    return std::any_of(steps.begin(),
                       steps.end(),
                       [&](const FrozenStep& step) {
                           return std::find(step.people.begin(), step.people.end(), person) !=
                                  step.people.end();
                       }) ||
           dead_letter_owner_of(context, part.request) == person ||
           may(context.settings, context.directory, person, Permission::change_policy);
}

void end_raised(HandlerContext& context, const Part& part, const UserId& person)
{
    const Happening done{
        ObligationEvent::done, context.now, person, AckWay::button, EndCause::none, std::nullopt};
    Request request = part.request;
    if (part.obligation && !is_final(part.obligation->state)) {
        change(context, request, *part.obligation, done);
        return;
    }
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        if (!is_final(obligation.state)) {
            change(context, request, obligation, done);
        } else if (obligation.state == ObligationState::dead_letter &&
                   context.obligations.answer_dead_letter(obligation.id, context.now))
        {
            record(context, person, request.id, obligation.id, "answered_after_all");
            refresh_messages(context, request, obligation.id);
        }
    }
}

void follow_raised(HandlerContext& context,
                   const Request& request,
                   const Obligation& before,
                   const Obligation& after)
{
    if (request.kind != RequestKind::escalation || before.state == after.state) return;
    const UserId& raiser = request.creditor;
    const std::string holder = context.directory.name_of(after.holder);
    std::string news;
    if (after.state == ObligationState::received && after.holder != raiser) {
        news = fmt::format("✅ {} has it{}.", holder, count_words(context, request));
    } else if (after.state == ObligationState::integrated && after.holder != raiser) {
        news = fmt::format("✅ {} says that it is done.", holder);
    } else if (after.state == ObligationState::dead_letter &&
               dead_letter_owner_of(context, request) != raiser) {
        news = nobody_left_words(context, request);
    }
    if (news.empty()) return;
    Notice notice;
    notice.kind = NoticeKind::for_asker;
    notice.summary = fmt::format("{}: {}", news, shortened(request.text, 60));
    Section& section = notice.sections.emplace_back();
    section.lines.push_back(plain_line(std::move(news)));
    section.lines.push_back(quote_line(request));
    tell(context, raiser, request, notice);
}

void redraw_raised(HandlerContext& context, const Request& request)
{
    redraw_home(context, request.creditor);
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        for (const SentMessage& sent : context.sent_messages.about(obligation.id)) {
            if (sent.kind != static_cast<int>(OutboxKind::raised)) continue;
            OutboxRow row = refresh_of(sent, context.now);
            row.request = request.id;
            context.outbox.add(row);
        }
    }
}

}  // namespace ackd
