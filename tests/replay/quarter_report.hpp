// What a replayed quarter has shown, for people to read and as JSON: how often people were interrupted, when,
// what the budget saved, and what that cost in time to an answer. Distributions over all of them only: no
// line is about one person.
#pragma once

#include "tests/replay/replayed_quarter.hpp"

#include <string>
#include <vector>

namespace ackd::replay {

/// The time it takes to get back into what one was doing (docs/interruptions.md).
inline constexpr std::chrono::minutes time_to_resume{23};

struct QuarterReport {
    QuarterPlan plan;
    QuarterFigures with_budget;    ///< as the policy's defaults have it
    QuarterFigures digests_alone;  ///< without a budget that binds
    QuarterFigures with_neither;
    QuarterFigures watched;  ///< as with_budget, and the channel's questions are looked after

    /// What must not be: an invariant that does not hold, a message outside working hours, a budget exceeded.
    /// Empty: all is well.
    [[nodiscard]] std::vector<std::string> failures() const;
    [[nodiscard]] std::string to_text() const;
    [[nodiscard]] std::string to_json() const;
};

/// Lives through the quarter four times.
[[nodiscard]] QuarterReport replay_quarter(QuarterPlan plan);

}  // namespace ackd::replay
