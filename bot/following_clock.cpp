#include "bot/following_clock.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ackd {

namespace {

using std::chrono::nanoseconds;

std::size_t index_at(const ClockCourse& course, Instant wall)
{
    std::size_t index = course.size() - 1;
    while (index > 0 && wall < course[index].wall) --index;
    return index;
}

Instant shown_at(const ClockCourse& course, Instant wall)
{
    const ClockSegment& segment = course[index_at(course, wall)];
    const auto passed = static_cast<double>((wall - segment.wall).count());
    return segment.at + Duration{std::llround(passed * segment.scale)};
}

/// When this segment shows `then`, rounded up; nothing: not within `never`.
std::optional<Instant> wall_when(const ClockSegment& segment, Instant then, Instant from)
{
    if (segment.scale <= 0) return std::nullopt;
    const double passes = std::ceil(static_cast<double>((then - segment.at).count()) / segment.scale);
    const double latest = static_cast<double>((from + FollowingClock::never - segment.wall).count());
    if (passes > latest) return std::nullopt;
    return segment.wall + Duration{static_cast<std::int64_t>(passes)};
}

}  // namespace

FollowingClock::FollowingClock(ClockCourse course, std::function<Instant()> machine_time)
    : machine_time_(machine_time ? std::move(machine_time) : [] { return SystemClock{}.now(); }),
      course_(std::move(course))
{}

Instant FollowingClock::shown_now() const
{
    shown_ = std::max(shown_, shown_at(course_, machine_time_()));
    return shown_;
}

Instant FollowingClock::now() const
{
    const std::lock_guard lock{mutex_};
    return shown_now();
}

nanoseconds FollowingClock::wall_time_until(Instant then) const
{
    const std::lock_guard lock{mutex_};
    if (then <= shown_now()) return nanoseconds{0};
    const Instant wall = machine_time_();
    for (std::size_t index = index_at(course_, wall); index < course_.size(); ++index) {
        const bool is_last = index + 1 == course_.size();
        const auto reached = wall_when(course_[index], then, wall);
        if (reached && (is_last || *reached <= course_[index + 1].wall))
            return std::max(nanoseconds{0}, nanoseconds{*reached - wall});
    }
    return never;
}

void FollowingClock::follow(ClockCourse course)
{
    std::function<void()> changed;
    {
        const std::lock_guard lock{mutex_};
        // What was shown until now counts, also when nobody has looked for a while.
        static_cast<void>(shown_now());
        course_ = std::move(course);
        changed = changed_;
    }
    if (changed) changed();
}

std::optional<Instant> FollowingClock::ahead_at() const
{
    const std::lock_guard lock{mutex_};
    if (shown_ <= shown_at(course_, machine_time_())) return std::nullopt;
    return shown_;
}

void FollowingClock::on_change(std::function<void()> changed)
{
    const std::lock_guard lock{mutex_};
    changed_ = std::move(changed);
}

}  // namespace ackd
