#include "bot/capacity/capacity_table.hpp"

#include "bot/capacity/capacity_rules.hpp"
#include "bot/instant_columns.hpp"

#include <algorithm>

namespace ackd {

#define SIGNAL_COLUMNS                                                                                       \
    "SELECT id, team, person, level, state, reason, began_at_us, until_us, is_in_force, is_urgent, "         \
    "relieved_at_us, ended_at_us, help_asked_at_us, helped, channel, stamp FROM capacity_signals "
#define QUESTION_COLUMNS                                                                                     \
    "SELECT request_id, signal_id, function, due_at_us, answer, answered_by, answered_at_us, words "         \
    "FROM capacity_questions "

namespace {

CapacityQuestion read_question(const storage::Statement& row)
{
    CapacityQuestion question;
    question.request = RequestId{row.column_int(0)};
    question.signal = CapacitySignalId{row.column_int(1)};
    question.function = row.column_string(2);
    question.due_at = from_microseconds(row.column_int(3));
    question.answer = static_cast<Relief>(row.column_int(4));
    question.answered_by = UserId{row.column_string(5)};
    question.answered_at = to_instant(row.column_optional_int(6));
    question.words = row.column_string(7);
    return question;
}

}  // namespace

void CapacityTable::insert(CapacitySignal& signal) const
{
    storage::Statement row = connection_.prepare(
        R"(INSERT INTO capacity_signals
            (team, person, level, state, reason, began_at_us, until_us, is_in_force, is_urgent, due_at_us)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            RETURNING id)");
    row.bind_all(signal.team,
                 signal.person.value,
                 static_cast<int>(signal.level),
                 static_cast<int>(signal.state),
                 signal.reason,
                 to_microseconds(signal.began_at),
                 to_microseconds(signal.until),
                 signal.is_in_force ? 1 : 0,
                 signal.is_urgent ? 1 : 0,
                 to_column(due_of(signal)));
    row.step();
    signal.id = CapacitySignalId{row.column_int(0)};
}

void CapacityTable::save(const CapacitySignal& signal) const
{
    connection_
        .prepare(R"(UPDATE capacity_signals SET
            state = $1, reason = $2, until_us = $3, is_in_force = $4, is_urgent = $5, relieved_at_us = $6,
            ended_at_us = $7, help_asked_at_us = $8, helped = $9, channel = $10, stamp = $11, due_at_us = $12
            WHERE id = $13)")
        .bind_all(static_cast<int>(signal.state),
                  signal.reason,
                  to_microseconds(signal.until),
                  signal.is_in_force ? 1 : 0,
                  signal.is_urgent ? 1 : 0,
                  to_column(signal.relieved_at),
                  to_column(signal.ended_at),
                  to_column(signal.help_asked_at),
                  static_cast<int>(signal.helped),
                  signal.message.channel.value,
                  signal.message.stamp,
                  to_column(due_of(signal)),
                  signal.id.value)
        .run();
}

void CapacityTable::remove(CapacitySignalId id) const
{
    connection_.prepare("DELETE FROM capacity_signals WHERE id = $1").bind_all(id.value).run();
}

std::optional<CapacitySignal> CapacityTable::find(CapacitySignalId id) const
{
    storage::Statement rows = connection_.prepare(SIGNAL_COLUMNS "WHERE id = $1");
    rows.bind_all(id.value);
    const auto found = read_signals(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::optional<CapacitySignal> CapacityTable::in_force(const std::string& team, const UserId& person) const
{
    storage::Statement rows = connection_.prepare(
        SIGNAL_COLUMNS "WHERE is_in_force = 1 AND team = $1 AND (team != '' OR person = $2)");
    rows.bind_all(team, person.value);
    const auto found = read_signals(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::vector<CapacitySignal> CapacityTable::open_of(const std::string& team, const UserId& person) const
{
    storage::Statement rows = connection_.prepare(
        SIGNAL_COLUMNS
        "WHERE (is_in_force = 1 OR state = 2) AND team = $1 AND (team != '' OR person = $2) ORDER BY id DESC");
    rows.bind_all(team, person.value);
    return read_signals(rows);
}

std::vector<CapacitySignal> CapacityTable::newest(const std::string& team,
                                                  const UserId& person,
                                                  int count_max) const
{
    storage::Statement rows = connection_.prepare(
        SIGNAL_COLUMNS "WHERE team = $1 AND (team != '' OR person = $2) ORDER BY id DESC LIMIT $3");
    rows.bind_all(team, person.value, count_max);
    return read_signals(rows);
}

std::vector<CapacitySignal> CapacityTable::of_team_since(const std::string& team, Instant since) const
{
    storage::Statement rows = connection_.prepare(
        SIGNAL_COLUMNS "WHERE team = $1 AND level = 3 AND began_at_us >= $2 ORDER BY id");
    rows.bind_all(team, to_microseconds(since));
    return read_signals(rows);
}

bool CapacityTable::is_any_in_force() const
{
    return connection_.prepare("SELECT 1 FROM capacity_signals WHERE is_in_force = 1 LIMIT 1").step();
}

bool CapacityTable::add_voice(CapacitySignalId id, const UserId& person, Instant at) const
{
    storage::Statement row = connection_.prepare(
        R"(INSERT INTO capacity_voices (signal_id, person, said_at_us) VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING
            RETURNING 1)");
    row.bind_all(id.value, person.value, to_microseconds(at));
    return row.step();
}

std::vector<UserId> CapacityTable::voices_since(const std::string& team,
                                                const std::vector<UserId>& members,
                                                Instant since) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT voices.person, signals.team FROM capacity_voices AS voices
            JOIN capacity_signals AS signals ON signals.id = voices.signal_id
            WHERE voices.said_at_us >= $1 AND signals.level = 3 AND signals.team IN ('', $2)
            ORDER BY voices.said_at_us, voices.person)");
    rows.bind_all(to_microseconds(since), team);
    std::vector<UserId> voices;
    while (rows.step()) {
        UserId person{rows.column_string(0)};
        const bool is_of_team = !rows.column_text(1).empty() ||
                                std::find(members.begin(), members.end(), person) != members.end();
        const bool is_known = std::find(voices.begin(), voices.end(), person) != voices.end();
        if (is_of_team && !is_known) voices.push_back(std::move(person));
    }
    return voices;
}

std::vector<CapacitySignalId> CapacityTable::due(Instant now, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT id FROM capacity_signals WHERE due_at_us IS NOT NULL AND due_at_us <= $1
            ORDER BY due_at_us, id LIMIT $2)");
    rows.bind_all(to_microseconds(now), count_max);
    std::vector<CapacitySignalId> ids;
    while (rows.step()) ids.push_back(CapacitySignalId{rows.column_int(0)});
    return ids;
}

std::optional<Instant> CapacityTable::earliest_due() const
{
    storage::Statement row = connection_.prepare(
        "SELECT due_at_us FROM capacity_signals WHERE due_at_us IS NOT NULL ORDER BY due_at_us LIMIT 1");
    if (!row.step()) return std::nullopt;
    return from_microseconds(row.column_int(0));
}

void CapacityTable::postpone(CapacitySignalId id, Instant until) const
{
    connection_.prepare("UPDATE capacity_signals SET due_at_us = $1 WHERE id = $2")
        .bind_all(to_microseconds(until), id.value)
        .run();
}

void CapacityTable::insert(const CapacityQuestion& question) const
{
    connection_
        .prepare(R"(INSERT INTO capacity_questions (request_id, signal_id, function, due_at_us)
            VALUES ($1, $2, $3, $4))")
        .bind_all(question.request.value,
                  question.signal.value,
                  question.function,
                  to_microseconds(question.due_at))
        .run();
}

void CapacityTable::save(const CapacityQuestion& question) const
{
    connection_
        .prepare(R"(UPDATE capacity_questions SET
            due_at_us = $1, answer = $2, answered_by = $3, answered_at_us = $4, words = $5
            WHERE request_id = $6)")
        .bind_all(to_microseconds(question.due_at),
                  static_cast<int>(question.answer),
                  question.answered_by.value,
                  to_column(question.answered_at),
                  question.words,
                  question.request.value)
        .run();
}

std::optional<CapacityQuestion> CapacityTable::question(RequestId request) const
{
    storage::Statement row = connection_.prepare(QUESTION_COLUMNS "WHERE request_id = $1");
    row.bind_all(request.value);
    if (!row.step()) return std::nullopt;
    return read_question(row);
}

std::vector<CapacityQuestion> CapacityTable::questions_of(CapacitySignalId id) const
{
    storage::Statement rows = connection_.prepare(QUESTION_COLUMNS
                                                  "WHERE signal_id = $1 ORDER BY request_id");
    rows.bind_all(id.value);
    std::vector<CapacityQuestion> questions;
    while (rows.step()) questions.push_back(read_question(rows));
    return questions;
}

void CapacityTable::add_waiting(const UserId& person, ObligationId obligation) const
{
    connection_.prepare("INSERT INTO capacity_queue (obligation_id, person) VALUES ($1, $2)")
        .bind_all(obligation.value, person.value)
        .run();
}

std::vector<ObligationId> CapacityTable::waiting_for(const UserId& person) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT obligation_id FROM capacity_queue WHERE person = $1 ORDER BY obligation_id");
    rows.bind_all(person.value);
    std::vector<ObligationId> ids;
    while (rows.step()) ids.push_back(ObligationId{rows.column_int(0)});
    return ids;
}

std::vector<UserId> CapacityTable::people_waited_for() const
{
    storage::Statement rows = connection_.prepare(
        "SELECT DISTINCT person FROM capacity_queue ORDER BY person");
    std::vector<UserId> people;
    while (rows.step()) people.emplace_back(rows.column_string(0));
    return people;
}

void CapacityTable::remove_waiting(ObligationId obligation) const
{
    connection_.prepare("DELETE FROM capacity_queue WHERE obligation_id = $1")
        .bind_all(obligation.value)
        .run();
}

std::vector<CapacitySignal> CapacityTable::read_signals(storage::Statement& rows) const
{
    std::vector<CapacitySignal> signals;
    while (rows.step()) {
        CapacitySignal& signal = signals.emplace_back();
        signal.id = CapacitySignalId{rows.column_int(0)};
        signal.team = rows.column_string(1);
        signal.person = UserId{rows.column_string(2)};
        signal.level = static_cast<CapacityLevel>(rows.column_int(3));
        signal.state = static_cast<CapacityState>(rows.column_int(4));
        signal.reason = rows.column_string(5);
        signal.began_at = from_microseconds(rows.column_int(6));
        signal.until = from_microseconds(rows.column_int(7));
        signal.is_in_force = rows.column_int(8) != 0;
        signal.is_urgent = rows.column_int(9) != 0;
        signal.relieved_at = to_instant(rows.column_optional_int(10));
        signal.ended_at = to_instant(rows.column_optional_int(11));
        signal.help_asked_at = to_instant(rows.column_optional_int(12));
        signal.helped = static_cast<Helped>(rows.column_int(13));
        signal.message = MessageRef{ChannelId{rows.column_string(14)}, rows.column_string(15)};
    }
    return signals;
}

}  // namespace ackd
