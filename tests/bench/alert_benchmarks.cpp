// A storm: what one source may say at once, through whole cycles of the engine. Each input is one alert, as
// when each comes in a request of its own.
#include "bot/engine/engine.hpp"
#include "tests/bench/scratch_database.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <utility>

namespace ackd::bench {

namespace {

using namespace std::chrono_literals;

constexpr int batch_size = 256;
const Instant tuesday_morning{std::chrono::sys_days{std::chrono::year{2026} / 3 / 3} + 10h};

/// A chat that takes everything; what is posted is in it.
class TakingChat final : public ChatPort {
public:
    void confirm(std::vector<Confirmation> confirmations) override
    {
        confirmed += static_cast<std::int64_t>(confirmations.size());
    }
    void deliver(std::vector<Delivery> deliveries) override
    {
        for (const Delivery& delivery : deliveries) {
            const auto* post = std::get_if<PostMessage>(&delivery.effect);
            if (post == nullptr) {
                settled.push_back({delivery.id, Done{}});
                continue;
            }
            ++posted;
            settled.push_back(
                {delivery.id, Posted{MessageRef{post->channel, fmt::format("{}.000001", posted)}, false}});
        }
    }
    void on_room() override {}

    std::int64_t confirmed = 0;
    std::int64_t posted = 0;
    std::vector<EffectSettled> settled;
};

Settings with_source()
{
    Settings settings;
    AlertSource source;
    source.name = "production";
    source.channel = ChannelId{"C1"};
    source.priority = Priority::fyi;
    settings.sources.push_back(std::move(source));
    return settings;
}

Input alert(int number, int keys)
{
    AlertReport report;
    report.key = fmt::format("{:016x}", number % keys);
    report.title = fmt::format("High request latency on api-{}", number % keys);
    report.detail = "99th percentile above two seconds for five minutes";
    report.severity = "critical";
    report.labels = {{"job", "api"}, {"instance", fmt::format("api-{}:9090", number % keys)}};
    Input input;
    input.received_at = tuesday_morning;
    input.receipt.connection = 1;
    input.receipt.door = Door::web;
    input.body = AlertsReceived{"production", {std::move(report)}};
    return input;
}

/// `keys` of them in turn; a second passes every 256.
void storm(benchmark::State& state, int keys)
{
    ScratchDatabase database;
    TakingChat chat;
    SteppedClock clock{tuesday_morning};
    Engine engine{database.connection(), with_source(), clock, chat, 1};
    engine.start();
    std::vector<Input> inputs;
    int number = 0;
    for (auto _ : state) {
        state.PauseTiming();
        for (int count = 0; count < batch_size; ++count) inputs.push_back(alert(number++, keys));
        clock.advance_to(clock.now() + 1s);
        state.ResumeTiming();
        std::vector<EffectSettled> settled = std::exchange(chat.settled, {});
        engine.cycle(inputs, settled);
    }
    state.SetItemsProcessed(chat.confirmed);
    state.counters["messages"] = static_cast<double>(chat.posted);
}

void alert_storm_new_keys(benchmark::State& state)
{
    storm(state, 1'000'000'000);
}
BENCHMARK(alert_storm_new_keys)->Unit(benchmark::kMicrosecond)->UseRealTime()->Iterations(400);

void alert_storm_same_keys(benchmark::State& state)
{
    storm(state, 100);
}
BENCHMARK(alert_storm_same_keys)->Unit(benchmark::kMicrosecond)->UseRealTime()->Iterations(400);

}  // namespace

}  // namespace ackd::bench
