// The bot's process, as far as it can die: an Engine over a database that outlives it. It lives by turns,
// runs a cycle when something arrived or falls due, and crashes where the faults say: what was not committed
// is rolled back, what was in memory is gone, and a new Engine starts on the same database.
#pragma once

#include "bot/engine/engine.hpp"
#include "tests/simulation/simulated_chat.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ackd::simulation {

/// The process ends here. Not a std::exception: nothing in the bot may catch it.
struct ProcessCrash {
    const char* point;
};

/// Told of what the process makes durable.
class ProcessWatcher {
public:
    virtual ~ProcessWatcher() = default;
    virtual void committed() = 0;
    virtual void crashed() = 0;
    /// The settings a cycle runs with from now on.
    virtual void settings_replaced(const Settings& settings) = 0;
};

struct ProcessCounters {
    std::int64_t cycles = 0;
    std::int64_t inputs = 0;
    std::int64_t duplicates = 0;
    std::int64_t crashes = 0;
    std::int64_t refused_commits = 0;
    std::int64_t moved_deadlines = 0;
};

class SimulatedProcess final : public ProcessDoor {
public:
    SimulatedProcess(SimulatedWorld& world,
                     SimulatedTeam& team,
                     SimulatedChat& chat,
                     storage::Connection& connection,
                     std::uint64_t seed);

    void watch(ProcessWatcher& watcher) { watcher_ = &watcher; }

    void start();
    /// At any instant: nothing happens when it is dead already.
    void crash(const char* why);
    /// `ackd policy apply`: another program, on a connection of its own, whether ours is alive or not.
    void apply_policy(const Policy& policy);
    /// No room on the disk: what needs another page fails.
    void fill_disk();
    void free_disk();

    [[nodiscard]] std::uint64_t life() const override { return engine_ ? life_ : 0; }
    void arrive(Input input) override;
    void settle(std::uint64_t life, EffectSettled settled) override;
    void pass(const char* point, double probability) override;

    [[nodiscard]] const ProcessCounters& counters() const { return counters_; }
    /// Nothing has arrived that was not taken in yet.
    [[nodiscard]] bool is_idle() const { return engine_ && inbox_.empty() && settled_.empty(); }
    [[nodiscard]] const Settings& settings() const { return settings_; }

private:
    void run_cycle();
    void die(const char* point);
    /// The daemon ends with status 1, and systemd starts it again. Only for what may pass.
    void give_up(const storage::StorageError& error);
    void plan(Instant at);
    void tell_members();

    SimulatedWorld& world_;
    SimulatedTeam& team_;
    SimulatedChat& chat_;
    storage::Connection& connection_;
    Random random_;
    ProcessWatcher* watcher_ = nullptr;
    Settings settings_;
    std::unique_ptr<Engine> engine_;
    std::uint64_t life_ = 0;
    std::vector<Input> inbox_;
    std::vector<EffectSettled> settled_;
    std::optional<Instant> planned_;
    std::uint64_t plan_number_ = 0;
    std::int64_t duplicates_before_ = 0;
    Instant busy_since_{};
    int busy_cycles_ = 0;
    ProcessCounters counters_;
};

}  // namespace ackd::simulation
