// What a program tells us, whatever it calls it: something is wrong, or is not any more. Adapters make these
// of what Alertmanager, Grafana, GitHub and others send.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ackd {

/// Stored: do not renumber.
enum class AlertStatus {
    firing = 1,
    acknowledged = 2,  ///< there, by somebody
    resolved = 3,
};

[[nodiscard]] std::string_view name_of(AlertStatus status);

/// Bounds of what one report may say; an adapter cuts what is longer, at a character.
inline constexpr std::size_t alert_key_max = 255;
inline constexpr std::size_t alert_title_max = 300;
inline constexpr std::size_t alert_detail_max = 2'000;
inline constexpr std::size_t alert_link_max = 1'000;
inline constexpr std::size_t alert_labels_max = 32;
inline constexpr std::size_t alert_label_max = 200;

struct AlertReport {
    /// The same for all that is said of one thing by its source (Alertmanager: the fingerprint; PagerDuty's
    /// form: `dedup_key`). Never empty.
    std::string key;
    AlertStatus status = AlertStatus::firing;
    /// "High request latency on api-3". Never empty.
    std::string title;
    /// A few lines more; may be empty.
    std::string detail;
    /// As the source calls it, in lower case: "critical", "warning"; may be empty.
    std::string severity;
    /// What is grouped with it when much comes at once: Alertmanager's `groupKey`, a repository; may be
    /// empty.
    std::string group;
    /// Where to look: the source's own page, http or https; may be empty.
    std::string link;
    /// Its playbook, likewise.
    std::string playbook;
    /// In their order.
    std::vector<std::pair<std::string, std::string>> labels;
    /// By the source's clock; none: now.
    Instant began_at{};
    friend bool operator==(const AlertReport&, const AlertReport&) = default;
};

/// One request of a source, with all that it said, or a sign of life of it.
struct AlertsReceived {
    /// Its name in the policy.
    std::string source;
    /// Empty: only a sign of life (of a source that is expected to give them).
    std::vector<AlertReport> reports;
    /// Which of its keys let it in.
    WebKeyId key{};
};

}  // namespace ackd
