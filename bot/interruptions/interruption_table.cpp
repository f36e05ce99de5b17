#include "bot/interruptions/interruption_table.hpp"

#include "bot/instant_columns.hpp"

namespace ackd {

int InterruptionTable::spent(const UserId& person, std::int64_t day) const
{
    storage::Statement row = connection_.prepare(
        "SELECT spent FROM interruptions WHERE person = $1 AND day = $2");
    row.bind_all(person.value, day);
    return row.step() ? static_cast<int>(row.column_int(0)) : 0;
}

void InterruptionTable::spend(const UserId& person, std::int64_t day)
{
    connection_
        .prepare(R"(INSERT INTO interruptions (person, day, spent)
            VALUES ($1, $2, 1)
            ON CONFLICT (person) DO UPDATE
            SET spent = CASE WHEN day = excluded.day THEN spent + 1 ELSE 1 END, day = excluded.day)")
        .bind_all(person.value, day)
        .run();
}

Telling InterruptionTable::telling_of(const UserId& person) const
{
    storage::Statement row = connection_.prepare("SELECT telling FROM preferences WHERE person = $1");
    row.bind(1, person.value);
    return row.step() ? static_cast<Telling>(row.column_int(0)) : Telling::as_usual;
}

void InterruptionTable::set_telling(const UserId& person, Telling telling)
{
    if (telling == Telling::as_usual) {
        connection_.prepare("DELETE FROM preferences WHERE person = $1").bind(1, person.value).run();
        return;
    }
    connection_
        .prepare(R"(INSERT INTO preferences (person, telling)
            VALUES ($1, $2)
            ON CONFLICT (person) DO UPDATE
            SET telling = excluded.telling)")
        .bind_all(person.value, static_cast<int>(telling))
        .run();
}

void InterruptionTable::wait_until(const UserId& person, Instant due_at)
{
    connection_
        .prepare(R"(INSERT INTO digests (person, due_at_us)
            VALUES ($1, $2)
            ON CONFLICT (person) DO UPDATE
            SET due_at_us = min(coalesce(due_at_us, excluded.due_at_us), excluded.due_at_us))")
        .bind_all(person.value, to_microseconds(due_at))
        .run();
}

void InterruptionTable::add(const UserId& person, const OutboxItem& item, Instant due_at, Instant now)
{
    connection_
        .prepare(R"(INSERT INTO digest_entries (person, obligation_id, step, attempt, notice, added_at_us)
            VALUES ($1, $2, $3, $4, '', $5)
            ON CONFLICT (person, obligation_id) WHERE obligation_id != 0 DO UPDATE
            SET step = excluded.step, attempt = excluded.attempt)")
        .bind_all(person.value, item.obligation.value, item.step, item.attempt, to_microseconds(now))
        .run();
    wait_until(person, due_at);
}

void InterruptionTable::add(const UserId& person, const std::string& notice, Instant due_at, Instant now)
{
    connection_
        .prepare(R"(INSERT INTO digest_entries (person, obligation_id, step, attempt, notice, added_at_us)
            VALUES ($1, 0, 0, 0, $2, $3))")
        .bind_all(person.value, notice, to_microseconds(now))
        .run();
    wait_until(person, due_at);
}

DigestState InterruptionTable::digest_of(const UserId& person) const
{
    DigestState digest;
    storage::Statement row = connection_.prepare(
        "SELECT due_at_us, made_at_us, sent_id FROM digests WHERE person = $1");
    row.bind(1, person.value);
    if (!row.step()) return digest;
    digest.due_at = to_instant(row.column_optional_int(0));
    digest.made_at = from_microseconds(row.column_int(1));
    digest.sent_id = row.column_int(2);
    return digest;
}

void InterruptionTable::save(const UserId& person, const DigestState& digest)
{
    connection_
        .prepare(R"(INSERT INTO digests (person, due_at_us, made_at_us, sent_id)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (person) DO UPDATE
            SET due_at_us = excluded.due_at_us, made_at_us = excluded.made_at_us,
                sent_id = excluded.sent_id)")
        .bind_all(person.value, to_column(digest.due_at), to_microseconds(digest.made_at), digest.sent_id)
        .run();
}

std::vector<DigestEntry> InterruptionTable::entries_of(const UserId& person) const
{
    std::vector<DigestEntry> entries;
    storage::Statement rows = connection_.prepare(
        R"(SELECT id, obligation_id, step, attempt, notice
            FROM digest_entries
            WHERE person = $1
            ORDER BY id)");
    rows.bind(1, person.value);
    while (rows.step()) {
        entries.push_back(DigestEntry{rows.column_int(0),
                                      OutboxItem{ObligationId{rows.column_int(1)},
                                                 static_cast<int>(rows.column_int(2)),
                                                 static_cast<int>(rows.column_int(3))},
                                      rows.column_string(4)});
    }
    return entries;
}

void InterruptionTable::remove_entries_of(const UserId& person)
{
    connection_.prepare("DELETE FROM digest_entries WHERE person = $1").bind(1, person.value).run();
}

void InterruptionTable::remove_entry(const UserId& person, ObligationId obligation)
{
    connection_.prepare("DELETE FROM digest_entries WHERE person = $1 AND obligation_id = $2")
        .bind_all(person.value, obligation.value)
        .run();
}

std::optional<Instant> InterruptionTable::earliest_digest() const
{
    storage::Statement row = connection_.prepare(
        "SELECT due_at_us FROM digests WHERE due_at_us IS NOT NULL ORDER BY due_at_us LIMIT 1");
    if (!row.step()) return std::nullopt;
    return from_microseconds(row.column_int(0));
}

std::vector<UserId> InterruptionTable::waiting_for_digest() const
{
    std::vector<UserId> people;
    storage::Statement rows = connection_.prepare(
        "SELECT person FROM digests WHERE due_at_us IS NOT NULL ORDER BY person");
    while (rows.step()) people.emplace_back(rows.column_string(0));
    return people;
}

std::vector<UserId> InterruptionTable::due_digests(Instant now, int count_max) const
{
    std::vector<UserId> people;
    storage::Statement rows = connection_.prepare(
        R"(SELECT person
            FROM digests
            WHERE due_at_us <= $1
            ORDER BY due_at_us, person
            LIMIT $2)");
    rows.bind_all(to_microseconds(now), count_max);
    while (rows.step()) people.emplace_back(rows.column_string(0));
    return people;
}

}  // namespace ackd
