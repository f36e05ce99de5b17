// What people have in front of them when everything is over agrees with the database: each card shows how its request
// stands, and nobody who was called in is still being asked.
#pragma once

#include "storage/connection.hpp"
#include "tests/simulation/message_checker.hpp"
#include "tests/simulation/simulated_chat.hpp"

namespace ackd::simulation {

void check_final_picture(storage::Connection& connection, const SimulatedChat& chat, const SimulatedTeam& team,
                         const MessageChecker& messages);

}  // namespace ackd::simulation
