#include "bot/rotations/rotation_table.hpp"

#include "bot/instant_columns.hpp"

#include <algorithm>

namespace ackd {

namespace {

/// When an offer is looked at next; nothing once it is answered.
std::optional<Instant> due_of(const ShiftSwap& swap)
{
    if (swap.state != SwapState::offered) return std::nullopt;
    return swap.nudge_at ? std::min(*swap.nudge_at, swap.lapses_at) : swap.lapses_at;
}

}  // namespace

#define OVERRIDE_COLUMNS                                                                                     \
    "SELECT id, rotation, from_us, until_us, person, instead_of, source, made_by, made_at_us FROM shift_overrides "
#define SWAP_COLUMNS                                                                                          \
    "SELECT id, rotation, owner, asked, from_us, until_us, state, offered_at_us, nudge_at_us, lapses_at_us, " \
    "sent_id FROM shift_swaps "

void RotationTable::insert(ShiftOverride& made)
{
    storage::Statement row = connection_.prepare(
        R"(INSERT INTO shift_overrides
            (rotation, from_us, until_us, person, instead_of, source, made_by, made_at_us)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            RETURNING id)");
    row.bind_all(made.rotation,
                 to_microseconds(made.span.from),
                 to_microseconds(made.span.until),
                 made.person.value,
                 made.instead_of.value,
                 static_cast<int>(made.source),
                 made.made_by.value,
                 to_microseconds(made.made_at));
    row.step();
    made.id = OverrideId{row.column_int(0)};
}

std::optional<ShiftOverride> RotationTable::find(OverrideId id) const
{
    storage::Statement rows = connection_.prepare(OVERRIDE_COLUMNS "WHERE id = $1");
    rows.bind_all(id.value);
    const auto found = read_overrides(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::vector<ShiftOverride> RotationTable::overrides_of(const std::string& rotation) const
{
    storage::Statement rows = connection_.prepare(OVERRIDE_COLUMNS "WHERE rotation = $1 ORDER BY id");
    rows.bind_all(rotation);
    return read_overrides(rows);
}

void RotationTable::end(const ShiftOverride& made, Instant now)
{
    if (made.span.from >= now) {
        connection_.prepare("DELETE FROM shift_overrides WHERE id = $1").bind_all(made.id.value).run();
        return;
    }
    connection_.prepare("UPDATE shift_overrides SET until_us = $1 WHERE id = $2 AND until_us > $1")
        .bind_all(to_microseconds(now), made.id.value)
        .run();
}

std::int64_t RotationTable::count_ahead(const std::string& rotation, Instant now) const
{
    storage::Statement row = connection_.prepare(
        "SELECT count(*) FROM shift_overrides WHERE rotation = $1 AND until_us > $2");
    row.bind_all(rotation, to_microseconds(now));
    row.step();
    return row.column_int(0);
}

void RotationTable::insert(ShiftSwap& swap)
{
    storage::Statement row = connection_.prepare(
        R"(INSERT INTO shift_swaps
            (rotation, owner, asked, from_us, until_us, state, offered_at_us, nudge_at_us, lapses_at_us, due_at_us)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            RETURNING id)");
    row.bind_all(swap.rotation,
                 swap.owner.value,
                 swap.asked.value,
                 to_microseconds(swap.span.from),
                 to_microseconds(swap.span.until),
                 static_cast<int>(swap.state),
                 to_microseconds(swap.offered_at),
                 to_column(swap.nudge_at),
                 to_microseconds(swap.lapses_at),
                 to_column(due_of(swap)));
    row.step();
    swap.id = SwapId{row.column_int(0)};
}

void RotationTable::save(const ShiftSwap& swap)
{
    connection_
        .prepare(
            "UPDATE shift_swaps SET state = $1, nudge_at_us = $2, due_at_us = $3, sent_id = $4 WHERE id = $5")
        .bind_all(static_cast<int>(swap.state),
                  to_column(swap.nudge_at),
                  to_column(due_of(swap)),
                  swap.sent_id,
                  swap.id.value)
        .run();
}

std::optional<ShiftSwap> RotationTable::find(SwapId id) const
{
    storage::Statement rows = connection_.prepare(SWAP_COLUMNS "WHERE id = $1");
    rows.bind_all(id.value);
    const auto found = read_swaps(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::optional<ShiftSwap> RotationTable::find_by_message(std::int64_t sent_id) const
{
    storage::Statement rows = connection_.prepare(SWAP_COLUMNS "WHERE sent_id = $1 AND sent_id != 0");
    rows.bind_all(sent_id);
    const auto found = read_swaps(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::vector<ShiftSwap> RotationTable::open_of(const std::string& rotation) const
{
    storage::Statement rows = connection_.prepare(
        SWAP_COLUMNS "WHERE due_at_us IS NOT NULL AND rotation = $1 ORDER BY id");
    rows.bind_all(rotation);
    return read_swaps(rows);
}

std::vector<ShiftSwap> RotationTable::due(Instant now, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        SWAP_COLUMNS "WHERE due_at_us IS NOT NULL AND due_at_us <= $1 ORDER BY due_at_us, id LIMIT $2");
    rows.bind_all(to_microseconds(now), count_max);
    return read_swaps(rows);
}

std::optional<Instant> RotationTable::earliest_due() const
{
    storage::Statement row = connection_.prepare(
        "SELECT due_at_us FROM shift_swaps WHERE due_at_us IS NOT NULL ORDER BY due_at_us LIMIT 1");
    if (!row.step()) return std::nullopt;
    return from_microseconds(row.column_int(0));
}

void RotationTable::save_note(const std::string& rotation, const HandOverNote& note)
{
    connection_
        .prepare(
            R"(INSERT INTO hand_over_notes (rotation, author, note, written_at_us) VALUES ($1, $2, $3, $4)
            ON CONFLICT (rotation) DO UPDATE
            SET author = excluded.author, note = excluded.note, written_at_us = excluded.written_at_us)")
        .bind_all(rotation, note.author.value, note.text, to_microseconds(note.written_at))
        .run();
}

std::optional<HandOverNote> RotationTable::note_of(const std::string& rotation) const
{
    storage::Statement row = connection_.prepare(
        "SELECT author, note, written_at_us FROM hand_over_notes WHERE rotation = $1");
    row.bind_all(rotation);
    if (!row.step()) return std::nullopt;
    return HandOverNote{
        UserId{row.column_string(0)}, row.column_string(1), from_microseconds(row.column_int(2))};
}

std::optional<Instant> RotationTable::told_until(const std::string& rotation) const
{
    storage::Statement row = connection_.prepare(
        "SELECT told_until_us FROM told_hand_overs WHERE rotation = $1");
    row.bind_all(rotation);
    if (!row.step()) return std::nullopt;
    return from_microseconds(row.column_int(0));
}

void RotationTable::set_told_until(const std::string& rotation, Instant until)
{
    connection_
        .prepare(R"(INSERT INTO told_hand_overs (rotation, told_until_us) VALUES ($1, $2)
            ON CONFLICT (rotation) DO UPDATE SET told_until_us = excluded.told_until_us)")
        .bind_all(rotation, to_microseconds(until))
        .run();
}

bool RotationTable::is_news(const RotationFinding& finding, Instant now)
{
    const FindingMark mark = mark_of(finding);
    storage::Statement seen = connection_.prepare(
        R"(UPDATE told_rotation_findings SET seen_at_us = $1
            WHERE kind = $2 AND rotation = $3 AND other = $4 AND person = $5 AND begins = $6 AND length_us = $7
            RETURNING kind)");
    seen.bind_all(to_microseconds(now),
                  static_cast<int>(finding.kind),
                  finding.rotation,
                  finding.other,
                  finding.person.value,
                  mark.begins,
                  mark.length_us);
    if (seen.step()) return false;
    connection_
        .prepare(R"(INSERT INTO told_rotation_findings
            (kind, rotation, other, person, begins, length_us, seen_at_us) VALUES ($1, $2, $3, $4, $5, $6, $7))")
        .bind_all(static_cast<int>(finding.kind),
                  finding.rotation,
                  finding.other,
                  finding.person.value,
                  mark.begins,
                  mark.length_us,
                  to_microseconds(now))
        .run();
    return true;
}

std::vector<ShiftOverride> RotationTable::read_overrides(storage::Statement& rows) const
{
    std::vector<ShiftOverride> overrides;
    while (rows.step()) {
        ShiftOverride& made = overrides.emplace_back();
        made.id = OverrideId{rows.column_int(0)};
        made.rotation = rows.column_string(1);
        made.span = {from_microseconds(rows.column_int(2)), from_microseconds(rows.column_int(3))};
        made.person = UserId{rows.column_string(4)};
        made.instead_of = UserId{rows.column_string(5)};
        made.source = static_cast<OverrideSource>(rows.column_int(6));
        made.made_by = UserId{rows.column_string(7)};
        made.made_at = from_microseconds(rows.column_int(8));
    }
    return overrides;
}

std::vector<ShiftSwap> RotationTable::read_swaps(storage::Statement& rows) const
{
    std::vector<ShiftSwap> swaps;
    while (rows.step()) {
        ShiftSwap& swap = swaps.emplace_back();
        swap.id = SwapId{rows.column_int(0)};
        swap.rotation = rows.column_string(1);
        swap.owner = UserId{rows.column_string(2)};
        swap.asked = UserId{rows.column_string(3)};
        swap.span = {from_microseconds(rows.column_int(4)), from_microseconds(rows.column_int(5))};
        swap.state = static_cast<SwapState>(rows.column_int(6));
        swap.offered_at = from_microseconds(rows.column_int(7));
        if (!rows.column_is_null(8)) swap.nudge_at = from_microseconds(rows.column_int(8));
        swap.lapses_at = from_microseconds(rows.column_int(9));
        swap.sent_id = rows.column_int(10);
    }
    return swaps;
}

}  // namespace ackd
