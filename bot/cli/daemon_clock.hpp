// Which clock the daemon goes by: the machine's; a scaled one; or the sandbox's, which is followed while it
// runs. Other time than the machine's is for a sandbox on this machine only: people's messages are not sent
// in simulated time.
#pragma once

#include "adapters/slack/clock_follower.hpp"
#include "adapters/slack/endpoint.hpp"
#include "bot/cli/daemon.hpp"
#include "bot/clock.hpp"

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

namespace ackd::cli {

/// Something a person must repair before a start can help: exit status 2.
class RepairNeeded : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class DaemonClock {
public:
    /// Asks the sandbox, when its clock is to be followed. Throws RepairNeeded when `options` and `api_url`
    /// do not go together, std::runtime_error when the sandbox does not answer.
    DaemonClock(const RunOptions& options, const std::string& api_url);

    [[nodiscard]] const Clock& clock() const { return *clock_; }
    /// The sandbox's clock is followed: keep() is needed.
    [[nodiscard]] bool follows() const { return follower_ != nullptr; }
    /// Follows until stop(), and tells of each change. In a thread of its own.
    void keep(std::function<void()> changed);
    /// From any thread.
    void stop();

private:
    void follow(const slack::Endpoint& api);

    std::unique_ptr<Clock> clock_;
    std::unique_ptr<slack::ClockFollower> follower_;
    FollowingClock* following_ = nullptr;  ///< the clock, when it is one
};

}  // namespace ackd::cli
