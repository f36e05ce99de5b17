#include "adapters/alerts/alert_decoder.hpp"

#include <fmt/format.h>

#include <utility>

namespace ackd::alerts {

namespace {

DecodedAlerts decode(const AlertSource& source, const AlertPost& post)
{
    switch (source.kind) {
        case SourceKind::alertmanager: return decode_alertmanager(post.body);
        case SourceKind::grafana: return decode_grafana(post.body);
        case SourceKind::github: return decode_github(source, post.github_event, post.body);
        case SourceKind::pagerduty: return decode_pagerduty(post.body);
        case SourceKind::json: return decode_mapped_json(source.mapping, post.body);
        case SourceKind::text: return decode_text(post);
    }
    return {};
}

}  // namespace

DecodedAlerts decode_alerts(const AlertSource& source, const AlertPost& post)
{
    DecodedAlerts decoded = decode(source, post);
    if (decoded.reports.size() > reports_max) {
        decoded.problem = fmt::format(
            "One request tells at most {} alerts, and this one {}: send them in parts.",
            reports_max,
            decoded.reports.size());
    }
    if (!decoded.problem.empty()) decoded.reports.clear();
    return decoded;
}

}  // namespace ackd::alerts
