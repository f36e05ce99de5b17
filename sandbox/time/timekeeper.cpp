#include "sandbox/time/timekeeper.hpp"

#include <algorithm>
#include <cmath>

namespace sandbox {
namespace {

using namespace std::chrono_literals;

/// Long enough for a process on this machine to hear of it, short enough not to run far past an event at full
/// speed.
constexpr auto announced_ahead = 30ms;
constexpr double fast_min = 60;
constexpr double fast_max = 20'000;
constexpr double seconds_to_goal = 3;
/// The last stretch before an instant is slower: what is due there is seen to happen there.
constexpr std::chrono::seconds landing = 60s;
constexpr auto doubles_every = 200ms;
constexpr std::chrono::hours event_within{14 * 24};
constexpr double catching_up_seconds = 0.1;

double seconds_of(Instant::duration span)
{
    return std::chrono::duration<double>(span).count();
}

Json number_of(double scale)
{
    if (scale == std::floor(scale)) return static_cast<std::int64_t>(scale);
    return scale;
}

std::string stamp_of(Instant instant)
{
    return Ts{instant.time_since_epoch().count()}.text();
}

}  // namespace

Timekeeper::Timekeeper(SandboxClock clock,
                       Agenda& agenda,
                       std::function<MachineTime()> machine,
                       std::function<WallInstant()> wall)
    : clock_(std::move(clock)),
      agenda_(agenda),
      machine_(std::move(machine)),
      wall_(std::move(wall)),
      cruise_(clock_.scale_at(machine_()))
{}

Instant Timekeeper::now() const
{
    shown_ = std::max(shown_, clock_.at(machine_()));
    return shown_;
}

MachineTime Timekeeper::turning_point()
{
    const MachineTime now = machine_();
    clock_.forget_before(now);
    return now + announced_ahead;
}

WallInstant Timekeeper::begins_at() const
{
    // The two clocks of the machine are rounded differently: rather a moment later than before it has begun.
    return wall_() + announced_ahead + 1ms;
}

void Timekeeper::set_scale(double scale)
{
    goal_.reset();
    cruise_ = scale;
    clock_.turn(turning_point(), scale);
    changed();
}

void Timekeeper::go_to(Instant goal)
{
    const MachineTime begins = turning_point();
    const Instant::duration distance = goal - clock_.at(begins);
    cruise_ = resumed();
    goal_.reset();
    if (distance <= 0s) {
        // It is reached before anything can be changed.
        clock_.turn(begins, cruise_);
        return changed();
    }
    const double slow = std::max(fast_min, cruise_);
    const double fast = std::clamp(seconds_of(distance) / seconds_to_goal, slow, std::max(slow, fast_max));
    goal_ = Goal{goal};
    clock_.turn(begins, fast);
    if (fast > slow && distance > landing) clock_.turn_at(goal - landing, slow);
    clock_.turn_at(goal, cruise_);
    changed();
}

void Timekeeper::go_to_next_event()
{
    MachineTime turn = turning_point();
    const Instant begins = clock_.at(turn);
    cruise_ = resumed();
    goal_ = Goal{};
    double scale = std::max(fast_min, cruise_);
    clock_.turn(turn, scale);
    while (scale < fast_max) {
        turn += doubles_every;
        scale = std::min(scale * 2, fast_max);
        clock_.turn(turn, scale);
    }
    clock_.turn_at(begins + event_within, cruise_);
    changed();
}

void Timekeeper::app_was_seen()
{
    if (!goal_ || goal_->at) return;
    goal_.reset();
    clock_.turn(turning_point(), cruise_);
    changed();
}

void Timekeeper::catch_up_with(Instant seen)
{
    if (goal_ || seen <= now() || seen > now() + go_to_max) return;
    const MachineTime begins = turning_point();
    // Known since an earlier call, or on its way there by itself.
    if (clock_.course(begins).back().at >= seen || clock_.at(begins) >= seen) return;
    const double needed = seconds_of(seen - clock_.at(begins)) / catching_up_seconds;
    clock_.turn(begins, std::max(cruise_, std::min(needed, fast_max)));
    clock_.turn_at(seen, cruise_);
    changed();
}

void Timekeeper::changed()
{
    ++revision_;
    book_next();
    for (const auto& listener : changed_) listener();
}

void Timekeeper::book_next()
{
    agenda_.cancel(booking_);
    booking_ = 0;
    const MachineTime now = machine_();
    const auto course = clock_.course(now);
    if (course.size() < 2) return;
    booking_ = agenda_.at(wall_() + (course[1].wall - now) + 1ms, [this](WallInstant) {
        booking_ = 0;
        if (clock_.course(machine_()).size() == 1) goal_.reset();
        changed();
    });
}

Json Timekeeper::status() const
{
    const double scale = clock_.scale_at(machine_());
    Json goal;
    if (goal_ && goal_->at) goal = {{"kind", "instant"}, {"at", stamp_of(*goal_->at)}};
    if (goal_ && !goal_->at) goal = {{"kind", "event"}};
    return {{"now", stamp_of(now())},
            {"scale", number_of(scale)},
            {"is_paused", scale == 0},
            {"goal", std::move(goal)}};
}

Json Timekeeper::announcement() const
{
    Json result = status();
    result["revision"] = revision_;
    result["segments"] = Json::array();
    for (const ClockSegment& segment : clock_.course(machine_())) {
        const auto wall = std::chrono::floor<std::chrono::microseconds>(segment.wall);
        result["segments"].push_back(
            {{"wall", stamp_of(wall)}, {"at", stamp_of(segment.at)}, {"scale", number_of(segment.scale)}});
    }
    return result;
}

std::optional<WallInstant> Timekeeper::when(Instant instant) const
{
    const MachineTime machine_now = machine_();
    const std::vector<ClockSegment> course = clock_.course(machine_now);
    for (std::size_t index = 0; index < course.size(); ++index) {
        const ClockSegment& segment = course[index];
        const bool is_last = index + 1 == course.size();
        if (!is_last && course[index + 1].at < instant) continue;
        if (segment.scale == 0) {
            if (segment.at < instant) continue;
            return wall_();
        }
        const std::chrono::duration<double, std::micro> ahead{
            static_cast<double>((instant - segment.at).count()) / segment.scale};
        const MachineTime due = segment.wall + std::chrono::ceil<std::chrono::microseconds>(ahead);
        return wall_() + std::max(due - machine_now, MachineTime::duration{0});
    }
    return std::nullopt;
}

}  // namespace sandbox
