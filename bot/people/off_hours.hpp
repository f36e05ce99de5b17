// Whether somebody may be reached outside their working hours, and when: what a policy says of a priority or
// of a route, as one sentence that people read and write.
//
//     never                                        in their working hours only
//     always                                       at any time
//     Mon-Fri 07:00-22:00; Sat 09:00-18:00         in these hours of theirs, too
//     Mon-Sun 07:00-22:00; not on holidays         and not on the holidays that they have
//
// Hours and days are the recipient's own, in their own time zone. Within such hours their absences and their
// do-not-disturb hold as they do at work; `always` goes through them. Pure.
#pragma once

#include "bot/instant.hpp"
#include "bot/people/work_week.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ackd {

class WorkingHours;

struct OffHours {
    enum class When { never, always, in_week };
    When when = When::never;
    /// With `in_week`: their hours and days.
    WorkWeek week{};
    bool on_holidays = true;

    [[nodiscard]] static OffHours always() { return {When::always, {}, true}; }
    /// At some time at least: what it is about does not wait for the morning.
    [[nodiscard]] bool is_allowed() const { return when != When::never; }
    friend bool operator==(const OffHours&, const OffHours&) = default;
};

/// The sentence. What to_text writes is read back as the same value.
[[nodiscard]] std::string to_text(const OffHours& off_hours);
/// Nothing: it is none; `problem` says why, in words for whoever typed it.
[[nodiscard]] std::optional<OffHours> parse_off_hours(std::string_view text, std::string& problem);

/// `at` itself when somebody with these hours may be reached then, else the next instant at which they may.
[[nodiscard]] Instant next_reachable_instant(const OffHours& off_hours,
                                             const WorkingHours& hours,
                                             Instant at);
[[nodiscard]] bool may_be_reached(const OffHours& off_hours, const WorkingHours& hours, Instant at);

}  // namespace ackd
