// The pure rules of reliable delivery: what a deadline means, what an answer does.
#include "bot/delivery/nudge_rules.hpp"
#include "bot/people/availability.hpp"

#include <benchmark/benchmark.h>

namespace ackd::bench {

namespace {

using namespace std::chrono_literals;

const Instant tuesday_morning{std::chrono::sys_days{std::chrono::year{2026} / 3 / 3} + 9h};

Situation situation_for(const DeliveryPolicy& policy)
{
    const WorkingHours hours{"Europe/Berlin"};
    Situation situation{
        policy, Priority::today, AckLevel::integrated, std::nullopt, hours, {}, {}, {}, false};
    situation.audience.push_back(Reachable{UserId{"U0000000001"}, hours});
    situation.step_has_targets = {true, true};
    situation.step_delays = {Duration{0}, Duration{1h}};
    return situation;
}

Obligation open_obligation()
{
    Obligation obligation;
    obligation.id = ObligationId{1};
    obligation.request = RequestId{1};
    obligation.debtor = UserId{"U0000000001"};
    obligation.started_at = tuesday_morning;
    obligation.due_at = tuesday_morning + 90min;
    return obligation;
}

void decide_nudge(benchmark::State& state)
{
    const DeliveryPolicy policy = default_delivery_policy();
    const Situation situation = situation_for(policy);
    const Obligation obligation = open_obligation();
    for (auto _ : state) benchmark::DoNotOptimize(decide_due(obligation, situation, tuesday_morning + 90min));
}
BENCHMARK(decide_nudge);

void decide_escalation(benchmark::State& state)
{
    const DeliveryPolicy policy = default_delivery_policy();
    const Situation situation = situation_for(policy);
    Obligation obligation = open_obligation();
    obligation.attempt = 2;
    for (auto _ : state) benchmark::DoNotOptimize(decide_due(obligation, situation, tuesday_morning + 3h));
}
BENCHMARK(decide_escalation);

void apply_ack(benchmark::State& state)
{
    const DeliveryPolicy policy = default_delivery_policy();
    const Situation situation = situation_for(policy);
    const Obligation obligation = open_obligation();
    const Happening happening{ObligationEvent::acked,
                              tuesday_morning + 20min,
                              UserId{"U0000000001"},
                              AckWay::reaction,
                              EndCause::none,
                              std::nullopt};
    for (auto _ : state) benchmark::DoNotOptimize(apply(obligation, happening, situation));
}
BENCHMARK(apply_ack);

}  // namespace

}  // namespace ackd::bench
