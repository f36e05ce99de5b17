// `ackd deadletters`: what nobody answered, and why. Everything that the weekly message in the chat offers
// (bot/escalation/triage.hpp), beside a running ackd or without one. Who did not answer is not in it.
#pragma once

#include <cstdint>
#include <string>

namespace ackd::cli {

struct DeadlettersCommandOptions {
    std::string state_directory;
    bool all = false;
    bool as_json = false;
    std::int64_t number = 0;
    std::string cause;
    /// As for `ackd run`, against a sandbox.
    double clock_scale = 1;
    double clock_origin = 0;
};

// Each prints what it has to say, and returns 0; 1 when it is refused or cannot be done, and nothing has
// changed.

/// Those that wait for a cause, or all; and how often each cause was named for each route, as far as that is
/// kept.
[[nodiscard]] int list_dead_letters(const DeadlettersCommandOptions& options);
/// As one tap in the chat would; what it proposes is printed as well.
[[nodiscard]] int name_dead_letter_cause(const DeadlettersCommandOptions& options);

}  // namespace ackd::cli
