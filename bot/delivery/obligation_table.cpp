#include "bot/delivery/obligation_table.hpp"

#include "bot/courier/outbox.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/instant_columns.hpp"

namespace ackd {

namespace {

#define OBLIGATION_COLUMNS                                                                                         \
    "SELECT id, request_id, debtor, holder, state, step, attempt, reminders, snoozes, started_at_us, "             \
    "received_at_us, integrated_at_us, promised_at_us, due_at_us, way, cause, predecessor_id, nudged_at_us, sign " \
    "FROM obligations "

Obligation read_obligation(const storage::Statement& row)
{
    Obligation obligation;
    obligation.id = ObligationId{row.column_int(0)};
    obligation.request = RequestId{row.column_int(1)};
    obligation.debtor = UserId{row.column_string(2)};
    obligation.holder = UserId{row.column_string(3)};
    obligation.state = static_cast<ObligationState>(row.column_int(4));
    obligation.step = static_cast<int>(row.column_int(5));
    obligation.attempt = static_cast<int>(row.column_int(6));
    obligation.reminders = static_cast<int>(row.column_int(7));
    obligation.snoozes = static_cast<int>(row.column_int(8));
    obligation.started_at = from_microseconds(row.column_int(9));
    obligation.received_at = to_instant(row.column_optional_int(10));
    obligation.integrated_at = to_instant(row.column_optional_int(11));
    obligation.promised_at = to_instant(row.column_optional_int(12));
    obligation.due_at = to_instant(row.column_optional_int(13));
    obligation.way = static_cast<AckWay>(row.column_int(14));
    obligation.cause = static_cast<EndCause>(row.column_int(15));
    obligation.predecessor = ObligationId{row.column_int(16)};
    obligation.nudged_at = to_instant(row.column_optional_int(17));
    obligation.sign = static_cast<Sign>(row.column_int(18));
    return obligation;
}

void bind_obligation(storage::Statement& statement, const Obligation& obligation)
{
    statement.bind_all(obligation.request.value,
                       obligation.debtor.value,
                       obligation.holder.value,
                       static_cast<int>(obligation.state),
                       obligation.step,
                       obligation.attempt,
                       obligation.reminders,
                       obligation.snoozes,
                       to_microseconds(obligation.started_at),
                       to_column(obligation.received_at),
                       to_column(obligation.integrated_at),
                       to_column(obligation.promised_at),
                       to_column(obligation.due_at),
                       static_cast<int>(obligation.way),
                       static_cast<int>(obligation.cause),
                       obligation.predecessor.value,
                       to_column(obligation.nudged_at),
                       static_cast<int>(obligation.sign));
}

void add_deadline(storage::Connection& connection, ObligationId id, Instant at)
{
    connection.prepare("INSERT INTO deadlines (due_at_us, obligation_id) VALUES ($1, $2)")
        .bind_all(to_microseconds(at), id.value)
        .run();
}

bool is_call_declined(storage::Connection& connection, ObligationId id, const std::string& target)
{
    storage::Statement row = connection.prepare(
        "SELECT 1 FROM calls WHERE obligation_id = $1 AND target = $2 AND declined = 1 LIMIT 1");
    row.bind_all(id.value, target);
    return row.step();
}

void decline_calls_of(storage::Connection& connection, ObligationId id, const std::string& target)
{
    connection.prepare("UPDATE calls SET declined = 1 WHERE obligation_id = $1 AND target = $2")
        .bind_all(id.value, target)
        .run();
}

}  // namespace

Tally ObligationTable::tally(RequestId id) const
{
    Tally tally;
    // Asked for every answer, of requests to hundreds of people: each obligation is looked at once, in the
    // index.
    storage::Statement row = connection_.prepare(
        R"(SELECT count(*) FILTER (WHERE state = 1 OR state = 6), count(*) FILTER (WHERE state = 2),
            count(*) FILTER (WHERE state = 3)
            FROM obligations
            WHERE request_id = $1)");
    row.bind(1, id.value);
    row.step();
    tally.waiting = static_cast<int>(row.column_int(0));
    const auto received = static_cast<int>(row.column_int(1));
    tally.integrated = static_cast<int>(row.column_int(2));
    // An answer that was asked for once more (the subject changed) does not count twice. What was raised is
    // never asked for again like that: there the one after is somebody else's (bot/escalation/raise.hpp).
    storage::Statement asked_again = connection_.prepare(
        R"(SELECT count(DISTINCT predecessor_id)
            FROM obligations
            WHERE request_id = $1 AND predecessor_id != 0
            AND (SELECT kind FROM requests WHERE id = $1) != 3
            AND (SELECT state FROM obligations AS before WHERE before.id = obligations.predecessor_id) = 3)");
    asked_again.bind(1, id.value);
    asked_again.step();
    tally.integrated -= static_cast<int>(asked_again.column_int(0));
    tally.live = tally.waiting + received;
    tally.received = received + tally.integrated;
    return tally;
}

void ObligationTable::insert(Obligation& obligation)
{
    storage::Statement statement = connection_.prepare(
        R"(INSERT INTO obligations (request_id, debtor, holder, state, step, attempt, reminders, snoozes,
            started_at_us, received_at_us, integrated_at_us, promised_at_us, due_at_us, way, cause,
            predecessor_id, nudged_at_us, sign)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18))");
    bind_obligation(statement, obligation);
    statement.run();
    obligation.id = ObligationId{connection_.last_insert_id()};
    if (obligation.due_at) add_deadline(connection_, obligation.id, *obligation.due_at);
}

