// Events as PagerDuty's Events API v2 takes them: whoever can send to PagerDuty can send to us.
// https://developer.pagerduty.com/docs/send-alert-event
#include "adapters/alerts/posted_json.hpp"
#include "adapters/alerts/report_text.hpp"
#include "bot/sha256.hpp"

#include <fmt/format.h>

#include <optional>

namespace ackd::alerts {

namespace {

std::optional<AlertStatus> status_of(std::string_view action)
{
    if (action == "trigger") return AlertStatus::firing;
    if (action == "acknowledge") return AlertStatus::acknowledged;
    if (action == "resolve") return AlertStatus::resolved;
    return std::nullopt;
}

/// An event without a key is an alert of its own, whose key the answer tells. Of the same bytes it is the
/// same: an event that is sent again because our answer was lost is not a second alert.
std::string key_given_to(std::string_view body)
{
    return hex_of(sha256_of(body)).substr(0, 32);
}

/// Whatever the sender likes to tell: text as it is, an object as its labels.
void read_details(JsonValue details, AlertReport& report)
{
    simdjson::dom::object members;
    if (details.get(members) != simdjson::SUCCESS) {
        report.detail = some_lines(scalar_text(details), alert_detail_max);
        return;
    }
    for (const auto [name, value] : members) add_label(report, name, scalar_text(value));
}

void read_payload(JsonValue payload, AlertReport& report)
{
    report.title = one_line(text_of(payload, "summary"), alert_title_max);
    report.severity = severity_of(text_of(payload, "severity"));
    report.group = key_of(text_of(payload, "group"));
    report.began_at = instant_of(text_of(payload, "timestamp"));
    for (const std::string_view name : {"source", "component", "group", "class"})
        add_label(report, name, text_of(payload, name));
    if (const auto details = member_of(payload, "custom_details")) read_details(*details, report);
}

std::string first_link(JsonValue body)
{
    for (const JsonValue link : items_of(body, "links")) {
        std::string found = link_of(text_of(link, "href"));
        if (!found.empty()) return found;
    }
    return link_of(text_of(body, "client_url"));
}

}  // namespace

DecodedAlerts decode_pagerduty(std::string_view body)
{
    const auto root = posted_object(body);
    if (!root) return refused_as_no_json();
    const std::string_view action = text_of(*root, "event_action");
    const auto status = status_of(action);
    if (!status) {
        return refused(fmt::format(
            "\"event_action\" is \"{}\", and \"trigger\", \"acknowledge\" or \"resolve\" is known.",
            one_line(action, alert_label_max)));
    }
    DecodedAlerts decoded;
    AlertReport& report = decoded.reports.emplace_back();
    report.status = *status;
    if (const auto payload = member_of(*root, "payload"); payload && payload->is_object())
        read_payload(*payload, report);
    report.link = first_link(*root);
    const std::string_view dedup_key = text_of(*root, "dedup_key");
    if (*status == AlertStatus::firing && report.title.empty())
        return refused("\"payload.summary\" is missing: it is what people read first.");
    if (*status != AlertStatus::firing && dedup_key.empty())
        return refused(fmt::format("\"dedup_key\" is missing: it says which alert to {}.", action));
    decoded.dedup_key = dedup_key.empty() ? key_given_to(body) : std::string{dedup_key};
    report.key = key_of(decoded.dedup_key);
    if (report.title.empty()) report.title = one_line(report.key, alert_title_max);
    return decoded;
}

}  // namespace ackd::alerts
