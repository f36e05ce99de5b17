#include "bot/alerts/alert_table.hpp"

#include "bot/instant_columns.hpp"

#include <algorithm>

namespace ackd {

namespace {

#define ALERT_COLUMNS                                                                                        \
    "SELECT id, source, alert_key, group_id, status, title, severity, detail, labels, link, playbook, "      \
    "count, began_at_us, last_at_us, resolved_at_us, resolved_by, due_at_us FROM alerts "

Alert alert_in(const storage::Statement& row)
{
    Alert alert;
    alert.id = AlertId{row.column_int(0)};
    alert.source = row.column_string(1);
    alert.key = row.column_string(2);
    alert.group = AlertGroupId{row.column_int(3)};
    alert.status = static_cast<AlertStatus>(row.column_int(4));
    alert.title = row.column_string(5);
    alert.severity = row.column_string(6);
    alert.detail = row.column_string(7);
    alert.labels = row.column_string(8);
    alert.link = row.column_string(9);
    alert.playbook = row.column_string(10);
    alert.count = row.column_int(11);
    alert.began_at = from_microseconds(row.column_int(12));
    alert.last_at = from_microseconds(row.column_int(13));
    alert.resolved_at = to_instant(row.column_optional_int(14));
    alert.resolved_by = UserId{row.column_string(15)};
    alert.due_at = to_instant(row.column_optional_int(16));
    return alert;
}

std::optional<Alert> one_alert(storage::Statement& row)
{
    return row.step() ? std::optional{alert_in(row)} : std::nullopt;
}

template <class Id>
std::vector<Id> ids_in(storage::Statement& rows)
{
    std::vector<Id> ids;
    while (rows.step()) ids.push_back(Id{rows.column_int(0)});
    return ids;
}

}  // namespace

void AlertTable::insert(Alert& alert) const
{
    connection_
        .prepare(R"(INSERT INTO alerts
            (source, alert_key, group_id, status, title, severity, detail, labels, link, playbook, count,
                began_at_us, last_at_us, resolved_at_us, resolved_by, due_at_us)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16))")
        .bind_all(alert.source,
                  alert.key,
                  alert.group.value,
                  static_cast<int>(alert.status),
                  alert.title,
                  alert.severity,
                  alert.detail,
                  alert.labels,
                  alert.link,
                  alert.playbook,
                  alert.count,
                  to_microseconds(alert.began_at),
                  to_microseconds(alert.last_at),
                  to_column(alert.resolved_at),
                  alert.resolved_by.value,
                  to_column(alert.due_at))
        .run();
    alert.id = AlertId{connection_.last_insert_id()};
}

void AlertTable::save(const Alert& alert) const
{
    connection_
        .prepare(R"(UPDATE alerts SET status = $1, title = $2, severity = $3, detail = $4, labels = $5,
                link = $6, playbook = $7, count = $8, began_at_us = $9, last_at_us = $10,
                resolved_at_us = $11, resolved_by = $12, due_at_us = $13
            WHERE id = $14)")
        .bind_all(static_cast<int>(alert.status),
                  alert.title,
                  alert.severity,
                  alert.detail,
                  alert.labels,
                  alert.link,
                  alert.playbook,
                  alert.count,
                  to_microseconds(alert.began_at),
                  to_microseconds(alert.last_at),
                  to_column(alert.resolved_at),
                  alert.resolved_by.value,
                  to_column(alert.due_at),
                  alert.id.value)
        .run();
}

std::optional<Alert> AlertTable::find(AlertId id) const
{
    storage::Statement row = connection_.prepare(ALERT_COLUMNS "WHERE id = $1");
    row.bind(1, id.value);
    return one_alert(row);
}

std::optional<Alert> AlertTable::newest(const std::string& source, const std::string& key) const
{
    storage::Statement row = connection_.prepare(
        ALERT_COLUMNS "WHERE source = $1 AND alert_key = $2 ORDER BY id DESC LIMIT 1");
    row.bind_all(source, key);
    return one_alert(row);
}

