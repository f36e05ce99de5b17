// When a person can be asked something. Two questions are all that the rest of the bot needs:
// `next_working_instant` and `add_working_time`.
//
// Working time is the shifts of a work week (9 to 17, Monday to Friday, unless somebody chose others), in the
// person's own time zone, less the holidays and less what they are away for. Days are wall-clock days: on the
// day the clocks go forward at night, 9:00 is still 9:00. A time that does not exist is the instant at which
// the clocks change, one that exists twice is the first of the two (the tz database decides). A shift belongs
// to the day on which it begins: a holiday takes it whole, over midnight as well.
//
// There is always a next working instant. A calendar that leaves no working time for 400 days, which is more
// than the longest absence, is a mistake in a file; until 400 days before its next working instant, where
// there is one, the week counts as if there were neither holidays nor absences.
#pragma once

#include "bot/instant.hpp"
#include "bot/people/work_week.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace date {
class time_zone;
}

namespace ackd {

/// From one instant up to another, which does not belong to it.
struct TimeSpan {
    Instant from;
    Instant until;
    friend bool operator==(const TimeSpan&, const TimeSpan&) = default;
};

/// What somebody's working time is made of, besides their time zone.
struct WorkCalendar {
    /// A week without a shift counts as the default one.
    WorkWeek week = default_work_week();
    /// Local days on which nobody works, in any order.
    std::vector<std::chrono::local_days> holidays;
    /// In any order; may overlap.
    std::vector<TimeSpan> away;
};

/// The hours in which a person may be asked, in their own zone. A value: cheap to copy, no rule looks
/// anything up.
class WorkingHours {
public:
    /// An unknown or empty zone name falls back to `default_zone`, and that to UTC.
    explicit WorkingHours(std::string_view zone, std::string_view default_zone = "Etc/UTC");
    WorkingHours(std::string_view zone, std::string_view default_zone, const WorkCalendar& calendar);

    [[nodiscard]] bool contains(Instant at) const;
    /// `at` itself when it is working time, else when the next begins.
    [[nodiscard]] Instant next_working_instant(Instant at) const;
    /// The instant at which `amount` of working time has passed since `from`. Never outside working time, but
    /// for the closing instant of a shift, which belongs to it. What would take more than ten years is not
    /// followed to its end: from then on all time counts.
    [[nodiscard]] Instant add_working_time(Instant from, Duration amount) const;
    /// Working time between two instants; zero when `to` is not after `from`.
    [[nodiscard]] Duration working_time_between(Instant from, Instant to) const;

    /// The next digest slot at or after `at`: 9:30, 13:00 and 16:30 local time, where they are working time.
    /// A shift that holds none of them has one half an hour after it opens, by the clock on the wall, or in
    /// its middle when it is shorter than an hour.
    [[nodiscard]] Instant next_digest_slot(Instant at) const;
    /// The last one at or before `at`; nothing when that is more than 35 days ago.
    [[nodiscard]] std::optional<Instant> previous_digest_slot(Instant at) const;

    /// The same person in another week: their zone, what they are away for, and their holidays unless it has
    /// hours on these, too.
    [[nodiscard]] WorkingHours in_week(const WorkWeek& week, bool on_holidays) const;

    [[nodiscard]] const date::time_zone* zone() const { return zone_; }

    /// A calendar made ready to be asked.
    struct Table;

private:
    WorkingHours(const date::time_zone* zone, const WorkCalendar& calendar);

    const date::time_zone* zone_;
    std::shared_ptr<const Table> table_;
};

/// A working day, as spans like "2 working days" mean it: eight working hours.
inline constexpr Duration working_day = std::chrono::hours{8};

/// Whether the tz database knows the name.
[[nodiscard]] bool is_time_zone(std::string_view name);

}  // namespace ackd
