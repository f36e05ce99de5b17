#include "adapters/alerts/posted_alert.hpp"

#include "adapters/alerts/report_text.hpp"

#include <fmt/format.h>

namespace ackd::alerts {

namespace {

/// Prometheus' convention of an alert that always fires: that it comes says that the source is alive, and
/// that is all it says.
bool is_watchdog(const PostedAlert& posted)
{
    return posted.label("alertname") == "Watchdog";
}

/// What the alert is called where nobody wrote a summary: "HighLatency on api-3".
std::string name_of_alert(const PostedAlert& posted)
{
    const std::string_view name = posted.label("alertname");
    const std::string_view where = first_of({posted.label("instance"), posted.label("job")});
    if (name.empty()) return "An alert without a name";
    return where.empty() ? std::string{name} : fmt::format("{} on {}", name, where);
}

/// Without a fingerprint it is its labels that tell it from others.
std::string key_of_labels(JsonValue labels)
{
    std::string all;
    simdjson::dom::object members;
    if (labels.get(members) != simdjson::SUCCESS) return all;
    for (const auto [name, value] : members) all += key_of({name, scalar_text(value)}) + "\n";
    return key_of(all);
}

/// A problem, or nothing.
std::string read_status(const PostedAlert& posted, AlertReport& report)
{
    const std::string_view status = text_of(posted.alert, "status");
    if (status == "resolved")
        report.status = AlertStatus::resolved;
    else if (status != "firing")
        return fmt::format("An alert has the status \"{}\", and \"firing\" or \"resolved\" is known.",
                           one_line(status, alert_label_max));
    return "";
}

void read_labels(JsonValue labels, AlertReport& report)
{
    simdjson::dom::object members;
    if (labels.get(members) != simdjson::SUCCESS) return;
    for (const auto [name, value] : members) add_label(report, name, scalar_text(value));
}

}  // namespace

DecodedAlerts decode_posted_alerts(std::string_view body,
                                   const std::function<void(const PostedAlert&, AlertReport&)>& complete)
{
    const auto root = posted_object(body);
    if (!root) return refused_as_no_json();
    const auto list = member_of(*root, "alerts");
    if (!list || !list->is_array())
        return refused("The body has no list \"alerts\": is this the address of another kind of source?");
    DecodedAlerts decoded;
    for (const JsonValue each : items_of(*root, "alerts")) {
        const PostedAlert posted{*root, each};
        const auto labels = member_of(each, "labels");
        if (!labels || !labels->is_object()) return refused("One of the \"alerts\" has no \"labels\".");
        if (is_watchdog(posted)) continue;
        AlertReport& report = decoded.reports.emplace_back();
        decoded.problem = read_status(posted, report);
        if (!decoded.problem.empty()) return decoded;
        const std::string_view fingerprint = text_of(each, "fingerprint");
        report.key = fingerprint.empty() ? key_of_labels(*labels) : key_of(fingerprint);
        report.title = one_line(first_of({posted.annotation("summary"), posted.annotation("title")}),
                                alert_title_max);
        if (report.title.empty()) report.title = one_line(name_of_alert(posted), alert_title_max);
        if (report.key.empty()) report.key = key_of(report.title);
        report.detail = some_lines(first_of({posted.annotation("description"), posted.annotation("message")}),
                                   alert_detail_max);
        report.severity = severity_of(posted.label("severity"));
        report.group = key_of(text_of(*root, "groupKey"));
        report.playbook = link_of(first_of({posted.annotation("runbook_url"), posted.annotation("runbook")}));
        report.began_at = instant_of(text_of(each, "startsAt"));
        read_labels(*labels, report);
        complete(posted, report);
    }
    return decoded;
}

}  // namespace ackd::alerts