std::optional<Alert> AlertTable::first_of(AlertGroupId group) const
{
    storage::Statement there = connection_.prepare(
        ALERT_COLUMNS "WHERE group_id = $1 AND status != 3 ORDER BY status, id LIMIT 1");
    there.bind(1, group.value);
    if (auto alert = one_alert(there)) return alert;
    storage::Statement over = connection_.prepare(
        ALERT_COLUMNS "WHERE group_id = $1 AND status = 3 ORDER BY id DESC LIMIT 1");
    over.bind(1, group.value);
    return one_alert(over);
}

void AlertTable::change_all(AlertGroupId group, AlertStatus from, AlertStatus to) const
{
    connection_.prepare("UPDATE alerts SET status = $1 WHERE group_id = $2 AND status = $3")
        .bind_all(static_cast<int>(to), group.value, static_cast<int>(from))
        .run();
}

void AlertTable::resolve_all(AlertGroupId group, Instant now, const UserId& by) const
{
    connection_
        .prepare(R"(UPDATE alerts SET status = 3, resolved_at_us = $1, resolved_by = $2, due_at_us = NULL,
                detail = '', labels = ''
            WHERE group_id = $3 AND status != 3)")
        .bind_all(to_microseconds(now), by.value, group.value)
        .run();
}

std::vector<std::string> AlertTable::keys_of(AlertGroupId group, AlertStatus status, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT alert_key FROM alerts WHERE group_id = $1 AND status = $2 ORDER BY id LIMIT $3");
    rows.bind_all(group.value, static_cast<int>(status), count_max);
    std::vector<std::string> keys;
    while (rows.step()) keys.push_back(rows.column_string(0));
    return keys;
}

std::vector<AlertTitle> AlertTable::titles_there(AlertGroupId group, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT title, max(severity), count(*), min(began_at_us) FROM
            (SELECT title, severity, began_at_us FROM alerts
                WHERE group_id = $1 AND status != 3 ORDER BY status, id LIMIT 500)
            GROUP BY title ORDER BY 3 DESC, 4, 1 LIMIT $2)");
    rows.bind_all(group.value, count_max);
    std::vector<AlertTitle> titles;
    while (rows.step()) {
        titles.push_back({rows.column_string(0),
                          rows.column_string(1),
                          rows.column_int(2),
                          from_microseconds(rows.column_int(3))});
    }
    return titles;
}

std::optional<Alert> AlertTable::similar_before(const Alert& alert) const
{
    storage::Statement same_key = connection_.prepare(
        ALERT_COLUMNS
        "WHERE source = $1 AND alert_key = $2 AND status = 3 AND id < $3 ORDER BY id DESC LIMIT 1");
    same_key.bind_all(alert.source, alert.key, alert.id.value);
    if (auto found = one_alert(same_key)) return found;
    storage::Statement same_title = connection_.prepare(
        ALERT_COLUMNS "WHERE source = $1 AND title = $2 AND status = 3 AND id < $3 ORDER BY id DESC LIMIT 1");
    same_title.bind_all(alert.source, alert.title, alert.id.value);
    return one_alert(same_title);
}

std::vector<AlertId> AlertTable::due(Instant now, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT id FROM alerts WHERE due_at_us <= $1 ORDER BY due_at_us, id LIMIT $2");
    rows.bind_all(to_microseconds(now), count_max);
    return ids_in<AlertId>(rows);
}

// What is known of sources

namespace {

#define SOURCE_COLUMNS                                                                                       \
    "SELECT name, heard_at_us, news_due_at_us, is_silent, muted_from_us, muted_until_us, muted_by, "         \
    "is_mute_over FROM alert_sources "

HeardSource source_in(const storage::Statement& row)
{
    HeardSource source;
    source.name = row.column_string(0);
    source.heard_at = from_microseconds(row.column_int(1));
    source.news_due_at = to_instant(row.column_optional_int(2));
    source.is_silent = row.column_int(3) != 0;
    if (!row.column_is_null(4)) {
        source.mute = AlertMute{from_microseconds(row.column_int(4)),
                                from_microseconds(row.column_int(5)),
                                UserId{row.column_string(6)}};
    }
    source.is_mute_over = row.column_int(7) != 0;
    return source;
}

std::optional<Instant> due_of(const HeardSource& source)
{
    std::optional<Instant> due = source.news_due_at;
    if (source.is_muted()) due = due ? std::min(*due, source.mute->until) : source.mute->until;
    return due;
}

}  // namespace

