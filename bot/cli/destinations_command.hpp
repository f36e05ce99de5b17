// `ackd destinations`: whom the policy lets be told outside the chat, whether one of them can be told, and
// what was not delivered. A test needs no running ackd: it is sent from here.
#pragma once

#include <cstdint>
#include <string>

namespace ackd::cli {

struct DestinationsCommandOptions {
    std::string state_directory;
    std::string configuration_path;  ///< says where mail is handed over; empty: nowhere
    std::string destination;         ///< its name
    std::int64_t undelivered = 0;    ///< the number of what was not delivered
};

/// Every destination of the policy, how it does, and what it did not take. Returns 0; 1 when the policy
/// cannot be read.
[[nodiscard]] int list_destinations(const DestinationsCommandOptions& options);
/// Sends one a message that says it is a test, with the secrets of this environment, and prints what came of
/// it: 0 when it was taken, else 1.
[[nodiscard]] int test_destination(const DestinationsCommandOptions& options);

/// What was not delivered is sent once more, by the ackd that runs or the next one. 1: there is no such
/// thing.
[[nodiscard]] int redeliver(const DestinationsCommandOptions& options);

}  // namespace ackd::cli
