// `ackd destinations`: whom the policy lets be told outside the chat, and whether one of them can be told. It
// needs no running ackd, and tells none: what is sent here is sent from here.
#pragma once

#include <string>

namespace ackd::cli {

struct DestinationsCommandOptions {
    std::string state_directory;
    std::string configuration_path;  ///< says where mail is handed over; empty: nowhere
    std::string destination;         ///< its name
};

/// Every destination of the policy. Returns 0; 1 when the policy cannot be read.
[[nodiscard]] int list_destinations(const DestinationsCommandOptions& options);
/// Sends one a message that says it is a test, with the secrets of this environment, and prints what came of
/// it: 0 when it was taken, else 1.
[[nodiscard]] int test_destination(const DestinationsCommandOptions& options);

}  // namespace ackd::cli
