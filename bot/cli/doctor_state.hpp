// The state directory and the database in it, as they are found on this machine. Everything here only reads;
// a running ackd is not held up.
#pragma once

#include "bot/cli/finding.hpp"
#include "bot/settings.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace ackd::cli {

/// The daemon's write-ahead log and its growth for a while.
inline constexpr std::uint64_t free_bytes_min = 100'000'000;

/// Owner and mode; for a folder that is not there yet, whether it can be made.
[[nodiscard]] Finding check_state_directory(const std::string& path);
[[nodiscard]] Finding judge_free_space(std::uint64_t free_bytes, const std::string& path);
[[nodiscard]] Finding check_free_space(const std::string& path);
[[nodiscard]] Finding check_running(const std::string& state_directory);
/// The id of the workspace that the database belongs to; empty: none yet, or it cannot be read.
[[nodiscard]] std::string workspace_of_database(const std::string& path);
/// The policy in force; the defaults, where there is none yet or it cannot be read.
[[nodiscard]] Policy policy_of_database(const std::string& path);

/// "database", "integrity" and "journal". What is not finished by `ends_at` is said to be unfinished.
[[nodiscard]] std::vector<Finding> check_database(const std::string& path,
                                                  std::chrono::steady_clock::time_point ends_at);

}  // namespace ackd::cli
