#include "bot/delivery/read_back_handlers.hpp"

#include "bot/delivery/read_back_change.hpp"
#include "bot/interruptions/interruption_budget.hpp"

#include <algorithm>

namespace ackd {

namespace {

using namespace std::chrono_literals;

/// After so much working time of who asked, nobody is waited for any more who could be picked.
constexpr Duration picks_within = 3 * working_day;
/// When somebody is at work and not to be interrupted, that may be over by then.
constexpr Duration budget_looked_at_after = 1h;

bool is_heard(HandlerContext& context, const Request& request)
{
    return request.needed > 0 && context.obligations.tally(request.id).received >= request.needed;
}

ReadBackCandidate candidate_of(HandlerContext& context, const ReadBack& read_back, const UserId& person)
{
    ReadBackCandidate candidate;
    candidate.person = person;
    candidate.was_picked = context.read_backs.was_picked(person, context.now - picked_again_after) ||
                           std::any_of(read_back.turns.begin(),
                                       read_back.turns.end(),
                                       [&](const ReadBackTurn& turn) { return turn.person == person; });
    candidate.may_be_asked_now = may_interrupt(context, person) && !context.read_backs.is_being_asked(person);
    const WorkingHours hours = context.directory.working_hours_of(person);
    candidate.asked_again_at = hours.next_working_instant(
        hours.contains(context.now) ? context.now + budget_looked_at_after : context.now);
    return candidate;
}

/// As many as needed have received it: whoever likes may say it back.
void begin(HandlerContext& context, const Request& request, ReadBackChange& change)
{
    if (!change.happen(ReadBackEvent::heard)) return;
    change.now.ready_at = context.now;
    std::optional<Instant> first;
    for (const Receiver& receiver : receivers_of(context, request)) {
        const Instant end = context.directory.working_hours_of(receiver.person)
                                .add_working_time(context.now, context.settings.read_back.volunteers_first);
        first = first ? std::min(*first, end) : end;
    }
    change.now.pick_at = first;
    if (!first) change.finish(ReadBackEvent::not_given);
}

void ask_to_say_back(HandlerContext& context, const Request& request, const ReadBackTurn& turn)
{
    spend_interruption(context, turn.person);
    send_about(context,
               OutboxKind::read_back_question,
               turn.person,
               request.id,
               {OutboxItem{turn.obligation, read_back_step, static_cast<int>(turn.id)}});
}

/// For every free turn somebody, or when to look again; without anybody to wait for, it is used up.
void pick_somebody(HandlerContext& context, const Request& request, ReadBack& read_back)
{
    const std::vector<Receiver> receivers = receivers_of(context, request);
    const Instant ends_by = context.directory.working_hours_of(request.creditor)
                                .add_working_time(read_back.ready_at.value_or(context.now), picks_within);
    while (free_turns(read_back) > 0) {
        std::vector<ReadBackCandidate> candidates;
        for (const Receiver& receiver : receivers)
            candidates.push_back(candidate_of(context, read_back, receiver.person));
        const ReadBackPick picked = pick(candidates, context.read_backs.random(), ends_by);
        read_back.pick_at = picked.again_at;
        if (picked.again_at) return;
        if (picked.person.empty()) {
            read_back.lapsed_count += free_turns(read_back);
            return;
        }
        read_back.turns.push_back(
            turn_of(context, *find_receiver(receivers, picked.person), false, working_day));
        context.read_backs.save(read_back);  // it has a number from here on, and is counted
        ask_to_say_back(context, request, read_back.turns.back());
        record(context, bot_actor, request.id, ObligationId{}, "read_back_asked");
    }
}

}  // namespace

std::optional<RefusedAsk> read_back_refusal(HandlerContext& context,
                                            const UserId& author,
                                            const Ask& ask,
                                            std::optional<int> people)
{
    if (ask.read_back == 0) return std::nullopt;
    if (ask.priority != Priority::now && ask.priority != Priority::today)
        return RefusedAsk{AskRefusal::read_back_not_urgent, 0};
    const int a_week = context.settings.read_back.a_week;
    if (a_week == 0) return RefusedAsk{AskRefusal::read_back_off, 0};
    const auto possible_at = next_possible(
        context.read_backs.wanted_since(author, context.now - read_backs_counted_over),
        ask.read_back,
        a_week,
        context.now);
    if (possible_at != context.now) return RefusedAsk{AskRefusal::read_backs_used_up, 0, possible_at};
    const int answers = ask.quorum == Quorum::any      ? 1
                        : ask.quorum == Quorum::k_of_n ? ask.needed
                                                       : ask.read_back;
    const int most = std::min(people.value_or(ask.read_back), answers);
    if (ask.read_back > most) return RefusedAsk{AskRefusal::read_back_by_too_many, most};
    return std::nullopt;
}

void want_read_back(HandlerContext& context, const Request& request, int wanted)
{
    if (wanted == 0) return;
    ReadBack read_back;
    read_back.request = request.id;
    read_back.wanted = wanted;
    read_back.wanted_at = context.now;
    context.read_backs.save(read_back);
}

void fit_read_back(HandlerContext& context, const Request& request, const std::vector<UserId>& debtors)
{
    auto read_back = context.read_backs.find(request.id);
    if (!read_back) return;
    const auto others = static_cast<int>(debtors.size()) -
                        static_cast<int>(std::count(debtors.begin(), debtors.end(), request.creditor));
    const int most = std::min({read_back->wanted, request.needed, others});
    if (most == 0) return context.read_backs.remove(request.id);
    read_back->wanted = most;
    context.read_backs.save(*read_back);
}

void drop_read_back(HandlerContext& context, const Request& request)
{
    context.read_backs.remove(request.id);
}

void follow_read_back(HandlerContext& context, const Request& request)
{
    auto found = context.read_backs.find(request.id);
    if (!found || is_final(found->state) || request.state == RequestState::gathering) return;
    if (request.state == RequestState::closed) return call_off_read_back(context, request);
    ReadBackChange change{context, request, std::move(*found)};
    ReadBack& read_back = change.now;
    const std::vector<Receiver> receivers = receivers_of(context, request);
    for (ReadBackTurn& turn : read_back.turns) {
        if (turn.state != TurnState::over && find_receiver(receivers, turn.person) == nullptr)
            change.end(turn);
    }
    const bool heard = is_heard(context, request);
    if (read_back.state == ReadBackState::waiting) {
        if (heard) begin(context, request, change);
    } else if (!heard) {
        read_back.pick_at.reset();
        if (!has_running_turn(read_back)) change.happen(ReadBackEvent::unheard);
    } else if (free_turns(read_back) > 0 && !read_back.pick_at) {
        read_back.pick_at = context.now;
    }
    change.keep();
}

void call_off_read_back(HandlerContext& context, const Request& request)
{
    auto found = context.read_backs.find(request.id);
    if (!found || is_final(found->state)) return;
    ReadBackChange change{context, request, std::move(*found)};
    change.finish(ReadBackEvent::called_off);
    change.keep();
}

void leave_read_backs(HandlerContext& context, const UserId& person)
{
    for (const RequestId id : context.read_backs.open_with(person)) {
        const Request request = context.obligations.find(id).value();
        if (request.creditor == person)
            call_off_read_back(context, request);
        else
            follow_read_back(context, request);
    }
}

void handle_read_back_due(HandlerContext& context, RequestId id)
{
    auto found = context.read_backs.find(id);
    if (!found || found->state != ReadBackState::running) return;
    const Request request = context.obligations.find(id).value();
    ReadBackChange change{context, request, std::move(*found)};
    ReadBack& read_back = change.now;
    for (ReadBackTurn& turn : read_back.turns) {
        if (!turn.until || *turn.until > context.now) continue;
        const bool is_forfeited = turn.state == TurnState::asked && turn.is_volunteer;
        if (turn.state == TurnState::given) ++read_back.unjudged_count;
        change.end(turn);
        // Who pressed the button and wrote nothing has kept nobody from being picked.
        if (is_forfeited) {
            read_back.pick_at = context.now;
            continue;
        }
        ++read_back.lapsed_count;
        change.happen(ReadBackEvent::lapsed);
    }
    if (free_turns(read_back) > 0 && (!read_back.pick_at || *read_back.pick_at <= context.now)) {
        if (is_heard(context, request)) {
            pick_somebody(context, request, read_back);
        } else {
            read_back.pick_at.reset();
            if (!has_running_turn(read_back)) change.happen(ReadBackEvent::unheard);
        }
    }
    change.settle();
    change.keep();
}

void read_back_not_deliverable(HandlerContext& context, const OutboxItem& item)
{
    const RequestId id = context.read_backs.request_of(item.attempt);
    auto found = context.read_backs.find(id);
    if (!found) return;
    const Request request = context.obligations.find(id).value();
    ReadBackChange change{context, request, std::move(*found)};
    for (ReadBackTurn& turn : change.now.turns) {
        if (turn.id != item.attempt || turn.state != TurnState::asked) continue;
        change.end(turn);
        change.happen(ReadBackEvent::passed);
        change.now.pick_at = context.now;
    }
    change.keep();
}

bool read_back_stands(HandlerContext& context, const OutboxItem& item)
{
    const auto read_back = context.read_backs.find(context.read_backs.request_of(item.attempt));
    if (!read_back) return false;
    const TurnState wanted = item.step == said_back_step ? TurnState::given : TurnState::asked;
    return std::any_of(read_back->turns.begin(), read_back->turns.end(), [&](const ReadBackTurn& turn) {
        return turn.id == item.attempt && turn.state == wanted;
    });
}

}  // namespace ackd
