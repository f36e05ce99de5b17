// A cadence: on which local days something takes place, at what time of day, in which zone, and what becomes
// of a day on which nobody works. A value, without a clock; occurrences.hpp says when it takes place.
//
// At most once a day. Days are written in plain words or as an iCalendar recurrence rule, the time of day
// behind them:
//
//     every friday 15:00                        last working day of the month 16:00
//     every second friday 15:00                 15th of the month 09:00
//     every weekday 09:30                       first tuesday of the quarter 14:00
//     every 3 weeks on tuesday 10:00            FREQ=MONTHLY;BYDAY=-1FR 15:00
//
// What takes place every second time counts from the day `starts`: weeks from the first of its weekdays on or
// after it, months and quarters from the one in which it lies. Before `starts` nothing takes place. A month
// that has no such day (the 31st, a fifth Friday) is left out.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ackd {

/// "every day", "every 3 days"
struct EveryDay {
    int interval = 1;
    friend bool operator==(const EveryDay&, const EveryDay&) = default;
};

/// "every working day": as those who take part work, holidays left out.
struct EveryWorkingDay {
    friend bool operator==(const EveryWorkingDay&, const EveryWorkingDay&) = default;
};

/// "every second friday", "every weekday" (Monday to Friday)
struct EveryWeek {
    int interval = 1;
    /// Monday first.
    std::vector<std::chrono::weekday> weekdays;
    friend bool operator==(const EveryWeek&, const EveryWeek&) = default;
};

enum class CadencePeriod { month, quarter };

/// "last working day of the month", "15th of the quarter", "first monday of the month"
struct DayOfPeriod {
    enum class Kind { calendar_day, business_day, weekday };
    CadencePeriod period = CadencePeriod::month;
    int interval = 1;
    Kind kind = Kind::calendar_day;
    /// With Kind::weekday.
    std::chrono::weekday weekday = std::chrono::Monday;
    /// From 1 on; -1: the last one.
    int ordinal = 1;
    friend bool operator==(const DayOfPeriod&, const DayOfPeriod&) = default;
};

struct DaysByRule {
    std::string rule;
    friend bool operator==(const DaysByRule&, const DaysByRule&) = default;
};

using CadenceDays = std::variant<EveryDay, EveryWorkingDay, EveryWeek, DayOfPeriod, DaysByRule>;

/// What becomes of an occurrence on a holiday, or on a weekday on which those who take part do not work.
/// Written by name.
enum class OnHoliday : std::uint8_t {
    skip,
    before,  ///< the working day before
    after,   ///< the next working day
    keep,
};
[[nodiscard]] std::string_view name_of(OnHoliday on_holiday);
/// The names, for whoever writes one.
[[nodiscard]] std::optional<OnHoliday> parse_on_holiday(std::string_view text, std::string& problem);

struct Cadence {
    CadenceDays days = EveryWeek{1, {std::chrono::Friday}};
    /// Local time of day.
    std::chrono::minutes at = std::chrono::hours{15};
    /// A tz database name; empty: that of those who take part.
    std::string zone;
    std::optional<std::chrono::local_days> starts;
    OnHoliday on_holiday = OnHoliday::after;
    friend bool operator==(const Cadence&, const Cadence&) = default;
};

inline constexpr std::size_t cadence_length_max = 240;

/// The days and the time of day, as they are written above.
[[nodiscard]] std::string to_text(const Cadence& cadence);

/// Reads that, and what people write besides: "fridays at 4pm", "monthly on the last friday 4pm", "every
/// other week on mon and thu 10:00", "fortnightly on tuesday 9:30". Upper and lower case alike. What to_text
/// writes is read back as the same value. Nothing: it is none; `problem` says why, in words for whoever typed
/// it, with a line that would be right.
[[nodiscard]] std::optional<Cadence> parse_cadence(std::string_view text,
                                                   std::optional<std::chrono::local_days> starts,
                                                   std::string& problem);

/// Monday to Friday.
[[nodiscard]] const std::vector<std::chrono::weekday>& monday_to_friday();

}  // namespace ackd
