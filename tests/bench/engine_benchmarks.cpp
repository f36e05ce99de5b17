// Whole cycles of the engine: transaction, handlers, durable commit. Between the thread that reads the
// sockets and the disk, this is all there is.
#include "bot/engine/engine.hpp"
#include "tests/bench/sample_envelopes.hpp"
#include "tests/bench/scratch_database.hpp"
#include "tests/bench/seeded_obligations.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <array>
#include <utility>

namespace ackd::bench {

namespace {

using namespace std::chrono_literals;

constexpr int batch_size = 256;
/// Working time everywhere in Europe: nothing has to wait for the morning.
const Instant tuesday_morning{std::chrono::sys_days{std::chrono::year{2026} / 3 / 3} + 10h};

/// A chat that takes everything and answers nothing.
class SilentChat final : public ChatPort {
public:
    void confirm(std::vector<Confirmation> confirmations) override
    {
        confirmed += static_cast<std::int64_t>(confirmations.size());
    }
    void deliver(std::vector<Delivery>) override {}
    void on_room() override {}
    std::int64_t confirmed = 0;
};

class InputMaker {
public:
    Input message()
    {
        MessagePosted posted;
        posted.message = MessageRef{ChannelId{channel_id(number_ % 200)}, stamp(number_)};
        posted.author = UserId{person_id(number_ % 1'000)};
        return finished(std::move(posted));
    }
    Input reaction(const MessageRef& message, const UserId& person, std::string emoji)
    {
        ReactionChanged reaction;
        reaction.message = message;
        reaction.person = person;
        reaction.emoji = std::move(emoji);
        return finished(std::move(reaction));
    }

private:
    Input finished(InputBody body)
    {
        ++number_;
        Input input;
        // Spread over the index as ids in no order would be.
        input.key = fmt::format("Ev{:08X}", static_cast<std::uint32_t>(number_ * 2'654'435'761));
        input.received_at = tuesday_morning;
        input.receipt.connection = 1;
        input.receipt.envelope = fmt::format("{:08x}-0000-4000-8000-000000000000", number_);
        input.body = std::move(body);
        return input;
    }

    std::int64_t number_ = 0;
};

/// A third of each batch acks one open obligation: 👀 first, ✅ once everybody has said that.
class AckMaker {
public:
    void add(const SeededRequest& request)
    {
        for (const UserId& debtor : request.debtors) owed_.emplace_back(request.card, debtor);
    }
    Input next(InputMaker& maker)
    {
        const auto& [card, debtor] = owed_[at_ % owed_.size()];
        const char* emoji = at_ < owed_.size() ? "eyes" : "white_check_mark";
        ++at_;
        return maker.reaction(card, debtor, emoji);
    }

private:
    std::vector<std::pair<MessageRef, UserId>> owed_;
    std::size_t at_ = 0;
};

/// Batches of what `next_input` makes (of its place in the batch), one cycle each. Making them is not
/// measured.
template <class NextInput>
void cycle_batches(benchmark::State& state, Engine& engine, NextInput next_input)
{
    std::vector<Input> inputs;
    std::vector<EffectSettled> settled;
    for (auto _ : state) {
        state.PauseTiming();
        for (int count = 0; count < batch_size; ++count) inputs.push_back(next_input(count));
        state.ResumeTiming();
        engine.cycle(inputs, settled);
    }
}

void engine_cycle_nobody(benchmark::State& state)
{
    ScratchDatabase database;
    SilentChat chat;
    SteppedClock clock{tuesday_morning};
    Engine engine{database.connection(), Settings{}, clock, chat, 1};
    engine.start();
    InputMaker maker;
    cycle_batches(state, engine, [&maker](int) { return maker.message(); });
    state.SetItemsProcessed(chat.confirmed);
}
BENCHMARK(engine_cycle_nobody)->Unit(benchmark::kMicrosecond)->UseRealTime()->Iterations(1'000);

void engine_cycle_mix(benchmark::State& state)
{
    ScratchDatabase database;
    SilentChat chat;
    SteppedClock clock{tuesday_morning};
    AckMaker acks;
    SeedPlan plan;
    plan.obligations = 20'000;
    plan.asked_at = tuesday_morning;
    plan.due_from = tuesday_morning + 90min;
    plan.due_within = 1h;
    seed_obligations(
        database.connection(), plan, [&acks](const SeededRequest& request) { acks.add(request); });
    Engine engine{database.connection(), Settings{}, clock, chat, 1};
    engine.start();
    InputMaker maker;
    cycle_batches(state, engine, [&acks, &maker](int count) {
        return count % 3 == 0 ? acks.next(maker) : maker.message();
    });
    state.SetItemsProcessed(chat.confirmed);
    state.counters["facts_per_event"] = static_cast<double>(
                                            storage::JournalTable{database.connection()}.length()) /
                                        static_cast<double>(chat.confirmed);
}
BENCHMARK(engine_cycle_mix)->Unit(benchmark::kMicrosecond)->UseRealTime()->Iterations(400);

/// A thousand deadlines that come at once: decided, nudges written, the next deadline set.
void engine_cycle_due(benchmark::State& state)
{
    ScratchDatabase database;
    SilentChat chat;
    SteppedClock clock{tuesday_morning};
    SeedPlan plan;
    plan.obligations = 100'000;
    plan.people = 2'000;
    plan.asked_at = tuesday_morning - 90min;
    plan.due_from = tuesday_morning - 1min;
    seed_obligations(database.connection(), plan);
    Engine engine{database.connection(), Settings{}, clock, chat, 1};
    engine.start();
    std::vector<Input> inputs;
    std::vector<EffectSettled> settled;
    for (auto _ : state) engine.cycle(inputs, settled);
    state.SetItemsProcessed(engine.counters().due);
}
BENCHMARK(engine_cycle_due)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(60);

}  // namespace

}  // namespace ackd::bench