void ObligationTable::save(const Obligation& before, const Obligation& after)
{
    // Who owes what never changes (another debtor is another obligation): naming it here would cost its
    // index.
    connection_
        .prepare(R"(UPDATE obligations
            SET holder = $1, state = $2, step = $3, attempt = $4, reminders = $5, snoozes = $6,
            started_at_us = $7, received_at_us = $8, integrated_at_us = $9, promised_at_us = $10,
            due_at_us = $11, way = $12, cause = $13, nudged_at_us = $14, sign = $15
            WHERE id = $16)")
        .bind_all(after.holder.value,
                  static_cast<int>(after.state),
                  after.step,
                  after.attempt,
                  after.reminders,
                  after.snoozes,
                  to_microseconds(after.started_at),
                  to_column(after.received_at),
                  to_column(after.integrated_at),
                  to_column(after.promised_at),
                  to_column(after.due_at),
                  static_cast<int>(after.way),
                  static_cast<int>(after.cause),
                  to_column(after.nudged_at),
                  static_cast<int>(after.sign),
                  after.id.value)
        .run();
    if (before.due_at == after.due_at) return;
    if (before.due_at) {
        connection_.prepare("DELETE FROM deadlines WHERE due_at_us = $1 AND obligation_id = $2")
            .bind_all(to_microseconds(*before.due_at), after.id.value)
            .run();
    }
    if (after.due_at && !is_mutated(Mutation::forget_deadline))
        add_deadline(connection_, after.id, *after.due_at);
}

std::optional<Obligation> ObligationTable::find(ObligationId id) const
{
    storage::Statement row = connection_.prepare(OBLIGATION_COLUMNS "WHERE id = $1");
    row.bind(1, id.value);
    if (!row.step()) return std::nullopt;
    return read_obligation(row);
}

std::vector<Obligation> ObligationTable::read_all(storage::Statement& rows) const
{
    std::vector<Obligation> obligations;
    while (rows.step()) obligations.push_back(read_obligation(rows));
    return obligations;
}

std::vector<Obligation> ObligationTable::of_request(RequestId id) const
{
    storage::Statement rows = connection_.prepare(OBLIGATION_COLUMNS "WHERE request_id = $1 ORDER BY id");
    rows.bind(1, id.value);
    return read_all(rows);
}

