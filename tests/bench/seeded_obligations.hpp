// Databases with many open obligations, written straight into the tables: asking a million times would take
// too long.
#pragma once

#include "bot/delivery/obligation.hpp"
#include "storage/connection.hpp"

#include <functional>
#include <string>
#include <vector>

namespace ackd::bench {

struct SeedPlan {
    std::int64_t obligations = 0;
    int debtors_per_request = 50;
    std::int64_t people = 10'000;
    Instant asked_at{};
    /// The first one falls due then, the others evenly within `due_within` after it.
    Instant due_from{};
    Duration due_within{0};
};

struct SeededRequest {
    RequestId id;
    MessageRef card;
    std::vector<UserId> debtors;
};

/// Makes the file if there is none; told of each request when there is somebody to tell.
void seed_obligations(storage::Connection& connection,
                      const SeedPlan& plan,
                      const std::function<void(const SeededRequest&)>& visit = nullptr);

/// So many, asked an hour ago and due from tomorrow on, over a month: nothing falls due while the daemon is
/// measured.
[[nodiscard]] SeedPlan plan_of_open(std::int64_t obligations);

/// Opens (or makes) the database of the benchmarks for writing much quickly: nothing of it is durable until
/// it is closed.
void fill_database(const std::string& path, const std::function<void(storage::Connection&)>& fill);
void seed_database(const std::string& path, const SeedPlan& plan);

}  // namespace ackd::bench
