// Which events are on their way, when each is tried again, and which confirmations count.
//
// The rules of delivery without sockets: instants in, sendings out. An event is attempted at once;
// unconfirmed, it is attempted again after redelivery_after[0], then [1], … each time under a new envelope id
// and the same payload, until the list is used up and the last attempt's time to confirm has passed: then it
// is dropped. An attempt without an open socket uses up its turn just so.
//
//     add ──► attempt 0 ──wait[0]──► attempt 1 ──wait[1]──► … attempt n ──final_wait──► dropped
//                │ confirm                │ confirm                │ confirm
//                └────────────────────────┴────────► confirmed ◄───┘
#pragma once

#include "sandbox/model/slack_identifiers.hpp"

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace sandbox {

struct RedeliveryPolicy {
    std::vector<std::chrono::milliseconds> redelivery_after{
        std::chrono::seconds{3}, std::chrono::seconds{60}, std::chrono::seconds{300}};
    std::chrono::milliseconds final_wait{std::chrono::seconds{3}};
    bool forever = false;  ///< never drop: the last wait repeats
};

class EnvelopeQueue {
public:
    static constexpr std::size_t unconfirmed_max = 500'000;
    static constexpr std::size_t remembered_max = 500'000;  ///< envelopes of confirmed events

    using EventNumber = std::uint64_t;

    /// One attempt to hand over one event.
    struct Attempt {
        EventNumber event;
        int number;  ///< 0 for the first
        std::string envelope_id;
        std::shared_ptr<const std::string> payload;
        std::string failure;  ///< of the attempt before, as note_failure() was told; else ""
    };
    enum class Confirmation { first, late, repeated, unknown };

    explicit EnvelopeQueue(RedeliveryPolicy policy);

    /// False when too many events wait already; the event is not taken then.
    bool add(std::string payload, WallInstant now);
    /// The next attempt that is due, its follow-up already scheduled; nothing when none is. Events that are
    /// given up on the way are counted in dropped().
    std::optional<Attempt> next_attempt(WallInstant now);
    [[nodiscard]] std::optional<WallInstant> next_instant() const;
    Confirmation confirm(const std::string& envelope_id);
    /// The attempt failed: the next one will say why. Its turn does not change.
    void note_failure(const std::string& envelope_id, const std::string& failure);
    /// Drops the event, since the app wants no further attempt. False when it is gone already.
    bool give_up(const std::string& envelope_id);

    [[nodiscard]] std::size_t unconfirmed() const { return events_.size(); }
    [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

private:
    struct Event {
        std::shared_ptr<const std::string> payload;
        int attempts = 0;
        WallInstant due_at;
        std::vector<std::string> envelopes;
        std::string failure;
    };
    [[nodiscard]] std::chrono::milliseconds wait_after(int attempt) const;
    [[nodiscard]] bool is_last(int attempts) const;
    void remember(const std::string& envelope_id, bool was_confirmed);
    /// Takes the event out; `confirmed` names the envelope that did it, or none.
    void settle(EventNumber number, const std::string& confirmed);
    std::string new_envelope_id();

    RedeliveryPolicy policy_;
    std::unordered_map<EventNumber, Event> events_;
    std::set<std::pair<WallInstant, EventNumber>> due_;
    std::unordered_map<std::string, EventNumber> envelopes_;
    std::unordered_map<std::string, bool> settled_;  ///< envelope → whether this very one was confirmed
    std::deque<std::string> settled_order_;
    EventNumber last_event_ = 0;
    std::uint64_t last_envelope_ = 0;
    std::uint64_t dropped_ = 0;
};

}  // namespace sandbox
