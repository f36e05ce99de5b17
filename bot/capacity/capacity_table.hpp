// Signals of capacity as stored, with who gave them, what was asked because of them, and what waits.
#pragma once

#include "bot/capacity/capacity_signal.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

class CapacityTable {
public:
    explicit CapacityTable(storage::Connection& connection) : connection_(connection) {}

    // Signals

    /// Gives it an id.
    void insert(CapacitySignal& signal) const;
    void save(const CapacitySignal& signal) const;
    /// It was taken back before anybody heard of it.
    void remove(CapacitySignalId id) const;
    [[nodiscard]] std::optional<CapacitySignal> find(CapacitySignalId id) const;
    /// The one in force of a team, or of a person alone (an empty team).
    [[nodiscard]] std::optional<CapacitySignal> in_force(const std::string& team, const UserId& person) const;
    /// Of a team, or of a person alone, those that are in force or owed an answer; newest first.
    [[nodiscard]] std::vector<CapacitySignal> open_of(const std::string& team, const UserId& person) const;
    /// The newest of a team, or of a person alone, whatever became of it.
    [[nodiscard]] std::vector<CapacitySignal> newest(const std::string& team,
                                                     const UserId& person,
                                                     int count_max) const;
    /// Of level `at`, that began at `since` or later.
    [[nodiscard]] std::vector<CapacitySignal> of_team_since(const std::string& team, Instant since) const;
    /// Whether anything is in force at all: most of the time nothing is.
    [[nodiscard]] bool is_any_in_force() const;

    /// False: said before.
    bool add_voice(CapacitySignalId id, const UserId& person, Instant at) const;
    /// Who said since then that they, or this team, are at capacity; each once. `members`: whose own signals
    /// count as well.
    [[nodiscard]] std::vector<UserId> voices_since(const std::string& team,
                                                   const std::vector<UserId>& members,
                                                   Instant since) const;

    [[nodiscard]] std::vector<CapacitySignalId> due(Instant now, int count_max) const;
    [[nodiscard]] std::optional<Instant> earliest_due() const;
    /// For one whose handler failed.
    void postpone(CapacitySignalId id, Instant until) const;

    // Questions

    void insert(const CapacityQuestion& question) const;
    void save(const CapacityQuestion& question) const;
    [[nodiscard]] std::optional<CapacityQuestion> question(RequestId request) const;
    /// In the order in which they were asked.
    [[nodiscard]] std::vector<CapacityQuestion> questions_of(CapacitySignalId id) const;

    // What waits

    void add_waiting(const UserId& person, ObligationId obligation) const;
    /// Of one person, in order.
    [[nodiscard]] std::vector<ObligationId> waiting_for(const UserId& person) const;
    /// Everybody for whom something waits.
    [[nodiscard]] std::vector<UserId> people_waited_for() const;
    void remove_waiting(ObligationId obligation) const;

private:
    std::vector<CapacitySignal> read_signals(storage::Statement& rows) const;

    storage::Connection& connection_;
};

}  // namespace ackd
