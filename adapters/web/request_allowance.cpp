#include "adapters/web/request_allowance.hpp"

#include <algorithm>

namespace ackd::web {

namespace {

constexpr SteadyTime::duration minute = std::chrono::minutes{1};

}  // namespace

std::chrono::seconds RequestAllowance::take(const std::string& name, int per_minute, SteadyTime now)
{
    auto found = full_at_.find(name);
    if (found == full_at_.end()) {
        make_room(now);
        found = full_at_.emplace(name, now).first;
    }
    // Each request puts off when the bucket is full again; it is empty when that is a minute ahead.
    SteadyTime& full_at = found->second;
    const SteadyTime then = std::max(full_at, now) + minute / per_minute;
    if (then - now <= minute) {
        full_at = then;
        return std::chrono::seconds{0};
    }
    return std::chrono::ceil<std::chrono::seconds>(then - now - minute);
}

/// Nothing is lost with a bucket that is full. Where so many are not that this is not enough, all begin anew:
/// what is bounded first is our memory.
void RequestAllowance::make_room(SteadyTime now)
{
    if (full_at_.size() < names_max_) return;
    std::erase_if(full_at_, [&](const auto& each) { return each.second <= now; });
    if (full_at_.size() >= names_max_) full_at_.clear();
}

}  // namespace ackd::web
