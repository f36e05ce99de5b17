// How long confirmations took, as a histogram with buckets about 1.5 % wide: small whatever the number of
// events.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

namespace ackd::bench {

class ConfirmationTimes {
public:
    void add(std::chrono::nanoseconds time);
    void clear();

    [[nodiscard]] std::int64_t count() const { return count_; }
    /// The time within which this share of the confirmations came, in milliseconds.
    [[nodiscard]] double milliseconds_at(double share) const;
    [[nodiscard]] double max_milliseconds() const;

private:
    static constexpr std::size_t steps_per_doubling = 64;
    std::array<std::int64_t, 40 * steps_per_doubling> buckets_{};
    std::int64_t count_ = 0;
    std::chrono::nanoseconds max_{0};
};

}  // namespace ackd::bench
