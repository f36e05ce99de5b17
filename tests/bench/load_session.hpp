// One daemon under load, with all that belongs to it: its folder, our side of Slack, the events on their way.
#pragma once

#include "tests/bench/daemon_process.hpp"
#include "tests/bench/event_stream.hpp"
#include "tests/bench/scratch_database.hpp"
#include "tests/bench/web_api_answers.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ackd::bench {

struct LoadOptions {
    std::string program;  ///< path of `ackd`
    int window = 256;     ///< events on their way at once
    int connections = 2;
    double seconds = 5;
    double warm_up_seconds = 1;
    EventIds ids = EventIds::near_order;
    int rate = 1'000;                           ///< latency: events a second
    int requests = 400;                         ///< mix
    int debtors = 50;                           ///< mix: of each request
    std::vector<std::int64_t> open{};           ///< start, memory: open obligations in the database
    int repeat = 3;                             ///< start
    std::chrono::milliseconds answer_delay{0};  ///< buttons: what each call spends on its way
    std::int64_t escalations = 100'000;         ///< steps: open ones
    int due_rate = 20;                          ///< steps: how many fall due a second
    int burst = 200;                            ///< steps: how many fall due at one instant
};

/// What happened while events flowed.
struct LoadMeasure {
    std::int64_t events = 0;
    double seconds = 0;
    double daemon_processor_seconds = 0;
    double driver_processor_seconds = 0;

    [[nodiscard]] double per_second() const { return static_cast<double>(events) / seconds; }
};

class LoadSession {
public:
    LoadSession(const LoadOptions& options, Workspace workspace);

    /// Told when the daemon has opened a socket, before anything else is read.
    void on_socket(std::function<void()> listener) { on_socket_ = std::move(listener); }

    /// The daemon, with the database that is in the folder (or none).
    void start_daemon(std::vector<std::string> more_arguments = {});
    void wait_for_sockets(std::size_t count);
    /// SIGTERM and its end. Throws when that was not in order.
    void end_daemon();

    /// Turns the server until `is_done`, at most for `limit`; throws when the daemon ends or time runs out.
    void turn_until(const std::function<bool()>& is_done, std::chrono::seconds limit, const char* what);
    /// Turns the server for this long.
    void idle_for(std::chrono::milliseconds duration);

    /// Keeps `window` events on their way, for the warm-up and the time of the options or until `next`
    /// returns false. What is still on its way at the end is waited for. The times of the stream are those of
    /// the measured part.
    LoadMeasure keep_window_full(const std::function<bool()>& next);
    /// Sends `rate` events a second, evenly.
    LoadMeasure keep_pace(const std::function<void()>& next);

    [[nodiscard]] SlackServer& server() { return server_; }
    [[nodiscard]] WebApiAnswers& answers() { return answers_; }
    [[nodiscard]] EventStream& stream() { return stream_; }
    [[nodiscard]] DaemonProcess& daemon() { return *daemon_; }
    [[nodiscard]] const std::string& folder() const { return folder_.path(); }
    [[nodiscard]] std::string database_path() const { return folder_.path() + "/ackd.db"; }
    /// Of the ended daemon's database. Throws when it holds fewer inputs than were confirmed.
    void check_durable();

private:
    class Stretch;
    void require_progress();

    LoadOptions options_;
    ScratchFolder folder_;
    SlackServer server_;
    WebApiAnswers answers_;
    EventStream stream_;
    std::optional<DaemonProcess> daemon_;
    std::function<void()> on_socket_;
};

}  // namespace ackd::bench
