#include "sandbox/time/sandbox_clock.hpp"

#include <algorithm>
#include <cmath>

namespace sandbox {
namespace {

using std::chrono::microseconds;

Instant whole_microseconds(MachineTime wall)
{
    return std::chrono::floor<microseconds>(wall);
}

Instant shown(const ClockSegment& segment, MachineTime wall)
{
    // Only the distance is scaled as a double: a few years of microseconds keep full precision.
    const auto passed = static_cast<double>(
        (whole_microseconds(wall) - whole_microseconds(segment.wall)).count());
    return segment.at + microseconds{std::llround(passed * segment.scale)};
}

}  // namespace

SandboxClock::SandboxClock(double scale, double origin)
{
    const Instant agreed{microseconds{scale == 1.0 ? 0 : std::llround(origin * 1e6)}};
    segments_.push_back(ClockSegment{agreed, agreed, scale});
}

std::size_t SandboxClock::index_at(MachineTime wall) const
{
    std::size_t index = segments_.size() - 1;
    while (index > 0 && wall < segments_[index].wall) --index;
    return index;
}

Instant SandboxClock::at(MachineTime wall) const
{
    return shown(segments_[index_at(wall)], wall);
}

double SandboxClock::scale_at(MachineTime wall) const
{
    return segments_[index_at(wall)].scale;
}

std::vector<ClockSegment> SandboxClock::course(MachineTime wall) const
{
    std::vector<ClockSegment> rest{segments_.begin() + static_cast<std::ptrdiff_t>(index_at(wall)),
                                   segments_.end()};
    // The first segment's origin may be yet to come; what follows it is not after that.
    if (rest.front().wall > wall)
        rest.front() = ClockSegment{whole_microseconds(wall), at(wall), rest.front().scale};
    return rest;
}

void SandboxClock::turn(MachineTime begins, double scale)
{
    const Instant wall = whole_microseconds(begins);
    const ClockSegment segment{wall, at(wall), scale};
    while (segments_.size() > 1 && segments_.back().wall >= wall) segments_.pop_back();
    segments_.push_back(segment);
}

void SandboxClock::turn_at(Instant goal, double scale)
{
    const ClockSegment& last = segments_.back();
    const auto distance = static_cast<double>((goal - last.at).count());
    const microseconds passes{static_cast<std::int64_t>(std::floor(distance / last.scale))};
    // Rounded down, so that the clock steps onto the goal and not back to it.
    segments_.push_back(ClockSegment{last.wall + passes, goal, scale});
}

void SandboxClock::forget_before(MachineTime wall)
{
    segments_.erase(segments_.begin(), segments_.begin() + static_cast<std::ptrdiff_t>(index_at(wall)));
}

}  // namespace sandbox
