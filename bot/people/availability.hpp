// When a person can be asked something. Two questions are all that the rest of the bot needs:
// `next_working_instant` and `add_working_time`.
//
// Working time is 9 to 17, Monday to Friday, in the person's own time zone from the chat profile. Days are
// wall-clock days: on the day the clocks go forward at night, 9:00 is still 9:00. An hour that does not exist
// is skipped, one that exists twice counts from its first occurrence (the tz database decides).
#pragma once

#include "bot/instant.hpp"

#include <string>
#include <string_view>

namespace date {
class time_zone;
}

namespace ackd {

/// The hours in which a person may be asked, in their own zone. A value: cheap to copy, no rule looks
/// anything up.
class WorkingHours {
public:
    /// An unknown or empty zone name falls back to `default_zone`, and that to UTC.
    explicit WorkingHours(std::string_view zone, std::string_view default_zone = "Etc/UTC");

    [[nodiscard]] bool contains(Instant at) const;
    /// `at` itself when it is working time, else the start of the next working day.
    [[nodiscard]] Instant next_working_instant(Instant at) const;
    /// The instant at which `amount` of working time has passed since `from`. Never outside working time, but
    /// for the closing instant of a day, which belongs to it.
    [[nodiscard]] Instant add_working_time(Instant from, Duration amount) const;
    /// Working time between two instants; zero when `to` is not after `from`.
    [[nodiscard]] Duration working_time_between(Instant from, Instant to) const;

    /// The next instant at or after `at` whose local time of day is one of the digest slots (9:30, 13:00,
    /// 16:30) of a working day.
    [[nodiscard]] Instant next_digest_slot(Instant at) const;

    [[nodiscard]] const date::time_zone* zone() const { return zone_; }

private:
    const date::time_zone* zone_;
};

/// A working day, as spans like "2 working days" mean it: eight working hours.
inline constexpr Duration working_day = std::chrono::hours{8};

/// Whether the tz database knows the name.
[[nodiscard]] bool is_time_zone(std::string_view name);

}  // namespace ackd
