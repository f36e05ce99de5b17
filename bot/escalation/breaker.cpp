#include "bot/escalation/breaker.hpp"

#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/escalation/raise.hpp"
#include "bot/instant_columns.hpp"
#include "bot/people/eligibility.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// A working day of theirs, from now on.
Instant a_working_day_on(HandlerContext& context, const UserId& person)
{
    const WorkingHours hours = context.directory.working_hours_of(person);
    return hours.next_working_instant(hours.add_working_time(context.now, working_day));
}

/// A route has no hours: those of who decides what becomes of its dead letters.
Instant a_working_day_on(HandlerContext& context, const Request& request)
{
    return a_working_day_on(context, dead_letter_owner_of(context, request));
}

bool is_passed_over(HandlerContext& context, const UserId& person)
{
    return is_open(BreakerTable{context.connection}.of(person), context.now);
}

std::vector<UserId> present_on(HandlerContext& context, const FrozenStep& step)
{
    std::vector<UserId> people;
    for (const UserId& person : step.people) {
        if (is_present(context.directory.find(person))) people.push_back(person);
    }
    return people;
}

/// Without those who have it already, where it needs more than one.
std::vector<UserId> to_be_asked(HandlerContext& context,
                                const Request& request,
                                ObligationId obligation,
                                const FrozenStep& step)
{
    std::vector<UserId> people = present_on(context, step);
    if (request.kind != RequestKind::escalation || request.needed <= 1) return people;
    const auto takers = takers_of(context, request, obligation);
    std::erase_if(people, [&](const UserId& person) {
        return std::find(takers.begin(), takers.end(), person) != takers.end();
    });
    return people;
}

/// Whether a later step has somebody whom a call would reach now.
bool goes_on_after(HandlerContext& context, const Request& request, ObligationId obligation, int step)
{
    const OffHours off_hours = off_hours_of(context, request);
    for (++step; const FrozenStep* next = request.step_at(step); ++step) {
        const auto people = to_be_asked(context, request, obligation, *next);
        if (std::any_of(people.begin(), people.end(), [&](const UserId& person) {
                return !is_passed_over(context, person) &&
                       !context.obligations.has_declined_call(obligation, person) &&
                       may_be_reached(off_hours, context.directory.working_hours_of(person), context.now);
            }))
            return true;
    }
    return false;
}

/// To them alone: it is about nobody else.
void tell_passed_over(HandlerContext& context, const Request& request, const UserId& person, Instant until)
{
    Notice notice;
    notice.kind = NoticeKind::for_asker;
    notice.summary = "You were called three times in a row";
    Section& section = notice.sections.emplace_back();
    section.lines.push_back(plain_line(fmt::format(
        "Three calls in a row found you busy elsewhere. Until {}, the next ones go straight to whoever "
        "comes after you, where somebody does.",
        your_time(context, person, until))));
    section.lines.push_back(small_line("Only you see this. An answer of yours to anything ends it, too."));
    section.actions.push_back(button(action::call_me_again, "Call me again", "me"));
    tell(context, person, request, notice);
}

void tell_route_passed_over(HandlerContext& context, const Request& request, Instant until)
{
    const UserId owner = dead_letter_owner_of(context, request);
    Notice notice;
    notice.kind = NoticeKind::for_asker;
    notice.summary = fmt::format("The route {} found nobody three times in a row", request.route.name);
    Section& section = notice.sections.emplace_back();
    section.lines.push_back(plain_line(fmt::format(
        "The route {} found nobody three times in a row. What is raised on it goes along {} until {}.",
        request.route.name,
        context.settings.default_route,
        your_time(context, owner, until))));
    section.lines.push_back(
        small_line(RichText{Words{"Who is on it: "}, Code{"/ackd setup route " + request.route.name}}));
    tell(context, owner, request, notice);
}

}  // namespace

Breaker missed(const Breaker& breaker, Instant again_at)
{
    Breaker next = breaker;
    next.misses += 1;
    if (next.misses >= breaker_misses) next.tries_at = again_at;
    return next;
}

Breaker called(const Breaker& breaker, Instant now, Instant again_at)
{
    Breaker next = breaker;
    if (next.tries_at && *next.tries_at <= now) next.tries_at = again_at;
    return next;
}

