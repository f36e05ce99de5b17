// What the adapter counts. Written on its thread, read from any.
#pragma once

#include <atomic>
#include <cstdint>

namespace ackd::slack {

/// A snapshot. Counts are since the start of the adapter.
struct AdapterStats {
    std::uint64_t envelopes_received = 0;
    std::uint64_t envelopes_confirmed = 0;
    std::uint64_t confirmations_dropped = 0;  ///< their connection was gone; Slack sends the envelope again
    std::uint64_t frames_unknown = 0;
    std::uint64_t frames_malformed = 0;  ///< unreadable, or an envelope whose content was
    std::uint64_t sockets_opened = 0;    ///< ready ones, the first of each slot included
    std::uint64_t sockets_lost = 0;      ///< not replaced in time
    std::uint64_t inbox_refusals = 0;    ///< times that reading was held back
    std::uint64_t requests_refused = 0;  ///< posted to us without a signature that holds
    std::uint64_t api_calls = 0;
    std::uint64_t api_faults = 0;
    int sockets_ready = 0;
};

class AdapterCounters {
public:
    using Counter = std::atomic<std::uint64_t>;

    Counter envelopes_received{0};
    Counter envelopes_confirmed{0};
    Counter confirmations_dropped{0};
    Counter frames_unknown{0};
    Counter frames_malformed{0};
    Counter sockets_opened{0};
    Counter sockets_lost{0};
    Counter inbox_refusals{0};
    Counter requests_refused{0};
    Counter api_calls{0};
    Counter api_faults{0};
    std::atomic<int> sockets_ready{0};

    /// Only one thread writes, so no locked instruction is needed.
    static void add(Counter& counter, std::uint64_t count = 1)
    {
        counter.store(counter.load(std::memory_order_relaxed) + count, std::memory_order_relaxed);
    }

    [[nodiscard]] AdapterStats snapshot() const
    {
        AdapterStats stats;
        const auto read = [](const Counter& counter) { return counter.load(std::memory_order_relaxed); };
        stats.envelopes_received = read(envelopes_received);
        stats.envelopes_confirmed = read(envelopes_confirmed);
        stats.confirmations_dropped = read(confirmations_dropped);
        stats.frames_unknown = read(frames_unknown);
        stats.frames_malformed = read(frames_malformed);
        stats.sockets_opened = read(sockets_opened);
        stats.sockets_lost = read(sockets_lost);
        stats.inbox_refusals = read(inbox_refusals);
        stats.requests_refused = read(requests_refused);
        stats.api_calls = read(api_calls);
        stats.api_faults = read(api_faults);
        stats.sockets_ready = sockets_ready.load(std::memory_order_relaxed);
        return stats;
    }
};

}  // namespace ackd::slack
