#include "bot/escalation/triage_table.hpp"

#include "bot/instant_columns.hpp"

namespace ackd {

namespace {

#define LETTER_COLUMNS                                                                                       \
    "SELECT obligation_id, request_id, owner, created_at_us, answered_at_us, shown_at_us, triage_cause, "    \
    "triaged_at_us FROM dead_letters "
#define ROUND_COLUMNS "SELECT week, triager, sent_id, made_at_us FROM triage_rounds "

std::optional<DeadLetter> read_letter(storage::Statement& row)
{
    if (!row.step()) return std::nullopt;
    DeadLetter letter;
    letter.id = ObligationId{row.column_int(0)};
    letter.request = RequestId{row.column_int(1)};
    letter.owner = UserId{row.column_string(2)};
    letter.given_up_at = from_microseconds(row.column_int(3));
    letter.answered_at = to_instant(row.column_optional_int(4));
    letter.shown_at = to_instant(row.column_optional_int(5));
    if (const auto cause = row.column_optional_int(6)) letter.cause = static_cast<TriageCause>(*cause);
    letter.caused_at = to_instant(row.column_optional_int(7));
    return letter;
}

std::vector<DeadLetter> read_letters(storage::Statement& rows)
{
    std::vector<DeadLetter> letters;
    while (auto letter = read_letter(rows)) letters.push_back(std::move(*letter));
    return letters;
}

std::int64_t to_column(std::chrono::local_days week)
{
    return week.time_since_epoch().count();
}

std::chrono::local_days week_in(std::int64_t column)
{
    return std::chrono::local_days{std::chrono::days{column}};
}

}  // namespace

std::optional<DeadLetter> TriageTable::find(ObligationId id) const
{
    storage::Statement row = connection_.prepare(LETTER_COLUMNS "WHERE obligation_id = $1");
    row.bind(1, id.value);
    return read_letter(row);
}

std::vector<DeadLetter> TriageTable::without_cause(int count_max) const
{
    storage::Statement rows = connection_.prepare(LETTER_COLUMNS
                                                  "WHERE triage_cause IS NULL AND answered_at_us IS NULL "
                                                  "ORDER BY created_at_us, obligation_id LIMIT $1");
    rows.bind(1, count_max);
    return read_letters(rows);
}

std::vector<DeadLetter> TriageTable::with_cause(TriageCause cause, Instant since) const
{
    storage::Statement rows = connection_.prepare(
        LETTER_COLUMNS "WHERE triage_cause = $1 AND triaged_at_us > $2 ORDER BY triaged_at_us");
    rows.bind_all(static_cast<int>(cause), to_microseconds(since));
    return read_letters(rows);
}

std::vector<DeadLetter> TriageTable::all() const
{
    storage::Statement rows = connection_.prepare(LETTER_COLUMNS "ORDER BY created_at_us, obligation_id");
    return read_letters(rows);
}

void TriageTable::set_cause(ObligationId id, TriageCause cause, Instant at) const
{
    connection_
        .prepare("UPDATE dead_letters SET triage_cause = $1, triaged_at_us = $2 WHERE obligation_id = $3")
        .bind_all(static_cast<int>(cause), to_microseconds(at), id.value)
        .run();
}

std::optional<std::chrono::local_days> TriageTable::last_week() const
{
    storage::Statement row = connection_.prepare("SELECT max(week) FROM triage_rounds");
    if (!row.step() || row.column_is_null(0)) return std::nullopt;
    return week_in(row.column_int(0));
}

void TriageTable::insert(const TriageRound& round) const
{
    connection_
        .prepare("INSERT INTO triage_rounds (week, triager, sent_id, made_at_us) VALUES ($1, $2, $3, $4)")
        .bind_all(to_column(round.week), round.triager.value, round.sent_id, to_microseconds(round.made_at))
        .run();
    int place = 0;
    for (const ObligationId letter : round.letters) {
        connection_
            .prepare("INSERT INTO triage_round_letters (week, place, obligation_id) VALUES ($1, $2, $3)")
            .bind_all(to_column(round.week), place++, letter.value)
            .run();
        connection_
            .prepare("UPDATE dead_letters SET shown_at_us = $1 "
                     "WHERE obligation_id = $2 AND shown_at_us IS NULL")
            .bind_all(to_microseconds(round.made_at), letter.value)
            .run();
    }
}

void TriageTable::set_sent(std::chrono::local_days week, std::int64_t sent_id) const
{
    connection_.prepare("UPDATE triage_rounds SET sent_id = $1 WHERE week = $2")
        .bind_all(sent_id, to_column(week))
        .run();
}

std::optional<TriageRound> TriageTable::read_round(storage::Statement& row) const
{
    if (!row.step()) return std::nullopt;
    TriageRound round;
    round.week = week_in(row.column_int(0));
    round.triager = UserId{row.column_string(1)};
    round.sent_id = row.column_int(2);
    round.made_at = from_microseconds(row.column_int(3));
    storage::Statement letters = connection_.prepare(
        "SELECT obligation_id FROM triage_round_letters WHERE week = $1 ORDER BY place");
    letters.bind(1, to_column(round.week));
    while (letters.step()) round.letters.push_back(ObligationId{letters.column_int(0)});
    return round;
}

std::optional<TriageRound> TriageTable::find_round(std::chrono::local_days week) const
{
    storage::Statement row = connection_.prepare(ROUND_COLUMNS "WHERE week = $1");
    row.bind(1, to_column(week));
    return read_round(row);
}

std::optional<TriageRound> TriageTable::find_by_message(std::int64_t sent_id) const
{
    storage::Statement row = connection_.prepare(ROUND_COLUMNS "WHERE sent_id = $1");
    row.bind(1, sent_id);
    return read_round(row);
}

std::vector<TriageRound> TriageTable::rounds_with(ObligationId id) const
{
    storage::Statement rows = connection_.prepare(ROUND_COLUMNS
                                                  "WHERE week IN (SELECT week FROM triage_round_letters "
                                                  "WHERE obligation_id = $1) ORDER BY week");
    rows.bind(1, id.value);
    std::vector<TriageRound> rounds;
    while (auto round = read_round(rows)) rounds.push_back(std::move(*round));
    return rounds;
}

std::optional<Instant> TriageTable::proposed_at(const std::string& route, TriageCause cause) const
{
    storage::Statement row = connection_.prepare(
        "SELECT made_at_us FROM triage_proposals WHERE route = $1 AND cause = $2");
    row.bind_all(route, static_cast<int>(cause));
    if (!row.step()) return std::nullopt;
    return from_microseconds(row.column_int(0));
}

void TriageTable::note_proposal(const std::string& route, TriageCause cause, Instant at) const
{
    connection_
        .prepare(R"(INSERT INTO triage_proposals (route, cause, made_at_us) VALUES ($1, $2, $3)
            ON CONFLICT (route, cause) DO UPDATE SET made_at_us = $3)")
        .bind_all(route, static_cast<int>(cause), to_microseconds(at))
        .run();
}

void TriageTable::let_go(Instant before) const
{
    const std::int64_t before_us = to_microseconds(before);
    connection_
        .prepare("UPDATE dead_letters SET triage_cause = $1, triaged_at_us = NULL WHERE triaged_at_us <= $2")
        .bind_all(static_cast<int>(TriageCause::no_longer_kept), before_us)
        .run();
    connection_
        .prepare("DELETE FROM triage_round_letters "
                 "WHERE week IN (SELECT week FROM triage_rounds WHERE made_at_us <= $1)")
        .bind(1, before_us)
        .run();
    connection_.prepare("DELETE FROM triage_rounds WHERE made_at_us <= $1").bind(1, before_us).run();
    connection_.prepare("DELETE FROM triage_proposals WHERE made_at_us <= $1").bind(1, before_us).run();
}

}  // namespace ackd
