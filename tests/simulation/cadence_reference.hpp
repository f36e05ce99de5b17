// When something comes round, found slowly: every day is asked whether it is one, and every minute of the
// year what the clocks on the wall say. It shares nothing with bot/cadence.
#pragma once

#include "bot/instant.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace ackd::simulation {

enum class OnFreeDay { keep, skip, before, after };

struct ReferenceCadence {
    /// Whether the rule says this local day.
    std::function<bool(std::chrono::local_days)> is_one;
    std::chrono::minutes at{};
    /// A tz database name.
    std::string zone;
    OnFreeDay on_free_day = OnFreeDay::keep;
};

struct ReferenceOccurrence {
    std::chrono::local_days nominal;
    Instant at;
    friend bool operator==(const ReferenceOccurrence&, const ReferenceOccurrence&) = default;
};

/// `free_days`: besides Saturdays and Sundays. Those after `from` and up to `until`, in order.
[[nodiscard]] std::vector<ReferenceOccurrence> reference_occurrences(
    const ReferenceCadence& cadence,
    const std::vector<std::chrono::local_days>& free_days,
    Instant from,
    Instant until);

}  // namespace ackd::simulation
