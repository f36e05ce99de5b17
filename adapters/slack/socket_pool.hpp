// How many sockets there are and when another one is opened. Pure: what happened and the time go in, what to
// open comes out; randomness (for jitter) is an argument in [0, 1).
//
// Rules:
//  - `connections` permanent slots. The first opens at once, the others a little later, so that they do not
//  age alike.
//  - Make before break: a socket that is about to end gets a sibling in its slot while it still works. There
//  is at
//    most one socket more than slots at any time.
//  - After a failure the slot waits random(0, min(60 s, 1 s × 2^n)), n being the failures in a row of the
//  whole
//    process, and never less than Slack's Retry-After. n goes back to 0 when a socket has been ready for 30
//    s, or for as long as Slack meant it to last; once for each socket: a good one does not excuse another
//    that keeps failing.
//  - All slots together open at most `opens_per_minute`.
//  - Socket Mode switched off: one attempt every five minutes. A token that is not accepted: none.
#pragma once

#include "adapters/slack/socket_session.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace ackd::slack {

struct PoolLimits {
    int connections = 2;
    int opens_per_minute = 20;
    std::chrono::milliseconds backoff_first{1'000};
    std::chrono::milliseconds backoff_max{60'000};
    std::chrono::milliseconds stable_after{30'000};
    std::chrono::milliseconds stagger_min{500};
    std::chrono::milliseconds stagger_max{2'500};
    std::chrono::milliseconds link_disabled_every{300'000};
};

/// random(0, min(max, first × 2^failures)).
[[nodiscard]] std::chrono::milliseconds backoff_delay(int failures, double random, const PoolLimits& limits);

struct OpenOrder {
    std::uint64_t serial = 0;  ///< names the connection in receipts; never 0, never reused
    int slot = 0;
    double lifetime_share = 1.0;  ///< see SessionLimits
};

struct PoolActions {
    std::vector<OpenOrder> open;
    std::vector<std::uint64_t> may_drain;  ///< these have been replaced
};

class SocketPool {
public:
    explicit SocketPool(PoolLimits limits) : limits_(limits) {}

    PoolActions start(SteadyTime now, double random);
    PoolActions on_ready(std::uint64_t serial, SteadyTime now);
    PoolActions on_wants_sibling(std::uint64_t serial, SteadyTime now);
    PoolActions on_retired(std::uint64_t serial, SteadyTime now, const Retirement& retirement, double random);
    PoolActions on_time(SteadyTime now);
    /// Nothing is opened any more.
    void stop();

    [[nodiscard]] std::optional<SteadyTime> next_deadline() const;
    [[nodiscard]] int ready_count() const;
    [[nodiscard]] int live_count() const;
    /// Failures in a row.
    [[nodiscard]] int failures() const { return failures_; }

private:
    struct Slot {
        std::uint64_t current = 0;  ///< opening or ready
        bool current_is_ready = false;
        std::optional<SteadyTime> proving_since;  ///< ready, but not yet for long enough to trust it
        std::uint64_t leaving = 0;                ///< being replaced: still works, or drains
        bool leaving_is_ready = false;
        std::optional<SteadyTime> open_at;  ///< when to open the next one
        bool opened_before = false;
    };

    [[nodiscard]] Slot* slot_of(std::uint64_t serial);
    [[nodiscard]] bool may_open(const Slot& slot) const;
    [[nodiscard]] std::optional<SteadyTime> budget_free_at() const;
    void note_stability(SteadyTime now);
    void open_due(SteadyTime now, PoolActions& actions);

    PoolLimits limits_;
    std::vector<Slot> slots_;
    std::deque<SteadyTime> opened_at_;  ///< within the last minute
    SteadyTime held_until_{};           ///< no slot opens before
    std::uint64_t last_serial_ = 0;
    int failures_ = 0;
    bool stopped_ = false;
};

}  // namespace ackd::slack
