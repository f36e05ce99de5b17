// What people have in front of them agrees with the database: at any time, each card that nothing is on its
// way for shows how its request stands; when everything is over, nobody who was called in is still being
// asked.
#pragma once

#include "storage/connection.hpp"
#include "tests/simulation/message_checker.hpp"
#include "tests/simulation/simulated_chat.hpp"

namespace ackd::simulation {

void check_cards(storage::Connection& connection, const SimulatedChat& chat);

void check_final_picture(storage::Connection& connection,
                         const SimulatedChat& chat,
                         const SimulatedTeam& team,
                         const MessageChecker& messages);

}  // namespace ackd::simulation
