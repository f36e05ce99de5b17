// The courier: leases what waits in the outbox, as fast as the chat allows, in order per conversation, and
// takes in what became of it.
//
//   lease     a row is marked as on its way and its effect composed, in the engine's transaction; after its
//             commit the adapter carries it out
//   settle    the adapter's outcome comes back as an input: gone, waiting again (later), or given up
//   restart   what was on its way is in doubt: the adapter looks for it in the chat before it sends it again
//
// Its memory (which conversation has something waiting, how fast the chat may be called) can be thrown away
// at any time and read again from the outbox.
#pragma once

#include "bot/courier/backoff.hpp"
#include "bot/courier/rate_limits.hpp"
#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ackd {

struct CourierCounters {
    std::int64_t leased = 0;
    std::int64_t delivered = 0;
    std::int64_t overtaken = 0;
    std::int64_t retried = 0;
    std::int64_t failed = 0;
};

class Courier {
public:
    Courier(Outbox& outbox, std::uint64_t seed);

    /// After a start: whatever was on its way is in doubt. In a transaction.
    void recover();
    /// Reads again where something waits: after a start, or when a transaction was rolled back. What the
    /// adapter has in its hands stays known.
    void reload();

    /// Adds what may go now to `deliveries`, up to `count_max` of them. In a transaction; give them to the
    /// adapter after its commit. When composing a row throws, what was leased before it stays leased, and
    /// `composing` names the row: drop it and call again.
    void lease(HandlerContext& context, std::size_t count_max, std::vector<Delivery>& deliveries);
    [[nodiscard]] OutboxId composing() const { return composing_; }

    /// A transaction begins: from here on, what memory learns of it can be undone.
    void begin_transaction();
    /// It was rolled back: what was leased in it is not on its way, what was settled in it still is.
    void forget_transaction();

    /// What became of a delivery. In a transaction.
    void settle(HandlerContext& context, const EffectSettled& settled);

    /// A delivery whose outcome could not be taken in (its handler failed): given up. In a transaction.
    void drop(HandlerContext& context, OutboxId id);

    /// When something may go next; nothing: nothing waits, or all that waits is behind what is on its way.
    [[nodiscard]] std::optional<Instant> next_wake() const;

    [[nodiscard]] std::size_t in_flight_count() const { return in_flight_.size(); }
    [[nodiscard]] const CourierCounters& counters() const { return counters_; }

private:
    using Lane = std::pair<OutboxLane, std::string>;  ///< and conversation
    struct Waiting {
        OutboxId head;
        Instant not_before{};
    };

    struct InFlight {
        Lane lane;
        CallClass call = CallClass::post;
        Instant leased_at{};
    };

    /// When it may go, the head's id (its age), and the conversation.
    using Order = std::set<std::tuple<Instant, OutboxId, std::string>>;

    void note(OutboxLane lane, const std::string& conversation, OutboxId id, Instant not_before);
    void requeue(const Lane& lane, Instant not_before);
    Order& order_of(OutboxLane lane);
    [[nodiscard]] const Order& order_of(OutboxLane lane) const;
    [[nodiscard]] bool has_room(OutboxLane lane) const;
    /// The lane that may go now, interactive ones first; it is no longer waiting then.
    std::optional<Lane> take_next(Instant now);
    /// It is no longer in flight.
    std::optional<InFlight> release(OutboxId id);
    void retry(HandlerContext& context, const OutboxRow& row, const Fault& fault, CallClass call);

    Outbox& outbox_;
    Random random_;
    RateLimits limits_;
    std::map<Lane, Waiting> waiting_;
    /// The same, in the order in which they may go.
    Order interactive_;
    Order ordinary_;
    std::map<OutboxId, InFlight> in_flight_;
    std::set<Lane> busy_;
    /// Since begin_transaction.
    std::vector<OutboxId> leased_;
    std::vector<std::pair<OutboxId, InFlight>> released_;
    OutboxId composing_;
    CourierCounters counters_;
};

}  // namespace ackd
