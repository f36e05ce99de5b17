// Coroutines that run side by side, with one who waits for all of them: nothing is detached, and an exception
// that leaves one of them is reported instead of lost. Single-threaded.
#pragma once

#include "adapters/asio/task.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <functional>
#include <utility>

namespace ackd {

class TaskGroup {
public:
    explicit TaskGroup(IoExecutor executor) : executor_(executor) {}

    void spawn(Task<void> task)
    {
        ++running_;
        asio::co_spawn(executor_, std::move(task), [this](std::exception_ptr failure) {
            --running_;
            if (failure && failed_) failed_(failure);
            if (running_ == 0 && emptied_) emptied_();
        });
    }

    [[nodiscard]] int running() const { return running_; }

    /// A task ended with an exception: a bug.
    void on_failed(std::function<void(std::exception_ptr)> listener) { failed_ = std::move(listener); }
    /// The last one has ended.
    void on_emptied(std::function<void()> listener) { emptied_ = std::move(listener); }

private:
    IoExecutor executor_;
    int running_ = 0;
    std::function<void(std::exception_ptr)> failed_;
    std::function<void()> emptied_;
};

}  // namespace ackd
