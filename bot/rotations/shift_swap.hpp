// A shift that its owner offers to somebody. It stays the owner's until the other says yes; when nobody says
// anything it lapses as it begins, and the owner keeps it.
#pragma once

#include "bot/ids.hpp"
#include "bot/people/availability.hpp"

#include <optional>
#include <string>

namespace ackd {

using SwapId = RowId<struct SwapTag>;

/// Stored: do not renumber.
enum class SwapState {
    offered = 1,
    accepted = 2,
    declined = 3,
    withdrawn = 4,
    lapsed = 5,
};

struct ShiftSwap {
    SwapId id;
    std::string rotation;
    UserId owner;
    UserId asked;
    TimeSpan span;
    SwapState state = SwapState::offered;
    Instant offered_at{};
    /// When they are asked once more; nothing: they were, or need not be.
    std::optional<Instant> nudge_at;
    Instant lapses_at{};
    /// The message in which they were asked (sent_messages); 0: not yet.
    std::int64_t sent_id = 0;
    friend bool operator==(const ShiftSwap&, const ShiftSwap&) = default;
};

/// Of an offer made now: of what has begun already the rest is offered, and it stands to its end.
[[nodiscard]] ShiftSwap offered_swap(
    std::string rotation, const UserId& owner, const UserId& asked, const TimeSpan& span, Instant now);

}  // namespace ackd
