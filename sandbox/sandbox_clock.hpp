// The workspace's clock: simulated time runs `scale` times as fast as the machine's from one common origin,
//
//     simulated = origin + scale * (wall - origin)
//
// so that a bot started with the same two numbers sees the same time without talking to the sandbox.
#pragma once

#include "sandbox/slack_identifiers.hpp"

namespace sandbox {

class SandboxClock {
public:
    /// `origin` in Unix seconds with a fraction. A scale of 1 is the machine's own time, whatever the origin.
    SandboxClock(double scale, double origin);

    [[nodiscard]] Instant now() const;
    [[nodiscard]] Instant at(std::chrono::system_clock::time_point wall) const;
    [[nodiscard]] double scale() const { return scale_; }
    [[nodiscard]] double origin() const { return origin_; }

private:
    double scale_;
    double origin_;
};

}  // namespace sandbox
