#include "bot/rotations/shift_swap.hpp"

#include <algorithm>
#include <utility>

namespace ackd {

ShiftSwap offered_swap(
    std::string rotation, const UserId& owner, const UserId& asked, const TimeSpan& span, Instant now)
{
    ShiftSwap swap;
    swap.rotation = std::move(rotation);
    swap.owner = owner;
    swap.asked = asked;
    swap.span = {std::max(span.from, now), span.until};
    swap.offered_at = now;
    swap.lapses_at = span.from > now ? span.from : span.until;
    swap.nudge_at = now + (swap.lapses_at - now) / 2;
    return swap;
}

}  // namespace ackd
