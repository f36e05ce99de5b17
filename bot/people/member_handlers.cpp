#include "bot/people/member_handlers.hpp"

#include "bot/home/home_handlers.hpp"

namespace ackd {

void handle_member(HandlerContext& context, const Member& member)
{
    const auto known = context.directory.find(member.id);
    if (known == member) return;
    context.directory.save(member);
    redraw_home(context, member.id);
    const bool newly_gone = member.deactivated && known && !known->deactivated;
    if (!newly_gone) return;

    // What they owe falls due now: the rule finds nobody to ask and takes the next step of the route.
    constexpr int all = 1'000'000;
    for (const Obligation& obligation : context.obligations.waiting_for(member.id, all)) {
        if (obligation.debtor != member.id && obligation.holder != member.id) continue;
        // Those called in are being asked already, at their own pace.
        if (obligation.state == ObligationState::escalated) continue;
        Obligation next = obligation;
        next.due_at = context.now;
        next.cause = EndCause::debtor_gone;
        context.obligations.save(obligation, next);
        record(context,
               bot_actor,
               obligation.request,
               obligation.id,
               "debtor_gone",
               {{"to", std::string{name_of(next.state)}}});
    }
}

}  // namespace ackd
