#include "bot/cadence/cadence_table.hpp"

#include "bot/day_columns.hpp"
#include "bot/instant_columns.hpp"

namespace ackd {

std::string_view name_of(CadenceUse use)
{
    switch (use) {
        case CadenceUse::resync: return "resync";
        case CadenceUse::retro: return "retro";
    }
    return "?";
}

std::string_view name_of(OccurrenceEnd end)
{
    switch (end) {
        case OccurrenceEnd::ran: return "ran";
        case OccurrenceEnd::ran_late: return "ran_late";
        case OccurrenceEnd::missed: return "missed";
        case OccurrenceEnd::paused: return "paused";
        case OccurrenceEnd::skipped: return "skipped";
    }
    return "?";
}

OccurrenceEnd end_of(PassedOverBecause reason)
{
    switch (reason) {
        case PassedOverBecause::missed: return OccurrenceEnd::missed;
        case PassedOverBecause::paused: return OccurrenceEnd::paused;
        case PassedOverBecause::skipped: break;
    }
    return OccurrenceEnd::skipped;
}

std::optional<CadenceSchedule> CadenceTable::find(const CadenceKey& key) const
{
    storage::Statement row = connection_.prepare(
        R"(SELECT looked_until_us, last_day, paused_from_us, paused_until_us, skipped_day, expected_day,
                ruled_day
            FROM cadences WHERE use = $1 AND name = $2)");
    row.bind_all(static_cast<int>(key.use), key.name);
    if (!row.step()) return std::nullopt;
    CadenceSchedule schedule;
    schedule.looked_until = from_microseconds(row.column_int(0));
    schedule.last_nominal = day_in(row.column_optional_int(1));
    if (const auto from = to_instant(row.column_optional_int(2)))
        schedule.pause = CadencePause{*from, to_instant(row.column_optional_int(3))};
    schedule.skipped = day_in(row.column_optional_int(4));
    schedule.expected = day_in(row.column_optional_int(5));
    schedule.last_by_rule = day_in(row.column_optional_int(6));
    return schedule;
}

std::string CadenceTable::rule_of(const CadenceKey& key) const
{
    storage::Statement row = connection_.prepare("SELECT rule FROM cadences WHERE use = $1 AND name = $2");
    row.bind_all(static_cast<int>(key.use), key.name);
    return row.step() ? row.column_string(0) : "";
}

void CadenceTable::save(const CadenceKey& key, const std::string& rule, const CadenceSchedule& schedule) const
{
    const auto& pause = schedule.pause;
    connection_
        .prepare(R"(INSERT OR REPLACE INTO cadences
            (use, name, rule, looked_until_us, last_day, paused_from_us, paused_until_us, skipped_day,
             expected_day, ruled_day)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))")
        .bind_all(static_cast<int>(key.use),
                  key.name,
                  rule,
                  to_microseconds(schedule.looked_until),
                  day_column(schedule.last_nominal),
                  pause ? to_column(pause->from) : std::nullopt,
                  pause ? to_column(pause->until) : std::nullopt,
                  day_column(schedule.skipped),
                  day_column(schedule.expected),
                  day_column(schedule.last_by_rule))
        .run();
}

std::vector<CadenceKey> CadenceTable::keys() const
{
    storage::Statement rows = connection_.prepare("SELECT use, name FROM cadences ORDER BY use, name");
    std::vector<CadenceKey> keys;
    while (rows.step()) keys.push_back({static_cast<CadenceUse>(rows.column_int(0)), rows.column_string(1)});
    return keys;
}

void CadenceTable::remove(const CadenceKey& key) const
{
    connection_.prepare("DELETE FROM cadences WHERE use = $1 AND name = $2")
        .bind_all(static_cast<int>(key.use), key.name)
        .run();
}

void CadenceTable::insert(const CadenceKey& key, const EndedOccurrence& ended) const
{
    connection_
        .prepare(R"(INSERT INTO cadence_occurrences
            (use, name, nominal_day, day, due_at_us, ended, ended_at_us) VALUES ($1, $2, $3, $4, $5, $6, $7))")
        .bind_all(static_cast<int>(key.use),
                  key.name,
                  day_column(ended.occurrence.nominal),
                  day_column(ended.occurrence.day),
                  to_microseconds(ended.occurrence.at),
                  static_cast<int>(ended.end),
                  to_microseconds(ended.ended_at))
        .run();
}

bool CadenceTable::run_after_all(const CadenceKey& key, std::chrono::local_days nominal, Instant at) const
{
    storage::Statement row = connection_.prepare(
        R"(UPDATE cadence_occurrences SET ended = 1, ended_at_us = $1
            WHERE use = $2 AND name = $3 AND nominal_day = $4 AND ended IN (3, 4, 5)
            RETURNING 1)");
    row.bind_all(to_microseconds(at), static_cast<int>(key.use), key.name, day_column(nominal));
    return row.step();
}

std::vector<EndedOccurrence> CadenceTable::newest(const CadenceKey& key, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT nominal_day, day, due_at_us, ended, ended_at_us FROM cadence_occurrences
            WHERE use = $1 AND name = $2 ORDER BY nominal_day DESC LIMIT $3)");
    rows.bind_all(static_cast<int>(key.use), key.name, count_max);
    std::vector<EndedOccurrence> ended;
    while (rows.step())
        ended.push_back(
            {{day_in(rows.column_int(0)), day_in(rows.column_int(1)), from_microseconds(rows.column_int(2))},
             static_cast<OccurrenceEnd>(rows.column_int(3)),
             from_microseconds(rows.column_int(4))});
    return ended;
}

void CadenceTable::let_go(Instant ended_before) const
{
    connection_.prepare("DELETE FROM cadence_occurrences WHERE ended_at_us <= $1")
        .bind_all(to_microseconds(ended_before))
        .run();
}

}  // namespace ackd
