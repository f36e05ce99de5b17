// What `ackd doctor` looks at in HTTP mode in place of the app-level token and the sockets: the address that
// the reverse proxy passes Slack's requests on to, and how the way from Slack to it can be tested.
#pragma once

#include "adapters/slack/listening_probe.hpp"
#include "bot/cli/configuration.hpp"
#include "bot/cli/finding.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace ackd::cli {

/// `daemon_runs`: whether an ackd runs on the state directory; nothing: not known.
[[nodiscard]] Finding judge_listening(const slack::ListeningLook& look,
                                      const http::ListenAddress& address,
                                      std::optional<bool> daemon_runs);
/// Never wrong: which address Slack was given is known to Slack and the proxy alone.
[[nodiscard]] Finding request_url_finding(const std::string& path);

/// "listen address" and "request URL".
[[nodiscard]] std::vector<Finding> check_http(const Configuration& configuration,
                                              const std::string& state_directory,
                                              std::chrono::milliseconds limit);

}  // namespace ackd::cli
