#include "bot/people/hours_handlers.hpp"

#include "bot/delivery/obligation_handlers.hpp"

namespace ackd {

namespace {

constexpr int all = 1'000'000;
/// What the chat says beyond it is a mistake: its own menus end after a day.
constexpr auto do_not_disturb_max = std::chrono::hours{24 * 31};

}  // namespace

void reckon_deadlines_anew(HandlerContext& context, const UserId& person)
{
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

void choose_hours(HandlerContext& context, const UserId& person, const std::optional<WorkWeek>& week)
{
    context.directory.save_hours(person, week);
    reckon_deadlines_anew(context, person);
}

void handle_do_not_disturb(HandlerContext& context, const DoNotDisturbChanged& changed)
{
    TimeSpan span{changed.from, changed.until};
    // What is past has no meaning, and neither has what nobody can have chosen.
    if (span.until <= context.now || span.until - span.from > do_not_disturb_max) span = {};
    context.directory.save_do_not_disturb(changed.person, span);
    reckon_deadlines_anew(context, changed.person);
}

}  // namespace ackd
