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

/// A year of holidays, and a fortnight away that begins now.
void next_working_instant_after_an_absence(benchmark::State& state)
{
    WorkCalendar calendar;
    for (int day = 0; day < 365; day += 30) {
        calendar.holidays.emplace_back(
            std::chrono::floor<std::chrono::days>(friday_afternoon).time_since_epoch() +
            std::chrono::days{day});
    }
    calendar.away.push_back({friday_afternoon, friday_afternoon + 14 * 24h});
    const WorkingHours hours{"Europe/Berlin", "Etc/UTC", calendar};
    for (auto _ : state) benchmark::DoNotOptimize(hours.next_working_instant(friday_afternoon));
}
BENCHMARK(next_working_instant_after_an_absence);

void look_up_time_zone(benchmark::State& state)
{
    for (auto _ : state) benchmark::DoNotOptimize(WorkingHours{"Europe/Berlin"});
}
BENCHMARK(look_up_time_zone);

}  // namespace

}  // namespace ackd::bench
