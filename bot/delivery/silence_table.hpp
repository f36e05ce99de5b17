// The silence clauses of requests as stored.
#pragma once

#include "bot/delivery/silence_clause.hpp"
#include "storage/connection.hpp"

namespace ackd {

class SilenceTable {
public:
    explicit SilenceTable(storage::Connection& connection) : connection_(connection) {}

    /// Inserts it, or writes it anew.
    void save(const SilenceClause& clause);
    /// Nothing: it was asked without one.
    [[nodiscard]] std::optional<SilenceClause> find(RequestId id) const;

    /// When the next one can no longer be reversed.
    [[nodiscard]] std::optional<Instant> earliest_final() const;
    [[nodiscard]] std::vector<RequestId> final_by(Instant now, int count_max) const;
    /// Makes those final at once that could not be looked through.
    void end_reversals(Instant now);

private:
    storage::Connection& connection_;
};

}  // namespace ackd