HeardSource AlertTable::source(const std::string& name) const
{
    storage::Statement row = connection_.prepare(SOURCE_COLUMNS "WHERE name = $1");
    row.bind(1, name);
    if (row.step()) return source_in(row);
    HeardSource source;
    source.name = name;
    return source;
}

void AlertTable::save(const HeardSource& source) const
{
    const auto& mute = source.mute;
    connection_
        .prepare(R"(INSERT INTO alert_sources (name, heard_at_us, news_due_at_us, is_silent, muted_from_us,
                muted_until_us, muted_by, is_mute_over, due_at_us)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (name) DO UPDATE SET heard_at_us = excluded.heard_at_us,
                news_due_at_us = excluded.news_due_at_us, is_silent = excluded.is_silent,
                muted_from_us = excluded.muted_from_us, muted_until_us = excluded.muted_until_us,
                muted_by = excluded.muted_by, is_mute_over = excluded.is_mute_over,
                due_at_us = excluded.due_at_us)")
        .bind_all(source.name,
                  to_microseconds(source.heard_at),
                  to_column(source.news_due_at),
                  source.is_silent ? 1 : 0,
                  mute ? std::optional{to_microseconds(mute->from)} : std::nullopt,
                  mute ? std::optional{to_microseconds(mute->until)} : std::nullopt,
                  mute ? mute->by.value : std::string{},
                  source.is_mute_over ? 1 : 0,
                  to_column(due_of(source)))
        .run();
}

std::vector<HeardSource> AlertTable::all_sources() const
{
    storage::Statement rows = connection_.prepare(SOURCE_COLUMNS "ORDER BY name");
    std::vector<HeardSource> sources;
    while (rows.step()) sources.push_back(source_in(rows));
    return sources;
}

std::vector<std::string> AlertTable::due_sources(Instant now) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT name FROM alert_sources WHERE due_at_us <= $1 ORDER BY due_at_us, name");
    rows.bind(1, to_microseconds(now));
    std::vector<std::string> names;
    while (rows.step()) names.push_back(rows.column_string(0));
    return names;
}

// Of all of them

std::optional<Instant> AlertTable::earliest_due() const
{
    storage::Statement row = connection_.prepare(
        R"(SELECT min(due) FROM (
            SELECT min(due_at_us) AS due FROM alerts WHERE due_at_us IS NOT NULL
            UNION ALL SELECT min(due_at_us) FROM alert_groups WHERE due_at_us IS NOT NULL
            UNION ALL SELECT min(due_at_us) FROM alert_sources WHERE due_at_us IS NOT NULL))");
    return row.step() ? to_instant(row.column_optional_int(0)) : std::nullopt;
}

void AlertTable::postpone_due(Instant now, Instant until) const
{
    for (const char* sql :
         {"UPDATE alerts SET due_at_us = $1 WHERE due_at_us IS NOT NULL AND due_at_us <= $2",
          "UPDATE alert_groups SET due_at_us = $1 WHERE due_at_us IS NOT NULL AND due_at_us <= $2",
          "UPDATE alert_sources SET due_at_us = $1 WHERE due_at_us IS NOT NULL AND due_at_us <= $2"})
        connection_.prepare(sql).bind_all(to_microseconds(until), to_microseconds(now)).run();
}

void AlertTable::let_go(Instant over_by, int count_max) const
{
    connection_
        .prepare(R"(DELETE FROM alerts WHERE id IN (
            SELECT id FROM alerts WHERE status = 3 AND resolved_at_us <= $1 ORDER BY resolved_at_us LIMIT $2))")
        .bind_all(to_microseconds(over_by), count_max)
        .run();
    connection_
        .prepare(R"(DELETE FROM alert_groups WHERE id IN (
            SELECT id FROM alert_groups WHERE state = 2 AND ended_at_us <= $1
              AND NOT EXISTS (SELECT 1 FROM alerts WHERE group_id = alert_groups.id)
            ORDER BY ended_at_us LIMIT $2))")
        .bind_all(to_microseconds(over_by), count_max)
        .run();
}

}  // namespace ackd
