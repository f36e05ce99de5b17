#include "bot/destinations/destination_table.hpp"

#include "bot/delivery/obligation_table.hpp"
#include "bot/instant_columns.hpp"

namespace ackd {

namespace {

#define UNDELIVERED_COLUMNS                                                                                  \
    "SELECT id, destination, payload, request_id, attempts, reason, created_at_us, given_up_at_us FROM undelivered "

Undelivered read(storage::Statement& row)
{
    return {UndeliveredId{row.column_int(0)},
            row.column_string(1),
            row.column_string(2),
            RequestId{row.column_int(3)},
            static_cast<int>(row.column_int(4)),
            row.column_string(5),
            from_microseconds(row.column_int(6)),
            from_microseconds(row.column_int(7))};
}

}  // namespace

DestinationState DestinationTable::state_of(const std::string& name) const
{
    storage::Statement row = connection_.prepare(
        "SELECT told_at_us, failing_since_us, reason, beat_at_us, is_owner_told FROM destination_states WHERE name = $1");
    row.bind(1, name);
    if (!row.step()) return {};
    return {to_instant(row.column_optional_int(0)),
            to_instant(row.column_optional_int(1)),
            row.column_string(2),
            to_instant(row.column_optional_int(3)),
            row.column_int(4) != 0};
}

void DestinationTable::save(const std::string& name, const DestinationState& state) const
{
    connection_
        .prepare(R"(INSERT INTO destination_states
                (name, told_at_us, failing_since_us, reason, beat_at_us, is_owner_told)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (name) DO UPDATE
                SET told_at_us = $2, failing_since_us = $3, reason = $4, beat_at_us = $5, is_owner_told = $6)")
        .bind_all(name,
                  to_column(state.told_at),
                  to_column(state.failing_since),
                  state.reason,
                  to_column(state.beat_at),
                  state.is_owner_told ? 1 : 0)
        .run();
}

void DestinationTable::take_back_refusals(const std::string& name, RequestId request) const
{
    connection_
        .prepare(R"(UPDATE calls SET declined = 0
            WHERE target = $1 AND obligation_id IN (SELECT id FROM obligations WHERE request_id = $2))")
        .bind_all(call_of_destination(name).value, request.value)
        .run();
}

UndeliveredId DestinationTable::add(const Undelivered& undelivered) const
{
    connection_
        .prepare(R"(INSERT INTO undelivered
            (destination, payload, request_id, attempts, reason, created_at_us, given_up_at_us)
            VALUES ($1, $2, $3, $4, $5, $6, $7))")
        .bind_all(undelivered.destination,
                  undelivered.payload,
                  undelivered.request.value,
                  undelivered.attempts,
                  undelivered.reason,
                  to_microseconds(undelivered.created_at),
                  to_microseconds(undelivered.given_up_at))
        .run();
    return UndeliveredId{connection_.last_insert_id()};
}

std::optional<Undelivered> DestinationTable::find(UndeliveredId id) const
{
    storage::Statement row = connection_.prepare(UNDELIVERED_COLUMNS "WHERE id = $1");
    row.bind(1, id.value);
    return row.step() ? std::optional{read(row)} : std::nullopt;
}

void DestinationTable::remove(UndeliveredId id) const
{
    connection_.prepare("DELETE FROM undelivered WHERE id = $1").bind(1, id.value).run();
}

std::vector<Undelivered> DestinationTable::undelivered_to(const std::string& name, int count_max) const
{
    storage::Statement rows = connection_.prepare(UNDELIVERED_COLUMNS
                                                  "WHERE destination = $1 ORDER BY id LIMIT $2");
    rows.bind_all(name, count_max);
    std::vector<Undelivered> list;
    while (rows.step()) list.push_back(read(rows));
    return list;
}

std::int64_t DestinationTable::count_undelivered_to(const std::string& name) const
{
    storage::Statement row = connection_.prepare("SELECT count(*) FROM undelivered WHERE destination = $1");
    row.bind(1, name);
    row.step();
    return row.column_int(0);
}

}  // namespace ackd
