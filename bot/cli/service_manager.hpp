// What the service manager is told: ready, alive, stopping. Does nothing when there is none.
#pragma once

#include <atomic>
#include <chrono>
#include <string>

namespace ackd::cli {

class ServiceManager {
public:
    ServiceManager();

    void ready() const;
    void reloading() const;
    void stopping() const;
    void status(const std::string& text) const;
    /// The engine has made a turn: feeds the watchdog, at most four times in its interval. From the engine's
    /// thread.
    void progress();

private:
    std::chrono::microseconds feed_every_{0};
    std::chrono::steady_clock::time_point fed_at_{};
};

}  // namespace ackd::cli
