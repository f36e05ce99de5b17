#include "sandbox/time/agenda.hpp"

namespace sandbox {

Agenda::Booking Agenda::at(WallInstant when, Action action)
{
    const Booking booking = ++last_;
    const bool is_earliest = actions_.empty() || when < actions_.begin()->first.first;
    actions_.emplace(std::pair{when, booking}, std::move(action));
    instants_.emplace(booking, when);
    if (is_earliest && changed_) changed_();
    return booking;
}

void Agenda::cancel(Booking booking)
{
    const auto found = instants_.find(booking);
    if (found == instants_.end()) return;
    actions_.erase({found->second, booking});
    instants_.erase(found);
}

void Agenda::run_due(WallInstant now)
{
    while (!actions_.empty() && actions_.begin()->first.first <= now) {
        const auto first = actions_.begin();
        const Action action = std::move(first->second);
        instants_.erase(first->first.second);
        actions_.erase(first);
        action(now);
    }
}

std::optional<WallInstant> Agenda::next() const
{
    if (actions_.empty()) return std::nullopt;
    return actions_.begin()->first.first;
}

}  // namespace sandbox
