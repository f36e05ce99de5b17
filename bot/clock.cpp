#include "bot/clock.hpp"

#include <algorithm>
#include <cmath>

namespace ackd {

namespace {

Instant wall_now()
{
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

}  // namespace

Instant SystemClock::now() const
{
    return wall_now();
}

std::chrono::nanoseconds SystemClock::wall_time_until(Instant then) const
{
    return std::max(std::chrono::nanoseconds{0}, std::chrono::nanoseconds{then - wall_now()});
}

Instant ScaledClock::now() const
{
    const auto passed = static_cast<long double>((wall_now() - origin_).count());
    return origin_ +
           Duration{static_cast<std::int64_t>(std::llroundl(passed * static_cast<long double>(scale_)))};
}

std::chrono::nanoseconds ScaledClock::wall_time_until(Instant then) const
{
    const auto ahead = static_cast<long double>((then - now()).count());
    if (ahead <= 0) return std::chrono::nanoseconds{0};
    return std::chrono::nanoseconds{
        static_cast<std::int64_t>(std::ceil(ahead * 1000.0L / static_cast<long double>(scale_)))};
}

std::chrono::nanoseconds SteppedClock::wall_time_until(Instant then) const
{
    return std::max(std::chrono::nanoseconds{0}, std::chrono::nanoseconds{then - now_});
}

void SteppedClock::advance_to(Instant then)
{
    now_ = std::max(now_, then);
}

}  // namespace ackd
