#include "adapters/asio/interrupts.hpp"

#include <boost/asio/this_coro.hpp>

#include <utility>

namespace ackd {

void Interrupts::raise()
{
    if (std::exchange(raised_, true)) return;
    // What a hook ends may remove other hooks.
    while (!hooks_.empty()) {
        auto hook = hooks_.extract(hooks_.begin());
        hook.mapped()();
    }
}

std::uint64_t Interrupts::add(std::function<void()> end)
{
    const std::uint64_t hook = ++last_hook_;
    if (raised_) {
        end();
    } else {
        hooks_.emplace(hook, std::move(end));
    }
    return hook;
}

void Interrupts::remove(std::uint64_t hook)
{
    hooks_.erase(hook);
}

struct Deadline::State {
    State(IoExecutor executor, std::function<void()> what) : timer(executor), end(std::move(what)) {}

    void finish(const char* why)
    {
        if (!end) return;
        cause = why;
        std::exchange(end, nullptr)();
    }

    asio::steady_timer timer;
    std::function<void()> end;  ///< empty: over
    const char* cause = nullptr;
};

Deadline::Deadline(IoExecutor executor,
                   Interrupts& interrupts,
                   std::chrono::milliseconds limit,
                   std::function<void()> end)
    : interrupts_(interrupts), state_(std::make_shared<State>(executor, std::move(end)))
{
    state_->timer.expires_after(limit);
    state_->timer.async_wait([state = state_](error_code error) {
        if (!error) state->finish("timed out");
    });
    hook_ = interrupts_.add([state = state_] { state->finish("interrupted"); });
}

Deadline::~Deadline()
{
    interrupts_.remove(hook_);
    state_->end = nullptr;
    state_->timer.cancel();
}

const char* Deadline::cause() const
{
    return state_->cause;
}

Task<bool> pause_for(Interrupts& interrupts, std::chrono::milliseconds duration)
{
    if (interrupts.raised()) co_return false;
    auto executor = co_await asio::this_coro::executor;
    const auto timer = std::make_shared<asio::steady_timer>(executor, duration);
    const std::uint64_t hook = interrupts.add([timer] { timer->cancel(); });
    [[maybe_unused]] const auto [error] = co_await timer->async_wait(no_throw);
    interrupts.remove(hook);
    co_return !interrupts.raised();
}

}  // namespace ackd
