// Read-back: what somebody said is gone with its turn, from the database and from the chat; nobody is asked
// two things at once, or what they have not acked; and it ends.
#pragma once

#include "bot/instant.hpp"
#include "storage/connection.hpp"
#include "tests/simulation/simulated_chat.hpp"

namespace ackd::simulation {

/// Between two cycles. `is_awake`: the process has lived for an hour and more.
void check_read_backs(storage::Connection& connection, Instant now, bool is_awake);

/// When everything is over: nobody sees any more what somebody said back.
void check_said_back_is_gone(storage::Connection& connection, const SimulatedChat& chat);

}  // namespace ackd::simulation
