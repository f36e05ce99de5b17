// Where the time comes from. Domain code never asks the system: it is handed an Instant, and the few places
// that start a cycle are handed a Clock.
#pragma once

#include "bot/instant.hpp"

namespace ackd {

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
    /// How long the wall must wait until this clock shows `then`; zero when that is past.
    [[nodiscard]] virtual std::chrono::nanoseconds wall_time_until(Instant then) const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] std::chrono::nanoseconds wall_time_until(Instant then) const override;
};

/// A clock that runs `scale` times as fast as the wall since `origin`: now = origin + scale × (wall −
/// origin). It depends on nothing but its two numbers, so that a restarted process and a peer with the same
/// numbers agree.
class ScaledClock final : public Clock {
public:
    ScaledClock(double scale, Instant origin) : scale_(scale), origin_(origin) {}
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] std::chrono::nanoseconds wall_time_until(Instant then) const override;

private:
    double scale_;
    Instant origin_;
};

/// A clock that stands still until somebody moves it.
class SteppedClock final : public Clock {
public:
    explicit SteppedClock(Instant start) : now_(start) {}
    [[nodiscard]] Instant now() const override { return now_; }
    [[nodiscard]] std::chrono::nanoseconds wall_time_until(Instant then) const override;
    void advance_to(Instant then);

private:
    Instant now_;
};

}  // namespace ackd
