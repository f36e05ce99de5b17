#include "bot/escalation/raise.hpp"

#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/escalation/breaker.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/people/eligibility.hpp"

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

/// Of those on the step, whoever can still be asked for one more.
std::vector<UserId> others_on_step(HandlerContext& context, const Request& request, const Obligation& taken)
{
    if (request.step_at(taken.step) == nullptr) return {};
    std::vector<UserId> others = reachable_on_step(context, request, ObligationId{}, taken.step);
    std::erase_if(others, [&](const UserId& person) {
        return context.obligations.has_declined_call(taken.id, person);
    });
    return others;
}

/// Whether each of them has a call about it in front of them.
bool have_been_called(HandlerContext& context, ObligationId id, const std::vector<UserId>& people)
{
    const auto messages = context.sent_messages.about(id);
    return std::all_of(people.begin(), people.end(), [&](const UserId& person) {
        return std::any_of(messages.begin(), messages.end(), [&](const SentMessage& sent) {
            return sent.person == person && sent.kind == static_cast<int>(OutboxKind::escalation);
        });
    });
}

/// One has taken it, and the step wants more: the others on it go on being asked, by the same clock. With
/// nobody else on it, the steps that follow are asked.
void ask_for_more(HandlerContext& context, Request& request, const Obligation& before)
{
    const FrozenStep* step = request.step_at(before.step);
    const int needed = std::max(request.needed, step != nullptr ? step->needed : 1);
    if (needed > request.needed) {
        request.needed = request.asked = needed;
        context.obligations.save(request);
    }
    const auto takers = takers_of(context, request);
    if (static_cast<int>(takers.size()) >= needed) return;
    const auto all = context.obligations.of_request(request.id);
    // Somebody is asked for one more already.
    if (std::any_of(all.begin(), all.end(), [](const auto& each) { return is_waiting(each.state); })) return;
    const auto others = others_on_step(context, request, before);
    if (others.empty()) return begin_route(context, request, before.id, before.step);

    Obligation more = before;
    more.debtor = others.front();
    more.predecessor = before.id;
    // Whoever was told already is not told again. Where a call is still on its way, or in somebody's digest,
    // it would now say nothing: the step is called anew. One that waits for its delay goes on waiting.
    const bool is_called = before.attempt > 0;
    const bool is_told = is_called && have_been_called(context, before.id, others);
    if (is_called && !is_told) {
        more.attempt = 0;
        more.started_at = context.now;
        more.due_at = context.now;
    }
    context.obligations.insert(more);
    context.obligations.copy_calls(before.id, more.id, takers);
    if (is_told)
        context.sent_messages.move(before.id, more.id, static_cast<int>(OutboxKind::escalation), takers);
    refresh_messages(context, request, more.id);
    record(context,
           bot_actor,
           request.id,
           more.id,
           "taken_over",
           {{"debtor", more.debtor},
            {"from", std::to_string(before.id.value)},
            {"needed", std::to_string(needed)},
            {"to", std::string{name_of(more.state)}}});
}

/// It was given back while others are asked for it anyway: they are enough.
void give_back(HandlerContext& context, const Request& request, const Obligation& given_back)
{
    const auto all = context.obligations.of_request(request.id);
    const bool are_others_asked = std::any_of(all.begin(), all.end(), [&](const Obligation& other) {
        return other.id != given_back.id && is_waiting(other.state);
    });
    if (!are_others_asked) return;
    Obligation ended = given_back;
    ended.state = next_state(given_back.state, ObligationEvent::no_longer_needed).value();
    ended.cause = EndCause::others_are_asked;
    ended.due_at.reset();
    save_and_record(context,
                    request,
                    given_back,
                    ended,
                    bot_actor,
                    name_of(ObligationEvent::no_longer_needed),
                    {{"to", std::string{name_of(ended.state)}},
                     {"cause", std::string{name_of(EndCause::others_are_asked)}}});
    refresh_messages(context, request, ended.id);
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
    request.id = context.obligations.insert(request);
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
    begin_route(context, request, declined.id, declined.step);
}

void count_takers(HandlerContext& context,
                  Request& request,
                  const Obligation& before,
                  const Obligation& after)
{
    if (request.kind != RequestKind::escalation || before.state == after.state) return;
    if (is_mutated(Mutation::one_is_enough)) return;
    if (is_waiting(before.state) && after.state == ObligationState::received)
        return ask_for_more(context, request, before);
    if (before.state == ObligationState::received && after.state == ObligationState::open)
        return give_back(context, request, after);
    if (after.state == ObligationState::integrated && request.needed > 1) {
        // It is done: nobody else has to take it.
        request.needed = static_cast<int>(takers_of(context, request).size());
        context.obligations.save(request);
    }
}

std::vector<UserId> takers_of(HandlerContext& context, const Request& request, ObligationId but_of)
{
    std::vector<UserId> takers;
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        if (is_taken(obligation.state) && obligation.id != but_of) takers.push_back(obligation.holder);
    }
    return takers;
}

void stand_down(HandlerContext& context, RequestId id)
{
    auto request = context.obligations.find(id);
    if (!request || request->is_over()) return;
    withdraw(context, *request, bot_actor, EndCause::over_by_itself);
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
