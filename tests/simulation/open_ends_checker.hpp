// Invariant 11, from the tables: everything that is open has an end ahead.
#pragma once

#include "bot/instant.hpp"
#include "storage/connection.hpp"

#include <string>

namespace ackd::simulation {

/// At any time between two cycles. `is_awake`: the process lives and its disk has room, so nothing may be
/// overdue.
void check_open_ends(storage::Connection& connection, Instant now, bool is_awake);

/// Nothing is open any more, nothing is on its way, nobody is kept in the dark; empty, or what is left.
[[nodiscard]] std::string what_is_open(storage::Connection& connection);

}  // namespace ackd::simulation
