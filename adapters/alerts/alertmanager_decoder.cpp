// Prometheus Alertmanager's webhook, version 4.
// https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
#include "adapters/alerts/posted_alert.hpp"
#include "adapters/alerts/report_text.hpp"

namespace ackd::alerts {

DecodedAlerts decode_alertmanager(std::string_view body)
{
    return decode_posted_alerts(body, [](const PostedAlert& posted, AlertReport& report) {
        report.link = link_of(
            first_of({text_of(posted.alert, "generatorURL"), text_of(posted.body, "externalURL")}));
    });
}

}  // namespace ackd::alerts
