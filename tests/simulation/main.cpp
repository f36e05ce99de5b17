// The simulation's program: doctest's, with two options of its own (simulation_options.hpp).

#define DOCTEST_CONFIG_IMPLEMENT
#include "tests/simulation/simulated_month.hpp"
#include "tests/simulation/simulation_options.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace ackd::simulation {

namespace {

#if defined(ACKD_SANITIZED)
constexpr int default_seed_count = 6;
#elif !defined(NDEBUG)
constexpr int default_seed_count = 60;
#else
constexpr int default_seed_count = 250;
#endif

int replay(std::uint64_t seed)
{
    const MonthReport report = simulate_month(seed, [](const std::string& line) { std::puts(line.c_str()); });
    if (!report.violation) {
        std::printf("seed %llu: every invariant holds\n", static_cast<unsigned long long>(seed));
        return EXIT_SUCCESS;
    }
    std::printf("seed %llu breaks \"%s\": %s\n",
                static_cast<unsigned long long>(seed),
                report.violation->invariant.c_str(),
                report.violation->seen.c_str());
    return EXIT_FAILURE;
}

}  // namespace

SimulationOptions& simulation_options()
{
    static SimulationOptions options;
    return options;
}

}  // namespace ackd::simulation

int main(int argument_count, char** arguments)
{
    ackd::simulation::SimulationOptions& options = ackd::simulation::simulation_options();
    options.seed_count = ackd::simulation::default_seed_count;
    if (const char* wanted = std::getenv("ACKD_SIMULATION_SEEDS")) options.seed_count = std::atoi(wanted);
    for (int index = 1; index < argument_count; ++index) {
        const std::string_view argument = arguments[index];
        if (argument.starts_with("--seeds=")) options.seed_count = std::atoi(arguments[index] + 8);
        if (argument.starts_with("--seed="))
            options.only_seed = std::strtoull(arguments[index] + 7, nullptr, 10);
    }
    if (options.only_seed) return ackd::simulation::replay(*options.only_seed);
    doctest::Context context(argument_count, arguments);
    return context.run();
}
