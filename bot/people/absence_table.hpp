// Absences as stored, and what delegates owe in their course.
#pragma once

#include "bot/delivery/obligation.hpp"
#include "bot/people/absence.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <vector>

namespace ackd {

class AbsenceTable {
public:
    explicit AbsenceTable(storage::Connection& connection) : connection_(connection) {}

    /// Gives it an id.
    void insert(Absence& absence);
    /// It turns, next, at its beginning or its end, as its state says.
    void save(const Absence& absence);
    /// For one that never began.
    void remove(AbsenceId id);

    [[nodiscard]] std::optional<Absence> find(AbsenceId id) const;
    /// Those that are not over, earliest first.
    [[nodiscard]] std::vector<Absence> ahead_of(const UserId& person) const;
    /// The one that `at` falls into.
    [[nodiscard]] std::optional<Absence> in_force(const UserId& person, Instant at) const;

    /// When the first of all begins or ends.
    [[nodiscard]] std::optional<Instant> next_turn() const;
    /// Those that are to begin or end by `now`, earliest first.
    [[nodiscard]] std::vector<AbsenceId> turning(Instant now, int count_max) const;
    /// For one whose handler failed.
    void postpone(AbsenceId id, Instant until);

    /// `obligation` is owed by the delegate, in the course of this absence.
    void add_hand_over(AbsenceId id, ObligationId obligation);
    [[nodiscard]] std::vector<ObligationId> handed_over(AbsenceId id) const;
    /// Whether a delegate owes it, in the course of any absence.
    [[nodiscard]] bool is_handed_over(ObligationId obligation) const;

private:
    std::vector<Absence> read_all(storage::Statement& rows) const;

    storage::Connection& connection_;
};

}  // namespace ackd
