// `ackd sources`: the programs that may tell alerts, and their keys. A source itself is part of the policy; a
// key is a secret, made here, shown once, and kept as a hash. A running ackd goes by it within a second.
#pragma once

#include <cstdint>
#include <string>

namespace ackd::cli {

struct SourcesCommandOptions {
    std::string state_directory;
    std::string configuration_path;  ///< says what the address is; empty: all defaults
    std::string source;              ///< its name
    std::int64_t key = 0;            ///< its number
};

// Each prints what it has to say, and returns 0; 1 when it is refused or cannot be done, and nothing has
// changed.

/// Every source of the policy, and its keys with when each was used last.
[[nodiscard]] int list_sources(const SourcesCommandOptions& options);
/// Makes a key, and prints it with the whole address. A source has at most two.
[[nodiscard]] int add_source_key(const SourcesCommandOptions& options);
/// From now on it is a wrong key.
[[nodiscard]] int revoke_source_key(const SourcesCommandOptions& options);

}  // namespace ackd::cli
