#include "sandbox/model/time_zone_labels.hpp"

namespace sandbox {
namespace {

constexpr int hour = 3600;

constexpr TimeZoneLabel zones[] = {
    {"Etc/UTC", "Coordinated Universal Time", 0},
    {"UTC", "Coordinated Universal Time", 0},
    {"Pacific/Honolulu", "Hawaii-Aleutian Standard Time", -10 * hour},
    {"America/Los_Angeles", "Pacific Standard Time", -8 * hour},
    {"America/Denver", "Mountain Standard Time", -7 * hour},
    {"America/Chicago", "Central Standard Time", -6 * hour},
    {"America/New_York", "Eastern Standard Time", -5 * hour},
    {"America/St_Johns", "Newfoundland Standard Time", -(3 * hour + 1800)},
    {"America/Sao_Paulo", "Brasilia Standard Time", -3 * hour},
    {"Europe/London", "Greenwich Mean Time", 0},
    {"Europe/Dublin", "Greenwich Mean Time", 0},
    {"Europe/Lisbon", "Western European Time", 0},
    {"Europe/Paris", "Central European Time", 1 * hour},
    {"Europe/Berlin", "Central European Time", 1 * hour},
    {"Europe/Madrid", "Central European Time", 1 * hour},
    {"Africa/Lagos", "West Africa Time", 1 * hour},
    {"Europe/Helsinki", "Eastern European Time", 2 * hour},
    {"Africa/Johannesburg", "South Africa Standard Time", 2 * hour},
    {"Asia/Jerusalem", "Israel Standard Time", 2 * hour},
    {"Africa/Nairobi", "East Africa Time", 3 * hour},
    {"Asia/Dubai", "Gulf Standard Time", 4 * hour},
    {"Asia/Kolkata", "India Standard Time", 5 * hour + 1800},
    {"Asia/Kathmandu", "Nepal Time", 5 * hour + 2700},
    {"Asia/Shanghai", "China Standard Time", 8 * hour},
    {"Asia/Singapore", "Singapore Standard Time", 8 * hour},
    {"Asia/Tokyo", "Japan Standard Time", 9 * hour},
    {"Australia/Sydney", "Australian Eastern Standard Time", 10 * hour},
    {"Pacific/Auckland", "New Zealand Standard Time", 12 * hour},
    {"Pacific/Kiritimati", "Line Islands Time", 14 * hour},
};

}  // namespace

std::optional<TimeZoneLabel> find_time_zone(std::string_view name)
{
    for (const TimeZoneLabel& zone : zones)
        if (zone.name == name) return zone;
    return std::nullopt;
}

}  // namespace sandbox
