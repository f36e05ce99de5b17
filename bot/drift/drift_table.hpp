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
    /// Its state and its message. With its end everything is gone that says who was asked, and of one that
    /// is not shown its views.
    void save(const DriftProbe& probe) const;
    [[nodiscard]] std::optional<DriftProbe> find(DriftProbeId id) const;
    /// Of the team, the newest first.
    [[nodiscard]] std::vector<DriftProbe> newest(const std::string& team, int count_max) const;
    /// Whatever their team, in the order in which they were asked.
    [[nodiscard]] std::vector<DriftProbe> open() const;
    /// Those with an outcome that were asked before it, likewise.
    [[nodiscard]] std::vector<DriftProbe> shown_before(const DriftProbe& probe) const;

    [[nodiscard]] std::vector<DriftProbeId> due(Instant now, int count_max) const;
    [[nodiscard]] std::optional<Instant> earliest_due() const;
    /// For one whose handler failed.
    void postpone(DriftProbeId id, Instant until) const;

    [[nodiscard]] DriftTurn turn_of(DriftProbeId id, const UserId& person) const;
    /// One more has this view; and, apart from that, this person has answered.
    void count_answer(DriftProbeId id, int place, const UserId& person) const;
    /// Which asks this person, until the end.
    void keep_message(DriftProbeId id, const UserId& person, const MessageRef& message) const;
    struct AskingMessage {
        UserId person;
        MessageRef message;
    };
    /// Those of an open probe that have arrived.
    [[nodiscard]] std::vector<AskingMessage> messages_of(DriftProbeId id) const;
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
