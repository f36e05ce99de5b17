#include "bot/people/absence_table.hpp"

#include "bot/instant_columns.hpp"

namespace ackd {

namespace {

/// When it begins or ends; nothing once it is over.
std::optional<Instant> turn_of(const Absence& absence)
{
    switch (absence.state) {
        case AbsenceState::planned: return absence.span.from;
        case AbsenceState::begun: return absence.span.until;
        case AbsenceState::over: break;
    }
    return std::nullopt;
}

}  // namespace

#define ABSENCE_COLUMNS "SELECT id, person, from_us, until_us, delegate, reason, state FROM absences "

void AbsenceTable::insert(Absence& absence)
{
    storage::Statement row = connection_.prepare(
        R"(INSERT INTO absences (person, from_us, until_us, delegate, reason, state, turns_at_us)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            RETURNING id)");
    row.bind_all(absence.person.value,
                 to_microseconds(absence.span.from),
                 to_microseconds(absence.span.until),
                 absence.delegate.value,
                 absence.reason,
                 static_cast<int>(absence.state),
                 to_column(turn_of(absence)));
    row.step();
    absence.id = AbsenceId{row.column_int(0)};
}

void AbsenceTable::save(const Absence& absence)
{
    connection_.prepare(R"(UPDATE absences SET until_us = $1, state = $2, turns_at_us = $3 WHERE id = $4)")
        .bind_all(to_microseconds(absence.span.until),
                  static_cast<int>(absence.state),
                  to_column(turn_of(absence)),
                  absence.id.value)
        .run();
}

void AbsenceTable::remove(AbsenceId id)
{
    connection_.prepare("DELETE FROM absences WHERE id = $1").bind_all(id.value).run();
}

std::optional<Absence> AbsenceTable::find(AbsenceId id) const
{
    storage::Statement rows = connection_.prepare(ABSENCE_COLUMNS "WHERE id = $1");
    rows.bind_all(id.value);
    const auto found = read_all(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::vector<Absence> AbsenceTable::ahead_of(const UserId& person) const
{
    storage::Statement rows = connection_.prepare(
        ABSENCE_COLUMNS "WHERE person = $1 AND state != 3 ORDER BY from_us, id LIMIT 100");
    rows.bind_all(person.value);
    return read_all(rows);
}

std::optional<Absence> AbsenceTable::in_force(const UserId& person, Instant at) const
{
    storage::Statement rows = connection_.prepare(
        ABSENCE_COLUMNS "WHERE person = $1 AND state != 3 AND from_us <= $2 AND until_us > $2 LIMIT 1");
    rows.bind_all(person.value, to_microseconds(at));
    const auto found = read_all(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::optional<Instant> AbsenceTable::next_turn() const
{
    storage::Statement row = connection_.prepare(
        "SELECT turns_at_us FROM absences WHERE turns_at_us IS NOT NULL ORDER BY turns_at_us LIMIT 1");
    if (!row.step()) return std::nullopt;
    return from_microseconds(row.column_int(0));
}

std::vector<AbsenceId> AbsenceTable::turning(Instant now, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT id FROM absences
            WHERE turns_at_us IS NOT NULL AND turns_at_us <= $1
            ORDER BY turns_at_us, id LIMIT $2)");
    rows.bind_all(to_microseconds(now), count_max);
    std::vector<AbsenceId> ids;
    while (rows.step()) ids.push_back(AbsenceId{rows.column_int(0)});
    return ids;
}

void AbsenceTable::postpone(AbsenceId id, Instant until)
{
    connection_.prepare("UPDATE absences SET turns_at_us = $1 WHERE id = $2")
        .bind_all(to_microseconds(until), id.value)
        .run();
}

void AbsenceTable::add_hand_over(AbsenceId id, ObligationId obligation)
{
    connection_.prepare("INSERT INTO hand_overs (absence_id, obligation_id) VALUES ($1, $2)")
        .bind_all(id.value, obligation.value)
        .run();
}

std::vector<ObligationId> AbsenceTable::handed_over(AbsenceId id) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT obligation_id FROM hand_overs WHERE absence_id = $1 ORDER BY obligation_id");
    rows.bind_all(id.value);
    std::vector<ObligationId> ids;
    while (rows.step()) ids.push_back(ObligationId{rows.column_int(0)});
    return ids;
}

bool AbsenceTable::is_handed_over(ObligationId obligation) const
{
    storage::Statement row = connection_.prepare("SELECT 1 FROM hand_overs WHERE obligation_id = $1");
    row.bind_all(obligation.value);
    return row.step();
}

std::vector<Absence> AbsenceTable::read_all(storage::Statement& rows) const
{
    std::vector<Absence> absences;
    while (rows.step()) {
        Absence& absence = absences.emplace_back();
        absence.id = AbsenceId{rows.column_int(0)};
        absence.person = UserId{rows.column_string(1)};
        absence.span = {from_microseconds(rows.column_int(2)), from_microseconds(rows.column_int(3))};
        absence.delegate = UserId{rows.column_string(4)};
        absence.reason = rows.column_string(5);
        absence.state = static_cast<AbsenceState>(rows.column_int(6));
    }
    return absences;
}

}  // namespace ackd
