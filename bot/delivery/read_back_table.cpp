#include "bot/delivery/read_back_table.hpp"

#include "bot/engine/mutation.hpp"
#include "bot/instant_columns.hpp"

namespace ackd {

namespace {

#define TURN_COLUMNS                                                                                         \
    "SELECT t.id, person, obligation_id, is_volunteer, t.state, t.asked_at_us, until_us, "                   \
    "coalesce(words, '') FROM read_back_turns AS t LEFT JOIN read_back_words ON turn_id = t.id "

std::vector<ReadBackTurn> read_turns(storage::Statement& rows)
{
    std::vector<ReadBackTurn> turns;
    while (rows.step()) {
        ReadBackTurn& turn = turns.emplace_back();
        turn.id = rows.column_int(0);
        turn.person = UserId{rows.column_string(1)};
        turn.obligation = ObligationId{rows.column_int(2)};
        turn.is_volunteer = rows.column_int(3) != 0;
        turn.state = static_cast<TurnState>(rows.column_int(4));
        turn.asked_at = from_microseconds(rows.column_int(5));
        turn.until = to_instant(rows.column_optional_int(6));
        turn.words = rows.column_string(7);
    }
    return turns;
}

}  // namespace

std::optional<ReadBack> ReadBackTable::find(RequestId request) const
{
    storage::Statement row = connection_.prepare(
        R"(SELECT state, wanted, wanted_at_us, ready_at_us, pick_at_us, right_count, lapsed_count, unjudged_count,
            passed_count, correction
            FROM read_backs
            WHERE request_id = $1)");
    row.bind(1, request.value);
    if (!row.step()) return std::nullopt;
    ReadBack read_back;
    read_back.request = request;
    read_back.state = static_cast<ReadBackState>(row.column_int(0));
    read_back.wanted = static_cast<int>(row.column_int(1));
    read_back.wanted_at = from_microseconds(row.column_int(2));
    read_back.ready_at = to_instant(row.column_optional_int(3));
    read_back.pick_at = to_instant(row.column_optional_int(4));
    read_back.right_count = static_cast<int>(row.column_int(5));
    read_back.lapsed_count = static_cast<int>(row.column_int(6));
    read_back.unjudged_count = static_cast<int>(row.column_int(7));
    read_back.passed_count = static_cast<int>(row.column_int(8));
    read_back.correction = row.column_string(9);
    read_back.turns = turns_of(request);
    return read_back;
}

std::vector<ReadBackTurn> ReadBackTable::turns_of(RequestId request) const
{
    storage::Statement rows = connection_.prepare(TURN_COLUMNS "WHERE request_id = $1 ORDER BY t.id");
    rows.bind(1, request.value);
    return read_turns(rows);
}

std::vector<ReadBackTurn> ReadBackTable::given_to(const UserId& author) const
{
    // Few have words at any time.
    storage::Statement rows = connection_.prepare(
        TURN_COLUMNS "JOIN requests ON requests.id = request_id WHERE t.state = 2 AND creditor = $1 "
                     "ORDER BY t.id");
    rows.bind(1, author.value);
    return read_turns(rows);
}

void ReadBackTable::save(ReadBack& read_back)
{
    connection_
        .prepare(
            R"(INSERT INTO read_backs (request_id, state, wanted, wanted_at_us, ready_at_us, pick_at_us, due_at_us,
            right_count, lapsed_count, unjudged_count, passed_count, correction)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (request_id) DO UPDATE
            SET state = excluded.state, wanted = excluded.wanted, ready_at_us = excluded.ready_at_us,
            pick_at_us = excluded.pick_at_us, due_at_us = excluded.due_at_us, right_count = excluded.right_count,
            lapsed_count = excluded.lapsed_count, unjudged_count = excluded.unjudged_count,
            passed_count = excluded.passed_count, correction = excluded.correction)")
        .bind_all(read_back.request.value,
                  static_cast<int>(read_back.state),
                  read_back.wanted,
                  to_microseconds(read_back.wanted_at),
                  to_column(read_back.ready_at),
                  to_column(read_back.pick_at),
                  to_column(due_at(read_back)),
                  read_back.right_count,
                  read_back.lapsed_count,
                  read_back.unjudged_count,
                  read_back.passed_count,
                  read_back.correction)
        .run();
    for (ReadBackTurn& turn : read_back.turns) save(read_back.request, turn);
}

