#include "bot/interruptions/tax_handlers.hpp"

#include "bot/interruptions/interruption_budget.hpp"
#include "bot/interruptions/nudge_samples.hpp"

namespace ackd {

namespace {

void add(HandlerContext& context, const UserId& person, const Tax& tax)
{
    if (person.empty()) return;
    TaxTable{context.connection}.add(person, local_day(context, person), tax);
}

/// What is for information asks for nothing.
bool asks_for_a_tap(HandlerContext& context, const OutboxItem& item)
{
    if (item.step == listed_step) return false;
    const auto obligation = context.obligations.find(item.obligation);
    if (!obligation) return false;
    return context.obligations.find(obligation->request)->priority != Priority::fyi;
}

}  // namespace

void count_message(HandlerContext& context, const OutboxRow& row)
{
    Tax tax;
    tax.messages = 1;
    for (const OutboxItem& item : row.items) tax.taps_asked += asks_for_a_tap(context, item) ? 1 : 0;
    if (asks_if_useful(context, row)) ++tax.taps_asked;
    add(context, person_of(row.conversation), tax);
}

void count_asked(HandlerContext& context, const Request& request)
{
    if (request.priority == Priority::fyi) return;
    Tax tax;
    tax.taps_asked = 1;
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        if (!obligation.predecessor.exists()) add(context, obligation.debtor, tax);
    }
}

void count_interruption(HandlerContext& context, const UserId& person)
{
    Tax tax;
    tax.interruptions = 1;
    add(context, person, tax);
}

void count_tap_made(HandlerContext& context, const UserId& person)
{
    Tax tax;
    tax.taps_made = 1;
    add(context, person, tax);
}

Tax tax_of(HandlerContext& context, const UserId& person)
{
    return TaxTable{context.connection}.since(person, local_day(context, person) - 7);
}

}  // namespace ackd
