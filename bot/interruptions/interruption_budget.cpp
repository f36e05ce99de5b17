#include "bot/interruptions/interruption_budget.hpp"

#include "bot/capacity/capacity_handlers.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/interruptions/tax_handlers.hpp"

#include <date/tz.h>

#include <algorithm>

namespace ackd {

std::int64_t local_day(const HandlerContext& context, const UserId& person)
{
    const WorkingHours hours = context.directory.working_hours_of(person);
    return date::floor<date::days>(hours.zone()->to_local(context.now)).time_since_epoch().count();
}

InterruptionsToday interruptions_today(const HandlerContext& context, const UserId& person)
{
    const Telling chosen = context.interruptions.telling_of(person);
    // Who has no room is told quieter, unless they are told less than that anyway.
    const Telling telling = spared_until(context, person) ? std::max(chosen, Telling::quieter) : chosen;
    return {context.interruptions.spent(person, local_day(context, person)),
            budget_of(telling, context.settings.interruptions_per_day)};
}

bool has_interruptions_left(const HandlerContext& context, const UserId& person)
{
    const InterruptionsToday today = interruptions_today(context, person);
    return today.spent < today.allowed || is_mutated(Mutation::ignore_budget);
}

bool may_interrupt(const HandlerContext& context, const UserId& person)
{
    return context.directory.working_hours_of(person).contains(context.now) &&
           has_interruptions_left(context, person);
}

void spend_interruption(HandlerContext& context, const UserId& person)
{
    context.interruptions.spend(person, local_day(context, person));
    count_interruption(context, person);
}

}  // namespace ackd
