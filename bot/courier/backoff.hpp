// How long to wait before the next attempt: exponential, with full jitter.
#pragma once

#include "bot/instant.hpp"

#include <algorithm>
#include <cstdint>

namespace ackd {

/// SplitMix64: small, seeded, the same numbers everywhere. Not for secrets.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next()
    {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31U);
    }
    /// Evenly from 0 to `bound` − 1; 0 when `bound` is 0.
    std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : next() % bound; }
    /// True with this probability.
    bool chance(double probability) { return static_cast<double>(next() >> 11U) * 0x1.0p-53 < probability; }

private:
    std::uint64_t state_;
};

/// Evenly between half a second and min(60 s, 1 s × 2^failures), after this many failures before the present
/// one.
[[nodiscard]] inline Duration backoff(int failures, Random& random)
{
    using namespace std::chrono_literals;
    constexpr Duration shortest = 500ms;
    const Duration longest = std::min<Duration>(60s, 1s * (std::int64_t{1} << std::clamp(failures, 0, 10)));
    return shortest + Duration{static_cast<std::int64_t>(
                          random.below(static_cast<std::uint64_t>((longest - shortest).count() + 1)))};
}

}  // namespace ackd
