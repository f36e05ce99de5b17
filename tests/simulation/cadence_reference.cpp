#include "tests/simulation/cadence_reference.hpp"

#include <date/tz.h>

#include <algorithm>
#include <map>

namespace ackd::simulation {

namespace {

using LocalDay = std::chrono::local_days;
using Days = std::chrono::days;

bool is_free(LocalDay day, const std::vector<LocalDay>& free_days)
{
    const std::chrono::weekday weekday{day};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday ||
           std::find(free_days.begin(), free_days.end(), day) != free_days.end();
}

/// The first minute of each local day at which the clock on the wall shows this time, or a later one.
std::map<LocalDay, Instant> first_minutes(const ReferenceCadence& cadence, Instant from, Instant until)
{
    const date::time_zone* zone = date::locate_zone(cadence.zone);
    std::map<LocalDay, Instant> found;
    for (Instant minute = from - Days{40}; minute <= until + Days{40}; minute += std::chrono::minutes{1}) {
        const auto local = zone->to_local(minute).time_since_epoch();
        const LocalDay day{std::chrono::floor<Days>(local)};
        if (local - day.time_since_epoch() >= cadence.at) found.emplace(day, minute);
    }
    return found;
}

}  // namespace

std::vector<ReferenceOccurrence> reference_occurrences(const ReferenceCadence& cadence,
                                                       const std::vector<LocalDay>& free_days,
                                                       Instant from,
                                                       Instant until)
{
    std::vector<ReferenceOccurrence> occurrences;
    const auto minutes = first_minutes(cadence, from, until);
    for (const auto& [nominal, unused] : minutes) {
        if (!cadence.is_one(nominal)) continue;
        LocalDay day = nominal;
        if (is_free(day, free_days) && cadence.on_free_day == OnFreeDay::skip) continue;
        if (cadence.on_free_day == OnFreeDay::before) {
            while (is_free(day, free_days)) day -= Days{1};
        } else if (cadence.on_free_day == OnFreeDay::after) {
            while (is_free(day, free_days)) day += Days{1};
        }
        const auto minute = minutes.find(day);
        if (minute == minutes.end() || minute->second <= from || minute->second > until) continue;
        occurrences.push_back({nominal, minute->second});
    }
    return occurrences;
}

}  // namespace ackd::simulation
