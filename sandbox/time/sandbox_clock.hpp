// The workspace's clock: how its simulated time follows the machine's. Its course is made of segments,
//
//     simulated = segment.at + segment.scale × (wall − segment.wall)      from segment.wall on,
//
// and the next segments are known before they begin. So whoever is told the course in time (the app's clock,
// on the same machine) has the same time at every instant, without asking again.
//
// Pure: the machine's time is passed in. It never goes backwards, as long as the machine's does not.
#pragma once

#include "sandbox/model/slack_identifiers.hpp"

#include <vector>

namespace sandbox {

/// What the machine's clock says, UTC.
using MachineTime = std::chrono::system_clock::time_point;

struct ClockSegment {
    MachineTime wall;  ///< when it begins, in whole microseconds
    Instant at;        ///< what the workspace's clock says then
    double scale = 1;  ///< simulated seconds for each of the machine's; 0 stands still
};

class SandboxClock {
public:
    /// `origin` in Unix seconds with a fraction, at which both clocks agree. A scale of 1 is the machine's
    /// own time, whatever the origin. The first segment has no beginning: it holds before its origin as well.
    SandboxClock(double scale, double origin);

    [[nodiscard]] Instant at(MachineTime wall) const;
    [[nodiscard]] double scale_at(MachineTime wall) const;
    /// The segment that holds at `wall`, and those that come after it.
    [[nodiscard]] std::vector<ClockSegment> course(MachineTime wall) const;

    /// From `begins` on this speed, instead of all that was to come then.
    void turn(MachineTime begins, double scale);
    /// This speed once the clock shows `goal`, which is not before the last segment; that one does not stand
    /// still.
    void turn_at(Instant goal, double scale);
    /// Nobody asks for the time before `wall` any more.
    void forget_before(MachineTime wall);

private:
    [[nodiscard]] std::size_t index_at(MachineTime wall) const;

    std::vector<ClockSegment> segments_;  ///< never empty, in order
};

}  // namespace sandbox
