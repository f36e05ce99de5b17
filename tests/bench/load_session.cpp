#include "tests/bench/load_session.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <stdexcept>

namespace ackd::bench {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr auto progress_limit = 15s;
constexpr auto wait_max = 20ms;

double seconds_of(Steady::duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

double own_processor_seconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

/// Events, time and processor time between two instants.
class LoadSession::Stretch {
public:
    explicit Stretch(LoadSession& session)
        : session_(session),
          began_(Steady::now()),
          confirmed_(session.stream_.confirmed()),
          daemon_(session.daemon_->processor_time()),
          driver_(own_processor_seconds())
    {
        session.stream_.times().clear();
    }
    [[nodiscard]] LoadMeasure measure() const
    {
        LoadMeasure measure;
        measure.seconds = seconds_of(Steady::now() - began_);
        measure.events = session_.stream_.confirmed() - confirmed_;
        measure.daemon_processor_seconds = seconds_of(session_.daemon_->processor_time() - daemon_);
        measure.driver_processor_seconds = own_processor_seconds() - driver_;
        return measure;
    }

private:
    LoadSession& session_;
    Steady::time_point began_;
    std::int64_t confirmed_;
    std::chrono::nanoseconds daemon_;
    double driver_;
};

LoadSession::LoadSession(const LoadOptions& options, Workspace workspace)
    : options_(options),
      server_(ServerListener{[this](std::string_view method, std::string_view form) {
                                 return answers_.answer(method, form);
                             },
                             [this] {
                                 if (on_socket_) on_socket_();
                             },
                             [this](std::string_view text) { stream_.take(text); }},
              options.answer_delay),
      answers_(workspace, server_.socket_url()),
      stream_(server_, options.ids)
{}

void LoadSession::start_daemon(std::vector<std::string> more_arguments)
{
    DaemonOptions daemon;
    daemon.program = options_.program;
    daemon.api_url = server_.api_url();
    daemon.state_folder = folder_.path();
    daemon.connections = options_.connections;
    daemon.more_arguments = std::move(more_arguments);
    daemon_.emplace(daemon);
}

void LoadSession::wait_for_sockets(std::size_t count)
{
    turn_until([this, count] { return server_.sockets_open() >= count; }, 30s, "the daemon's sockets");
}

void LoadSession::end_daemon()
{
    const std::string trouble = daemon_->end([this] { server_.turn(wait_max); });
    if (!trouble.empty()) throw std::runtime_error(trouble + "\n" + daemon_->log_tail());
    server_.turn(0ms);
}

void LoadSession::require_progress()
{
    if (!daemon_->is_running())
        throw std::runtime_error("the daemon ended by itself:\n" + daemon_->log_tail());
    if (stream_.unexpected() > 0)
        throw std::runtime_error("the daemon confirmed something that it was not sent");
    if (stream_.in_flight() > 0 && server_.sockets_open() == 0) {
        throw std::runtime_error("the daemon closed its sockets:\n" + daemon_->log_tail());
    }
}

void LoadSession::turn_until(const std::function<bool()>& is_done,
                             std::chrono::seconds limit,
                             const char* what)
{
    const auto end = Steady::now() + limit;
    while (!is_done()) {
        server_.turn(wait_max);
        require_progress();
        if (Steady::now() < end) continue;
        throw std::runtime_error(
            fmt::format("waited {} s for {}:\n{}", limit.count(), what, daemon_->log_tail()));
    }
}

void LoadSession::idle_for(std::chrono::milliseconds duration)
{
    const auto end = Steady::now() + duration;
    while (Steady::now() < end) server_.turn(wait_max);
    require_progress();
}

LoadMeasure LoadSession::keep_window_full(const std::function<bool()>& next)
{
    const auto begin = Steady::now();
    const auto warm_at = begin + std::chrono::duration<double>(options_.warm_up_seconds);
    const auto end = warm_at + std::chrono::duration<double>(options_.seconds);
    std::optional<Stretch> stretch;
    bool has_more = true;
    auto progress_at = begin;
    std::int64_t progress = stream_.confirmed();
    while (has_more) {
        while (has_more && stream_.in_flight() < options_.window) has_more = next();
        server_.flush();
        server_.turn(wait_max);
        const auto now = Steady::now();
        if (!stretch && now >= warm_at) stretch.emplace(*this);
        if (now >= end) break;
        if (stream_.confirmed() != progress) {
            progress = stream_.confirmed();
            progress_at = now;
        } else if (now - progress_at > progress_limit) {
            throw std::runtime_error("nothing was confirmed for 15 s:\n" + daemon_->log_tail());
        } else {
            require_progress();
        }
    }
    if (!stretch)
        throw std::runtime_error("the events ran out during the warm-up: more --requests are needed");
    const LoadMeasure measure = stretch->measure();
    turn_until([this] { return stream_.in_flight() == 0; }, 15s, "the last confirmations");
    return measure;
}

LoadMeasure LoadSession::keep_pace(const std::function<void()>& next)
{
    const std::chrono::nanoseconds gap{1'000'000'000LL / options_.rate};
    const auto begin = Steady::now();
    const auto warm_at = begin + std::chrono::duration<double>(options_.warm_up_seconds);
    const auto end = warm_at + std::chrono::duration<double>(options_.seconds);
    std::optional<Stretch> stretch;
    auto next_at = begin;
    for (auto now = begin; now < end; now = Steady::now()) {
        if (!stretch && now >= warm_at) stretch.emplace(*this);
        for (; next_at <= now; next_at += gap) next();
        server_.flush();
        server_.turn(std::max<std::chrono::nanoseconds>(next_at - Steady::now(), 0ns));
        require_progress();
    }
    const LoadMeasure measure = stretch->measure();
    turn_until([this] { return stream_.in_flight() == 0; }, 15s, "the last confirmations");
    return measure;
}

void LoadSession::check_durable()
{
    storage::Connection connection{database_path(), storage::OpenMode::existing_only};
    storage::Statement count = connection.prepare(
        "SELECT (SELECT count(*) FROM seen_inputs_even) + (SELECT count(*) FROM seen_inputs_odd)");
    count.step();
    if (count.column_int(0) < stream_.confirmed()) {
        throw std::runtime_error(fmt::format(
            "{} events were confirmed, and the database holds {}", stream_.confirmed(), count.column_int(0)));
    }
}

}  // namespace ackd::bench