Breaker BreakerTable::of(const std::string& subject) const
{
    storage::Statement row = connection_.prepare(
        "SELECT misses, tries_at_us FROM breakers WHERE subject = $1");
    row.bind(1, subject);
    if (!row.step()) return {};
    return {static_cast<int>(row.column_int(0)), to_instant(row.column_optional_int(1))};
}

void BreakerTable::save(const std::string& subject, const Breaker& breaker) const
{
    if (breaker == Breaker{}) {
        connection_.prepare("DELETE FROM breakers WHERE subject = $1").bind(1, subject).run();
        return;
    }
    connection_
        .prepare(R"(INSERT INTO breakers (subject, misses, tries_at_us) VALUES ($1, $2, $3)
            ON CONFLICT (subject) DO UPDATE SET misses = $2, tries_at_us = $3)")
        .bind_all(subject, breaker.misses, to_column(breaker.tries_at))
        .run();
}

std::vector<UserId> reachable_on_step(HandlerContext& context,
                                      const Request& request,
                                      ObligationId obligation,
                                      int step)
{
    std::vector<UserId> present = to_be_asked(context, request, obligation, *request.step_at(step));
    std::vector<UserId> reachable;
    for (const UserId& person : present) {
        if (!is_passed_over(context, person) || context.obligations.is_called(obligation, person))
            reachable.push_back(person);
    }
    if (!reachable.empty() || goes_on_after(context, request, obligation, step)) return reachable;
    return present;
}

std::vector<int> steps_without_people(HandlerContext& context,
                                      const Request& request,
                                      const std::vector<int>& steps)
{
    std::vector<int> holes;
    for (const int step : steps) {
        if (present_on(context, *request.step_at(step)).empty()) holes.push_back(step);
    }
    return holes;
}

void note_call(HandlerContext& context, const UserId& person)
{
    const BreakerTable table{context.connection};
    const Breaker breaker = table.of(person);
    if (!breaker.tries_at) return;
    table.save(person, called(breaker, context.now, a_working_day_on(context, person)));
}

void note_misses(HandlerContext& context, const Request& request, const Obligation& obligation)
{
    const BreakerTable table{context.connection};
    for (const UserId& person : context.obligations.called_on_step(obligation.id, obligation.step)) {
        const Breaker before = table.of(person);
        const Breaker after = missed(before, a_working_day_on(context, person));
        table.save(person, after);
        if (after.misses != breaker_misses) continue;
        record(context, bot_actor, request.id, obligation.id, "breaker_opened", {{"person", person}});
        tell_passed_over(context, request, person, *after.tries_at);
    }
}

void note_answer_of(HandlerContext& context, const UserId& person)
{
    BreakerTable{context.connection}.save(person, Breaker{});
}

void note_route(HandlerContext& context, const Request& request, bool is_answered)
{
    const BreakerTable table{context.connection};
    const std::string& route = request.route.name;
    if (is_answered) return table.save_route(route, Breaker{});
    const Breaker before = table.of_route(route);
    const Breaker after = missed(before, a_working_day_on(context, request));
    table.save_route(route, after);
    if (after.misses != breaker_misses || route == context.settings.default_route) return;
    record(context, bot_actor, request.id, ObligationId{}, "route_breaker_opened", {{"route", route}});
    tell_route_passed_over(context, request, *after.tries_at);
}

std::string route_taken(HandlerContext& context, const std::string& name)
{
    const BreakerTable table{context.connection};
    const std::string& fallback = context.settings.default_route;
    if (name == fallback || !context.settings.routes.contains(fallback)) return name;
    const Breaker breaker = table.of_route(name);
    if (!breaker.tries_at) return name;
    if (is_open(breaker, context.now)) return fallback;
    // The one try; while it goes on, everything else takes the way round.
    table.save_route(name, called(breaker, context.now, context.now + std::chrono::hours{24}));
    return name;
}

Notice close_breaker(HandlerContext& context, const UserId& person)
{
    const bool was_open = is_open(BreakerTable{context.connection}.of(person), context.now);
    note_answer_of(context, person);
    return plain_reply(was_open ? "You are called again from now on." : "You are called as usual.");
}

}  // namespace ackd
