#include "bot/cli/daemon_clock.hpp"

#include <fmt/format.h>

#include <utility>

namespace ackd::cli {

namespace {

constexpr std::chrono::seconds sandbox_answers_within{5};

}  // namespace

DaemonClock::DaemonClock(const RunOptions& options, const std::string& api_url)
{
    const auto endpoint = slack::parse_endpoint(api_url);
    if (!endpoint) {
        throw RepairNeeded{fmt::format("SLACK_API_URL cannot be used: {}\n", endpoint.error().detail)};
    }
    const bool is_scaled = options.clock_scale != 1 || options.clock_origin != 0;
    const bool is_here = slack::is_loopback_host(endpoint->host);
    if (options.follow_clock) {
        if (!is_here || endpoint->encrypted) {
            throw RepairNeeded{
                "--follow-clock is for a sandbox on this machine: people's messages are not sent in "
                "simulated time. Leave it out, or set SLACK_API_URL to the sandbox (http://127.0.0.1:…).\n"};
        }
        follow(*endpoint);
    } else if (!is_scaled) {
        clock_ = std::make_unique<SystemClock>();
    } else if (!is_here) {
        throw RepairNeeded{
            "--clock-scale and --clock-origin are for a sandbox on this machine: people's messages are "
            "not sent in simulated time. Leave them out, or set SLACK_API_URL to the sandbox.\n"};
    } else {
        const auto origin = static_cast<std::int64_t>(options.clock_origin * 1e6);
        clock_ = std::make_unique<ScaledClock>(options.clock_scale, from_microseconds(origin));
    }
}

void DaemonClock::follow(const slack::Endpoint& api)
{
    follower_ = std::make_unique<slack::ClockFollower>(api);
    auto course = follower_->ask(sandbox_answers_within);
    if (!course) {
        throw std::runtime_error{
            fmt::format("--follow-clock: the sandbox at {} does not tell its time: {}. Is SLACK_API_URL a "
                        "sandbox that runs?",
                        api.peer(),
                        course.error().detail)};
    }
    auto following = std::make_unique<FollowingClock>(std::move(*course));
    following_ = following.get();
    clock_ = std::move(following);
}

void DaemonClock::keep(std::function<void()> changed)
{
    following_->on_change(std::move(changed));
    follower_->run(*following_);
}

void DaemonClock::stop()
{
    if (follower_) follower_->stop();
}

}  // namespace ackd::cli
