// Who is on, and when: pure. `shifts_between` is the one answer; everything that speaks of being on call
// (the command, the calendar, the routes) asks it, so they cannot disagree.
//
// At every instant at most one person is on for each part of a rotation. Days are wall-clock days of the
// part's zone: a hand-over whose local time does not exist is at the instant when the clocks change, one
// whose local time comes twice is at the first of the two.
#pragma once

#include "bot/rotations/rotation.hpp"
#include "bot/rotations/shift_override.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace ackd {

/// Somebody is on from one instant up to another.
struct OnCallShift {
    /// Of the rotation's parts; none: an override covers what no part does.
    std::optional<std::size_t> part;
    UserId person;
    /// Whose turn it is by the rotation alone; empty where no part is covered.
    UserId turn_of;
    TimeSpan span;
    friend bool operator==(const OnCallShift&, const OnCallShift&) = default;
};

/// A rotation as it is, with what was agreed besides. `overrides` are those of this rotation, in the order in
/// which they were made: the newest holds.
struct RotationPlan {
    const Rotation& rotation;
    /// Where neither the part nor the rotation names one.
    std::string_view default_zone;
    const std::vector<ShiftOverride>& overrides;
};

/// All that have a part in the span, whole and in order; at the same instant by their parts.
[[nodiscard]] std::vector<OnCallShift> shifts_between(const RotationPlan& plan, const TimeSpan& span);
/// The same as the rotation alone would have it.
[[nodiscard]] std::vector<OnCallShift> planned_shifts(const Rotation& rotation,
                                                      std::string_view default_zone,
                                                      const TimeSpan& span);
/// Of each part the shift that is on.
[[nodiscard]] std::vector<OnCallShift> shifts_at(const RotationPlan& plan, Instant at);

/// What of the span nobody covers, in order. Before the first turn there is nothing to cover.
[[nodiscard]] std::vector<TimeSpan> gaps_between(const RotationPlan& plan, const TimeSpan& span);

/// The part of both; nothing: there is none.
[[nodiscard]] std::optional<TimeSpan> common_span(const TimeSpan& a, const TimeSpan& b);

/// Until when one tap takes it: to the end of the shift, or when that is further than a day, to the next
/// time of day at which the rotation hands over.
[[nodiscard]] Instant taken_until(const RotationPlan& plan, const OnCallShift& shift, Instant now);

}  // namespace ackd
