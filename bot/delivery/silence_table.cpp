#include "bot/delivery/silence_table.hpp"

#include "bot/instant_columns.hpp"

namespace ackd {

void SilenceTable::save(const SilenceClause& clause)
{
    connection_
        .prepare(R"(INSERT OR REPLACE INTO silence_clauses
            (request_id, effect, decider, state, objector, is_longer, decided_at_us, reversible_until_us)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8))")
        .bind_all(clause.request.value,
                  static_cast<int>(clause.choice.effect),
                  clause.choice.decider.value,
                  static_cast<int>(clause.state),
                  clause.objector.value,
                  clause.is_longer ? 1 : 0,
                  to_column(clause.decided_at),
                  to_column(clause.reversible_until))
        .run();
}

std::optional<SilenceClause> SilenceTable::find(RequestId id) const
{
    storage::Statement row = connection_.prepare(
        R"(SELECT effect, decider, state, objector, is_longer, decided_at_us, reversible_until_us
            FROM silence_clauses WHERE request_id = $1)");
    row.bind(1, id.value);
    if (!row.step()) return std::nullopt;
    SilenceClause clause;
    clause.request = id;
    clause.choice.effect = static_cast<SilenceEffect>(row.column_int(0));
    clause.choice.decider = UserId{row.column_string(1)};
    clause.state = static_cast<SilenceState>(row.column_int(2));
    clause.objector = UserId{row.column_string(3)};
    clause.is_longer = row.column_int(4) != 0;
    clause.decided_at = to_instant(row.column_optional_int(5));
    clause.reversible_until = to_instant(row.column_optional_int(6));
    return clause;
}

std::optional<Instant> SilenceTable::earliest_final() const
{
    storage::Statement row = connection_.prepare(
        "SELECT min(reversible_until_us) FROM silence_clauses WHERE reversible_until_us IS NOT NULL");
    row.step();
    return to_instant(row.column_optional_int(0));
}

std::vector<RequestId> SilenceTable::final_by(Instant now, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT request_id FROM silence_clauses
            WHERE reversible_until_us IS NOT NULL AND reversible_until_us <= $1
            ORDER BY reversible_until_us, request_id LIMIT $2)");
    rows.bind_all(to_microseconds(now), count_max);
    std::vector<RequestId> ids;
    while (rows.step()) ids.push_back(RequestId{rows.column_int(0)});
    return ids;
}

void SilenceTable::end_reversals(Instant now)
{
    connection_
        .prepare("UPDATE silence_clauses SET reversible_until_us = NULL WHERE reversible_until_us <= $1")
        .bind(1, to_microseconds(now))
        .run();
}

}  // namespace ackd
