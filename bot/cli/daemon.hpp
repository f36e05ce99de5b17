// `ackd run`: the daemon from its configuration to its end.
#pragma once

#include <string>

namespace ackd::cli {

struct RunOptions {
    std::string configuration_path;  ///< empty: all defaults
    std::string state_directory;
    /// Simulated time, only against a chat on this machine: T + N × (wall − T).
    double clock_scale = 1;
    double clock_origin = 0;
    /// The sandbox's own time instead, however people set it.
    bool follow_clock = false;
};

/// 0: asked to stop; 1: failed, a restart may help; 2: a person must repair something first.
inline constexpr int exit_stopped = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_repair = 2;

[[nodiscard]] int run_daemon(const RunOptions& options);

}  // namespace ackd::cli
