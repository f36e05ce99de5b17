// What a source posts, as AlertReports. Pure; total on any bytes: what is not understood is a problem in one
// sentence, for whoever set the source up. A request is taken as a whole or not at all, so that nothing of it
// is lost in silence.
//
// Each kind has a file of its own; decode_alerts knows them all.
#pragma once

#include "bot/alerts/alert_report.hpp"
#include "bot/alerts/alert_source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ackd::alerts {

/// A request, as far as a decoder looks at it. Header fields are empty where they are missing.
struct AlertPost {
    std::string_view body;
    std::string_view github_event;  ///< X-GitHub-Event
    std::string_view status;        ///< X-Alert-Status, of kind text
    std::string_view key;           ///< X-Alert-Key, of kind text
};

struct DecodedAlerts {
    /// None, and no problem: a sign of life.
    std::vector<AlertReport> reports;
    /// Why it is refused; empty: it is not.
    std::string problem;
    /// PagerDuty's form: what the alert is called from now on, for the answer.
    std::string dedup_key;
};

/// More in one request are refused: the engine takes a request in one piece.
inline constexpr std::size_t reports_max = 5'000;

[[nodiscard]] DecodedAlerts decode_alerts(const AlertSource& source, const AlertPost& post);

[[nodiscard]] DecodedAlerts decode_alertmanager(std::string_view body);
[[nodiscard]] DecodedAlerts decode_grafana(std::string_view body);
[[nodiscard]] DecodedAlerts decode_github(const AlertSource& source,
                                          std::string_view event,
                                          std::string_view body);
[[nodiscard]] DecodedAlerts decode_pagerduty(std::string_view body);
[[nodiscard]] DecodedAlerts decode_mapped_json(const AlertMapping& mapping, std::string_view body);
[[nodiscard]] DecodedAlerts decode_text(const AlertPost& post);

}  // namespace ackd::alerts
