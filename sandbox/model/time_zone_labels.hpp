// Offset and label of well-known time zones, as user objects carry them.
//
// The standard-time offset all year round: the sandbox keeps no daylight saving rules, and a client that
// needs the offset of an instant must derive it from the zone's name anyway.
#pragma once

#include <optional>
#include <string_view>

namespace sandbox {

struct TimeZoneLabel {
    std::string_view name;
    std::string_view label;
    int offset_seconds;
};

std::optional<TimeZoneLabel> find_time_zone(std::string_view name);

}  // namespace sandbox
