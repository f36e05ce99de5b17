#include "sandbox/sandbox_clock.hpp"

#include <cmath>

namespace sandbox {

SandboxClock::SandboxClock(double scale, double origin) : scale_(scale), origin_(origin) {}

Instant SandboxClock::now() const
{
    return at(std::chrono::system_clock::now());
}

Instant SandboxClock::at(std::chrono::system_clock::time_point wall) const
{
    const auto wall_micros = std::chrono::floor<std::chrono::microseconds>(wall);
    if (scale_ == 1.0) return wall_micros;
    // Only the distance from the origin is scaled as a double: a few years of microseconds keep full
    // precision.
    const auto origin_micros = static_cast<std::int64_t>(std::llround(origin_ * 1e6));
    const auto passed = static_cast<double>(wall_micros.time_since_epoch().count() - origin_micros);
    return Instant{
        std::chrono::microseconds{origin_micros + static_cast<std::int64_t>(std::llround(passed * scale_))}};
}

}  // namespace sandbox
