// Working time: the arithmetic under every deadline.
#include "bot/people/availability.hpp"

#include <benchmark/benchmark.h>

namespace ackd::bench {

namespace {

using namespace std::chrono_literals;

const Instant friday_afternoon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 27} + 15h};

void next_working_instant(benchmark::State& state)
{
    const WorkingHours hours{"Europe/Berlin"};
    for (auto _ : state) benchmark::DoNotOptimize(hours.next_working_instant(friday_afternoon + 5h));
}
BENCHMARK(next_working_instant);

/// Over a weekend on which the clocks change.
void add_two_working_hours(benchmark::State& state)
{
    const WorkingHours hours{"Europe/Berlin"};
    for (auto _ : state) benchmark::DoNotOptimize(hours.add_working_time(friday_afternoon, 2h));
}
BENCHMARK(add_two_working_hours);

void add_five_working_days(benchmark::State& state)
{
    const WorkingHours hours{"America/New_York"};
    for (auto _ : state) benchmark::DoNotOptimize(hours.add_working_time(friday_afternoon, 5 * working_day));
}
BENCHMARK(add_five_working_days);

void working_time_of_a_month(benchmark::State& state)
{
    const WorkingHours hours{"Asia/Tokyo"};
    for (auto _ : state) {
        benchmark::DoNotOptimize(hours.working_time_between(friday_afternoon, friday_afternoon + 30 * 24h));
    }
}
BENCHMARK(working_time_of_a_month);

void look_up_time_zone(benchmark::State& state)
{
    for (auto _ : state) benchmark::DoNotOptimize(WorkingHours{"Europe/Berlin"});
}
BENCHMARK(look_up_time_zone);

}  // namespace

}  // namespace ackd::bench
