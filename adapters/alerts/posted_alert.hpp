// One alert in the form of Alertmanager's webhook, which Grafana speaks as well. Only for .cpp files.
#pragma once

#include "adapters/alerts/posted_json.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace ackd::alerts {

struct PostedAlert {
    JsonValue body;
    JsonValue alert;

    [[nodiscard]] std::string_view label(std::string_view name) const
    {
        return text_at(alert, "labels", name);
    }
    [[nodiscard]] std::string_view annotation(std::string_view name) const
    {
        return text_at(alert, "annotations", name);
    }
};

/// Reads each of the body's "alerts"; `complete` adds to a report what only one of the two says.
[[nodiscard]] DecodedAlerts decode_posted_alerts(
    std::string_view body, const std::function<void(const PostedAlert&, AlertReport&)>& complete);

}  // namespace ackd::alerts
