// The real daemon as a child process: started with a state folder and the address of our server, watched, and
// ended by its id. Whatever happens to us, it does not outlive us.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace ackd::bench {

using SteadyTime = std::chrono::steady_clock::time_point;

struct DaemonOptions {
    std::string program;  ///< path of `ackd`
    std::string api_url;
    std::string state_folder;
    int connections = 2;
    std::vector<std::string> more_arguments;  ///< of `ackd run`
};

struct MemorySize {
    std::int64_t resident_kib = 0;
    std::int64_t own_kib = 0;  ///< of it, what is not a file: heap and stacks
    std::int64_t peak_kib = 0;
};

class DaemonProcess {
public:
    explicit DaemonProcess(const DaemonOptions& options);
    ~DaemonProcess();
    DaemonProcess(const DaemonProcess&) = delete;
    DaemonProcess& operator=(const DaemonProcess&) = delete;

    /// When the child called exec.
    [[nodiscard]] SteadyTime started_at() const { return started_at_; }
    [[nodiscard]] bool is_running();
    [[nodiscard]] MemorySize memory() const;
    /// Of all its threads, user and system.
    [[nodiscard]] std::chrono::nanoseconds processor_time() const;
    [[nodiscard]] pid_t id() const { return id_; }
    /// SIGTERM; after six seconds SIGKILL. Nothing, or what was wrong with its end. `while_waiting` is called
    /// until then.
    template <class WhileWaiting>
    std::string end(WhileWaiting&& while_waiting)
    {
        ask_to_end();
        const SteadyTime limit = std::chrono::steady_clock::now() + std::chrono::seconds{6};
        while (is_running() && std::chrono::steady_clock::now() < limit) while_waiting();
        return end_verdict();
    }
    /// The last lines of its log.
    [[nodiscard]] std::string log_tail() const;

private:
    void ask_to_end();
    std::string end_verdict();

    pid_t id_ = -1;
    int status_ = 0;
    std::string log_path_;
    SteadyTime started_at_{};
};

}  // namespace ackd::bench
