// What one row costs, apart from the commit: a thousand rows to a transaction.
#include "storage/journal_table.hpp"
#include "storage/seen_inputs_table.hpp"
#include "tests/bench/scratch_database.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdint>

namespace ackd::bench {

namespace {

constexpr int rows_per_transaction = 1'000;

void journal_append(benchmark::State& state)
{
    ScratchDatabase database;
    storage::JournalTable journal{database.connection()};
    storage::JournalEntry entry;
    entry.actor = "U0000000042";
    entry.fact = "acked";
    entry.detail = R"({"to":"received","way":"reaction"})";
    for (auto _ : state) {
        storage::Transaction transaction{database.connection()};
        for (int row = 0; row < rows_per_transaction; ++row) {
            entry.recorded_at_us = 1'754'300'000'000'000 + row;
            entry.request_id = row / 50 + 1;
            entry.obligation_id = row + 1;
            journal.append(entry);
        }
        transaction.commit();
    }
    state.SetItemsProcessed(state.iterations() * rows_per_transaction);
}
BENCHMARK(journal_append)->Unit(benchmark::kMillisecond);

/// A permutation of the 32-bit numbers.
std::uint32_t shuffled(std::uint32_t number)
{
    number ^= number >> 16;
    number *= 0x7feb352dU;
    number ^= number >> 15;
    number *= 0x846ca68bU;
    return number ^ (number >> 16);
}

void seen_inputs(benchmark::State& state, bool in_order)
{
    ScratchDatabase database;
    storage::SeenInputsTable seen{database.connection()};
    std::uint32_t number = 0;
    for (auto _ : state) {
        storage::Transaction transaction{database.connection()};
        for (int row = 0; row < rows_per_transaction; ++row, ++number) {
            seen.insert(fmt::format("Ev{:010}", in_order ? number : shuffled(number)));
        }
        transaction.commit();
    }
    state.SetItemsProcessed(state.iterations() * rows_per_transaction);
}

void seen_inputs_sequential(benchmark::State& state)
{
    seen_inputs(state, true);
}
void seen_inputs_random(benchmark::State& state)
{
    seen_inputs(state, false);
}
BENCHMARK(seen_inputs_sequential)->Unit(benchmark::kMillisecond)->Iterations(400);
BENCHMARK(seen_inputs_random)->Unit(benchmark::kMillisecond)->Iterations(400);

/// One row, one commit: what waiting for the disk costs here.
void durable_commit(benchmark::State& state)
{
    ScratchDatabase database;
    storage::SeenInputsTable seen{database.connection()};
    std::uint32_t number = 0;
    for (auto _ : state) {
        storage::Transaction transaction{database.connection()};
        seen.insert(fmt::format("Ev{:010}", number++));
        transaction.commit();
    }
}
BENCHMARK(durable_commit)->Unit(benchmark::kMicrosecond)->UseRealTime();

}  // namespace

}  // namespace ackd::bench
