// Where people agreed on something else than the rotation says: for a while somebody else is on. It is the
// only thing about shifts that is stored, besides offers (shift_swap.hpp) that may become one.
#pragma once

#include "bot/ids.hpp"
#include "bot/people/availability.hpp"

#include <string>

namespace ackd {

using OverrideId = RowId<struct OverrideTag>;

/// Stored: do not renumber.
enum class OverrideSource {
    taken = 1,     ///< somebody took the duty over
    swapped = 2,   ///< somebody offered a shift, and another said yes
    imported = 3,  ///< from a calendar file
};

struct ShiftOverride {
    OverrideId id;
    std::string rotation;
    TimeSpan span;
    /// Who is on.
    UserId person;
    /// Whose turn it would be by the rotation: only they are relieved. Empty: whoever it would be, of all
    /// parts, and where no part is covered, nobody.
    UserId instead_of;
    OverrideSource source = OverrideSource::taken;
    /// Who is told what becomes of it: who took it, or who offered it. Empty: it came from a file.
    UserId made_by;
    Instant made_at{};
    friend bool operator==(const ShiftOverride&, const ShiftOverride&) = default;
};

}  // namespace ackd
