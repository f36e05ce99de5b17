// Thousands of simulated months, each from its own seed.
#include "bot/people/availability.hpp"
#include "tests/simulation/simulated_month.hpp"
#include "tests/simulation/simulation_options.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace ackd::simulation;

/// The months of seeds 1 to `count`, on as many threads as there are cores. What each reports does not depend
/// on that.
std::vector<MonthReport> simulate_months(int count)
{
    std::vector<MonthReport> reports(static_cast<std::size_t>(count));
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t index = next++; index < reports.size(); index = next++)
            reports[index] = simulate_month(index + 1);
    };
    // The time-zone library reads its data at the first use, with a guard that ThreadSanitizer cannot see.
    const ackd::WorkingHours first_use{"Etc/UTC"};
    std::vector<std::thread> threads;
    for (unsigned number = 0; number < std::max(1U, std::thread::hardware_concurrency()); ++number)
        threads.emplace_back(work);
    for (std::thread& thread : threads) thread.join();
    return reports;
}

}  // namespace

TEST_CASE("simulation: the invariants hold through months of faults and crashes, and everything ends when it "
          "is healed")
{
    const std::vector<MonthReport> reports = simulate_months(simulation_options().seed_count);
    std::int64_t asks = 0, obligations = 0, facts = 0, inputs = 0, duplicates = 0, crashes = 0, refused = 0,
                 cycles = 0, moved = 0;
    std::int64_t events = 0, redeliveries = 0, calls = 0, failed = 0, adopted = 0, posts = 0;
    int failures = 0;
    for (const MonthReport& report : reports) {
        if (report.violation) {
            ++failures;
            if (failures <= 20) {
                MESSAGE("seed " << report.seed << " breaks \"" << report.violation->invariant
                                << "\": " << report.violation->seen
                                << "\n  replay: simulation_tests --seed=" << report.seed);
            }
        }
        asks += report.asks;
        obligations += report.obligations;
        facts += report.facts;
        cycles += report.process.cycles;
        inputs += report.process.inputs;
        duplicates += report.process.duplicates;
        crashes += report.process.crashes;
        refused += report.process.refused_commits;
        moved += report.process.moved_deadlines;
        events += report.chat.events;
        redeliveries += report.chat.redeliveries;
        calls += report.chat.calls;
        failed += report.chat.failed_calls;
        adopted += report.chat.adopted;
        posts += report.chat.posts;
    }
    CHECK(failures == 0);
    std::printf(
        "%zu seeds, each a simulated month: %lld asks, %lld obligations, %lld journal facts, %lld "
        "events (%lld "
        "redelivered), %lld inputs taken (%lld of them again), %lld cycles, %lld refused commits, "
        "%lld crashes, %lld "
        "calls (%lld failed), %lld messages posted, %lld found again after a doubt, %lld deadlines moved by a "
        "policy\n",
        reports.size(),
        static_cast<long long>(asks),
        static_cast<long long>(obligations),
        static_cast<long long>(facts),
        static_cast<long long>(events),
        static_cast<long long>(redeliveries),
        static_cast<long long>(inputs),
        static_cast<long long>(duplicates),
        static_cast<long long>(cycles),
        static_cast<long long>(refused),
        static_cast<long long>(crashes),
        static_cast<long long>(calls),
        static_cast<long long>(failed),
        static_cast<long long>(posts),
        static_cast<long long>(adopted),
        static_cast<long long>(moved));
}

TEST_CASE("simulation: the same seed writes the same journal, byte for byte")
{
    const auto seeds = static_cast<std::uint64_t>(std::min(20, simulation_options().seed_count / 3));
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        CAPTURE(seed);
        const MonthReport first = simulate_month(seed);
        const MonthReport second = simulate_month(seed);
        CHECK(first.journal_head == second.journal_head);
        CHECK(first.message_count == second.message_count);
        CHECK(first.process.cycles == second.process.cycles);
    }
}
