// The configuration file (TOML). Every problem is found at once and told with its place, what was expected
// and the nearest known name; nothing is opened before the file is right.
#pragma once

#include "adapters/http/listen_address.hpp"
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

/// How what happens in Slack reaches us: over sockets that we open, or in requests that Slack posts.
enum class SlackMode { socket, http };

struct Configuration {
    Settings settings;
    SlackMode slack_mode = SlackMode::socket;
    /// HTTP mode: where the reverse proxy passes Slack's requests on to.
    http::ListenAddress http_listen{"127.0.0.1", 8090};
    std::string http_path = "/slack/events";
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
