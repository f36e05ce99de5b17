// How everything that waits is ended when the adapter stops: by closing what it waits for. A waiting
// operation registers what ends it; raising the interrupt ends all of them, and those that begin later at
// once. Single-threaded.
#pragma once

#include "adapters/asio/task.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>

namespace ackd {

class Interrupts {
public:
    /// Ends every registered wait. Can be called again: it does nothing then.
    void raise();
    [[nodiscard]] bool raised() const { return raised_; }

    /// `end` is called at most once, not later than the matching remove. Called at once when already raised.
    std::uint64_t add(std::function<void()> end);
    void remove(std::uint64_t hook);

private:
    std::map<std::uint64_t, std::function<void()>> hooks_;
    std::uint64_t last_hook_ = 0;
    bool raised_ = false;
};

/// While it lives, an operation is ended (by `end`) after `limit` or when the interrupt is raised.
class Deadline {
public:
    Deadline(IoExecutor executor,
             Interrupts& interrupts,
             std::chrono::milliseconds limit,
             std::function<void()> end);
    ~Deadline();
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    /// Why the operation was ended; nullptr when it was not.
    [[nodiscard]] const char* cause() const;

private:
    struct State;
    Interrupts& interrupts_;
    std::shared_ptr<State> state_;
    std::uint64_t hook_ = 0;
};

/// Waits. False: interrupted.
[[nodiscard]] Task<bool> pause_for(Interrupts& interrupts, std::chrono::milliseconds duration);

}  // namespace ackd
