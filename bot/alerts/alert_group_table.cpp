// The groups of alerts, as stored.
#include "bot/alerts/alert_table.hpp"
#include "bot/instant_columns.hpp"

namespace ackd {

namespace {

#define GROUP_COLUMNS                                                                                        \
    "SELECT id, source, name, takes_all, state, channel, stamp, request_id, taken_by, taken_at_us, alerts, " \
    "firing, acknowledged, reports, began_at_us, opened_at_us, joined_at_us, last_at_us, ended_at_us, "      \
    "endings, endings_since_us, turned_at_us, due_at_us, muted_from_us, muted_until_us, muted_by, "          \
    "drawn_at_us FROM alert_groups "

AlertGroup group_in(const storage::Statement& row)
{
    AlertGroup group;
    group.id = AlertGroupId{row.column_int(0)};
    group.source = row.column_string(1);
    group.name = row.column_string(2);
    group.takes_all = row.column_int(3) != 0;
    group.state = static_cast<AlertGroupState>(row.column_int(4));
    group.message = MessageRef{ChannelId{row.column_string(5)}, row.column_string(6)};
    group.request = RequestId{row.column_optional_int(7).value_or(0)};
    group.taken_by = UserId{row.column_string(8)};
    group.taken_at = to_instant(row.column_optional_int(9));
    group.alerts = row.column_int(10);
    group.firing = row.column_int(11);
    group.acknowledged = row.column_int(12);
    group.reports = row.column_int(13);
    group.began_at = from_microseconds(row.column_int(14));
    group.opened_at = from_microseconds(row.column_int(15));
    group.joined_at = from_microseconds(row.column_int(16));
    group.last_at = from_microseconds(row.column_int(17));
    group.ended_at = to_instant(row.column_optional_int(18));
    group.endings = static_cast<int>(row.column_int(19));
    group.endings_since = from_microseconds(row.column_int(20));
    group.turned_at = from_microseconds(row.column_int(21));
    group.due_at = to_instant(row.column_optional_int(22));
    if (!row.column_is_null(23)) {
        group.mute = AlertMute{from_microseconds(row.column_int(23)),
                               from_microseconds(row.column_int(24)),
                               UserId{row.column_string(25)}};
    }
    group.drawn_at = from_microseconds(row.column_int(26));
    return group;
}

std::optional<AlertGroup> one_group(storage::Statement& row)
{
    return row.step() ? std::optional{group_in(row)} : std::nullopt;
}

std::vector<AlertGroup> groups_in(storage::Statement& rows)
{
    std::vector<AlertGroup> groups;
    while (rows.step()) groups.push_back(group_in(rows));
    return groups;
}

}  // namespace

void AlertTable::insert(AlertGroup& group) const
{
    connection_
        .prepare(R"(INSERT INTO alert_groups
            (source, name, takes_all, state, alerts, firing, acknowledged, reports, began_at_us, opened_at_us,
                joined_at_us, last_at_us, ended_at_us, endings, endings_since_us, turned_at_us)
            VALUES ($1, $2, $3, 2, 0, 0, 0, 0, $4, $4, $4, $4, $4, 0, $4, $4))")
        .bind_all(group.source, group.name, group.takes_all ? 1 : 0, to_microseconds(group.began_at))
        .run();
    group.id = AlertGroupId{connection_.last_insert_id()};
}

void AlertTable::save(const AlertGroup& group) const
{
    const auto& mute = group.mute;
    connection_
        .prepare(R"(UPDATE alert_groups SET state = $1, channel = $2, stamp = $3, request_id = $4,
                taken_by = $5, taken_at_us = $6, alerts = $7, firing = $8, acknowledged = $9, reports = $10,
                opened_at_us = $11, joined_at_us = $12, last_at_us = $13, ended_at_us = $14, endings = $15,
                endings_since_us = $16, turned_at_us = $17, due_at_us = $18, muted_from_us = $19,
                muted_until_us = $20, muted_by = $21
            WHERE id = $22)")
        .bind_all(static_cast<int>(group.state),
                  group.message.channel.value,
                  group.message.stamp,
                  group.request.exists() ? std::optional{group.request.value} : std::nullopt,
                  group.taken_by.value,
                  to_column(group.taken_at),
                  group.alerts,
                  group.firing,
                  group.acknowledged,
                  group.reports,
                  to_microseconds(group.opened_at),
                  to_microseconds(group.joined_at),
                  to_microseconds(group.last_at),
                  to_column(group.ended_at),
                  group.endings,
                  to_microseconds(group.endings_since),
                  to_microseconds(group.turned_at),
                  to_column(group.due_at),
                  mute ? std::optional{to_microseconds(mute->from)} : std::nullopt,
                  mute ? std::optional{to_microseconds(mute->until)} : std::nullopt,
                  mute ? mute->by.value : std::string{},
                  group.id.value)
        .run();
}

std::optional<AlertGroup> AlertTable::find(AlertGroupId id) const
{
    storage::Statement row = connection_.prepare(GROUP_COLUMNS "WHERE id = $1");
    row.bind(1, id.value);
    return one_group(row);
}

std::optional<AlertGroup> AlertTable::find(RequestId request) const
{
    storage::Statement row = connection_.prepare(GROUP_COLUMNS "WHERE request_id = $1");
    row.bind(1, request.value);
    return one_group(row);
}

std::optional<AlertGroup> AlertTable::newest_named(const std::string& source, const std::string& name) const
{
    storage::Statement row = connection_.prepare(
        GROUP_COLUMNS "WHERE source = $1 AND takes_all = 0 AND name = $2 ORDER BY id DESC LIMIT 1");
    row.bind_all(source, name);
    return one_group(row);
}

std::optional<AlertGroup> AlertTable::newest_taking_all(const std::string& source) const
{
    storage::Statement row = connection_.prepare(
        GROUP_COLUMNS "WHERE source = $1 AND takes_all = 1 AND name = '' ORDER BY id DESC LIMIT 1");
    row.bind(1, source);
    return one_group(row);
}

std::optional<Instant> AlertTable::began(const std::string& source, int nth) const
{
    storage::Statement row = connection_.prepare(
        "SELECT began_at_us FROM alert_groups WHERE source = $1 ORDER BY id DESC LIMIT 1 OFFSET $2");
    row.bind_all(source, nth - 1);
    return row.step() ? std::optional{from_microseconds(row.column_int(0))} : std::nullopt;
}

std::vector<AlertGroup> AlertTable::not_over(int count_max) const
{
    storage::Statement rows = connection_.prepare(GROUP_COLUMNS "WHERE state != 2 ORDER BY id DESC LIMIT $1");
    rows.bind(1, count_max);
    return groups_in(rows);
}

std::vector<AlertGroup> AlertTable::never_raised() const
{
    storage::Statement rows = connection_.prepare(
        GROUP_COLUMNS
        "WHERE state = 1 AND state != 2 AND firing > 0 AND taken_by = '' AND request_id IS NULL ORDER BY id");
    return groups_in(rows);
}

std::vector<AlertGroup> AlertTable::muted(const std::string& source) const
{
    storage::Statement rows = connection_.prepare(
        GROUP_COLUMNS "WHERE state = 4 AND state != 2 AND source = $1 ORDER BY id");
    rows.bind(1, source);
    return groups_in(rows);
}

std::vector<AlertGroupId> AlertTable::due_groups(Instant now, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT id FROM alert_groups WHERE due_at_us <= $1 ORDER BY due_at_us, id LIMIT $2");
    rows.bind_all(to_microseconds(now), count_max);
    std::vector<AlertGroupId> ids;
    while (rows.step()) ids.push_back(AlertGroupId{rows.column_int(0)});
    return ids;
}

void AlertTable::drawn(AlertGroupId id, Instant at) const
{
    connection_.prepare("UPDATE alert_groups SET drawn_at_us = $1 WHERE id = $2")
        .bind_all(to_microseconds(at), id.value)
        .run();
}

}  // namespace ackd
