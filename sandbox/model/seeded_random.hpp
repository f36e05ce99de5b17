// Randomness that is the same on every machine and with every library: SplitMix64.
#pragma once

#include <cstdint>

namespace sandbox {

class SeededRandom {
public:
    explicit SeededRandom(std::uint64_t seed = 1) : state_(seed) {}

    std::uint64_t draw()
    {
        std::uint64_t mixed = state_ += 0x9E3779B97F4A7C15ULL;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
        return mixed ^ (mixed >> 31U);
    }

    /// From 0 to `count` - 1; `count` must not be 0.
    std::uint64_t below(std::uint64_t count) { return draw() % count; }

    /// True with this probability.
    bool happens(double probability) { return static_cast<double>(draw() >> 11U) * 0x1.0p-53 < probability; }

private:
    std::uint64_t state_;
};

}  // namespace sandbox