std::vector<Obligation> ObligationTable::of_debtor(RequestId id, const UserId& debtor) const
{
    storage::Statement rows = connection_.prepare(OBLIGATION_COLUMNS
                                                  "WHERE request_id = $1 AND debtor = $2 ORDER BY id DESC");
    rows.bind_all(id.value, debtor.value);
    return read_all(rows);
}

std::vector<Obligation> ObligationTable::waiting_for(const UserId& person, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        OBLIGATION_COLUMNS
        R"(WHERE debtor = $1 AND state IN (1, 2, 6) AND due_at_us IS NOT NULL AND holder IN ('', $1)
            ORDER BY id LIMIT $2)");
    rows.bind_all(person.value, count_max);
    std::vector<Obligation> own = read_all(rows);
    storage::Statement called = connection_.prepare(
        OBLIGATION_COLUMNS
        R"(WHERE id IN (SELECT obligation_id FROM calls WHERE target = $1 AND declined = 0)
            AND state IN (2, 6) AND due_at_us IS NOT NULL AND debtor != $1 AND holder IN ('', $1)
            ORDER BY id LIMIT $2)");
    called.bind_all(person.value, count_max - static_cast<int>(own.size()));
    std::vector<Obligation> others = read_all(called);
    own.insert(own.end(), others.begin(), others.end());
    return own;
}

std::optional<Instant> ObligationTable::earliest_deadline() const
{
    storage::Statement row = connection_.prepare(
        "SELECT due_at_us FROM deadlines ORDER BY due_at_us LIMIT 1");
    if (!row.step()) return std::nullopt;
    return from_microseconds(row.column_int(0));
}

std::vector<ObligationId> ObligationTable::due(Instant now, int count_max) const
{
    std::vector<ObligationId> ids;
    storage::Statement rows = connection_.prepare(R"(SELECT obligation_id
        FROM deadlines
        WHERE due_at_us <= $1
        ORDER BY due_at_us, obligation_id LIMIT $2)");
    rows.bind_all(to_microseconds(now), count_max);
    while (rows.step()) ids.push_back(ObligationId{rows.column_int(0)});
    return ids;
}

void ObligationTable::postpone(ObligationId id, Instant until)
{
    connection_.prepare("UPDATE deadlines SET due_at_us = ?2 WHERE obligation_id = ?1 AND due_at_us <= ?2")
        .bind_all(id.value, to_microseconds(until))
        .run();
    connection_.prepare("UPDATE obligations SET due_at_us = ?2 WHERE id = ?1 AND due_at_us IS NOT NULL")
        .bind_all(id.value, to_microseconds(until))
        .run();
}

void ObligationTable::add_call(ObligationId id, int step, const UserId& person)
{
    connection_
        .prepare(R"(INSERT INTO calls (obligation_id, step, target, is_channel)
            VALUES ($1, $2, $3, 0)
            ON CONFLICT DO NOTHING)")
        .bind_all(id.value, step, person.value)
        .run();
}

void ObligationTable::add_call(ObligationId id, int step, const ChannelId& channel)
{
    connection_
        .prepare(R"(INSERT INTO calls (obligation_id, step, target, is_channel)
            VALUES ($1, $2, $3, 1)
            ON CONFLICT DO NOTHING)")
        .bind_all(id.value, step, channel.value)
        .run();
}

std::vector<UserId> ObligationTable::called_people(ObligationId id) const
{
    std::vector<UserId> people;
    storage::Statement rows = connection_.prepare(
        "SELECT target FROM calls WHERE obligation_id = $1 AND is_channel = 0 ORDER BY step, target");
    rows.bind(1, id.value);
    while (rows.step()) people.emplace_back(rows.column_string(0));
    return people;
}

std::vector<UserId> ObligationTable::called_on_step(ObligationId id, int step) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT target FROM calls WHERE obligation_id = $1 AND step = $2 AND is_channel = 0 AND declined = 0
            ORDER BY target)");
    rows.bind_all(id.value, step);
    std::vector<UserId> people;
    while (rows.step()) people.emplace_back(rows.column_string(0));
    return people;
}

