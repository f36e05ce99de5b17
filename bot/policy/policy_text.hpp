// The policy as a TOML file: what `ackd policy export` writes and `ackd policy apply` reads.
//
//     workspace = "T012AB3CD"      which workspace it is for, and the version it was exported from:
//     version = 3                  a file that is older than the policy in force is refused
//
//     [hours] [limits] [emoji] [roles] [escalation] [reminders] [still_needed] [read_back]
//     [priority.now|today|week|fyi]
//     [[team]] … [[channel]] … [[rotation]] … [[rotation.part]] … [[destination]] …
//     [[source]] … [source.mapping] …
//     [[route]] … [[route.step]] …
//
// What is left out has its default. People, groups and channels are ids; the writer adds what they are called
// as comments. The text is canonical: to_text(read_policy(to_text(p))) is the same text, and the values are
// equal.
#pragma once

#include "bot/file_problem.hpp"
#include "bot/settings.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

struct PolicyDocument {
    /// The workspace's id; empty: the file names none.
    std::string workspace;
    /// The version it was exported from; 0: there was none yet. Nothing: the file does not say.
    std::optional<std::int64_t> version;
    Policy policy;
};

struct PolicyReading {
    /// Only meaningful when there are no problems.
    PolicyDocument document;
    /// In the order of the file.
    std::vector<FileProblem> problems;
};

/// What a person, group or channel is called; empty: not known.
using NameOf = std::function<std::string(const RouteTarget&)>;

/// What the writer tells besides the values.
struct PolicyAnnotations {
    NameOf name_of = [](const RouteTarget&) { return std::string{}; };
    /// Lines for the head of the file: who changed what, and when.
    std::vector<std::string> history{};
};

[[nodiscard]] PolicyReading read_policy(const std::string& text);
[[nodiscard]] std::string to_text(const PolicyDocument& document, const PolicyAnnotations& annotations = {});

/// Why a text cannot be the name of a route, a team or a holiday calendar; empty: it can. `what` begins the
/// sentence: "a route has a name …".
[[nodiscard]] std::string problem_of_name(const std::string& what, const std::string& name);
/// Why a text names no time zone; likewise.
[[nodiscard]] std::string problem_of_zone(const std::string& zone);

/// Bounds of what one policy may hold.
inline constexpr std::size_t teams_max = 500;
/// As long as an ack may take, as a step may wait, as a reminder may be away: 250 working days.
inline constexpr Duration policy_time_max = std::chrono::hours{2'000};
inline constexpr std::size_t routes_max = 200;
inline constexpr std::size_t route_steps_max = 10;
inline constexpr std::size_t channels_max = 500;

/// One of the times that a question in a watched channel goes through, by its key.
struct ChannelTime {
    std::string_view key;
    Duration WatchedChannel::*value;
};
/// In their order: each is longer than the one before it.
inline constexpr std::array channel_times{ChannelTime{"offer_after", &WatchedChannel::offer_after},
                                          ChannelTime{"ask_after", &WatchedChannel::ask_after},
                                          ChannelTime{"pass_on_after", &WatchedChannel::pass_on_after}};
inline constexpr Duration channel_time_least = std::chrono::minutes{15};
/// Ten working days.
inline constexpr Duration channel_time_most = std::chrono::hours{80};

}  // namespace ackd
