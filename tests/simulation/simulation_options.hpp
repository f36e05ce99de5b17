// What the command line asked for: `simulation_tests --seeds=500`, `simulation_tests --seed=17` (one month,
// with a readable trace). ACKD_SIMULATION_SEEDS in the environment counts where `--seeds` is not given.
#pragma once

#include <cstdint>
#include <optional>

namespace ackd::simulation {

struct SimulationOptions {
    int seed_count = 0;
    std::optional<std::uint64_t> only_seed;
};

[[nodiscard]] SimulationOptions& simulation_options();

}  // namespace ackd::simulation