bool ObligationTable::is_called(ObligationId id, const UserId& person) const
{
    storage::Statement row = connection_.prepare(
        "SELECT 1 FROM calls WHERE obligation_id = $1 AND target = $2 AND declined = 0 LIMIT 1");
    row.bind_all(id.value, person.value);
    return row.step();
}

bool ObligationTable::has_declined_call(ObligationId id, const UserId& person) const
{
    return is_call_declined(connection_, id, person.value);
}

bool ObligationTable::has_declined_call(ObligationId id, const ChannelId& channel) const
{
    return is_call_declined(connection_, id, channel.value);
}

void ObligationTable::decline_calls(ObligationId id, const UserId& person)
{
    decline_calls_of(connection_, id, person.value);
}

void ObligationTable::decline_calls(ObligationId id, const ChannelId& channel)
{
    decline_calls_of(connection_, id, channel.value);
}

ChannelId call_of_destination(const std::string& name)
{
    return ChannelId{conversation_of_destination(name)};
}

std::vector<std::string> ObligationTable::called_destinations(RequestId id) const
{
    const std::string mark = conversation_of_destination("");
    storage::Statement rows = connection_.prepare(
        R"(SELECT DISTINCT target FROM calls JOIN obligations ON id = obligation_id
            WHERE request_id = $1 AND is_channel = 1 AND declined = 0 AND substr(target, 1, 1) = $2 ORDER BY target)");
    rows.bind_all(id.value, mark);
    std::vector<std::string> names;
    while (rows.step()) names.push_back(rows.column_string(0).substr(mark.size()));
    return names;
}

void ObligationTable::copy_calls(ObligationId from, ObligationId to, const std::vector<UserId>& but_of)
{
    connection_
        .prepare(
            R"(INSERT INTO calls (obligation_id, step, target, is_channel, declined) SELECT ?2, step, target,
            is_channel, declined
            FROM calls
            WHERE obligation_id = ?1)")
        .bind_all(from.value, to.value)
        .run();
    for (const UserId& person : but_of) {
        connection_.prepare("DELETE FROM calls WHERE obligation_id = $1 AND target = $2")
            .bind_all(to.value, person.value)
            .run();
    }
}

bool ObligationTable::add_cover(RequestId id, const UserId& person, Instant at)
{
    connection_
        .prepare(R"(INSERT INTO covers (request_id, person, offered_at_us)
            VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING)")
        .bind_all(id.value, person.value, to_microseconds(at))
        .run();
    return connection_.changed_rows() > 0;
}

std::vector<UserId> ObligationTable::covers(RequestId id) const
{
    std::vector<UserId> people;
    storage::Statement rows = connection_.prepare(
        "SELECT person FROM covers WHERE request_id = $1 ORDER BY offered_at_us, person");
    rows.bind(1, id.value);
    while (rows.step()) people.emplace_back(rows.column_string(0));
    return people;
}

void ObligationTable::add_dead_letter(const Obligation& obligation, const UserId& owner, Instant at)
{
    connection_
        .prepare(R"(INSERT INTO dead_letters (obligation_id, request_id, owner, cause, created_at_us)
            VALUES ($1, $2, $3, $4, $5))")
        .bind_all(obligation.id.value,
                  obligation.request.value,
                  owner.value,
                  static_cast<int>(obligation.cause),
                  to_microseconds(at))
        .run();
}

bool ObligationTable::answer_dead_letter(ObligationId id, Instant at)
{
    connection_
        .prepare(
            "UPDATE dead_letters SET answered_at_us = ?2 WHERE obligation_id = ?1 AND answered_at_us IS NULL")
        .bind_all(id.value, to_microseconds(at))
        .run();
    return connection_.changed_rows() > 0;
}

std::optional<UserId> ObligationTable::dead_letter_owner(ObligationId id) const
{
    storage::Statement row = connection_.prepare("SELECT owner FROM dead_letters WHERE obligation_id = $1");
    row.bind(1, id.value);
    if (!row.step()) return std::nullopt;
    return UserId{row.column_string(0)};
}

}  // namespace ackd
