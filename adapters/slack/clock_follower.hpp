// Keeps a FollowingClock as the sandbox's clock is: asks it once, and then waits at its /sandbox/clock for
// each change. While the sandbox cannot be reached, the clock goes on as it was last told to.
#pragma once

#include "adapters/slack/clock_announcement.hpp"
#include "adapters/slack/endpoint.hpp"

#include <chrono>
#include <memory>

namespace ackd::slack {

class ClockFollower {
public:
    /// `sandbox`: where its API is, of which host and port count.
    explicit ClockFollower(const Endpoint& sandbox);
    ~ClockFollower();
    ClockFollower(const ClockFollower&) = delete;
    ClockFollower& operator=(const ClockFollower&) = delete;

    /// How the clock runs now; asks again until `limit` is over. Before run().
    [[nodiscard]] Result<ClockCourse> ask(std::chrono::milliseconds limit);
    /// Follows, in the calling thread, until stop() is called.
    void run(FollowingClock& clock);
    /// From any thread. Ends what is waited for at once.
    void stop();

private:
    class Service;
    std::unique_ptr<Service> service_;
};

}  // namespace ackd::slack
