// Grafana's unified alerting: Alertmanager's form, and where to look in Grafana.
// https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
#include "adapters/alerts/posted_alert.hpp"
#include "adapters/alerts/report_text.hpp"

#include <string>

namespace ackd::alerts {

DecodedAlerts decode_grafana(std::string_view body)
{
    return decode_posted_alerts(body, [](const PostedAlert& posted, AlertReport& report) {
        report.link = link_of(first_of({text_of(posted.alert, "panelURL"),
                                        text_of(posted.alert, "dashboardURL"),
                                        text_of(posted.alert, "generatorURL"),
                                        text_of(posted.body, "externalURL")}));
        const std::string_view values = text_of(posted.alert, "valueString");
        if (values.empty()) return;
        std::string detail = report.detail;
        if (!detail.empty()) detail += '\n';
        detail += values;
        report.detail = some_lines(detail, alert_detail_max);
    });
}

}  // namespace ackd::alerts
