// A program that may tell us what is wrong: what it speaks, where its alerts are shown and whom they are
// raised to. Part of the policy. Its keys are not: they are secrets (see bot/web/web_key.hpp).
#pragma once

#include "bot/delivery/priority_policy.hpp"
#include "bot/ids.hpp"
#include "bot/instant.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// What a source sends.
enum class SourceKind {
    alertmanager,  ///< Prometheus Alertmanager's webhook, version 4
    grafana,       ///< Grafana's unified alerting
    github,        ///< webhooks of a repository or an organization, signed
    pagerduty,     ///< events as PagerDuty's Events API v2 takes them
    json,          ///< any JSON, by an AlertMapping
    text,          ///< a few lines
};

inline constexpr std::array all_source_kinds{SourceKind::alertmanager,
                                             SourceKind::grafana,
                                             SourceKind::github,
                                             SourceKind::pagerduty,
                                             SourceKind::json,
                                             SourceKind::text};

/// As the policy writes it: "alertmanager".
[[nodiscard]] std::string_view name_of(SourceKind kind);

/// Where in a JSON body what is: JSON Pointers (RFC 6901), such as "/check/name". An empty one: the body does
/// not say.
struct AlertMapping {
    /// A list, each element of which is one alert; empty: the body is one alert. What follows points into
    /// one alert.
    std::string alerts;
    /// Empty, or nothing there: the title is the key.
    std::string key;
    /// The only one that must be.
    std::string title;
    std::string detail;
    std::string severity;
    /// Empty, or nothing there: firing.
    std::string status;
    /// The values of `status` that mean it is wrong, in any case. None named: all but those of `resolved`.
    /// With some, what is in neither list is no alert, and only a sign of life.
    std::vector<std::string> firing;
    /// Those that mean it is over.
    std::vector<std::string> resolved{"resolved", "ok"};
    std::string group;
    std::string link;

    friend bool operator==(const AlertMapping&, const AlertMapping&) = default;
};

/// A pointer of a mapping by its key in the policy.
struct MappingPointer {
    std::string_view key;
    std::string AlertMapping::*pointer;
};
inline constexpr std::array mapping_pointers{MappingPointer{"alerts", &AlertMapping::alerts},
                                             MappingPointer{"key", &AlertMapping::key},
                                             MappingPointer{"title", &AlertMapping::title},
                                             MappingPointer{"detail", &AlertMapping::detail},
                                             MappingPointer{"severity", &AlertMapping::severity},
                                             MappingPointer{"status", &AlertMapping::status},
                                             MappingPointer{"group", &AlertMapping::group},
                                             MappingPointer{"link", &AlertMapping::link}};

struct AlertSource {
    /// Each once. What AlertsReceived names.
    std::string name;
    SourceKind kind = SourceKind::alertmanager;
    /// Where its alerts are shown.
    ChannelId channel;
    /// Along which they are raised; empty: the default one.
    std::string route;
    /// At fyi they are shown, and nobody is asked.
    Priority priority = Priority::now;
    /// No news is bad news: something is heard from it at least so often (wall clock). Nothing: it speaks
    /// when it has something to say.
    std::optional<Duration> expect_every;
    /// An alert of which nothing is heard for so long is over (wall clock): for what never says so itself.
    /// Nothing: it is there until somebody says that it is not.
    std::optional<Duration> resolve_after;
    /// More requests than that are told to come back later. As many as Alertmanager would never send, and as
    /// few as disturb nobody else.
    int requests_per_minute = 12'000;
    /// Of kind json.
    AlertMapping mapping;
    /// Of kind github: issues with this label are alerts; empty: none are.
    std::string label;
    /// Of kind github: the branches on which a failed check is an alert; none named: the repository's
    /// default branch. What fails elsewhere is somebody's work in progress.
    std::vector<std::string> branches;
    /// The destination that hears that people have taken or ended one of its alerts; empty: nobody does.
    std::string answers_to{};
    /// Of kind github: issues with its label are work in progress of this team (bot/wip), and nothing that it
    /// tells is an alert. Empty: it tells alerts.
    std::string work_of{};

    friend bool operator==(const AlertSource&, const AlertSource&) = default;
};

/// Null: the policy has none of that name.
[[nodiscard]] const AlertSource* find_source(const std::vector<AlertSource>& sources, std::string_view name);

inline constexpr std::size_t sources_max = 200;
inline constexpr int requests_per_minute_max = 60'000;
inline constexpr Duration expect_every_least = std::chrono::minutes{1};
inline constexpr Duration expect_every_most = std::chrono::hours{1'000};
inline constexpr Duration resolve_after_least = std::chrono::minutes{1};
inline constexpr Duration resolve_after_most = std::chrono::hours{1'000};

}  // namespace ackd
