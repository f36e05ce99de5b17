// What people have spent of their budget of interruptions, how they wish to be told, and what waits for
// their digests, as stored.
#pragma once

#include "bot/courier/outbox.hpp"
#include "bot/interruptions/telling.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

/// Somebody's digest: when the next one is due, and the last one.
struct DigestState {
    std::optional<Instant> due_at;
    /// Of the last one; the epoch before the first.
    Instant made_at{};
    /// The message in the chat (see SentMessage::id); 0: none, or not yet there.
    std::int64_t sent_id = 0;
};

/// Something that waits for a digest.
struct DigestEntry {
    std::int64_t id = 0;
    /// An attempt at an obligation; without one it is a notice.
    OutboxItem item;
    std::string notice;
};

class InterruptionTable {
public:
    explicit InterruptionTable(storage::Connection& connection) : connection_(connection) {}

    // The budget. `day` is a day of the person's own, counted from the Unix epoch.

    [[nodiscard]] int spent(const UserId& person, std::int64_t day) const;
    void spend(const UserId& person, std::int64_t day);

    [[nodiscard]] Telling telling_of(const UserId& person) const;
    void set_telling(const UserId& person, Telling telling);

    // Digests

    /// Adds to the person's next digest, which is due at `due_at` or at its own time, if that is earlier. A
    /// newer attempt at the same obligation takes the place of an older one.
    void add(const UserId& person, const OutboxItem& item, Instant due_at, Instant now);
    void add(const UserId& person, const std::string& notice, Instant due_at, Instant now);

    [[nodiscard]] DigestState digest_of(const UserId& person) const;
    void save(const UserId& person, const DigestState& digest);

    /// In the order in which they were added.
    [[nodiscard]] std::vector<DigestEntry> entries_of(const UserId& person) const;
    void remove_entries_of(const UserId& person);
    /// What waits for their digest about this obligation.
    void remove_entry(const UserId& person, ObligationId obligation);

    [[nodiscard]] std::optional<Instant> earliest_digest() const;
    /// Everybody who has a digest ahead, by id.
    [[nodiscard]] std::vector<UserId> waiting_for_digest() const;
    /// Whose digest is due at `now`, earliest first.
    [[nodiscard]] std::vector<UserId> due_digests(Instant now, int count_max) const;

private:
    void wait_until(const UserId& person, Instant due_at);

    storage::Connection& connection_;
};

}  // namespace ackd
