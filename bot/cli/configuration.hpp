// The configuration file (TOML). Every problem is found at once and told with its place, what was expected
// and the nearest known name; nothing is opened before the file is right.
//
// It holds what belongs to the daemon on this machine. What a team decides is its policy (bot/policy).
#pragma once

#include "adapters/http/listen_address.hpp"
#include "adapters/outside/mail_server.hpp"
#include "bot/file_problem.hpp"
#include "bot/instant.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd::cli {

/// How what happens in Slack reaches us: over sockets that we open, or in requests that Slack posts.
enum class SlackMode { socket, http };

struct Configuration {
    SlackMode slack_mode = SlackMode::socket;
    /// HTTP mode: where the reverse proxy passes Slack's requests on to.
    http::ListenAddress http_listen{"127.0.0.1", 8090};
    std::string http_path = "/slack/events";
    /// Where other programs' alerts are taken; nothing: nowhere.
    std::optional<http::ListenAddress> web_listen;
    /// What it is called from outside, for the addresses that people are given: "https://ackd.example.com".
    /// Empty: as it listens.
    std::string web_url;
    /// Whether the chat may fetch pictures of charts from there.
    bool web_pictures = false;
    /// Without its password, which is a secret. Nothing: destinations of kind mail are told nothing.
    std::optional<outside::MailServer> mail;
    /// Socket Mode connections held at once.
    int connections = 2;
    /// How often what was said is read again, in search of what the chat never told us.
    Duration sweep_every = std::chrono::minutes{30};
    std::string log_level = "info";
    /// Where the holiday calendars lie; see bot/cli/holiday_files.hpp. Empty: there are none.
    std::string holiday_folder;
    /// In the order of the file. The rest is only meaningful when there are none.
    std::vector<FileProblem> problems;
};

[[nodiscard]] Configuration parse_configuration(const std::string& text);
/// As above; a file that cannot be read is a problem at line 0.
[[nodiscard]] Configuration read_configuration(const std::string& path);

}  // namespace ackd::cli
