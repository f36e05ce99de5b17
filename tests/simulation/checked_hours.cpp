#include "tests/simulation/checked_hours.hpp"

#include <date/tz.h>

#include <algorithm>
#include <stdexcept>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;

const date::time_zone* zone_or_null(const std::string& name)
{
    try {
        return name.empty() ? nullptr : date::locate_zone(name);
    } catch (const std::runtime_error&) {
        return nullptr;
    }
}

}  // namespace

CheckedHours::CheckedHours(const std::string& zone, const std::string& default_zone)
    : zone_(zone_or_null(zone))
{
    if (zone_ == nullptr) zone_ = zone_or_null(default_zone);
    if (zone_ == nullptr) zone_ = date::locate_zone("Etc/UTC");
}

bool CheckedHours::is_at_work(Instant at) const
{
    const auto local = zone_->to_local(at);
    const auto day = date::floor<date::days>(local);
    const unsigned weekday = date::weekday{day}.c_encoding();
    const auto time = local - day;
    return weekday >= 1 && weekday <= 5 && time >= 9h && time < 17h;
}

Duration CheckedHours::worked_between(Instant from, Instant to) const
{
    Duration total{0};
    for (auto day = date::floor<date::days>(zone_->to_local(from));
         zone_->to_sys(day + 9h, date::choose::earliest) < to;
         day += date::days{1})
    {
        const unsigned weekday = date::weekday{day}.c_encoding();
        if (weekday < 1 || weekday > 5) continue;
        const Instant opens = zone_->to_sys(day + 9h, date::choose::earliest);
        const Instant closes = zone_->to_sys(day + 17h, date::choose::earliest);
        total += std::max<Duration>(Duration{0},
                                    std::min<Instant>(closes, to) - std::max<Instant>(opens, from));
    }
    return total;
}

std::int64_t CheckedHours::day_of(Instant at) const
{
    return date::floor<date::days>(zone_->to_local(at)).time_since_epoch().count();
}

bool CheckedHours::has_digest_slot(Instant after, Instant until) const
{
    for (auto day = date::floor<date::days>(zone_->to_local(after));
         zone_->to_sys(day, date::choose::earliest) <= until;
         day += date::days{1})
    {
        const unsigned weekday = date::weekday{day}.c_encoding();
        if (weekday < 1 || weekday > 5) continue;
        for (const auto time : {9h + 30min, 13h + 0min, 16h + 30min}) {
            const Instant slot = zone_->to_sys(day + time, date::choose::earliest);
            if (slot > after && slot <= until) return true;
        }
    }
    return false;
}

}  // namespace ackd::simulation
