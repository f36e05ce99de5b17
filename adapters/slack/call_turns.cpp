#include "adapters/slack/call_turns.hpp"

namespace ackd::slack {

std::list<std::function<void()>>& CallTurns::waiting(CallUrgency urgency)
{
    return waiting_[static_cast<std::size_t>(urgency)];
}

std::size_t& CallTurns::taken(CallUrgency urgency)
{
    return taken_[static_cast<std::size_t>(urgency)];
}

bool CallTurns::take(CallUrgency urgency)
{
    const bool is_full = taken_[0] + taken_[1] >= all_max_;
    const bool must_leave_room = urgency == CallUrgency::unhurried && taken(urgency) >= unhurried_max_;
    if (is_full || must_leave_room) return false;
    ++taken(urgency);
    return true;
}

CallTurns::Place CallTurns::wait(CallUrgency urgency, std::function<void()> on_turn)
{
    auto& queue = waiting(urgency);
    return queue.insert(queue.end(), std::move(on_turn));
}

void CallTurns::leave(CallUrgency urgency, Place place)
{
    waiting(urgency).erase(place);
}

void CallTurns::end(CallUrgency urgency)
{
    --taken(urgency);
    for (const CallUrgency next : {CallUrgency::urgent, CallUrgency::unhurried}) {
        auto& queue = waiting(next);
        if (queue.empty() || !take(next)) continue;
        const auto on_turn = std::move(queue.front());
        queue.pop_front();
        on_turn();
        return;
    }
}

}  // namespace ackd::slack
