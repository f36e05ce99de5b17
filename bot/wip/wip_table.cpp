#include "bot/wip/wip_table.hpp"

#include "bot/day_columns.hpp"
#include "bot/instant_columns.hpp"

namespace ackd {

#define WIP_COLUMNS                                                                                          \
    "SELECT id, team, person, title, state, is_unplanned, started_at_us, ended_at_us, due_at_us, "           \
    "let_in_by, let_in_because, source, source_key, link FROM wip_items "

namespace {

std::int64_t counted(storage::Statement& row)
{
    row.step();
    return row.column_int(0);
}

}  // namespace

void WipTable::insert(WipItem& item) const
{
    storage::Statement row = connection_.prepare(
        R"(INSERT INTO wip_items
            (team, person, title, state, is_unplanned, started_at_us, due_at_us, let_in_by, let_in_because,
             source, source_key, link)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            RETURNING id)");
    row.bind_all(item.team,
                 item.person.value,
                 item.title,
                 static_cast<int>(item.state),
                 item.is_unplanned ? 1 : 0,
                 to_microseconds(item.started_at),
                 to_column(item.due_at),
                 item.let_in_by.value,
                 item.let_in_because,
                 item.source,
                 item.source_key,
                 item.link);
    row.step();
    item.id = WipItemId{row.column_int(0)};
}

void WipTable::save(const WipItem& item) const
{
    connection_
        .prepare(
            R"(UPDATE wip_items SET person = $1, state = $2, ended_at_us = $3, due_at_us = $4 WHERE id = $5)")
        .bind_all(item.person.value,
                  static_cast<int>(item.state),
                  to_column(item.ended_at),
                  to_column(item.due_at),
                  item.id.value)
        .run();
}

std::optional<WipItem> WipTable::find(WipItemId id) const
{
    storage::Statement rows = connection_.prepare(WIP_COLUMNS "WHERE id = $1");
    rows.bind_all(id.value);
    const auto found = read_all(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::optional<WipItem> WipTable::newest_of(const std::string& source, const std::string& key) const
{
    storage::Statement rows = connection_.prepare(
        WIP_COLUMNS "WHERE source = $1 AND source_key = $2 AND source != '' ORDER BY id DESC LIMIT 1");
    rows.bind_all(source, key);
    const auto found = read_all(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::vector<WipItem> WipTable::open_of(const std::string& team) const
{
    storage::Statement rows = connection_.prepare(WIP_COLUMNS
                                                  "WHERE team = $1 AND state <= 2 ORDER BY state, id");
    rows.bind_all(team);
    return read_all(rows);
}

std::int64_t WipTable::running_of(const std::string& team) const
{
    storage::Statement row = connection_.prepare(
        "SELECT count(*) FROM wip_items WHERE team = $1 AND state = 1 AND state <= 2");
    row.bind_all(team);
    return counted(row);
}

std::int64_t WipTable::running_of(const std::string& team, const UserId& person) const
{
    storage::Statement row = connection_.prepare(
        "SELECT count(*) FROM wip_items WHERE team = $1 AND person = $2 AND state = 1 AND state <= 2");
    row.bind_all(team, person.value);
    return counted(row);
}

std::int64_t WipTable::open_count(const std::string& team) const
{
    storage::Statement row = connection_.prepare(
        "SELECT count(*) FROM wip_items WHERE team = $1 AND state <= 2");
    row.bind_all(team);
    return counted(row);
}

std::vector<WipItem> WipTable::of_team_since(const std::string& team, Instant since) const
{
    storage::Statement rows = connection_.prepare(
        WIP_COLUMNS "WHERE team = $1 AND (state <= 2 OR started_at_us > $2 OR ended_at_us > $2) ORDER BY id");
    rows.bind_all(team, to_microseconds(since));
    return read_all(rows);
}

void WipTable::note_level(const std::string& team, std::chrono::local_days day, std::int64_t running) const
{
    // What was noted before the clock was set back.
    connection_.prepare("DELETE FROM wip_levels WHERE team = $1 AND day > $2")
        .bind_all(team, day_column(day))
        .run();
    // A day begins as the one before ended.
    connection_
        .prepare(R"(INSERT INTO wip_levels (team, day, most, at_end)
            VALUES ($1, $2,
                    max($3, coalesce((SELECT at_end FROM wip_levels WHERE team = $1 AND day < $2
                                       ORDER BY day DESC LIMIT 1), 0)), $3)
            ON CONFLICT DO UPDATE SET most = max(most, excluded.at_end), at_end = excluded.at_end)")
        .bind_all(team, day_column(day), running)
        .run();
}

std::vector<WipLevel> WipTable::levels_since(const std::string& team, std::chrono::local_days day) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT day, most, at_end FROM wip_levels WHERE team = $1 AND day >= coalesce(
            (SELECT max(day) FROM wip_levels WHERE team = $1 AND day < $2), $2) ORDER BY day)");
    rows.bind_all(team, day_column(day));
    std::vector<WipLevel> levels;
    while (rows.step()) {
        levels.push_back({day_in(rows.column_int(0)),
                          static_cast<int>(rows.column_int(1)),
                          static_cast<int>(rows.column_int(2))});
    }
    return levels;
}

void WipTable::let_go_of_levels(std::chrono::local_days before) const
{
    // The last one of a team says what has run since, if something has.
    connection_
        .prepare(R"(DELETE FROM wip_levels WHERE day < $1
            AND (at_end = 0 OR EXISTS (SELECT 1 FROM wip_levels AS later WHERE later.team = wip_levels.team
                                        AND later.day > wip_levels.day)))")
        .bind_all(day_column(before))
        .run();
}

std::vector<WipItemId> WipTable::due(Instant now, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT id FROM wip_items WHERE due_at_us IS NOT NULL AND due_at_us <= $1
            ORDER BY due_at_us, id LIMIT $2)");
    rows.bind_all(to_microseconds(now), count_max);
    std::vector<WipItemId> ids;
    while (rows.step()) ids.push_back(WipItemId{rows.column_int(0)});
    return ids;
}

std::optional<Instant> WipTable::earliest_due() const
{
    storage::Statement row = connection_.prepare(
        "SELECT due_at_us FROM wip_items WHERE due_at_us IS NOT NULL ORDER BY due_at_us LIMIT 1");
    if (!row.step()) return std::nullopt;
    return from_microseconds(row.column_int(0));
}

void WipTable::postpone(WipItemId id, Instant until) const
{
    connection_.prepare("UPDATE wip_items SET due_at_us = $1 WHERE id = $2")
        .bind_all(to_microseconds(until), id.value)
        .run();
}

std::vector<WipItem> WipTable::read_all(storage::Statement& rows) const
{
    std::vector<WipItem> items;
    while (rows.step()) {
        WipItem& item = items.emplace_back();
        item.id = WipItemId{rows.column_int(0)};
        item.team = rows.column_string(1);
        item.person = UserId{rows.column_string(2)};
        item.title = rows.column_string(3);
        item.state = static_cast<WipState>(rows.column_int(4));
        item.is_unplanned = rows.column_int(5) != 0;
        item.started_at = from_microseconds(rows.column_int(6));
        item.ended_at = to_instant(rows.column_optional_int(7));
        item.due_at = to_instant(rows.column_optional_int(8));
        item.let_in_by = UserId{rows.column_string(9)};
        item.let_in_because = rows.column_string(10);
        item.source = rows.column_string(11);
        item.source_key = rows.column_string(12);
        item.link = rows.column_string(13);
    }
    return items;
}

}  // namespace ackd
