// Working hours as the checkers understand them, written apart from bot/people/availability.cpp: the shifts
// of a week, less the holidays, on the clock on the person's wall. Absences are left to the checkers.
// tests/simulation/checked_hours_test.cpp holds this against a clock that is read minute by minute.
#pragma once

#include "bot/instant.hpp"
#include "bot/people/work_week.hpp"

#include <chrono>
#include <set>
#include <string>

namespace date {
class time_zone;
}

namespace ackd::simulation {

/// Local days, as the calendars name them.
using Holidays = std::set<std::chrono::local_days>;

class CheckedHours {
public:
    CheckedHours(const std::string& zone,
                 const std::string& default_zone,
                 WorkWeek week = default_work_week(),
                 Holidays holidays = {});

    [[nodiscard]] bool is_at_work(Instant at) const;
    /// The same wall with other hours on it.
    [[nodiscard]] CheckedHours in_week(const WorkWeek& week, bool on_holidays) const;
    [[nodiscard]] Duration worked_between(Instant from, Instant to) const;
    /// Of the local calendar, counted from the Unix epoch.
    [[nodiscard]] std::int64_t day_of(Instant at) const;
    /// Whether a digest may have been due after the one instant and not after the other.
    [[nodiscard]] bool has_digest_slot(Instant after, Instant until) const;
    /// The shifts of one day of the week together.
    [[nodiscard]] Duration longest_day() const;

    friend bool operator==(const CheckedHours&, const CheckedHours&) = default;

private:
    /// Each shift that may have something of itself between the two: (first minute of its day, shift).
    template <class Take>
    void for_each_shift(Instant from, Instant to, Take take) const;
    [[nodiscard]] Instant on_the_wall(std::chrono::local_days day, std::chrono::minutes time) const;

    const date::time_zone* zone_;
    WorkWeek week_;
    Holidays holidays_;
};

}  // namespace ackd::simulation
