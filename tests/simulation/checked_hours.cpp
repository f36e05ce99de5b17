#include "tests/simulation/checked_hours.hpp"

#include <date/tz.h>

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;
using std::chrono::minutes;

const date::time_zone* zone_or_null(const std::string& name)
{
    try {
        return name.empty() ? nullptr : date::locate_zone(name);
    } catch (const std::runtime_error&) {
        return nullptr;
    }
}

/// When a shift has its digests, counted like the shift itself.
std::vector<minutes> digest_slots_of(const Shift& shift)
{
    std::vector<minutes> slots;
    for (const minutes time : {9h + 30min, 13h + 0min, 16h + 30min, 33h + 30min, 37h + 0min, 40h + 30min}) {
        if (shift.opens <= time && time < shift.closes) slots.push_back(time);
    }
    if (slots.empty()) {
        const minutes length = shift.closes - shift.opens;
        slots.push_back(shift.opens + (length < 1h ? length / 2 : minutes{30}));
    }
    return slots;
}

}  // namespace

CheckedHours::CheckedHours(const std::string& zone,
                           const std::string& default_zone,
                           WorkWeek week,
                           Holidays holidays)
    : zone_(zone_or_null(zone)), week_(std::move(week)), holidays_(std::move(holidays))
{
    if (zone_ == nullptr) zone_ = zone_or_null(default_zone);
    if (zone_ == nullptr) zone_ = date::locate_zone("Etc/UTC");
}

Instant CheckedHours::on_the_wall(std::chrono::local_days day, minutes time) const
{
    return zone_->to_sys(date::local_time<Duration>{day.time_since_epoch() + time}, date::choose::earliest);
}

template <class Take>
void CheckedHours::for_each_shift(Instant from, Instant to, Take take) const
{
    const auto today = [this](Instant at) { return std::chrono::local_days{std::chrono::days{day_of(at)}}; };
    // A shift that began the day before may go on.
    for (auto day = today(from) - std::chrono::days{1}; day <= today(to); day += std::chrono::days{1}) {
        if (holidays_.contains(day)) continue;
        const unsigned weekday = std::chrono::weekday{day}.iso_encoding() - 1;
        for (const Shift& shift : week_.days[weekday]) take(day, shift);
    }
}

CheckedHours CheckedHours::in_week(const WorkWeek& week, bool on_holidays) const
{
    CheckedHours other = *this;
    other.week_ = week;
    if (on_holidays) other.holidays_.clear();
    return other;
}

bool CheckedHours::is_at_work(Instant at) const
{
    bool works = false;
    for_each_shift(at, at, [&](std::chrono::local_days day, const Shift& shift) {
        works = works || (on_the_wall(day, shift.opens) <= at && at < on_the_wall(day, shift.closes));
    });
    return works;
}

Duration CheckedHours::worked_between(Instant from, Instant to) const
{
    Duration total{0};
    if (to <= from) return total;
    for_each_shift(from, to, [&](std::chrono::local_days day, const Shift& shift) {
        const Instant begin = std::max(on_the_wall(day, shift.opens), from);
        const Instant end = std::min(on_the_wall(day, shift.closes), to);
        if (begin < end) total += end - begin;
    });
    return total;
}

std::int64_t CheckedHours::day_of(Instant at) const
{
    return date::floor<date::days>(zone_->to_local(at)).time_since_epoch().count();
}

Duration CheckedHours::longest_day() const
{
    minutes longest{0};
    for (const auto& shifts : week_.days) {
        minutes total{0};
        for (const Shift& shift : shifts) total += shift.closes - shift.opens;
        longest = std::max(longest, total);
    }
    return longest;
}

bool CheckedHours::has_digest_slot(Instant after, Instant until) const
{
    bool found = false;
    if (until <= after) return found;
    for_each_shift(after, until, [&](std::chrono::local_days day, const Shift& shift) {
        for (const minutes time : digest_slots_of(shift)) {
            const Instant slot = on_the_wall(day, time);
            found = found || (after < slot && slot <= until);
        }
    });
    return found;
}

}  // namespace ackd::simulation
