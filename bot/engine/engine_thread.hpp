// The thread around the engine: a bounded inbox in front of it, sleep until something is due, an orderly end.
//
// Adapters fill the inbox from their own threads. Interactions go ahead of messages. When the inbox is full,
// `offer` refuses and the adapter stops reading: what it does not read, the chat keeps and sends again.
#pragma once

#include "bot/courier/chat_port.hpp"
#include "bot/engine/engine.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace ackd {

/// CLOCK_BOOTTIME, which goes on while the machine sleeps, less CLOCK_MONOTONIC, which does not.
[[nodiscard]] std::chrono::nanoseconds machine_time_slept();

struct EngineThreadOptions {
    std::size_t inbox_max = 16'384;
    /// Inputs of one transaction, at most.
    std::size_t batch_max = 2'048;
    /// The loop turns at least this often, and each turn calls `on_progress`.
    std::chrono::milliseconds turn_at_least_every{1'000};
    /// How long the end may wait for deliveries that are on their way.
    std::chrono::milliseconds drain_for{2'500};
    /// How long the machine has slept since it was switched on.
    std::function<std::chrono::nanoseconds()> time_slept = machine_time_slept;
};

class EngineThread final : public InputSink {
public:
    /// `on_progress` is called from the engine's thread on each turn of the loop (the watchdog's food);
    /// `on_trouble` when the database starts or stops to refuse (empty text: it is well again).
    EngineThread(Engine& engine,
                 ChatPort& port,
                 const Clock& clock,
                 EngineThreadOptions options,
                 std::function<void()> on_progress,
                 std::function<void(const std::string&)> on_trouble);

    // InputSink, from any thread
    [[nodiscard]] bool offer(std::vector<Input>& inputs) override;
    void settle(EffectSettled settled) override;

    /// Runs the loop in the calling thread until stop() was called and everything is drained. Throws what the
    /// engine throws: a database beyond waiting.
    void run();
    /// Takes what is in the inbox, leases nothing new, waits for what is on its way, then ends run(). From
    /// any thread.
    void stop();
    /// The clock runs otherwise than it did: how long to wait is reckoned anew. From any thread.
    void clock_changed();
    /// Applied between two cycles. From any thread.
    void replace_settings(Settings settings);

private:
    void take_batch(std::unique_lock<std::mutex>& lock,
                    std::vector<Input>& batch,
                    std::vector<EffectSettled>& settled);
    void wait_for_work(std::unique_lock<std::mutex>& lock);
    /// The machine slept: whatever happened in the meantime must be read before anything that is due.
    void notice_sleep(std::vector<Input>& batch);

    Engine& engine_;
    ChatPort& port_;
    const Clock& clock_;
    const EngineThreadOptions options_;
    const std::function<void()> on_progress_;
    const std::function<void(const std::string&)> on_trouble_;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Input> interactive_;
    std::vector<Input> ordinary_;
    std::vector<EffectSettled> settled_;
    std::optional<Settings> new_settings_;
    bool refused_offer_ = false;
    bool clock_changed_ = false;
    std::chrono::nanoseconds slept_;
    bool stopping_ = false;
};

}  // namespace ackd
