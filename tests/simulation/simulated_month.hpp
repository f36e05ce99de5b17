// A month of a team's life, from one seed: people ask and answer, things go wrong, and afterwards everything
// is healed, nobody acts any more, and all that is open must come to its end in bounded time.
#pragma once

#include "tests/simulation/simulated_chat.hpp"
#include "tests/simulation/simulated_process.hpp"
#include "tests/simulation/simulated_world.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace ackd::simulation {

struct MonthReport {
    std::uint64_t seed = 0;
    std::optional<Violation> violation;
    /// The head of the journal's chain and what people saw: equal for equal seeds.
    std::string journal_head;
    std::size_t message_count = 0;
    ProcessCounters process;
    ChatCounters chat;
    std::int64_t asks = 0;
    std::int64_t obligations = 0;
    std::int64_t facts = 0;
    /// From the end of the month until nothing was open.
    Duration healed_after{0};
};

/// `trace`: where a reader follows what happens.
[[nodiscard]] MonthReport simulate_month(std::uint64_t seed,
                                         std::function<void(const std::string&)> trace = {});

}  // namespace ackd::simulation
