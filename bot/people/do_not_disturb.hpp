// The chat's do-not-disturb of one person: a span of time, present or next, in which they are asked nothing
// but what is for *now*. Their clock stands still in it, as when they are out.
//
// The chat tells one span at a time, of those that come every day as well, and does not tell who set it: a
// person for the next hour, or whoever configured the workspace for every night. Somebody's may take all of
// their working hours, day after day, without their doing (who works nights has the hours in which others
// sleep). So that nothing waits for ever, spans that leave none of their working time between them are
// obeyed until they have taken a working day of it. One span by itself is obeyed whole, up to 31 days.
#pragma once

#include "bot/people/availability.hpp"

#include <optional>

namespace ackd {

struct DoNotDisturb {
    TimeSpan span;           ///< empty: none is set
    Instant told_at;         ///< what the chat told before that is old news
    Instant unbroken_since;  ///< they have had no working time outside of it since
    bool is_obeyed = true;

    friend bool operator==(const DoNotDisturb&, const DoNotDisturb&) = default;
};

/// What holds when the chat tells this span at `told_at`; nothing new: nothing. A span that is over counts as
/// none, and so does one that nobody can have chosen. `otherwise` are their hours without any do-not-disturb.
[[nodiscard]] std::optional<DoNotDisturb> do_not_disturb_after(const std::optional<DoNotDisturb>& before,
                                                               const TimeSpan& span,
                                                               Instant told_at,
                                                               const WorkingHours& otherwise);

}  // namespace ackd
