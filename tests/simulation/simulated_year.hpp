// A year of what comes round: four teams in three time zones, clocks that change both ways, holidays,
// crashes, days on which nothing runs, and pauses; and what became of each occurrence.
#pragma once

#include "tests/simulation/simulated_world.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ackd::simulation {

struct YearReport {
    std::optional<Violation> violation;
    /// Equal for equal seeds.
    std::string journal_head;
    int occurrences = 0;
    int ran = 0;
    int ran_late = 0;
    int missed = 0;
    int paused = 0;
    int skipped = 0;
    std::int64_t crashes = 0;
    std::int64_t answers = 0;
    std::int64_t divergences = 0;
};

/// Every occurrence that the slow reference knows ended once, and as it may: it ran in time; or it ran late,
/// or was missed for a later one that ran, because nothing was running; or somebody had paused or skipped it.
/// Whoever had to be asked was asked once for each that ran.
[[nodiscard]] YearReport simulate_year(std::uint64_t seed);

}  // namespace ackd::simulation
