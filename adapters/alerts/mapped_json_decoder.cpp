// Any JSON, by the mapping in the policy.
#include "adapters/alerts/posted_json.hpp"
#include "adapters/alerts/report_text.hpp"
#include "bot/lower_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace ackd::alerts {

namespace {

std::string text_by(JsonValue alert, const std::string& pointer)
{
    JsonValue found;
    if (pointer.empty() || alert.at_pointer(pointer).get(found) != simdjson::SUCCESS) return "";
    return scalar_text(found);
}

bool is_among(const std::vector<std::string>& words, const std::string& word)
{
    return std::any_of(words.begin(), words.end(), [&](const std::string& each) {
        return lower_case(each) == lower_case(word);
    });
}

/// Nothing: by the mapping it is no alert.
std::optional<AlertStatus> status_of(const AlertMapping& mapping, const std::string& word)
{
    if (word.empty()) return AlertStatus::firing;
    if (is_among(mapping.resolved, word)) return AlertStatus::resolved;
    if (mapping.firing.empty() || is_among(mapping.firing, word)) return AlertStatus::firing;
    return std::nullopt;
}

/// A problem, or nothing.
std::string read_alert(const AlertMapping& mapping, JsonValue alert, std::vector<AlertReport>& reports)
{
    const auto status = status_of(mapping, text_by(alert, mapping.status));
    if (!status) return "";
    AlertReport report;
    report.status = *status;
    report.title = one_line(text_by(alert, mapping.title), alert_title_max);
    if (report.title.empty()) return fmt::format("There is no title at \"{}\".", mapping.title);
    report.key = key_of(text_by(alert, mapping.key));
    if (report.key.empty()) report.key = key_of(report.title);
    report.detail = some_lines(text_by(alert, mapping.detail), alert_detail_max);
    report.severity = severity_of(text_by(alert, mapping.severity));
    report.group = key_of(text_by(alert, mapping.group));
    report.link = link_of(text_by(alert, mapping.link));
    reports.push_back(std::move(report));
    return "";
}

}  // namespace

DecodedAlerts decode_mapped_json(const AlertMapping& mapping, std::string_view body)
{
    const auto root = posted_json(body);
    if (!root) return refused_as_no_json();
    DecodedAlerts decoded;
    if (mapping.alerts.empty()) {
        decoded.problem = read_alert(mapping, *root, decoded.reports);
        return decoded;
    }
    simdjson::dom::array list;
    if (root->at_pointer(mapping.alerts).get(list) != simdjson::SUCCESS)
        return refused(fmt::format("There is no list at \"{}\".", mapping.alerts));
    for (const JsonValue alert : list) {
        decoded.problem = read_alert(mapping, alert, decoded.reports);
        if (!decoded.problem.empty()) return decoded;
    }
    return decoded;
}

}  // namespace ackd::alerts
