// What follows when nobody has answered: who asked is told, alone, and somebody owes an answer.
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/part.hpp"
#include "bot/delivery/private_message.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/interruptions/interruption_budget.hpp"
#include "bot/people/absence_handlers.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/privacy/forget_handlers.hpp"
#include "bot/threads/question_handlers.hpp"

#include <algorithm>
#include <tuple>

namespace ackd {

namespace {

using namespace std::chrono_literals;

/// Whoever is off for longer is asked after those who are in.
constexpr Duration off_for_long = 24h;

/// Those of them who may be asked, each once; never who asked.
std::vector<UserId> askable(HandlerContext& context,
                            const std::vector<UserId>& people,
                            Addressed how,
                            const UserId& asker)
{
    std::vector<UserId> result;
    for (const UserId& person : people) {
        if (person == asker || is_forgotten(context, person)) continue;
        if (!may_be_asked(context.directory.find(person), how)) continue;
        if (std::find(result.begin(), result.end(), person) == result.end()) result.push_back(person);
    }
    return result;
}

/// Whose turn it is first: those who are in, and of them whoever was asked longest ago.
std::vector<UserId> in_turn(HandlerContext& context, std::vector<UserId> people)
{
    struct Turn {
        bool is_off = false;
        QuestionId last;
        UserId person;
    };
    std::vector<Turn> turns;
    for (const UserId& person : people) {
        const Instant next = context.directory.working_hours_of(person).next_working_instant(context.now);
        turns.push_back({next > context.now + off_for_long, context.questions.last_turn_of(person), person});
    }
    std::sort(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) {
        return std::tie(a.is_off, a.last, a.person) < std::tie(b.is_off, b.last, b.person);
    });
    people.clear();
    for (const Turn& turn : turns) people.push_back(turn.person);
    return people;
}

std::vector<UserId> members_of(HandlerContext& context, const std::vector<GroupId>& groups)
{
    std::vector<UserId> members;
    for (const GroupId& id : groups) {
        const auto group = context.directory.find_group(id);
        if (!group || group->disabled) continue;
        members.insert(members.end(), group->members.begin(), group->members.end());
    }
    return members;
}

bool is_among(const std::vector<UserId>& people, const UserId& person)
{
    return std::find(people.begin(), people.end(), person) != people.end();
}

std::vector<Circle> circles_around(HandlerContext& context,
                                   const Question& question,
                                   const QuestionJudgement& judgement,
                                   const FrozenRoute& route)
{
    const auto circle = [&](AskedBecause because, const std::vector<UserId>& people, Addressed how) {
        return Circle{because, askable(context, people, how, question.asker)};
    };
    std::vector<Circle> circles;
    circles.push_back(circle(AskedBecause::mentioned, judgement.mentioned, Addressed::by_name));
    circles.push_back(
        circle(AskedBecause::in_group, members_of(context, judgement.groups), Addressed::in_a_crowd));
    circles.back().people = in_turn(context, std::move(circles.back().people));
    circles.push_back(circle(AskedBecause::in_thread, judgement.others, Addressed::in_a_crowd));
    if (const auto* channel = find_watched(context.settings.channels, question.message.channel)) {
        std::vector<UserId> people = channel->people;
        const std::vector<UserId> members = members_of(context, channel->groups);
        people.insert(people.end(), members.begin(), members.end());
        circles.push_back(circle(AskedBecause::answers_in_channel, people, Addressed::in_a_crowd));
        circles.back().people = in_turn(context, std::move(circles.back().people));
    }
    // Only where nobody else is known: those of the route come in their own time otherwise.
    const bool is_anybody_known = std::any_of(
        circles.begin(), circles.end(), [](const Circle& known) { return !known.people.empty(); });
    for (const FrozenStep& step : route.steps) {
        if (is_anybody_known) break;
        circles.push_back(circle(AskedBecause::on_route, step.people, Addressed::by_name));
    }
    return circles;
}

/// A message to who asked, alone: now when they can be interrupted, else with their digest.
void tell_asker(HandlerContext& context, const UserId& asker, const Notice& notice)
{
    if (!may_interrupt(context, asker)) return put_into_digest(context, asker, notice);
    spend_interruption(context, asker);
    context.outbox.add(private_message(context, asker, notice));
}

/// There is nobody to ask: who asked knows, and that is all that can be done.
void leave_it(HandlerContext& context, Question& question, const std::string& text)
{
    question.due_at =
        context.directory.working_hours_of(question.asker).add_working_time(context.now, working_day);
    context.questions.save(question);
    record(context,
           bot_actor,
           RequestId{},
           ObligationId{},
           "nobody_to_ask",
           {{"question", std::to_string(question.id.value)}});
    tell_asker(context, question.asker, nobody_to_ask_notice(context, question, text));
}

void offer(HandlerContext& context, const Request& request, ObligationId first)
{
    const OutboxItem item{first, question_step, 0};
    if (!may_interrupt(context, request.creditor)) {
        const WorkingHours hours = context.directory.working_hours_of(request.creditor);
        return put_into_digest(context, request.creditor, item, digest_at(hours, context.now, context.now));
    }
    spend_interruption(context, request.creditor);
    send_about(context, OutboxKind::question_offer, request.creditor, request.id, {item});
}

EndCause cause_of(QuestionOutcome outcome)
{
    switch (outcome) {
        case QuestionOutcome::not_a_question: return EndCause::no_question;
        case QuestionOutcome::withdrawn:
        case QuestionOutcome::reads_otherwise: return EndCause::by_creditor;
        case QuestionOutcome::deleted: return EndCause::subject_deleted;
        case QuestionOutcome::asker_gone: return EndCause::creditor_gone;
        case QuestionOutcome::unwatched: return EndCause::unwatched;
        default: return EndCause::answered_there;
    }
}

AckWay way_of(AnswerSign sign)
{
    return sign == AnswerSign::marked ? AckWay::reaction : AckWay::reply;
}

}  // namespace

