// When a cadence takes place: pure. `occurrences_between` is the one answer; whatever speaks of a next time
// asks it.
//
// An occurrence is known by its nominal day: the one that the rule says, wherever a holiday moves it. That
// day stays the same when the calendar of holidays changes, so that what has taken place is not done again.
#pragma once

#include "bot/cadence/cadence.hpp"
#include "bot/people/availability.hpp"
#include "bot/people/holiday_calendar.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// On which local days those who take part work.
struct WorkingDays {
    /// Monday first.
    std::array<bool, 7> week{true, true, true, true, true, false, false};
    /// In order.
    std::vector<std::chrono::local_days> holidays;

    [[nodiscard]] bool contains(std::chrono::local_days day) const;
};

/// `calendars`: names of those that count; one that is not known has no holidays.
[[nodiscard]] WorkingDays working_days_of(const WorkWeek& week,
                                          const std::vector<std::string>& calendars,
                                          const HolidayCalendars& known);

struct CadencePlan {
    const Cadence& cadence;
    const WorkingDays& working_days;
    /// Where the cadence names none.
    std::string_view default_zone;
};

struct Occurrence {
    std::chrono::local_days nominal;
    /// Where it was moved to, or the same.
    std::chrono::local_days day;
    Instant at;
    friend bool operator==(const Occurrence&, const Occurrence&) = default;
};

/// How far an occurrence is moved at most. Where nobody works for longer, it is left out.
inline constexpr std::chrono::days moved_at_most{31};

/// Those at an instant of the span, in order: each nominal day once, each instant once. Of two that land on
/// the same day one takes place: the one that belongs there, or else the first.
[[nodiscard]] std::vector<Occurrence> occurrences_between(const CadencePlan& plan, const TimeSpan& span);

/// What became of the one that was of this nominal day when the calendar of holidays was another one: it,
/// moved or not; where the cadence counts working days, the one of the same month or quarter. Nothing: it
/// does not take place any more, or another one takes place in its stead.
[[nodiscard]] std::optional<Occurrence> occurrence_of(const CadencePlan& plan,
                                                      std::chrono::local_days nominal);

/// Whether these are nominal days of one and the same, as two calendars have it: the same day, or where the
/// cadence counts working days, two of the same month or quarter.
[[nodiscard]] bool is_same_occurrence(const Cadence& cadence,
                                      std::chrono::local_days one,
                                      std::chrono::local_days other);

/// The first one after `after`; nothing when there is none within three years.
[[nodiscard]] std::optional<Occurrence> next_occurrence(const CadencePlan& plan, Instant after);

/// Why it would hardly take place among those working days; empty: it does. "on_holiday = skip" may leave
/// nothing of "every sunday 10:00".
[[nodiscard]] std::string problem_of_working_days(const CadencePlan& plan, Instant now);

}  // namespace ackd
