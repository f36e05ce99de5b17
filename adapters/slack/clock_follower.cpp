#include "adapters/slack/clock_follower.hpp"

#include "adapters/slack/http_connection.hpp"
#include "adapters/slack/log_text.hpp"
#include "adapters/slack/past_message.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

namespace ackd::slack {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds waits_for_change{20'000};
/// Beyond what the sandbox was asked to wait.
constexpr milliseconds answer_limit{5'000};
constexpr milliseconds connect_limit{2'000};
constexpr milliseconds first_pause{100};
constexpr milliseconds longest_pause{2'000};

}  // namespace

class ClockFollower::Service {
public:
    explicit Service(Endpoint sandbox) : endpoint_(std::move(sandbox))
    {
        endpoint_.target = "/sandbox/clock";
    }

    Result<ClockCourse> ask(milliseconds limit)
    {
        Result<ClockCourse> course{Fault{}};
        run(ask_until(std::chrono::steady_clock::now() + limit, course));
        return course;
    }

    void follow(FollowingClock& clock) { run(keep(clock)); }

    void stop()
    {
        asio::post(io_, [this] { interrupts_.raise(); });
    }

private:
    void run(Task<void> task)
    {
        std::exception_ptr failure;
        asio::co_spawn(io_, std::move(task), [&failure](std::exception_ptr thrown) { failure = thrown; });
        io_.restart();
        io_.run();
        if (failure) std::rethrow_exception(failure);
    }

    Task<void> ask_until(std::chrono::steady_clock::time_point deadline, Result<ClockCourse>& course)
    {
        for (;;) {
            auto answer = co_await call("{}", answer_limit);
            if (answer) {
                course = std::move(answer->course);
                co_return;
            }
            course = answer.error();
            if (std::chrono::steady_clock::now() + first_pause > deadline) co_return;
            [[maybe_unused]] const bool waited = co_await pause_for(interrupts_, first_pause);
        }
    }

    Task<void> keep(FollowingClock& clock)
    {
        std::optional<std::int64_t> known;
        milliseconds pause = first_pause;
        bool is_lost = false;
        while (!interrupts_.raised()) {
            std::string request = request_after(known, clock);
            auto answer = co_await call(std::move(request), waits_for_change + answer_limit);
            if (interrupts_.raised()) co_return;
            if (!answer) {
                if (!std::exchange(is_lost, true))
                    spdlog::warn("event=clock_lost reason=\"{}\"", for_log(answer.error().detail));
                // A sandbox that was started anew counts its changes anew.
                known.reset();
                [[maybe_unused]] const bool waited = co_await pause_for(interrupts_, pause);
                pause = std::min(pause * 2, longest_pause);
                continue;
            }
            if (std::exchange(is_lost, false)) spdlog::info("event=clock_found");
            const bool is_news = known != answer->revision;
            known = answer->revision;
            pause = first_pause;
            if (is_news) clock.follow(std::move(answer->course));
        }
    }

    std::string request_after(std::optional<std::int64_t> known, const FollowingClock& clock) const
    {
        const auto ahead_at = clock.ahead_at();
        const std::string seen = ahead_at ? fmt::format(R"("seen":"{}")", stamp_of(*ahead_at)) : "";
        if (!known) return "{" + seen + "}";
        return fmt::format(R"({{"after":{},"timeout_ms":{}{}{}}})",
                           *known,
                           waits_for_change.count(),
                           seen.empty() ? "" : ",",
                           seen);
    }

    Task<Result<ClockAnnouncement>> call(std::string body, milliseconds limit)
    {
        if (!connection_ || !connection_->is_usable()) {
            connection_.reset();
            auto opened = co_await open_http(endpoint_, tls_, interrupts_, connect_limit);
            if (!opened) co_return opened.error();
            connection_ = std::move(*opened);
        }
        HttpRequest request;
        request.target = endpoint_.target;
        request.content_type = "application/json";
        request.body = std::move(body);
        auto answer = co_await connection_->post(request, limit);
        if (!answer) co_return answer.error();
        if (answer->status != 200)
            co_return Fault{FaultKind::permanent, fmt::format("HTTP status {}", answer->status)};
        co_return parse_clock_announcement(answer->body);
    }

    Endpoint endpoint_;
    asio::io_context io_{1};
    Interrupts interrupts_;
    TlsSettings tls_;
    std::unique_ptr<HttpConnection> connection_;
};

ClockFollower::ClockFollower(const Endpoint& sandbox) : service_(std::make_unique<Service>(sandbox)) {}

ClockFollower::~ClockFollower() = default;

Result<ClockCourse> ClockFollower::ask(std::chrono::milliseconds limit)
{
    return service_->ask(limit);
}

void ClockFollower::run(FollowingClock& clock)
{
    service_->follow(clock);
}

void ClockFollower::stop()
{
    service_->stop();
}

}  // namespace ackd::slack
