// The configuration file (TOML). Every problem is found at once and told with its place, what was expected
// and the nearest known name; nothing is opened before the file is right.
#pragma once

#include "bot/settings.hpp"

#include <string>
#include <vector>

namespace ackd::cli {

struct ConfigurationProblem {
    int line = 0;
    int column = 0;
    std::string what;
    friend bool operator==(const ConfigurationProblem&, const ConfigurationProblem&) = default;
};

struct Configuration {
    Settings settings;
    /// Socket Mode connections held at once.
    int connections = 2;
    std::string log_level = "info";
    /// In the order of the file. The rest is only meaningful when there are none.
    std::vector<ConfigurationProblem> problems;
};

[[nodiscard]] Configuration parse_configuration(const std::string& text);
/// As above; a file that cannot be read is a problem at line 0.
[[nodiscard]] Configuration read_configuration(const std::string& path);

/// "config/ackd.toml:3:7: …", one line each.
[[nodiscard]] std::string problems_as_text(const std::string& path, const Configuration& configuration);

}  // namespace ackd::cli
