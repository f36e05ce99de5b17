#include "tests/bench/confirmation_times.hpp"

#include <algorithm>
#include <bit>

namespace ackd::bench {

void ConfirmationTimes::add(std::chrono::nanoseconds time)
{
    // The bits below the highest one choose the step within its doubling.
    const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(time.count(), steps_per_doubling));
    const auto doubling = static_cast<std::size_t>(std::bit_width(value)) - 7;
    const std::size_t step = (value >> doubling) - steps_per_doubling;
    const std::size_t bucket = std::min(doubling * steps_per_doubling + step, buckets_.size() - 1);
    ++buckets_[bucket];
    ++count_;
    max_ = std::max(max_, time);
}

void ConfirmationTimes::clear()
{
    *this = ConfirmationTimes{};
}

double ConfirmationTimes::milliseconds_at(double share) const
{
    const auto wanted = static_cast<std::int64_t>(share * static_cast<double>(count_));
    std::int64_t seen = 0;
    for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
        seen += buckets_[bucket];
        if (seen <= wanted) continue;
        const std::size_t doubling = bucket / steps_per_doubling;
        const std::size_t step = bucket % steps_per_doubling;
        return static_cast<double>((steps_per_doubling + step + 1) << doubling) / 1e6;
    }
    return max_milliseconds();
}

double ConfirmationTimes::max_milliseconds() const
{
    return static_cast<double>(max_.count()) / 1e6;
}

}  // namespace ackd::bench
