// Dead letters as triage sees them, its weekly rounds, and what was proposed: as stored.
#pragma once

#include "bot/escalation/triage.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

class TriageTable {
public:
    explicit TriageTable(storage::Connection& connection) : connection_(connection) {}

    // Dead letters

    [[nodiscard]] std::optional<DeadLetter> find(ObligationId id) const;
    /// Those without a cause that no answer came to, oldest first, at most `count_max`.
    [[nodiscard]] std::vector<DeadLetter> without_cause(int count_max) const;
    /// Those that were given this cause since then.
    [[nodiscard]] std::vector<DeadLetter> with_cause(TriageCause cause, Instant since) const;
    /// All there are, oldest first.
    [[nodiscard]] std::vector<DeadLetter> all() const;
    void set_cause(ObligationId id, TriageCause cause, Instant at) const;

    // Rounds

    /// The last week that had its round.
    [[nodiscard]] std::optional<std::chrono::local_days> last_week() const;
    /// Its letters count as shown from then on.
    void insert(const TriageRound& round) const;
    void set_sent(std::chrono::local_days week, std::int64_t sent_id) const;
    [[nodiscard]] std::optional<TriageRound> find_round(std::chrono::local_days week) const;
    [[nodiscard]] std::optional<TriageRound> find_by_message(std::int64_t sent_id) const;
    /// Those that have this letter in them.
    [[nodiscard]] std::vector<TriageRound> rounds_with(ObligationId id) const;

    // Proposals

    [[nodiscard]] std::optional<Instant> proposed_at(const std::string& route, TriageCause cause) const;
    void note_proposal(const std::string& route, TriageCause cause, Instant at) const;

    /// Causes, rounds and proposals of before then are no longer kept.
    void let_go(Instant before) const;

private:
    [[nodiscard]] std::optional<TriageRound> read_round(storage::Statement& row) const;

    storage::Connection& connection_;
};

}  // namespace ackd
