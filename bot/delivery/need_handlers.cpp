#include "bot/delivery/need_handlers.hpp"

#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/interruptions/interruption_budget.hpp"
#include "bot/people/eligibility.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// Over a long week end, but not through a holiday.
constexpr std::chrono::hours asker_away_max{72};
/// What the message is about; more than that is on the card.
constexpr std::size_t items_max = 10;

/// Those who have heard of it and not answered.
std::vector<Obligation> nudged_in_vain(HandlerContext& context, const Request& request)
{
    std::vector<Obligation> waiting = context.obligations.of_request(request.id);
    std::erase_if(waiting, [](const Obligation& obligation) {
        const bool waits = is_waiting(obligation.state);
        return !waits || obligation.attempt + obligation.step == 0;
    });
    return waiting;
}

void put_question(HandlerContext& context, const Request& request, const DueDecision& decision)
{
    std::vector<OutboxItem> items;
    for (const Obligation& obligation : nudged_in_vain(context, request)) {
        if (items.size() < items_max) items.push_back(OutboxItem{obligation.id, need_step, 0});
    }
    if (items.empty()) return;
    if (decision.asker_in_digest)
        return put_into_digest(context, request.creditor, items.front(), decision.asker_reads_at);
    spend_interruption(context, request.creditor);
    send_about(context, OutboxKind::need_question, request.creditor, request.id, std::move(items));
}

void redraw(HandlerContext& context, const Request& request)
{
    redraw_card(context, request);  // and the asker's home
    for (const Obligation& obligation : context.obligations.of_request(request.id))
        refresh_messages(context, request, obligation.id);
}

/// A yes: it stands for a while, and what waited for it is due.
void confirm(HandlerContext& context, Request& request)
{
    const auto held_until = request.need_until;
    request.need = Need::confirmed;
    request.need_until = context.directory.working_hours_of(request.creditor)
                             .add_working_time(context.now, context.settings.delivery.need_stands_for);
    context.obligations.save(request);
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        const bool waits = is_waiting(obligation.state);
        if (!waits || obligation.due_at != held_until) continue;
        Obligation next = obligation;
        next.due_at = due_when_needed(obligation, situation_of(context, request, obligation), context.now);
        context.obligations.save(obligation, next);
    }
    redraw(context, request);
}

/// What stands in the way of an answer to the question.
std::optional<Notice> obstacle_to(HandlerContext& context,
                                  const std::optional<Request>& request,
                                  const UserId& person)
{
    if (!request) return plain_reply("I do not know this request any more.");
    if (request->creditor != person) {
        return plain_reply(fmt::format("Only {} can say whether it is still needed.",
                                       context.directory.name_of(request->creditor)));
    }
    if (request->is_over()) return plain_reply("This is over already.");
    return std::nullopt;
}

}  // namespace

bool is_need_in_question(const Request& request)
{
    return !request.is_over() && (request.need == Need::asked || request.need == Need::asleep);
}

std::optional<Asker> asker_of(HandlerContext& context, const Request& request, const Obligation& obligation)
{
    // Who asked a question was told before anybody was asked.
    if (request.kind == RequestKind::question || request.creditor == obligation.debtor ||
        !context.settings.delivery.of(request.priority).asks_asker)
        return std::nullopt;
    if (!is_present(context.directory.find(request.creditor))) return std::nullopt;
    Asker asker{context.directory.working_hours_of(request.creditor)};
    if (asker.hours.next_working_instant(context.now) > context.now + asker_away_max) return std::nullopt;
    asker.may_interrupt = may_interrupt(context, request.creditor);
    return asker;
}

void take_need(HandlerContext& context, Request& request, const DueDecision& decision)
{
    request.need = decision.need->need;
    request.need_until = decision.need->until;
    context.obligations.save(request);
    const bool sleeps = request.need == Need::asleep;
    record(context, bot_actor, request.id, ObligationId{}, sleeps ? "fell_asleep" : "need_asked");
    if (!sleeps) put_question(context, request, decision);
    redraw(context, request);
}

Notice say_still_needed(HandlerContext& context, std::optional<Request> request, const UserId& person)
{
    if (auto obstacle = obstacle_to(context, request, person)) return *obstacle;
    if (!is_need_in_question(*request)) return plain_reply("✅ Noted already.");
    record(context, person, request->id, ObligationId{}, "still_needed");
    confirm(context, *request);
    return plain_reply("✅ Noted: those who have not answered are asked again, in their working hours.");
}

