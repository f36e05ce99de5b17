// A year of what comes round, against a reference that walks through it minute by minute.
#include "bot/engine/mutation.hpp"
#include "tests/simulation/simulated_year.hpp"
#include "tests/simulation/simulation_options.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>

namespace {

using namespace ackd;
using namespace ackd::simulation;

}  // namespace

TEST_CASE(
    "year: every occurrence ran once, or once late, or was missed, paused or skipped as it may, and the same "
    "seed writes the same journal")
{
    const int seeds = std::clamp(simulation_options().seed_count / 60, 1, 20);
    YearReport total;
    for (int seed = 1; seed <= seeds; ++seed) {
        const YearReport report = simulate_year(static_cast<std::uint64_t>(seed));
        if (seed == 1) CHECK(simulate_year(1).journal_head == report.journal_head);
        if (report.violation)
            FAIL_CHECK("seed " << seed << ": " << report.violation->invariant << ": "
                               << report.violation->seen);
        // Each year has all of it, or it shows little.
        CHECK(report.ran_late > 0);
        CHECK(report.missed > 0);
        CHECK(report.paused > 0);
        CHECK(report.skipped == 1);
        CHECK(report.answers > 0);
        CHECK(report.divergences > 0);
        total.occurrences += report.occurrences;
        total.ran += report.ran;
        total.ran_late += report.ran_late;
        total.missed += report.missed;
        total.paused += report.paused;
        total.skipped += report.skipped;
        total.crashes += report.crashes;
        total.answers += report.answers;
        total.divergences += report.divergences;
    }
    std::printf("%d seeds, each a simulated year: %d occurrences (%d ran, %d late, %d missed, %d paused, %d "
                "skipped), %lld crashes, %lld answers, %lld divergences\n",
                seeds,
                total.occurrences,
                total.ran,
                total.ran_late,
                total.missed,
                total.paused,
                total.skipped,
                static_cast<long long>(total.crashes),
                static_cast<long long>(total.answers),
                static_cast<long long>(total.divergences));
}
