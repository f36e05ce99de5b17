// The adapter's own work for each envelope and each message: decoding and rendering.
#include "adapters/slack/envelope_decoder.hpp"
#include "adapters/slack/message_rendering.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/engine/handler_context.hpp"
#include "tests/bench/sample_envelopes.hpp"
#include "tests/bench/scratch_database.hpp"
#include "tests/bench/seeded_obligations.hpp"

#include <benchmark/benchmark.h>

namespace ackd::bench {

namespace {

using namespace std::chrono_literals;

const Instant tuesday_morning{std::chrono::sys_days{std::chrono::year{2026} / 3 / 3} + 9h};

slack::OwnIdentity bench_identity()
{
    slack::OwnIdentity identity;
    identity.team = "T0BENCH0001";
    identity.workspace_url = "https://bench.slack.com/";
    identity.bot_user = UserId{"UBOT0000001"};
    identity.bot = "B0BENCH0001";
    identity.app = "A0BENCH0001";
    return identity;
}

void decode_envelope(benchmark::State& state)
{
    std::vector<std::string> frames;
    std::uint32_t sequence = 0;
    for (const FrameTemplate& frame : chatter_templates()) {
        frame.append(frames.emplace_back(),
                     FrameFields{++sequence, person_id(1), channel_id(1), stamp(1)},
                     1,
                     EventIds::near_order);
    }
    slack::EnvelopeDecoder decoder{bench_identity()};
    const slack::Arrival arrival{1, tuesday_morning};
    std::vector<Input> inputs;
    std::size_t at = 0;
    std::size_t bytes = 0;
    for (auto _ : state) {
        const std::string& frame = frames[at++ % frames.size()];
        inputs.clear();
        benchmark::DoNotOptimize(decoder.decode(frame, arrival, inputs));
        bytes += frame.size();
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(decode_envelope);

/// The card of a request to fifty people, from its notice to Slack's JSON.
void render_card(benchmark::State& state)
{
    ScratchDatabase database;
    SeedPlan plan;
    plan.obligations = 50;
    plan.asked_at = tuesday_morning;
    plan.due_from = tuesday_morning + 90min;
    SeededRequest seeded;
    seed_obligations(
        database.connection(), plan, [&seeded](const SeededRequest& request) { seeded = request; });

    const Settings settings;
    HandlerState handlers{database.connection(), settings.default_zone, 1};
    HandlerContext context = handlers.at(tuesday_morning + 1h, settings);
    const auto request = handlers.obligations.find(seeded.id);
    for (auto _ : state) {
        const Notice notice = card_notice(context, *request);
        benchmark::DoNotOptimize(slack::render_message(notice, OutboxId{1}, {"https://bench.slack.com/"}));
    }
}
BENCHMARK(render_card)->Unit(benchmark::kMicrosecond);

}  // namespace

}  // namespace ackd::bench
