#include "bot/cadence/cadence_schedule.hpp"

#include "bot/people/wall_clock.hpp"

#include <algorithm>
#include <utility>

namespace ackd {

namespace {

using LocalDay = std::chrono::local_days;

/// After three years without one a cadence is taken to have none (occurrences.hpp); a pause and one that is
/// left out hide a few.
constexpr int looked_at_max = 5'000;

bool is_dealt_with(const Cadence& cadence, const CadenceSchedule& schedule, LocalDay nominal)
{
    return (schedule.last_nominal && nominal <= *schedule.last_nominal) ||
           (schedule.last_by_rule && is_same_occurrence(cadence, nominal, *schedule.last_by_rule));
}

std::optional<PassedOverBecause> reason_to_pass_over(const CadenceSchedule& schedule,
                                                     const Occurrence& occurrence)
{
    if (schedule.skipped == occurrence.nominal) return PassedOverBecause::skipped;
    // One that a calendar moved to before the last look was still to come until then.
    const Instant at = std::max(occurrence.at, schedule.looked_until);
    if (schedule.pause && schedule.pause->holds_at(at)) return PassedOverBecause::paused;
    return std::nullopt;
}

/// It has come due, and its day is dealt with. Of those that run the last one does.
void take_due(const Cadence& cadence, const Occurrence& occurrence, CadenceLook& look)
{
    if (is_dealt_with(cadence, look.after, occurrence.nominal)) return;
    look.after.last_nominal = look.after.last_by_rule = occurrence.nominal;
    if (const auto reason = reason_to_pass_over(look.after, occurrence)) {
        look.passed_over.push_back({occurrence, *reason});
        return;
    }
    if (look.runs) look.passed_over.push_back({*look.runs, PassedOverBecause::missed});
    look.runs = occurrence;
}

/// The one that came next at the last look, as the calendar is now.
void follow_expected(const CadencePlan& plan, CadenceLook& look)
{
    CadenceSchedule& schedule = look.after;
    const auto expected = schedule.expected;
    if (!expected || is_dealt_with(plan.cadence, schedule, *expected)) return;
    const auto moved = occurrence_of(plan, *expected);
    if (!moved) return;
    if (schedule.skipped == expected) schedule.skipped = moved->nominal;
    if (moved->at > schedule.looked_until) return;
    take_due(plan.cadence, *moved, look);
    schedule.last_nominal = std::max(*schedule.last_nominal, *expected);
}

void sort_by_time(std::vector<PassedOver>& passed_over)
{
    std::stable_sort(passed_over.begin(), passed_over.end(), [](const PassedOver& a, const PassedOver& b) {
        return a.occurrence.at < b.occurrence.at;
    });
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
    if (now < schedule.looked_until) return look;
    follow_expected(plan, look);
    const TimeSpan since{schedule.looked_until + Duration{1}, now + Duration{1}};
    for (const Occurrence& occurrence : occurrences_between(plan, since))
        take_due(plan.cadence, occurrence, look);
    sort_by_time(look.passed_over);
    look.after.looked_until = now;
    if (look.after.pause && look.after.pause->until && *look.after.pause->until <= now)
        look.after.pause.reset();
    if (look.after.skipped && is_dealt_with(plan.cadence, look.after, *look.after.skipped))
        look.after.skipped.reset();
    const auto next = next_occurrence(plan, now);
    look.after.expected = next ? std::optional{next->nominal} : std::nullopt;
    return look;
}

CadenceEraLook look_through(const std::vector<CadenceEra>& eras,
                            std::optional<KeptSchedule> kept,
                            std::optional<LocalDay> last_nominal)
{
    CadenceEraLook look;
    std::optional<Instant> ended_before;
    for (const CadenceEra& era : eras) {
        const auto began = std::exchange(ended_before, era.until);
        // It was over at the last look: what came after it was in force by then, perhaps.
        const bool is_looked_at = kept && &era != &eras.back() && era.until <= kept->schedule.looked_until;
        if (is_looked_at) continue;
        if (!era.plan) {
            if (kept && began) {
                last_nominal = kept->schedule.last_nominal;
                kept.reset();
            } else if (kept) {
                kept->schedule.looked_until = era.until;
            }
            continue;
        }
        if (!kept) {
            kept = KeptSchedule{begin_schedule(began.value_or(era.until)), era.rule};
            kept->schedule.last_nominal = last_nominal;
        } else if (kept->rule != era.rule) {
            kept->rule = era.rule;
            kept->schedule.looked_until = began ? std::max(kept->schedule.looked_until, *began) : era.until;
            kept->schedule.expected.reset();
            kept->schedule.last_by_rule.reset();
        }
        const CadenceLook found = look_at_schedule(*era.plan, kept->schedule, era.until);
        kept->schedule = found.after;
        look.passed_over.insert(look.passed_over.end(), found.passed_over.begin(), found.passed_over.end());
        if (!found.runs) continue;
        if (look.runs) look.passed_over.push_back({*look.runs, PassedOverBecause::missed});
        look.runs = found.runs;
    }
    if (eras.back().plan) {
        look.after = std::move(kept);
    } else if (look.runs) {
        look.passed_over.push_back({*look.runs, PassedOverBecause::missed});
        look.runs.reset();
    }
    sort_by_time(look.passed_over);
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
        if (!is_dealt_with(plan.cadence, schedule, next->nominal) && !reason_to_pass_over(schedule, *next))
            return next;
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
        if (is_dealt_with(plan.cadence, schedule, each.nominal) || (each.nominal > today && each.day > today))
            continue;
        change.occurrence->nominal = each.nominal;
        change.after.last_by_rule = each.nominal;
        break;
    }
    const LocalDay nominal = change.occurrence->nominal;
    if (schedule.last_nominal && nominal <= *schedule.last_nominal) return {std::nullopt, schedule};
    change.after.last_nominal = nominal;
    if (change.after.skipped == nominal) change.after.skipped.reset();
    return change;
}

}  // namespace ackd
