// Out of office: somebody is away from one instant up to another, and perhaps named who answers meanwhile.
// Their clock stands still, and nothing is sent to them.
#pragma once

#include "bot/ids.hpp"
#include "bot/people/availability.hpp"

#include <optional>
#include <string>

namespace ackd {

using AbsenceId = RowId<struct AbsenceTag>;

/// Stored: do not renumber.
enum class AbsenceState {
    planned = 1,
    begun = 2,
    over = 3,
};

struct Absence {
    AbsenceId id;
    UserId person;
    TimeSpan span;
    /// Who answers meanwhile; may be empty.
    UserId delegate;
    std::string reason;
    AbsenceState state = AbsenceState::planned;
    friend bool operator==(const Absence&, const Absence&) = default;
};

}  // namespace ackd
