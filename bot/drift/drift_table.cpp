#include "bot/drift/drift_table.hpp"

#include "bot/instant_columns.hpp"

namespace ackd {

#define PROBE_COLUMNS                                                                                        \
    "SELECT id, team, asker, question, state, asked_at_us, closes_at_us, asked_count, channel, stamp "       \
    "FROM drift_probes "

namespace {

std::optional<Instant> due_of(const DriftProbe& probe)
{
    return probe.state == DriftState::open ? std::optional{probe.closes_at} : std::nullopt;
}

}  // namespace

void DriftTable::insert(DriftProbe& probe, const std::vector<UserId>& people) const
{
    storage::Statement row = connection_.prepare(
        R"(INSERT INTO drift_probes
            (team, asker, question, state, asked_at_us, closes_at_us, asked_count, due_at_us)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            RETURNING id)");
    row.bind_all(probe.team,
                 probe.asker.value,
                 probe.question,
                 static_cast<int>(probe.state),
                 to_microseconds(probe.asked_at),
                 to_microseconds(probe.closes_at),
                 probe.asked_count,
                 to_column(due_of(probe)));
    row.step();
    probe.id = DriftProbeId{row.column_int(0)};
    for (const DriftView& view : probe.views) {
        connection_.prepare("INSERT INTO drift_views (probe_id, place, text, holds) VALUES ($1, $2, $3, $4)")
            .bind_all(probe.id.value, view.place, view.text, view.holds ? 1 : 0)
            .run();
    }
    for (const UserId& person : people) {
        connection_.prepare("INSERT INTO drift_asked (probe_id, person) VALUES ($1, $2)")
            .bind_all(probe.id.value, person.value)
            .run();
        connection_
            .prepare(R"(INSERT INTO drift_turns (person, asked_at_us) VALUES ($1, $2)
                ON CONFLICT (person) DO UPDATE SET asked_at_us = excluded.asked_at_us)")
            .bind_all(person.value, to_microseconds(probe.asked_at))
            .run();
    }
}

void DriftTable::save(const DriftProbe& probe) const
{
    connection_
        .prepare("UPDATE drift_probes SET state = $1, channel = $2, stamp = $3, due_at_us = $4 WHERE id = $5")
        .bind_all(static_cast<int>(probe.state),
                  probe.message.channel.value,
                  probe.message.stamp,
                  to_column(due_of(probe)),
                  probe.id.value)
        .run();
    if (probe.state == DriftState::open) return;
    connection_.prepare("DELETE FROM drift_asked WHERE probe_id = $1").bind_all(probe.id.value).run();
    if (probe.state != DriftState::shown)
        connection_.prepare("DELETE FROM drift_views WHERE probe_id = $1").bind_all(probe.id.value).run();
}

std::optional<DriftProbe> DriftTable::find(DriftProbeId id) const
{
    storage::Statement rows = connection_.prepare(PROBE_COLUMNS "WHERE id = $1");
    rows.bind_all(id.value);
    const auto found = read(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::vector<DriftProbe> DriftTable::newest(const std::string& team, int count_max) const
{
    storage::Statement rows = connection_.prepare(PROBE_COLUMNS "WHERE team = $1 ORDER BY id DESC LIMIT $2");
    rows.bind_all(team, count_max);
    return read(rows);
}

std::vector<DriftProbe> DriftTable::open() const
{
    storage::Statement rows = connection_.prepare(PROBE_COLUMNS "WHERE state = 1 ORDER BY id");
    return read(rows);
}

std::vector<DriftProbe> DriftTable::shown_before(const DriftProbe& probe) const
{
    storage::Statement rows = connection_.prepare(
        PROBE_COLUMNS "WHERE team = $1 AND id < $2 AND state = 2 ORDER BY id DESC");
    rows.bind_all(probe.team, probe.id.value);
    return read(rows);
}

std::vector<DriftProbeId> DriftTable::due(Instant now, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT id FROM drift_probes WHERE due_at_us IS NOT NULL AND due_at_us <= $1
            ORDER BY due_at_us, id LIMIT $2)");
    rows.bind_all(to_microseconds(now), count_max);
    std::vector<DriftProbeId> ids;
    while (rows.step()) ids.push_back(DriftProbeId{rows.column_int(0)});
    return ids;
}

std::optional<Instant> DriftTable::earliest_due() const
{
    storage::Statement row = connection_.prepare(
        "SELECT due_at_us FROM drift_probes WHERE due_at_us IS NOT NULL ORDER BY due_at_us LIMIT 1");
    if (!row.step()) return std::nullopt;
    return from_microseconds(row.column_int(0));
}

void DriftTable::postpone(DriftProbeId id, Instant until) const
{
    connection_.prepare("UPDATE drift_probes SET due_at_us = $1 WHERE id = $2 AND state = 1")
        .bind_all(to_microseconds(until), id.value)
        .run();
}

DriftTurn DriftTable::turn_of(DriftProbeId id, const UserId& person) const
{
    storage::Statement row = connection_.prepare(
        "SELECT has_answered FROM drift_asked WHERE probe_id = $1 AND person = $2");
    row.bind_all(id.value, person.value);
    if (!row.step()) return DriftTurn::not_asked;
    return row.column_int(0) != 0 ? DriftTurn::answered : DriftTurn::asked;
}

void DriftTable::count_answer(DriftProbeId id, int place, const UserId& person) const
{
    connection_.prepare("UPDATE drift_views SET count = count + 1 WHERE probe_id = $1 AND place = $2")
        .bind_all(id.value, place)
        .run();
    connection_.prepare("UPDATE drift_asked SET has_answered = 1 WHERE probe_id = $1 AND person = $2")
        .bind_all(id.value, person.value)
        .run();
}

void DriftTable::keep_message(DriftProbeId id, const UserId& person, const MessageRef& message) const
{
    connection_.prepare("UPDATE drift_asked SET channel = $1, stamp = $2 WHERE probe_id = $3 AND person = $4")
        .bind_all(message.channel.value, message.stamp, id.value, person.value)
        .run();
}

std::vector<DriftTable::AskingMessage> DriftTable::messages_of(DriftProbeId id) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT person, channel, stamp FROM drift_asked WHERE probe_id = $1 AND stamp != '' ORDER BY person");
    rows.bind_all(id.value);
    std::vector<AskingMessage> messages;
    while (rows.step())
        messages.push_back({UserId{rows.column_string(0)},
                            MessageRef{ChannelId{rows.column_string(1)}, rows.column_string(2)}});
    return messages;
}

bool DriftTable::has_everybody_answered(DriftProbeId id) const
{
    storage::Statement row = connection_.prepare(
        "SELECT 1 FROM drift_asked WHERE probe_id = $1 AND has_answered = 0 LIMIT 1");
    row.bind_all(id.value);
    return !row.step();
}

bool DriftTable::was_asked_since(const UserId& person, Instant since) const
{
    storage::Statement row = connection_.prepare(
        "SELECT 1 FROM drift_turns WHERE person = $1 AND asked_at_us > $2");
    row.bind_all(person.value, to_microseconds(since));
    return row.step();
}

void DriftTable::let_go(Instant asked_before, Instant turns_before) const
{
    connection_.prepare("DELETE FROM drift_probes WHERE state != 1 AND asked_at_us <= $1")
        .bind_all(to_microseconds(asked_before))
        .run();
    connection_.prepare("DELETE FROM drift_turns WHERE asked_at_us <= $1")
        .bind_all(to_microseconds(turns_before))
        .run();
}

std::vector<DriftProbe> DriftTable::read(storage::Statement& rows) const
{
    std::vector<DriftProbe> probes;
    while (rows.step()) {
        DriftProbe& probe = probes.emplace_back();
        probe.id = DriftProbeId{rows.column_int(0)};
        probe.team = rows.column_string(1);
        probe.asker = UserId{rows.column_string(2)};
        probe.question = rows.column_string(3);
        probe.state = static_cast<DriftState>(rows.column_int(4));
        probe.asked_at = from_microseconds(rows.column_int(5));
        probe.closes_at = from_microseconds(rows.column_int(6));
        probe.asked_count = static_cast<int>(rows.column_int(7));
        probe.message = MessageRef{ChannelId{rows.column_string(8)}, rows.column_string(9)};
    }
    for (DriftProbe& probe : probes) probe.views = views_of(probe.id);
    return probes;
}

std::vector<DriftView> DriftTable::views_of(DriftProbeId id) const
{
    // As the buttons are: "Not sure" comes last.
    storage::Statement rows = connection_.prepare(
        "SELECT place, text, holds, count FROM drift_views WHERE probe_id = $1 ORDER BY place = 0, place");
    rows.bind_all(id.value);
    std::vector<DriftView> views;
    while (rows.step()) {
        DriftView& view = views.emplace_back();
        view.place = static_cast<int>(rows.column_int(0));
        view.text = rows.column_string(1);
        view.holds = rows.column_int(2) != 0;
        view.count = static_cast<int>(rows.column_int(3));
    }
    return views;
}

}  // namespace ackd
