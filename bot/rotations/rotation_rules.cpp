#include "bot/rotations/rotation_rules.hpp"

#include "bot/people/wall_clock.hpp"
#include "bot/rotations/hand_over_days.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace ackd {

namespace {

using LocalDay = std::chrono::local_days;
using Days = std::chrono::days;

/// The local day of an instant may lie a day beside the one reckoned from UTC, hours may begin on the day
/// before, and a zone may leave a day out.
constexpr Days margin{3};
/// Of a rule that has come to its end: the last turn goes on.
constexpr Days last_turn_length{36'500};

/// Of a part's zone.
WallClock clock_of(const Rotation& rotation, const RotationPart& part, std::string_view default_zone)
{
    return WallClock{WorkingHours{part.zone.empty() ? rotation.zone : part.zone, default_zone}.zone()};
}

bool touch(const TimeSpan& a, const TimeSpan& b)
{
    return a.from < b.until && b.from < a.until;
}

/// What a part has in the span, and perhaps a little more on both sides.
std::vector<OnCallShift> shifts_of_part(const Rotation& rotation,
                                        std::size_t index,
                                        std::string_view default_zone,
                                        const TimeSpan& span)
{
    const RotationPart& part = rotation.parts[index];
    std::vector<OnCallShift> shifts;
    if (part.people.empty()) return shifts;
    const WallClock clock = clock_of(rotation, part, default_zone);
    const LocalDay first = clock.day(span.from) - margin;
    const LocalDay last = clock.day(span.until) + margin;
    const auto turns = turn_starts(rotation.turn, rotation.starts, first, last);
    const auto add = [&](const TurnStart& turn, Instant from, Instant until) {
        const auto place = static_cast<std::size_t>(turn.index) % part.people.size();
        const UserId& person = part.people[place];
        // Hours over midnight may reach into the next day's: who is on stays on.
        if (!shifts.empty()) from = std::max(from, shifts.back().span.until);
        if (from < until) shifts.push_back({index, person, person, {from, until}});
    };
    for (std::size_t at = 0; at < turns.size(); ++at) {
        const bool has_next = at + 1 < turns.size();
        const LocalDay behind = has_next ? turns[at + 1].day : turns[at].day + last_turn_length;
        if (!part.hours) {
            add(turns[at],
                clock.instant(turns[at].day, rotation.hand_over),
                clock.instant(behind, rotation.hand_over));
            continue;
        }
        for (LocalDay day = std::max(turns[at].day, first); day < behind && day <= last; day += Days{1}) {
            const std::size_t weekday = std::chrono::weekday{day}.iso_encoding() - 1;
            for (const Shift& shift : part.hours->days.at(weekday))
                add(turns[at], clock.instant(day, shift.opens), clock.instant(day, shift.closes));
        }
    }
    return shifts;
}

void put_in_order(std::vector<OnCallShift>& shifts)
{
    std::sort(shifts.begin(), shifts.end(), [](const OnCallShift& a, const OnCallShift& b) {
        return std::pair{a.span.from, a.part} < std::pair{b.span.from, b.part};
    });
}

/// The hull of a span and of what touches it.
template <class List>
TimeSpan widened(TimeSpan span, const List& list)
{
    TimeSpan hull = span;
    for (const auto& each : list) {
        if (!touch(each.span, span)) continue;
        hull.from = std::min(hull.from, each.span.from);
        hull.until = std::max(hull.until, each.span.until);
    }
    return hull;
}

/// The newest of those that hold at `at` for whose turn it is.
const ShiftOverride* holding(const std::vector<ShiftOverride>& overrides, const UserId& turn_of, Instant at)
{
    const ShiftOverride* newest = nullptr;
    for (const ShiftOverride& each : overrides) {
        const bool is_meant = each.instead_of.empty() || each.instead_of == turn_of;
        if (is_meant && each.span.from <= at && at < each.span.until) newest = &each;
    }
    return newest;
}

/// Cuts a span wherever an override begins or ends, and hands on who is on in each piece; neighbours with the
/// same person are one.
void add_pieces(std::vector<OnCallShift>& shifts,
                const OnCallShift& whole,
                const std::vector<ShiftOverride>& overrides)
{
    std::set<Instant> edges{whole.span.from};
    for (const ShiftOverride& each : overrides) {
        for (const Instant edge : {each.span.from, each.span.until}) {
            if (whole.span.from < edge && edge < whole.span.until) edges.insert(edge);
        }
    }
    std::vector<OnCallShift> pieces;
    for (auto edge = edges.begin(); edge != edges.end(); ++edge) {
        const auto next = std::next(edge);
        const TimeSpan span{*edge, next == edges.end() ? whole.span.until : *next};
        const ShiftOverride* held = holding(overrides, whole.turn_of, span.from);
        const UserId& person = held != nullptr ? held->person : whole.person;
        if (!pieces.empty() && pieces.back().person == person)
            pieces.back().span.until = span.until;
        else
            pieces.push_back({whole.part, person, whole.turn_of, span});
    }
    std::copy_if(pieces.begin(), pieces.end(), std::back_inserter(shifts), [](const OnCallShift& piece) {
        return !piece.person.empty();
    });
}

/// What of the span none of these covers; they are in order.
std::vector<TimeSpan> left_open(const std::vector<OnCallShift>& shifts, const TimeSpan& span)
{
    std::vector<TimeSpan> open;
    Instant covered = span.from;
    for (const OnCallShift& shift : shifts) {
        const Instant from = std::min(shift.span.from, span.until);
        if (from > covered) open.push_back({covered, from});
        covered = std::max(covered, shift.span.until);
    }
    if (covered < span.until) open.push_back({covered, span.until});
    return open;
}

}  // namespace

std::optional<TimeSpan> common_span(const TimeSpan& a, const TimeSpan& b)
{
    const TimeSpan common{std::max(a.from, b.from), std::min(a.until, b.until)};
    return common.from < common.until ? std::optional{common} : std::nullopt;
}

std::vector<OnCallShift> planned_shifts(const Rotation& rotation,
                                        std::string_view default_zone,
                                        const TimeSpan& span)
{
    std::vector<OnCallShift> shifts;
    for (std::size_t part = 0; part < rotation.parts.size(); ++part) {
        for (OnCallShift& shift : shifts_of_part(rotation, part, default_zone, span)) {
            if (touch(shift.span, span)) shifts.push_back(std::move(shift));
        }
    }
    put_in_order(shifts);
    return shifts;
}

std::vector<OnCallShift> shifts_between(const RotationPlan& plan, const TimeSpan& span)
{
    std::vector<OnCallShift> planned = planned_shifts(plan.rotation, plan.default_zone, span);
    if (plan.overrides.empty()) return planned;
    // A shift is cut where an override begins, and one that fills a gap ends where a part is covered: both
    // may lie outside of what is asked for.
    const TimeSpan hull = widened(widened(span, planned), plan.overrides);
    planned = planned_shifts(plan.rotation, plan.default_zone, hull);
    std::vector<OnCallShift> shifts;
    for (const OnCallShift& shift : planned) add_pieces(shifts, shift, plan.overrides);
    for (const TimeSpan& open : left_open(planned, hull))
        add_pieces(shifts, OnCallShift{std::nullopt, {}, {}, open}, plan.overrides);
    std::erase_if(shifts, [&](const OnCallShift& shift) { return !touch(shift.span, span); });
    put_in_order(shifts);
    return shifts;
}

std::vector<OnCallShift> shifts_at(const RotationPlan& plan, Instant at)
{
    return shifts_between(plan, {at, at + Duration{1}});
}

std::vector<TimeSpan> gaps_between(const RotationPlan& plan, const TimeSpan& span)
{
    TimeSpan asked = span;
    std::optional<Instant> begins;
    for (const RotationPart& part : plan.rotation.parts) {
        const WallClock clock = clock_of(plan.rotation, part, plan.default_zone);
        const Instant first = clock.instant(plan.rotation.starts,
                                            part.hours ? Duration{0} : Duration{plan.rotation.hand_over});
        begins = begins ? std::min(*begins, first) : first;
    }
    if (begins) asked.from = std::max(asked.from, *begins);
    if (asked.from >= asked.until) return {};
    return left_open(shifts_between(plan, asked), asked);
}

Instant taken_until(const RotationPlan& plan, const OnCallShift& shift, Instant now)
{
    if (shift.span.until <= now + Days{1}) return shift.span.until;
    const RotationPart& part = plan.rotation.parts[shift.part.value_or(0)];
    const WallClock clock = clock_of(plan.rotation, part, plan.default_zone);
    Instant until = now;
    for (LocalDay day = clock.day(now); until <= now; day += Days{1})
        until = clock.instant(day, plan.rotation.hand_over);
    return std::min(until, shift.span.until);
}

}  // namespace ackd
