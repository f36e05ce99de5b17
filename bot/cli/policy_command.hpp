// `ackd policy`: the team's policy as a file. It is written, looked through, compared with the one in force,
// put in force and taken back, whether ackd runs or not; one that runs notices within a second.
#pragma once

#include <cstdint>
#include <string>

namespace ackd::cli {

struct PolicyCommandOptions {
    std::string state_directory;
    std::string path;  ///< of the file; "-" is standard input
    std::string note;  ///< kept with the version: why
    std::int64_t version = 0;
    /// As for `ackd run`, against a sandbox.
    double clock_scale = 1;
    double clock_origin = 0;
};

// Each prints what it has to say, and returns 0; 1 when it is refused or cannot be done; 2 when the file is
// wrong. What is refused is told on standard error, and nothing has changed.

/// The policy in force as a file, with names and the last changes as comments.
[[nodiscard]] int export_policy(const PolicyCommandOptions& options);
/// Every problem of the file; with a database, what is wrong with it in this workspace.
[[nodiscard]] int check_policy(const PolicyCommandOptions& options);
/// What the file would change, in words, and what that would do to what is open.
[[nodiscard]] int plan_policy(const PolicyCommandOptions& options);
/// Puts it in force, in one transaction.
[[nodiscard]] int apply_policy(const PolicyCommandOptions& options);
/// Every version: who, when, what.
[[nodiscard]] int show_policy_history(const PolicyCommandOptions& options);
/// An earlier version once more, as a new one. 0 are the defaults.
[[nodiscard]] int revert_policy(const PolicyCommandOptions& options);

}  // namespace ackd::cli
