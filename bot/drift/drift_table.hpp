// Drift probes as stored: the question and its views, whom they were asked, and who was asked lately.
#pragma once

#include "bot/drift/drift_probe.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

/// How somebody stands to a probe that is open.
enum class DriftTurn { not_asked, asked, answered };

class DriftTable {
public:
    explicit DriftTable(storage::Connection& connection) : connection_(connection) {}

    /// Gives it an id, and asks these people from now on.
    void insert(DriftProbe& probe, const std::vector<UserId>& people) const;
    /// Its state and its message. With its end everything is gone that says who was asked, and of one with
    /// too few answers its views.
    void save(const DriftProbe& probe) const;
    [[nodiscard]] std::optional<DriftProbe> find(DriftProbeId id) const;
    /// Of the team, the newest first.
    [[nodiscard]] std::vector<DriftProbe> newest(const std::string& team, int count_max) const;
    /// Those with an outcome that were asked before it, likewise.
    [[nodiscard]] std::vector<DriftProbe> shown_before(const DriftProbe& probe) const;

    [[nodiscard]] std::vector<DriftProbeId> due(Instant now, int count_max) const;
    [[nodiscard]] std::optional<Instant> earliest_due() const;
    /// For one whose handler failed.
    void postpone(DriftProbeId id, Instant until) const;

    [[nodiscard]] DriftTurn turn_of(DriftProbeId id, const UserId& person) const;
    /// One more has this view; and, apart from that, this person has answered.
    void count_answer(DriftProbeId id, int place, const UserId& person) const;
    [[nodiscard]] bool has_everybody_answered(DriftProbeId id) const;
    [[nodiscard]] bool was_asked_since(const UserId& person, Instant since) const;

    /// Probes that have ended and were asked by then; and who was asked, by `turns_before`.
    void let_go(Instant asked_before, Instant turns_before) const;

private:
    [[nodiscard]] std::vector<DriftProbe> read(storage::Statement& rows) const;
    [[nodiscard]] std::vector<DriftView> views_of(DriftProbeId id) const;

    storage::Connection& connection_;
};

}  // namespace ackd
