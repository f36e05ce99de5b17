// Time as the domain speaks of it: instants are UTC with microseconds; zones exist only in availability and
// wording.
#pragma once

#include <chrono>
#include <cstdint>

namespace ackd {

using Duration = std::chrono::microseconds;
using Instant = std::chrono::sys_time<Duration>;

/// Microseconds since the Unix epoch, as every `…_at_us` column and field holds it.
[[nodiscard]] constexpr std::int64_t to_microseconds(Instant at)
{
    return at.time_since_epoch().count();
}

[[nodiscard]] constexpr Instant from_microseconds(std::int64_t count)
{
    return Instant{Duration{count}};
}

}  // namespace ackd
