#include "bot/people/member_handlers.hpp"

#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/people/hours_handlers.hpp"
#include "bot/threads/question_handlers.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

namespace ackd {

namespace {

constexpr int all = 1'000'000;

/// What they owe falls due now: the rule finds nobody to ask and takes the next step of the route. Where they
/// were called in with others, those go on being asked at their own pace.
void ask_the_next(HandlerContext& context, const UserId& gone)
{
    for (const Obligation& obligation : context.obligations.waiting_for(gone, all)) {
        const bool owes = obligation.debtor == gone || obligation.holder == gone;
        Obligation next = obligation;
        next.due_at = context.now;
        if (obligation.state == ObligationState::escalated) {
            const auto request = context.obligations.find(obligation.request);
            const Situation situation = situation_of(context, *request, obligation);
            if (!situation.audience.empty() || situation.tells_others) continue;
            context.obligations.save(obligation, next);
            continue;
        }
        if (!owes) continue;
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

}  // namespace

void handle_member(HandlerContext& context, const Member& member)
{
    const auto known = context.directory.find(member.id);
    if (known == member) return;
    context.directory.save(member);
    redraw_home(context, member.id);
    if (known && known->time_zone != member.time_zone) reckon_deadlines_anew(context, member.id);
    const bool newly_gone = member.deactivated && known && !known->deactivated;
    if (!newly_gone) return;
    ask_the_next(context, member.id);
    leave_questions(context, member.id);
    for (Request& request : context.obligations.open_by_creditor(member.id, all))
        withdraw(context, request, bot_actor, EndCause::creditor_gone);
    leave_read_backs(context, member.id);
}

void handle_group(HandlerContext& context, const UserGroup& group)
{
    const auto known = context.directory.find_group(group.id);
    context.directory.save(group);
    const auto& teams = context.settings.teams;
    const bool is_of_team = std::any_of(teams.begin(), teams.end(), [&](const Team& team) {
        return std::find(team.groups.begin(), team.groups.end(), group.id) != team.groups.end();
    });
    if (!is_of_team) return;
    const std::set<UserId> before = known ? std::set<UserId>{known->members.begin(), known->members.end()}
                                          : std::set<UserId>{};
    const std::set<UserId> after{group.members.begin(), group.members.end()};
    std::vector<UserId> moved;
    std::set_symmetric_difference(
        before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(moved));
    for (const UserId& person : moved) reckon_deadlines_anew(context, person);
}

}  // namespace ackd
