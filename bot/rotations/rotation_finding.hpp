// What will not work in the days ahead: somebody is out in their shift, nobody is on, somebody is on twice.
// Pure. It is told once, to whom it concerns and to the leads.
#pragma once

#include "bot/rotations/rotation_rules.hpp"

#include <string>
#include <vector>

namespace ackd {

/// Stored: do not renumber.
enum class RotationFindingKind {
    is_out = 1,
    nobody = 2,  ///< or only somebody who is gone
    twice = 3,
};

struct RotationFinding {
    RotationFindingKind kind = RotationFindingKind::nobody;
    std::string rotation;
    std::string other{};  ///< rotation, of what is twice
    UserId person{};      ///< empty: nobody
    TimeSpan span;
    friend bool operator==(const RotationFinding&, const RotationFinding&) = default;
};

/// What is told of it only once: of a gap, that it is there at this minute of the week.
struct FindingMark {
    std::int64_t begins = 0;
    std::int64_t length_us = 0;
};
[[nodiscard]] FindingMark mark_of(const RotationFinding& finding);

/// What is known of who is on in a rotation.
struct RotationOutlook {
    std::string rotation;
    std::vector<OnCallShift> shifts;
    std::vector<TimeSpan> gaps;
};
/// Somebody who cannot be on: they are away, or gone for good.
struct Unavailable {
    UserId person;
    TimeSpan span;
    bool is_gone = false;
};

/// In the order of the rotations, and of time. Only what touches `ahead`.
[[nodiscard]] std::vector<RotationFinding> find_ahead(const std::vector<RotationOutlook>& outlooks,
                                                      const std::vector<Unavailable>& unavailable,
                                                      const TimeSpan& ahead);

}  // namespace ackd
