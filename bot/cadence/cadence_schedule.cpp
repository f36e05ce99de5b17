#include "bot/cadence/cadence_schedule.hpp"

#include "bot/people/wall_clock.hpp"

#include <algorithm>

namespace ackd {

namespace {

using LocalDay = std::chrono::local_days;

/// After three years without one a cadence is taken to have none (occurrences.hpp); a pause and one that is
/// left out hide a few.
constexpr int looked_at_max = 5'000;

bool is_dealt_with(const CadenceSchedule& schedule, LocalDay nominal)
{
    return schedule.last_nominal && nominal <= *schedule.last_nominal;
}

std::optional<PassedOverBecause> reason_to_pass_over(const CadenceSchedule& schedule,
                                                     const Occurrence& occurrence)
{
    if (schedule.skipped == occurrence.nominal) return PassedOverBecause::skipped;
    if (schedule.pause && schedule.pause->holds_at(occurrence.at)) return PassedOverBecause::paused;
    return std::nullopt;
}

}  // namespace

std::string_view name_of(PassedOverBecause reason)
{
    switch (reason) {
        case PassedOverBecause::missed: return "missed";
        case PassedOverBecause::paused: return "paused";
        case PassedOverBecause::skipped: return "skipped";
    }
    return "?";
}

CadenceSchedule begin_schedule(Instant now)
{
    CadenceSchedule schedule;
    schedule.looked_until = now;
    return schedule;
}

CadenceLook look_at_schedule(const CadencePlan& plan, const CadenceSchedule& schedule, Instant now)
{
    CadenceLook look;
    look.after = schedule;
    if (now <= schedule.looked_until) return look;
    const TimeSpan since{schedule.looked_until + Duration{1}, now + Duration{1}};
    for (const Occurrence& occurrence : occurrences_between(plan, since)) {
        if (is_dealt_with(look.after, occurrence.nominal)) continue;
        look.after.last_nominal = occurrence.nominal;
        if (const auto reason = reason_to_pass_over(schedule, occurrence)) {
            look.passed_over.push_back({occurrence, *reason});
            continue;
        }
        if (look.runs) look.passed_over.push_back({*look.runs, PassedOverBecause::missed});
        look.runs = occurrence;
    }
    std::stable_sort(
        look.passed_over.begin(), look.passed_over.end(), [](const PassedOver& a, const PassedOver& b) {
            return a.occurrence.at < b.occurrence.at;
        });
    look.after.looked_until = now;
    if (look.after.pause && look.after.pause->until && *look.after.pause->until <= now)
        look.after.pause.reset();
    if (look.after.skipped && is_dealt_with(look.after, *look.after.skipped)) look.after.skipped.reset();
    return look;
}

bool is_late(const Occurrence& occurrence, Instant now)
{
    return now > occurrence.at + late_after;
}

std::optional<Occurrence> next_run(const CadencePlan& plan, const CadenceSchedule& schedule, Instant now)
{
    if (schedule.pause && !schedule.pause->until) return std::nullopt;
    Instant after = now;
    if (schedule.pause && schedule.pause->holds_at(now)) after = *schedule.pause->until - Duration{1};
    for (int looked_at = 0; looked_at < looked_at_max; ++looked_at) {
        const auto next = next_occurrence(plan, after);
        if (!next) return std::nullopt;
        if (!is_dealt_with(schedule, next->nominal) && !reason_to_pass_over(schedule, *next)) return next;
        after = next->at;
    }
    return std::nullopt;
}

std::optional<Instant> next_look(const CadencePlan& plan, Instant now)
{
    const auto next = next_occurrence(plan, now);
    return next ? std::optional{next->at} : std::nullopt;
}

CadenceSchedule paused(CadenceSchedule schedule, Instant now, std::optional<Instant> until)
{
    schedule.pause = CadencePause{now, until};
    return schedule;
}

CadenceSchedule resumed(CadenceSchedule schedule)
{
    schedule.pause.reset();
    return schedule;
}

CadenceChange skip_next(const CadencePlan& plan, const CadenceSchedule& schedule, Instant now)
{
    CadenceSchedule without = schedule;
    without.skipped.reset();
    CadenceChange change{next_run(plan, without, now), schedule};
    if (change.occurrence) change.after.skipped = change.occurrence->nominal;
    return change;
}

CadenceChange run_now(const CadencePlan& plan, const CadenceSchedule& schedule, Instant now)
{
    const WallClock clock{WorkingHours{plan.cadence.zone, plan.default_zone}.zone()};
    const LocalDay today = clock.day(now);
    CadenceChange change{Occurrence{today, today, now}, schedule};
    // One that is still to come today, or whose day has come and was moved, is the one that runs.
    for (const Occurrence& each : occurrences_between(plan, {now + Duration{1}, now + moved_at_most})) {
        if (is_dealt_with(schedule, each.nominal) || (each.nominal > today && each.day > today)) continue;
        change.occurrence->nominal = each.nominal;
        break;
    }
    const LocalDay nominal = change.occurrence->nominal;
    if (is_dealt_with(schedule, nominal)) return {std::nullopt, schedule};
    change.after.last_nominal = nominal;
    if (change.after.skipped == nominal) change.after.skipped.reset();
    return change;
}

}  // namespace ackd