void pursue(HandlerContext& context, Question& question, const QuestionJudgement& judgement)
{
    const auto to = next_state(question.state, QuestionEvent::unheard);
    if (!to) return;
    question.state = *to;
    question.due_at.reset();
    const std::string text = shortened(plain_text(context, judgement.text), excerpt_max);
    const FrozenRoute route = route_for(context, "");
    const AskingPlan plan = plan_asking(circles_around(context, question, judgement, route));
    if (plan.first.empty()) return leave_it(context, question, text);

    Request request;
    request.kind = RequestKind::question;
    request.state = RequestState::open;
    request.creditor = question.asker;
    request.quorum = Quorum::any;
    request.needed = 1;
    request.asked = static_cast<int>(plan.first.size());
    request.subject = question.message;
    request.thread = question.answers_in();
    request.text = text;
    request.asked_at = question.asked_at;
    request.route.name = route.name;
    for (const UserId& person : plan.then) request.route.steps.push_back(FrozenStep{{}, {person}, {}});
    for (FrozenStep step : route.steps) {
        // Neither who asked nor those who were asked before.
        std::erase_if(step.people, [&](const UserId& person) {
            return person == question.asker || is_among(plan.first, person) || is_among(plan.then, person);
        });
        if (!step.empty()) request.route.steps.push_back(std::move(step));
    }
    request.id = context.obligations.insert(request);

    question.request = request.id;
    question.because = plan.because;
    question.first_asked = plan.first.front();
    context.questions.save(question);
    record(context,
           bot_actor,
           request.id,
           ObligationId{},
           "question_pursued",
           {{"question", std::to_string(question.id.value)},
            {"signals", signal_words(question.signals)},
            {"route", request.route.name}});

    ObligationId first;
    for (const UserId& person : plan.first) {
        Obligation obligation;
        obligation.request = request.id;
        obligation.debtor = person;
        obligation.started_at = context.now;
        obligation.due_at = first_due(situation_of(context, request, obligation), context.now, 0);
        context.obligations.insert(obligation);
        if (!first.exists()) first = obligation.id;
        redraw_home(context, person);
        record(context,
               bot_actor,
               request.id,
               obligation.id,
               "asked",
               {{"debtor", person}, {"to", std::string{name_of(obligation.state)}}});
    }
    hand_over_new_asks(context, request);
    offer(context, request, first);
    redraw_home(context, request.creditor);
}

