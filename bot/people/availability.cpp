#include "bot/people/availability.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace ackd {

namespace {

using namespace std::chrono_literals;
using LocalDays = date::local_days;

constexpr auto opens_at = 9h;
constexpr auto closes_at = 17h;
constexpr std::array digest_slots{9h + 30min, 13h + 0min, 16h + 30min};

const date::time_zone* find_zone(std::string_view name)
{
    if (name.empty()) return nullptr;
    try {
        return date::locate_zone(std::string{name});
    } catch (const std::runtime_error&) {
        return nullptr;  // the library has no look-up that does not throw
    }
}

Instant to_instant(const date::time_zone* zone, date::local_time<Duration> local)
{
    return zone->to_sys(local, date::choose::earliest);
}

LocalDays local_day(const date::time_zone* zone, Instant at)
{
    return date::floor<date::days>(zone->to_local(at));
}

bool is_working_day(LocalDays day)
{
    const date::weekday weekday{day};
    return weekday != date::Saturday && weekday != date::Sunday;
}

struct WorkingSpan {
    Instant opens;
    Instant closes;
};

WorkingSpan span_of(const date::time_zone* zone, LocalDays day)
{
    return {to_instant(zone, day + opens_at), to_instant(zone, day + closes_at)};
}

/// The working span that contains `at` or is the next to begin after it. The closing instant is not inside.
WorkingSpan span_at_or_after(const date::time_zone* zone, Instant at)
{
    LocalDays day = local_day(zone, at);
    for (;; day += date::days{1}) {
        if (!is_working_day(day)) continue;
        const WorkingSpan span = span_of(zone, day);
        if (at < span.closes) return span;
    }
}

}  // namespace

WorkingHours::WorkingHours(std::string_view zone, std::string_view default_zone) : zone_(find_zone(zone))
{
    if (zone_ == nullptr) zone_ = find_zone(default_zone);
    if (zone_ == nullptr) zone_ = date::locate_zone("Etc/UTC");
}

bool WorkingHours::contains(Instant at) const
{
    const WorkingSpan span = span_at_or_after(zone_, at);
    return span.opens <= at;
}

Instant WorkingHours::next_working_instant(Instant at) const
{
    return std::max(at, span_at_or_after(zone_, at).opens);
}

Instant WorkingHours::add_working_time(Instant from, Duration amount) const
{
    WorkingSpan span = span_at_or_after(zone_, from);
    Instant at = std::max(from, span.opens);
    // Whole weeks at once, so that a long span costs no more than a short one; clock changes at night do not
    // matter, since a local time of day a week later is asked for, not an elapsed duration.
    constexpr Duration working_week = 5 * working_day;
    if (amount > 4 * working_week) {
        const auto weeks = amount / working_week - 2;
        const auto local = zone_->to_local(at) + date::weeks{weeks};
        amount -= weeks * working_week;
        at = to_instant(zone_, local);
        span = span_at_or_after(zone_, at);
        at = std::max(at, span.opens);
    }
    while (at + amount > span.closes) {
        amount -= span.closes - at;
        span = span_at_or_after(zone_, span.closes);
        at = span.opens;
    }
    return at + amount;
}

Duration WorkingHours::working_time_between(Instant from, Instant to) const
{
    Duration total{0};
    if (to <= from) return total;
    WorkingSpan span = span_at_or_after(zone_, from);
    while (span.opens < to) {
        total += std::min(to, span.closes) - std::max(from, span.opens);
        span = span_at_or_after(zone_, span.closes);
    }
    return total;
}

Instant WorkingHours::next_digest_slot(Instant at) const
{
    for (LocalDays day = local_day(zone_, at);; day += date::days{1}) {
        if (!is_working_day(day)) continue;
        for (const auto slot : digest_slots) {
            const Instant instant = to_instant(zone_, day + slot);
            if (instant >= at) return instant;
        }
    }
}

bool is_time_zone(std::string_view name)
{
    return find_zone(name) != nullptr;
}

}  // namespace ackd
