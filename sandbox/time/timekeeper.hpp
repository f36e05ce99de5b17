// Who sets the workspace's clock: its speed, pauses, and fast-forwards to a goal (an instant, or the next
// thing that the app lets people see).
//
// A goal is not leapt to: the clock runs faster until it is there, so that everything in between happens, in
// its order. Every change is announced a moment before it begins, and a fast-forward to an instant is
// announced whole, so that the app's clock can make the same turns at the same instants (see sandbox_clock).
//
//     speed │            ┌──────────┐                   speed │             ┌──── at most 20000
//           │            │ distance │                         │         ┌───┘     until the app does
//           something, │            │  / 3 s   └──┐ the last minute      │      ┌──┘         or for 14 days
//           │ ───────────┘             └───────────           │ ─────┘ doubles every 200 ms
//           └──────────────────────────┴ goal ── wall         └───────────────────────────────────── wall
//
// Single-threaded; driven by the agenda.
#pragma once

#include "sandbox/model/json.hpp"
#include "sandbox/time/agenda.hpp"
#include "sandbox/time/sandbox_clock.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace sandbox {

class Timekeeper {
public:
    static constexpr double scale_max = 3600;
    static constexpr std::chrono::hours go_to_max{60 * 24};

    /// Both tell the machine's time: `machine` what day it is, `wall` when the agenda is due.
    Timekeeper(SandboxClock clock,
               Agenda& agenda,
               std::function<MachineTime()> machine,
               std::function<WallInstant()> wall);
    Timekeeper(const Timekeeper&) = delete;
    Timekeeper& operator=(const Timekeeper&) = delete;

    [[nodiscard]] Instant now() const;

    // Each of these ends a fast-forward that is under way. What it sets begins at begins_at().
    /// 0 pauses.
    void set_scale(double scale);
    /// Fast, until the clock shows `goal`; then as fast as before, or as the machine's when it was paused.
    void go_to(Instant goal);
    /// Ever faster, until app_was_seen(); then as above.
    void go_to_next_event();
    /// When the clock will show `instant`, by what is set now; at once when it does already. Nothing: it
    /// stands still before.
    [[nodiscard]] std::optional<WallInstant> when(Instant instant) const;
    /// When something that is set now begins.
    [[nodiscard]] WallInstant begins_at() const;

    /// The app did something that people can see.
    void app_was_seen();
    /// The app's clock showed `seen` already, since it heard of a change too late. Instead of letting it
    /// stand still, this one hurries to that instant. Without effect during a fast-forward, when that instant
    /// is past, and when it is further ahead than go_to_max.
    void catch_up_with(Instant seen);

    /// Called when something was set, when it begins, and when it ends.
    void on_change(std::function<void()> changed) { changed_.push_back(std::move(changed)); }
    /// Another number after each change.
    [[nodiscard]] std::uint64_t revision() const { return revision_; }
    /// {"now","scale","is_paused","goal"}, as people look at it.
    [[nodiscard]] Json status() const;
    /// The same with "revision" and "segments", from which a clock can follow this one.
    [[nodiscard]] Json announcement() const;

private:
    struct Goal {
        std::optional<Instant> at;  ///< nothing: whatever the app does next
    };

    /// Where the course is changed: a moment ahead. What begins before then remains.
    [[nodiscard]] MachineTime turning_point();
    /// The speed to go on with after a goal.
    [[nodiscard]] double resumed() const { return cruise_ == 0 ? 1 : cruise_; }
    void changed();
    void book_next();

    SandboxClock clock_;
    Agenda& agenda_;
    std::function<MachineTime()> machine_;
    std::function<WallInstant()> wall_;
    double cruise_;  ///< what the speed is without a fast-forward
    std::optional<Goal> goal_;
    Agenda::Booking booking_ = 0;
    std::uint64_t revision_ = 1;
    std::vector<std::function<void()>> changed_;
    mutable Instant shown_{};  ///< the machine's clock may be set back, this one never goes back
};

}  // namespace sandbox
