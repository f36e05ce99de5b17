#include "bot/engine/engine_thread.hpp"

#include <time.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace ackd {

namespace {

using namespace std::chrono_literals;

/// How long the loop waits before it asks a refusing database again.
constexpr auto refused_pause = 500ms;

void move_some(std::vector<Input>& from, std::vector<Input>& to, std::size_t count_max)
{
    const auto count = static_cast<std::ptrdiff_t>(
        std::min(from.size(), count_max - std::min(count_max, to.size())));
    if (to.empty() && count == static_cast<std::ptrdiff_t>(from.size())) {
        to.swap(from);
        return;
    }
    std::move(from.begin(), from.begin() + count, std::back_inserter(to));
    from.erase(from.begin(), from.begin() + count);
}

}  // namespace

std::chrono::nanoseconds machine_time_slept()
{
    const auto read = [](clockid_t clock) {
        timespec now{};
        clock_gettime(clock, &now);
        return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
    };
    return read(CLOCK_BOOTTIME) - read(CLOCK_MONOTONIC);
}

EngineThread::EngineThread(Engine& engine,
                           ChatPort& port,
                           const Clock& clock,
                           EngineThreadOptions options,
                           std::function<void()> on_progress,
                           std::function<void(const std::string&)> on_trouble)
    : engine_(engine),
      port_(port),
      clock_(clock),
      options_(options),
      on_progress_(std::move(on_progress)),
      on_trouble_(std::move(on_trouble)),
      slept_(options_.time_slept())
{}

void EngineThread::notice_sleep(std::vector<Input>& batch)
{
    constexpr auto worth_a_look = 5s;
    const auto slept = options_.time_slept();
    if (slept - slept_ < worth_a_look) return;
    slept_ = slept;
    Input input;
    input.received_at = clock_.now();
    input.body = CatchUpWanted{GapReason::resumed};
    batch.push_back(std::move(input));
}

bool EngineThread::offer(std::vector<Input>& inputs)
{
    if (inputs.empty()) return true;
    {
        const std::lock_guard lock{mutex_};
        if (stopping_ || interactive_.size() + ordinary_.size() + inputs.size() > options_.inbox_max) {
            refused_offer_ = true;
            return false;
        }
        for (Input& input : inputs) {
            (input.goes_first() ? interactive_ : ordinary_).push_back(std::move(input));
        }
    }
    inputs.clear();
    changed_.notify_one();
    return true;
}

void EngineThread::settle(EffectSettled settled)
{
    {
        const std::lock_guard lock{mutex_};
        settled_.push_back(std::move(settled));
    }
    changed_.notify_one();
}

void EngineThread::stop()
{
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    changed_.notify_one();
}

void EngineThread::clock_changed()
{
    {
        const std::lock_guard lock{mutex_};
        clock_changed_ = true;
    }
    changed_.notify_one();
}

void EngineThread::replace_settings(Settings settings)
{
    {
        const std::lock_guard lock{mutex_};
        new_settings_ = std::move(settings);
    }
    changed_.notify_one();
}

void EngineThread::take_batch(std::unique_lock<std::mutex>& lock,
                              std::vector<Input>& batch,
                              std::vector<EffectSettled>& settled)
{
    move_some(interactive_, batch, options_.batch_max);
    move_some(ordinary_, batch, options_.batch_max);
    std::move(settled_.begin(), settled_.end(), std::back_inserter(settled));
    settled_.clear();
    if (new_settings_) engine_.replace_settings(*std::exchange(new_settings_, std::nullopt));
    const bool has_room = refused_offer_ && interactive_.size() + ordinary_.size() < options_.inbox_max / 2;
    if (has_room) refused_offer_ = false;
    lock.unlock();
    if (has_room) port_.on_room();
}

void EngineThread::wait_for_work(std::unique_lock<std::mutex>& lock)
{
    clock_changed_ = false;
    const auto until_due = clock_.wall_time_until(engine_.next_wake());
    const auto pause = std::min<std::chrono::nanoseconds>(until_due, options_.turn_at_least_every);
    changed_.wait_for(lock, pause, [this] {
        return !interactive_.empty() || !ordinary_.empty() || !settled_.empty() || new_settings_ ||
               clock_changed_ || stopping_;
    });
}

void EngineThread::run()
{
    std::vector<Input> batch;
    std::vector<EffectSettled> settled;
    bool in_trouble = false;
    std::optional<std::chrono::steady_clock::time_point> drain_until;
    for (;;) {
        std::unique_lock lock{mutex_};
        if (in_trouble) {
            changed_.wait_for(lock, refused_pause, [this] { return stopping_; });
        } else if (!drain_until) {
            wait_for_work(lock);
        } else {
            changed_.wait_until(
                lock, *drain_until, [this] { return !settled_.empty() || !ordinary_.empty(); });
        }
        if (stopping_ && !drain_until) {
            drain_until = std::chrono::steady_clock::now() + options_.drain_for;
            engine_.stop_leasing();
        }
        take_batch(lock, batch, settled);
        notice_sleep(batch);

        const Engine::CycleOutcome outcome = engine_.cycle(batch, settled);
        const bool refused = outcome == Engine::CycleOutcome::refused;
        if (refused != in_trouble) on_trouble_(refused ? engine_.last_trouble() : "");
        in_trouble = refused;
        on_progress_();

        if (!drain_until) continue;
        lock.lock();
        const bool drained = interactive_.empty() && ordinary_.empty() && settled_.empty() &&
                             engine_.courier().in_flight_count() == 0;
        if (drained || in_trouble || std::chrono::steady_clock::now() >= *drain_until) return;
    }
}

}  // namespace ackd