void ReadBackTable::save(RequestId request, ReadBackTurn& turn)
{
    if (turn.id == 0) {
        connection_
            .prepare(R"(INSERT INTO read_back_turns (request_id, person, obligation_id, is_volunteer, state,
                asked_at_us, until_us)
                VALUES ($1, $2, $3, $4, $5, $6, $7))")
            .bind_all(request.value,
                      turn.person.value,
                      turn.obligation.value,
                      turn.is_volunteer ? 1 : 0,
                      static_cast<int>(turn.state),
                      to_microseconds(turn.asked_at),
                      to_column(turn.until))
            .run();
        turn.id = connection_.last_insert_id();
    } else {
        connection_.prepare("UPDATE read_back_turns SET state = $1, until_us = $2 WHERE id = $3")
            .bind_all(static_cast<int>(turn.state), to_column(turn.until), turn.id)
            .run();
    }
    if (turn.state == TurnState::given) {
        connection_
            .prepare("INSERT INTO read_back_words (turn_id, words) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind_all(turn.id, turn.words)
            .run();
    } else if (!is_mutated(Mutation::keep_said_back)) {
        connection_.prepare("DELETE FROM read_back_words WHERE turn_id = $1").bind(1, turn.id).run();
    }
}

void ReadBackTable::remove(RequestId request)
{
    connection_.prepare("DELETE FROM read_backs WHERE request_id = $1").bind(1, request.value).run();
}

std::string ReadBackTable::correction_of(RequestId request) const
{
    storage::Statement row = connection_.prepare("SELECT correction FROM read_backs WHERE request_id = $1");
    row.bind(1, request.value);
    return row.step() ? row.column_string(0) : std::string{};
}

RequestId ReadBackTable::request_of(std::int64_t turn) const
{
    storage::Statement row = connection_.prepare("SELECT request_id FROM read_back_turns WHERE id = $1");
    row.bind(1, turn);
    return row.step() ? RequestId{row.column_int(0)} : RequestId{};
}

std::optional<Instant> ReadBackTable::earliest_due() const
{
    storage::Statement row = connection_.prepare(
        "SELECT min(due_at_us) FROM read_backs WHERE due_at_us IS NOT NULL");
    row.step();
    return to_instant(row.column_optional_int(0));
}

std::vector<RequestId> ReadBackTable::due(Instant now, int count_max) const
{
    std::vector<RequestId> requests;
    storage::Statement rows = connection_.prepare(
        R"(SELECT request_id FROM read_backs
            WHERE due_at_us IS NOT NULL AND due_at_us <= $1
            ORDER BY due_at_us, request_id LIMIT $2)");
    rows.bind_all(to_microseconds(now), count_max);
    while (rows.step()) requests.push_back(RequestId{rows.column_int(0)});
    return requests;
}

void ReadBackTable::postpone(RequestId request, Instant until)
{
    connection_
        .prepare("UPDATE read_backs SET due_at_us = $1 WHERE due_at_us IS NOT NULL AND request_id = $2")
        .bind_all(to_microseconds(until), request.value)
        .run();
}

std::vector<WantedReadBack> ReadBackTable::wanted_since(const UserId& author, Instant since) const
{
    std::vector<WantedReadBack> list;
    storage::Statement rows = connection_.prepare(
        R"(SELECT wanted_at_us, wanted FROM read_backs JOIN requests ON id = request_id
            WHERE creditor = $1 AND wanted_at_us > $2
            ORDER BY wanted_at_us)");
    rows.bind_all(author.value, to_microseconds(since));
    while (rows.step())
        list.push_back({from_microseconds(rows.column_int(0)), static_cast<int>(rows.column_int(1))});
    return list;
}

bool ReadBackTable::was_picked(const UserId& person, Instant since) const
{
    storage::Statement row = connection_.prepare(
        "SELECT 1 FROM read_back_turns WHERE person = $1 AND asked_at_us > $2 AND is_volunteer = 0 LIMIT 1");
    row.bind_all(person.value, to_microseconds(since));
    return row.step();
}

bool ReadBackTable::is_being_asked(const UserId& person) const
{
    storage::Statement row = connection_.prepare(
        "SELECT 1 FROM read_back_turns WHERE person = $1 AND state = 1 LIMIT 1");
    row.bind(1, person.value);
    return row.step();
}

std::vector<RequestId> ReadBackTable::open_with(const UserId& person) const
{
    std::vector<RequestId> requests;
    storage::Statement rows = connection_.prepare(
        R"(SELECT request_id FROM read_back_turns WHERE person = $1 AND state != 3
            UNION
            SELECT request_id FROM read_backs JOIN requests ON id = request_id
            WHERE creditor = $1 AND read_backs.state IN (1, 2)
            ORDER BY 1)");
    rows.bind(1, person.value);
    while (rows.step()) requests.push_back(RequestId{rows.column_int(0)});
    return requests;
}

}  // namespace ackd
