// What programs tell is kept, is somebody's to see to, and floods nobody.
#pragma once

#include "bot/alerts/alert_report.hpp"
#include "storage/connection.hpp"
#include "tests/simulation/simulated_chat.hpp"

#include <map>
#include <string>

namespace ackd::simulation {

/// `taken`: what was accepted of its source last, by key.
void check_alerts(storage::Connection& connection, const std::map<std::string, AlertStatus>& taken);
/// When all of it is over and everything has come to its end.
void check_alerts_are_over(storage::Connection& connection, const SimulatedChat& chat);
/// However much comes, what is posted is a handful of messages.
void check_no_flood(const SimulatedChat& chat);

}  // namespace ackd::simulation
