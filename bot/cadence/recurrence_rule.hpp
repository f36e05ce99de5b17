// iCalendar's recurrence rules ("FREQ=WEEKLY;INTERVAL=2"), as far as they say days: which ones, one after the
// other, without a clock or a zone. The one place that knows the library for them.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

namespace ackd {

inline constexpr std::size_t recurrence_rule_length_max = 200;
/// A rule that comes round more seldom is taken for a slip of the pen.
inline constexpr std::chrono::days recurs_within{400};

/// Why a rule does not say days that come round for ever.
enum class RuleFlaw {
    none,
    not_plain,  ///< too long, or with other characters than plain ones
    not_understood,
    too_often,       ///< by the hour, the minute or the second
    ends,            ///< it has COUNT or UNTIL
    says_the_time,   ///< it has BYHOUR, BYMINUTE or BYSECOND
    too_seldom,      ///< not within `recurs_within`, or never
    other_calendar,  ///< it has RSCALE
};

enum class RuleFrequency { day, week, month, year, other };

/// What a rule says besides its days.
struct RuleShape {
    RuleFrequency frequency = RuleFrequency::other;
    int interval = 1;
    /// Whether its days depend on the day from which it counts: "FREQ=WEEKLY" and "FREQ=DAILY;INTERVAL=3" do,
    /// "FREQ=WEEKLY;BYDAY=MO" does not.
    bool counts_from_start = false;
};
/// Of a text that may be no rule: then its frequency is `other`.
[[nodiscard]] RuleShape shape_of_rule(std::string_view rule);

struct RuleReading {
    RuleFlaw flaw = RuleFlaw::none;
    RuleShape shape;
};

/// Takes any text. `starts`: from where it is judged.
[[nodiscard]] RuleReading read_rule(std::string_view rule, std::chrono::local_days starts);

/// The days of a rule that has no flaw, in order, from `starts` on. One that is not understood has none.
///
/// Where libical 3.0 reads a rule otherwise than RFC 5545 it is helped: it counts weeks wrongly from a start
/// in their middle, and passes over days from the end of a month in a rule by days.
class RuleDays {
public:
    RuleDays(std::string_view rule, std::chrono::local_days starts);
    ~RuleDays();
    RuleDays(RuleDays&&) noexcept;
    RuleDays& operator=(RuleDays&&) noexcept;

    /// Nothing once there are no more.
    std::optional<std::chrono::local_days> next();

private:
    struct Iterator;
    std::unique_ptr<Iterator> iterator_;
};

}  // namespace ackd
