// Databases with many open escalations, as raising them and calling people would have left them: who works
// when, the policy with its routes and rotations, the requests, who was called, and the messages that people
// have in front of them.
#pragma once

#include "bot/delivery/obligation.hpp"
#include "storage/connection.hpp"
#include "tests/bench/web_api_answers.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ackd::bench {

struct EscalationPlan {
    std::int64_t open = 0;
    /// Its people are on the routes of twenty teams.
    Workspace workspace;
    Instant raised_at{};
    /// The first one falls due then, the others evenly within `due_within` after it.
    Instant due_from{};
    Duration due_within{0};
};

/// Of seven in ten the priority is *now*, of the others *today*; a quarter waits for its first call, a
/// quarter for its second, a quarter goes on to the second step, and a quarter is there. Gives their
/// obligations; the n-th has its number in its text.
std::vector<ObligationId> seed_escalations(storage::Connection& connection, const EscalationPlan& plan);

/// They fall due then, and not when they would have.
void let_fall_due(storage::Connection& connection,
                  const std::vector<std::pair<ObligationId, Instant>>& appointments);

/// The number in the text at or behind `at`, which is moved behind it. Nothing: there is none any more.
[[nodiscard]] std::optional<std::size_t> next_escalation_in(std::string_view text, std::size_t& at);

}  // namespace ackd::bench