void end_pursuit(HandlerContext& context, const Question& question, const QuestionEnd& end)
{
    auto request = context.obligations.find(question.request);
    if (!request || request->is_over()) return;
    if (is_answered(question.outcome) && end.actor != bot_actor) {
        const auto part = part_in(context, *request, end.actor);
        // Whoever was asked, or called in, has done it; anybody else has spared them.
        if (part.obligation && !is_final(part.obligation->state)) {
            change(context,
                   *request,
                   *part.obligation,
                   {ObligationEvent::done,
                    context.now,
                    end.actor,
                    way_of(end.sign),
                    EndCause::none,
                    std::nullopt});
        }
    }
    // Also of whoever has it: nothing is left to do.
    withdraw(context, *request, end.actor, cause_of(question.outcome));
    redraw_question(context, *request);
}

void follow_question(HandlerContext& context, const Request& request)
{
    if (request.kind != RequestKind::question) return;
    auto question = context.questions.find(request.id);
    if (!question || request.is_over() == (question->state == QuestionState::ended)) return;
    if (!request.is_over()) {
        // What was answered, or is none, is not asked again by a dead letter of it.
        if (question->outcome != QuestionOutcome::unanswered &&
            question->outcome != QuestionOutcome::answered) {
            Request again = request;
            return withdraw(context, again, bot_actor, cause_of(question->outcome));
        }
        begin_again(*question, next_state(question->state, QuestionEvent::asked_again).value());
        context.questions.save(*question);
        record(context,
               bot_actor,
               request.id,
               ObligationId{},
               "question_asked_again",
               {{"question", std::to_string(question->id.value)}});
        return redraw_question(context, request);
    }
    QuestionEnd end;
    if (request.state == RequestState::complete) {
        end.answered_at = context.now;
    } else {
        const auto obligations = context.obligations.of_request(request.id);
        const bool is_withdrawn = std::any_of(
            obligations.begin(), obligations.end(), [](const Obligation& each) {
                return each.state == ObligationState::withdrawn && each.cause == EndCause::by_creditor;
            });
        end.outcome = is_withdrawn ? QuestionOutcome::withdrawn : QuestionOutcome::unanswered;
    }
    end_question(context, *question, end);
    redraw_question(context, request);
}

void redraw_question(HandlerContext& context, const Request& request)
{
    redraw_home(context, request.creditor);
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        for (const SentMessage& sent : context.sent_messages.about(obligation.id)) {
            if (sent.kind != static_cast<int>(OutboxKind::question_offer)) continue;
            OutboxRow row = refresh_of(sent, context.now);
            row.request = request.id;
            context.outbox.add(row);
        }
    }
}

std::optional<PriorityPolicy> pace_of_question(HandlerContext& context, const Request& request)
{
    if (request.kind != RequestKind::question) return std::nullopt;
    const WatchedChannel* channel = find_watched(context.settings.channels, request.subject.channel);
    return question_pace(context.settings.delivery.of(request.priority),
                         channel != nullptr ? *channel : WatchedChannel{});
}

bool let_go_if_unwatched(HandlerContext& context, const Request& request)
{
    if (request.kind != RequestKind::question ||
        find_watched(context.settings.channels, request.subject.channel) != nullptr)
        return false;
    auto question = context.questions.find(request.id);
    if (!question || question->state == QuestionState::ended) return false;
    end_question(context, *question, {QuestionOutcome::unwatched});
    return true;
}

bool is_offer_open(const Request& request)
{
    return request.kind == RequestKind::question && !request.is_over();
}

}  // namespace ackd
