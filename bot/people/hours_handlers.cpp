#include "bot/people/hours_handlers.hpp"

#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/people/do_not_disturb.hpp"
#include "bot/people/eligibility.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

constexpr int all = 1'000'000;

}  // namespace

void reckon_deadlines_anew(HandlerContext& context, const UserId& person)
{
    if (is_mutated(Mutation::forget_other_hours)) return;
    reckon_messages_anew(context, person);
    for (const Obligation& obligation : context.obligations.waiting_for(person, all)) {
        const auto request = context.obligations.find(obligation.request);
        const Situation situation = situation_of(context, *request, obligation);
        Obligation next = obligation;
        next.due_at = due_in_other_hours(obligation, situation, context.now);
        if (next.due_at == obligation.due_at) continue;
        context.obligations.save(obligation, next);
        redraw_card(context, *request);
    }
}

Notice hours_by_command(HandlerContext& context, const UserId& person, const std::string& typed)
{
    const bool as_usual = typed == "as usual";
    std::string problem;
    const auto week = parse_work_week(typed, problem);
    if (!typed.empty() && !as_usual && !week) {
        Notice notice = plain_reply(
            fmt::format("I did not understand \"/ackd hours {}\": {}.", typed, problem));
        notice.sections.front().lines.push_back(
            plain_line(RichText{Words{"Try: "}, Code{"/ackd hours Mon-Thu 9:00-15:00"}}));
        return notice;
    }
    if (week || as_usual) {
        choose_hours(context, person, week);
        redraw_home(context, person);
    }
    Notice notice = plain_reply(fmt::format("{}You are asked {}, on the clock of your time zone.",
                                            typed.empty() ? "" : "✅ ",
                                            to_text(context.directory.week_of(person))));
    notice.sections.front().lines.push_back(
        small_line(RichText{Words{"As your team has them: "}, Code{"/ackd hours as usual"}}));
    return notice;
}

void choose_hours(HandlerContext& context, const UserId& person, const std::optional<WorkWeek>& week)
{
    context.directory.save_hours(person, week);
    reckon_deadlines_anew(context, person);
}

void handle_do_not_disturb(HandlerContext& context, const DoNotDisturbChanged& changed)
{
    const UserId& person = changed.person;
    if (!may_be_asked(context.directory.find(person), Addressed::by_name)) return;
    // A chat whose clock is ahead must not make what it tells next old news.
    const Instant told_at = changed.told_at == Instant{} ? context.now
                                                         : std::min(changed.told_at, context.now);
    const auto before = context.directory.do_not_disturb_of(person);
    const auto after = do_not_disturb_after(
        before, {changed.from, changed.until}, told_at, context.directory.working_hours_when_here(person));
    if (!after) return;
    context.directory.save(person, *after);
    const bool is_as_before = before && before->span == after->span && before->is_obeyed == after->is_obeyed;
    if (!is_as_before) reckon_deadlines_anew(context, person);
}

}  // namespace ackd
