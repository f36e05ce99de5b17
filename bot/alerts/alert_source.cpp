#include "bot/alerts/alert_source.hpp"

#include <algorithm>

namespace ackd {

std::string_view name_of(SourceKind kind)
{
    switch (kind) {
        case SourceKind::alertmanager: return "alertmanager";
        case SourceKind::grafana: return "grafana";
        case SourceKind::github: return "github";
        case SourceKind::pagerduty: return "pagerduty";
        case SourceKind::json: return "json";
        case SourceKind::text: return "text";
    }
    return "";
}

const AlertSource* find_source(const std::vector<AlertSource>& sources, std::string_view name)
{
    const auto found = std::find_if(
        sources.begin(), sources.end(), [&](const AlertSource& source) { return source.name == name; });
    return found == sources.end() ? nullptr : &*found;
}

}  // namespace ackd
