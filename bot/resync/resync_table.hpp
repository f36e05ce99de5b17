// Rounds of resyncs as stored, with what teams said, where they differ, and what surprised them.
#pragma once

#include "bot/resync/resync_round.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

class ResyncTable {
public:
    explicit ResyncTable(storage::Connection& connection) : connection_(connection) {}

    // Rounds

    /// Gives it an id.
    void insert(ResyncRound& round) const;
    void save(const ResyncRound& round) const;
    [[nodiscard]] std::optional<ResyncRound> find(ResyncRoundId id) const;
    /// The newest one of this resync, whatever became of it.
    [[nodiscard]] std::optional<ResyncRound> newest(const std::string& resync) const;
    [[nodiscard]] std::optional<ResyncRound> before(const ResyncRound& round) const;

    [[nodiscard]] std::vector<ResyncRoundId> due(Instant now, int count_max) const;
    [[nodiscard]] std::optional<Instant> earliest_due() const;
    /// For one whose handler failed.
    void postpone(ResyncRoundId id, Instant until) const;

    // Answers

    /// In the place of what the team said before in this round.
    void save(const TeamAnswer& answer) const;
    [[nodiscard]] std::optional<TeamAnswer> answer_of(ResyncRoundId round, const std::string& team) const;
    /// In the order of the teams' names.
    [[nodiscard]] std::vector<TeamAnswer> answers_of(ResyncRoundId round) const;
    /// What the team said in the round before, or in any older one.
    [[nodiscard]] std::optional<TeamAnswer> last_answer(const ResyncRound& round,
                                                        const std::string& team) const;

    // Divergences

    /// Gives it an id.
    void insert(Divergence& divergence) const;
    void save(const Divergence& divergence) const;
    [[nodiscard]] std::optional<Divergence> find(DivergenceId id) const;
    [[nodiscard]] std::optional<Divergence> find(RequestId request) const;
    /// Those that are open, or that somebody has settled or given up on, of whatever round: they are not
    /// raised again as they stood.
    [[nodiscard]] std::vector<Divergence> standing(const std::string& resync) const;
    /// Those of a round and those that were open when it was posted.
    [[nodiscard]] std::vector<Divergence> shown_with(const ResyncRound& round) const;
    /// The rounds of which `shown_with` has it; of one that is ended.
    [[nodiscard]] std::vector<ResyncRound> rounds_with(const Divergence& divergence) const;
    [[nodiscard]] std::vector<Divergence> ended_by(const UserId& person, Instant since) const;

    // Surprises

    void add_surprise(const std::string& team,
                      const std::string& text,
                      std::optional<ResyncRoundId> round,
                      Instant at) const;
    /// What the team's form says now, in the place of what it said before.
    void save_surprises(const TeamAnswer& answer) const;
    [[nodiscard]] std::vector<Surprise> surprises_since(const std::string& team, Instant since) const;

    /// Whole rounds, with everything in them, and surprises.
    void let_go(Instant asked_before) const;

private:
    [[nodiscard]] std::vector<ResyncRound> read_rounds(storage::Statement& rows) const;
    [[nodiscard]] std::vector<Divergence> read_divergences(storage::Statement& rows) const;
    [[nodiscard]] std::vector<Dependency> dependencies_of(ResyncRoundId round,
                                                          const std::string& team,
                                                          int direction) const;

    storage::Connection& connection_;
};

}  // namespace ackd
