#include "sandbox/teammates/office_hours.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace sandbox {
namespace {

using namespace std::chrono_literals;

constexpr auto day_begins = 9h;
constexpr auto day_ends = 17h + 30min;

const date::time_zone* zone_or_utc(const std::string& name)
{
    try {
        return date::locate_zone(name);
    } catch (const std::runtime_error&) {
        return date::locate_zone("Etc/UTC");
    }
}

bool is_weekend(date::local_days day)
{
    const date::weekday weekday{day};
    return weekday == date::Saturday || weekday == date::Sunday;
}

}  // namespace

Instant next_at_work(const std::string& zone, Instant from)
{
    const date::time_zone* place = zone_or_utc(zone);
    const auto local = place->to_local(from);
    auto day = date::floor<date::days>(local);
    const auto since_midnight = local - day;
    if (!is_weekend(day) && since_midnight >= day_begins && since_midnight < day_ends) return from;
    if (since_midnight >= day_begins || is_weekend(day)) day += date::days{1};
    while (is_weekend(day)) day += date::days{1};
    return place->to_sys(day + day_begins, date::choose::earliest);
}

}  // namespace sandbox
