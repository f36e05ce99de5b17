// A clock that is told how to run: that of a sandbox, where people pause the time and wind it forward.
//
// Its course is made of segments, from each one's `wall` on
//
//     now = at + scale × (wall − segment.wall)
//
// and those that come next are known before they begin. It never goes backwards: told too late that it should
// have slowed down, it stands still until the course is where it was already.
#pragma once

#include "bot/clock.hpp"

#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace ackd {

struct ClockSegment {
    Instant wall;  ///< the machine's time
    Instant at;    ///< what this clock shows then
    double scale = 1;
};

/// At least one, in order; the first holds before its beginning as well.
using ClockCourse = std::vector<ClockSegment>;

class FollowingClock final : public Clock {
public:
    /// What is further away than this is never: a clock that stands does not say when it will go on.
    static constexpr std::chrono::hours never{24};

    /// `machine_time` is the system's, but for tests.
    explicit FollowingClock(ClockCourse course, std::function<Instant()> machine_time = {});

    // From any thread.
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] std::chrono::nanoseconds wall_time_until(Instant then) const override;
    void follow(ClockCourse course);
    /// What it shows, when its course is not there yet.
    [[nodiscard]] std::optional<Instant> ahead_at() const;
    /// Called after follow(), in its thread.
    void on_change(std::function<void()> changed);

private:
    [[nodiscard]] Instant shown_now() const;

    const std::function<Instant()> machine_time_;
    mutable std::mutex mutex_;  ///< guards what follows
    ClockCourse course_;
    mutable Instant shown_{};
    std::function<void()> changed_;
};

}  // namespace ackd
