#include "bot/delivery/read_back_change.hpp"

#include "bot/delivery/read_back_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/people/eligibility.hpp"
#include "storage/scrub.hpp"

#include <algorithm>
#include <set>

namespace ackd {

std::vector<Receiver> receivers_of(HandlerContext& context, const Request& request)
{
    std::vector<Receiver> receivers;
    const std::vector<Obligation> obligations = context.obligations.of_request(request.id);
    // Who was asked again has not received it by the earlier one.
    std::set<ObligationId> asked_again;
    for (const Obligation& obligation : obligations) asked_again.insert(obligation.predecessor);
    for (const Obligation& obligation : obligations) {
        const bool has_it = obligation.state == ObligationState::received ||
                            (obligation.state == ObligationState::integrated &&
                             !asked_again.contains(obligation.id));
        if (!has_it || obligation.holder == request.creditor) continue;
        const auto member = context.directory.find(obligation.holder);
        if (!may_answer(member) || !is_present(member)) continue;
        receivers.push_back({obligation.holder, obligation.id});
    }
    return receivers;
}

const Receiver* find_receiver(const std::vector<Receiver>& receivers, const UserId& person)
{
    const auto found = std::find_if(receivers.begin(), receivers.end(), [&](const Receiver& receiver) {
        return receiver.person == person;
    });
    return found == receivers.end() ? nullptr : &*found;
}

ReadBackTurn turn_of(HandlerContext& context, const Receiver& receiver, bool is_volunteer, Duration length)
{
    ReadBackTurn turn;
    turn.person = receiver.person;
    turn.obligation = receiver.obligation;
    turn.is_volunteer = is_volunteer;
    turn.asked_at = context.now;
    turn.until = context.directory.working_hours_of(receiver.person).add_working_time(context.now, length);
    return turn;
}

bool ReadBackChange::happen(ReadBackEvent event)
{
    const auto next = next_state(now.state, event);
    if (!next) return false;
    now.state = *next;
    if (now.state != ReadBackState::running) now.pick_at.reset();
    return true;
}

void ReadBackChange::end(ReadBackTurn& turn)
{
    if (!turn.words.empty()) {
        storage::want_empty_log(context_.connection);
        context_.upkeep.is_log_stale = true;
    }
    turn.state = TurnState::over;
    turn.until.reset();
    turn.words.clear();
}

void ReadBackChange::end_all()
{
    for (ReadBackTurn& turn : now.turns) end(turn);
}

void ReadBackChange::finish(ReadBackEvent event)
{
    if (!happen(event)) return;
    end_all();
    if (event != ReadBackEvent::not_given && event != ReadBackEvent::not_judged) return;
    HandlerContext& context = context_;
    record(context,
           bot_actor,
           request_.id,
           ObligationId{},
           "read_back_not_given",
           {{"reason", event == ReadBackEvent::not_judged ? "not judged" : ""}});
    put_into_digest(context_, request_.creditor, read_back_ended_notice(request_, now));
}

void ReadBackChange::settle()
{
    if (const auto event = outcome_of(now)) finish(*event);
}

void ReadBackChange::keep()
{
    if (now == before_) return;
    context_.read_backs.save(now);
    for (const ReadBackTurn& turn : now.turns) {
        const auto was = std::find_if(before_.turns.begin(),
                                      before_.turns.end(),
                                      [&](const ReadBackTurn& other) { return other.id == turn.id; });
        if (was == before_.turns.end() || *was != turn || now.state != before_.state)
            refresh_messages(context_, request_, turn.obligation);
    }
    redraw_card(context_, request_);
}

}  // namespace ackd