Notice make_less_urgent(HandlerContext& context, std::optional<Request> request, const UserId& person)
{
    if (auto obstacle = obstacle_to(context, request, person)) return *obstacle;
    if (request->priority != Priority::today)
        return plain_reply("It is no more urgent than this week already.");
    record(context, person, request->id, ObligationId{}, "less_urgent");
    const auto held_until = request->need_until;
    request->priority = Priority::week;
    request->need = Need::confirmed;
    request->need_until = context.directory.working_hours_of(person).add_working_time(
        context.now, context.settings.delivery.need_stands_for);
    context.obligations.save(*request);
    for (const Obligation& obligation : context.obligations.of_request(request->id)) {
        const bool waits = is_waiting(obligation.state);
        // A step that was not called yet keeps its delay.
        const bool is_call_pending = obligation.step > 0 && obligation.attempt == 0;
        if (!waits || (is_call_pending && obligation.due_at != held_until)) continue;
        Obligation next = obligation;
        if (!is_call_pending) next.started_at = context.now;
        next.due_at = due_when_needed(next, situation_of(context, *request, next), context.now);
        context.obligations.save(obligation, next);
    }
    redraw(context, *request);
    return plain_reply("✅ Noted: it has the week now.");
}

void need_not_answerable(HandlerContext& context, RequestId id)
{
    auto request = context.obligations.find(id);
    if (!request || !is_need_in_question(*request)) return;
    record(context, bot_actor, request->id, ObligationId{}, "still_needed", {{"reason", "not delivered"}});
    confirm(context, *request);
}

void tell_not_woken(HandlerContext& context, const Request& request)
{
    Notice notice;
    notice.kind = NoticeKind::for_asker;
    notice.summary = fmt::format("{} is closed", number_of(request.id));
    Section& section = notice.sections.emplace_back();
    section.lines.push_back(
        plain_line("💤 Closed without an answer: it slept, and nothing was heard that it is still needed."));
    section.lines.push_back(quote_line(request));
    section.lines.push_back(small_line(RichText{Words{"To ask again: "}, Code{"/ack @name …"}}));
    put_into_digest(context, request.creditor, notice);
}

Section need_section(HandlerContext& context, const Request& request)
{
    Section section;
    std::vector<UserId> people;
    bool calls = false;
    for (const Obligation& obligation : nudged_in_vain(context, request)) {
        people.push_back(obligation.debtor);
        const auto& nudges = context.settings.delivery.of(request.priority).nudges;
        calls = calls || obligation.attempt >= static_cast<int>(nudges.size());
    }
    const std::string whom = joined_names(context, people);
    section.lines.push_back(
        plain_line(request.need == Need::asleep
                       ? fmt::format("💤 Asleep: nobody is asked any more. No answer from {} yet.", whom)
                       : fmt::format("No answer from {} yet. Still needed, before {}?",
                                     whom,
                                     calls ? "somebody else is asked" : "I ask again")));
    section.lines.push_back(quote_line(request));
    const std::string when = your_time(context, request.creditor, request.need_until.value_or(context.now));
    if (request.need == Need::asleep) {
        section.lines.push_back(
            small_line(fmt::format("Unless it is still needed, it is closed on {}.", when)));
    } else {
        section.lines.push_back(small_line(RichText{
            Words{fmt::format("You asked on {}. Without a word by {} it goes to sleep, and is under ",
                              your_time(context, request.creditor, request.asked_at),
                              when)},
            Code{"/ackd"},
            Words{"."}}));
    }
    const std::string value = value_of(request.id);
    section.actions.push_back(button(action::still_needed, "Still needed", value, ActionStyle::primary));
    section.actions.push_back(button(action::withdraw, "No longer", value));
    if (request.priority == Priority::today)
        section.actions.push_back(button(action::less_urgent, "Less urgent", value));
    return section;
}

Notice need_notice(HandlerContext& context, const std::vector<ObligationId>& ids)
{
    Notice notice;
    notice.kind = NoticeKind::for_asker;
    const auto obligation = context.obligations.find(ids.front());
    const Request request = context.obligations.find(obligation->request).value();
    if (is_need_in_question(request)) {
        notice.sections.push_back(need_section(context, request));
        notice.summary = "Still needed? " + shortened(request.text, excerpt_max);
        return notice;
    }
    std::string line = "Answered meanwhile: nothing to decide.";
    if (request.state == RequestState::closed && obligation->cause == EndCause::by_creditor)
        line = "No longer needed: nobody is asked any more.";
    else if (request.state == RequestState::closed && obligation->cause == EndCause::not_woken)
        line = "💤 Closed: it slept long enough.";
    else if (!request.is_over() && request.need == Need::confirmed)
        line = request.priority == Priority::week
                   ? "✅ It has the week now."
                   : "✅ Still needed: those who have not answered are asked again.";
    notice.summary = line;
    Section& section = notice.sections.emplace_back();
    section.lines.push_back(plain_line(std::move(line)));
    section.lines.push_back(quote_line(request));
    return notice;
}

}  // namespace ackd
