#include "bot/resync/resync_table.hpp"

#include "bot/day_columns.hpp"
#include "bot/instant_columns.hpp"
#include "bot/resync/resync_rules.hpp"

#include <algorithm>

namespace ackd {

#define ROUND_COLUMNS                                                                                        \
    "SELECT id, resync, nominal_day, state, asked_at_us, remind_at_us, closes_at_us, channel, stamp, "       \
    "called_by FROM resync_rounds "
#define ANSWER_COLUMNS                                                                                       \
    "SELECT round_id, team, person, answered_at_us, priorities, surprises, risks FROM resync_answers "
#define DIVERGENCE_COLUMNS                                                                                   \
    "SELECT id, resync, round_id, kind, team, other, what, other_what, by_day, other_day, state, "           \
    "request_id, ended_by, ended_at_us, words, channel, stamp FROM divergences "

namespace {

constexpr int waits_for = 1;
constexpr int owes = 2;

std::string joined(const std::vector<std::string>& lines)
{
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

std::vector<std::string> split(const std::string& text)
{
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

}  // namespace

void ResyncTable::insert(ResyncRound& round) const
{
    storage::Statement row = connection_.prepare(
        R"(INSERT INTO resync_rounds
            (resync, nominal_day, state, asked_at_us, remind_at_us, closes_at_us, due_at_us, called_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            RETURNING id)");
    row.bind_all(round.resync,
                 day_column(round.nominal),
                 static_cast<int>(round.state),
                 to_microseconds(round.asked_at),
                 to_column(round.remind_at),
                 to_microseconds(round.closes_at),
                 to_column(due_of(round)),
                 round.called_by);
    row.step();
    round.id = ResyncRoundId{row.column_int(0)};
}

void ResyncTable::save(const ResyncRound& round) const
{
    connection_
        .prepare(R"(UPDATE resync_rounds SET
            state = $1, remind_at_us = $2, channel = $3, stamp = $4, due_at_us = $5 WHERE id = $6)")
        .bind_all(static_cast<int>(round.state),
                  to_column(round.remind_at),
                  round.message.channel.value,
                  round.message.stamp,
                  to_column(due_of(round)),
                  round.id.value)
        .run();
}

std::optional<ResyncRound> ResyncTable::find(ResyncRoundId id) const
{
    storage::Statement rows = connection_.prepare(ROUND_COLUMNS "WHERE id = $1");
    rows.bind_all(id.value);
    const auto found = read_rounds(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::optional<ResyncRound> ResyncTable::newest(const std::string& resync) const
{
    storage::Statement rows = connection_.prepare(ROUND_COLUMNS "WHERE resync = $1 ORDER BY id DESC LIMIT 1");
    rows.bind_all(resync);
    const auto found = read_rounds(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::optional<ResyncRound> ResyncTable::before(const ResyncRound& round) const
{
    storage::Statement rows = connection_.prepare(ROUND_COLUMNS
                                                  "WHERE resync = $1 AND id < $2 ORDER BY id DESC LIMIT 1");
    rows.bind_all(round.resync, round.id.value);
    const auto found = read_rounds(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::vector<ResyncRoundId> ResyncTable::due(Instant now, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT id FROM resync_rounds WHERE due_at_us IS NOT NULL AND due_at_us <= $1
            ORDER BY due_at_us, id LIMIT $2)");
    rows.bind_all(to_microseconds(now), count_max);
    std::vector<ResyncRoundId> ids;
    while (rows.step()) ids.push_back(ResyncRoundId{rows.column_int(0)});
    return ids;
}

std::optional<Instant> ResyncTable::earliest_due() const
{
    storage::Statement row = connection_.prepare(
        "SELECT due_at_us FROM resync_rounds WHERE due_at_us IS NOT NULL ORDER BY due_at_us LIMIT 1");
    if (!row.step()) return std::nullopt;
    return from_microseconds(row.column_int(0));
}

void ResyncTable::postpone(ResyncRoundId id, Instant until) const
{
    connection_.prepare("UPDATE resync_rounds SET due_at_us = $1 WHERE id = $2")
        .bind_all(to_microseconds(until), id.value)
        .run();
}

void ResyncTable::save(const TeamAnswer& answer) const
{
    connection_.prepare("DELETE FROM resync_answers WHERE round_id = $1 AND team = $2")
        .bind_all(answer.round.value, answer.team)
        .run();
    connection_
        .prepare(R"(INSERT INTO resync_answers
            (round_id, team, person, answered_at_us, priorities, surprises, risks)
            VALUES ($1, $2, $3, $4, $5, $6, $7))")
        .bind_all(answer.round.value,
                  answer.team,
                  answer.person.value,
                  to_microseconds(answer.answered_at),
                  joined(answer.priorities),
                  joined(answer.surprises),
                  joined(answer.risks))
        .run();
    const auto insert_all = [&](const std::vector<Dependency>& dependencies, int direction) {
        int place = 0;
        for (const Dependency& each : dependencies) {
            connection_
                .prepare(R"(INSERT INTO resync_dependencies
                    (round_id, team, direction, place, other, what, by_day)
                    VALUES ($1, $2, $3, $4, $5, $6, $7))")
                .bind_all(answer.round.value,
                          answer.team,
                          direction,
                          place++,
                          each.team,
                          each.what,
                          day_column(each.by))
                .run();
        }
    };
    insert_all(answer.waits_for, waits_for);
    insert_all(answer.owes, owes);
    save_surprises(answer);
}

std::optional<TeamAnswer> ResyncTable::answer_of(ResyncRoundId round, const std::string& team) const
{
    const auto all = answers_of(round);
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const TeamAnswer& each) { return each.team == team; });
    return found == all.end() ? std::nullopt : std::optional{*found};
}

std::vector<TeamAnswer> ResyncTable::answers_of(ResyncRoundId round) const
{
    storage::Statement rows = connection_.prepare(ANSWER_COLUMNS "WHERE round_id = $1 ORDER BY team");
    rows.bind_all(round.value);
    std::vector<TeamAnswer> answers;
    while (rows.step()) {
        TeamAnswer& answer = answers.emplace_back();
        answer.round = round;
        answer.team = rows.column_string(1);
        answer.person = UserId{rows.column_string(2)};
        answer.answered_at = from_microseconds(rows.column_int(3));
        answer.priorities = split(rows.column_string(4));
        answer.surprises = split(rows.column_string(5));
        answer.risks = split(rows.column_string(6));
    }
    for (TeamAnswer& answer : answers) {
        answer.waits_for = dependencies_of(round, answer.team, waits_for);
        answer.owes = dependencies_of(round, answer.team, owes);
    }
    return answers;
}

std::optional<TeamAnswer> ResyncTable::last_answer(const ResyncRound& round, const std::string& team) const
{
    storage::Statement row = connection_.prepare(
        R"(SELECT answers.round_id FROM resync_answers AS answers
            JOIN resync_rounds AS rounds ON rounds.id = answers.round_id
            WHERE rounds.resync = $1 AND answers.team = $2 AND rounds.id < $3
            ORDER BY rounds.id DESC LIMIT 1)");
    row.bind_all(round.resync, team, round.id.value);
    if (!row.step()) return std::nullopt;
    return answer_of(ResyncRoundId{row.column_int(0)}, team);
}

std::vector<Dependency> ResyncTable::dependencies_of(ResyncRoundId round,
                                                     const std::string& team,
                                                     int direction) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT other, what, by_day FROM resync_dependencies
            WHERE round_id = $1 AND team = $2 AND direction = $3 ORDER BY place)");
    rows.bind_all(round.value, team, direction);
    std::vector<Dependency> dependencies;
    while (rows.step()) {
        Dependency& each = dependencies.emplace_back();
        each.team = rows.column_string(0);
        each.what = rows.column_string(1);
        each.by = day_in(rows.column_optional_int(2));
    }
    return dependencies;
}

void ResyncTable::insert(Divergence& divergence) const
{
    const Difference& difference = divergence.difference;
    storage::Statement row = connection_.prepare(
        R"(INSERT INTO divergences
            (resync, round_id, kind, team, other, what, other_what, by_day, other_day, state, request_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            RETURNING id)");
    row.bind_all(divergence.resync,
                 divergence.round.value,
                 static_cast<int>(difference.kind),
                 difference.team,
                 difference.other,
                 difference.what,
                 difference.other_what,
                 day_column(difference.by),
                 day_column(difference.other_by),
                 static_cast<int>(divergence.state),
                 divergence.request.value);
    row.step();
    divergence.id = DivergenceId{row.column_int(0)};
}

void ResyncTable::save(const Divergence& divergence) const
{
    connection_
        .prepare(R"(UPDATE divergences SET
            state = $1, request_id = $2, ended_by = $3, ended_at_us = $4, words = $5, channel = $6, stamp = $7,
            what = $8, other_what = $9, by_day = $10, other_day = $11, kind = $12
            WHERE id = $13)")
        .bind_all(static_cast<int>(divergence.state),
                  divergence.request.value,
                  divergence.ended_by.value,
                  to_column(divergence.ended_at),
                  divergence.words,
                  divergence.message.channel.value,
                  divergence.message.stamp,
                  divergence.difference.what,
                  divergence.difference.other_what,
                  day_column(divergence.difference.by),
                  day_column(divergence.difference.other_by),
                  static_cast<int>(divergence.difference.kind),
                  divergence.id.value)
        .run();
}

std::optional<Divergence> ResyncTable::find(DivergenceId id) const
{
    storage::Statement rows = connection_.prepare(DIVERGENCE_COLUMNS "WHERE id = $1");
    rows.bind_all(id.value);
    const auto found = read_divergences(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::optional<Divergence> ResyncTable::find(RequestId request) const
{
    storage::Statement rows = connection_.prepare(DIVERGENCE_COLUMNS "WHERE request_id = $1");
    rows.bind_all(request.value);
    const auto found = read_divergences(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::vector<Divergence> ResyncTable::standing(const std::string& resync) const
{
    storage::Statement rows = connection_.prepare(DIVERGENCE_COLUMNS
                                                  "WHERE resync = $1 AND state IN (1, 2, 3, 4) ORDER BY id");
    rows.bind_all(resync);
    return read_divergences(rows);
}

std::vector<Divergence> ResyncTable::shown_with(const ResyncRound& round) const
{
    storage::Statement rows = connection_.prepare(
        DIVERGENCE_COLUMNS
        "WHERE resync = $1 AND round_id <= $2 AND (round_id = $2 OR ended_at_us IS NULL OR ended_at_us >= $3) "
        "ORDER BY id");
    rows.bind_all(round.resync, round.id.value, to_microseconds(round.asked_at));
    return read_divergences(rows);
}

std::vector<ResyncRound> ResyncTable::rounds_with(const Divergence& divergence) const
{
    storage::Statement rows = connection_.prepare(
        ROUND_COLUMNS "WHERE resync = $1 AND id >= $2 AND (id = $2 OR asked_at_us <= $3) ORDER BY id");
    rows.bind_all(divergence.resync, divergence.round.value, to_column(divergence.ended_at));
    return read_rounds(rows);
}

std::vector<Divergence> ResyncTable::ended_by(const UserId& person, Instant since) const
{
    storage::Statement rows = connection_.prepare(DIVERGENCE_COLUMNS
                                                  "WHERE ended_by = $1 AND ended_at_us >= $2 ORDER BY id");
    rows.bind_all(person.value, to_microseconds(since));
    return read_divergences(rows);
}

void ResyncTable::add_surprise(const std::string& team,
                               const std::string& text,
                               std::optional<ResyncRoundId> round,
                               Instant at) const
{
    connection_.prepare("INSERT INTO surprises (team, text, round_id, said_at_us) VALUES ($1, $2, $3, $4)")
        .bind_all(team, text, round ? std::optional{round->value} : std::nullopt, to_microseconds(at))
        .run();
}

void ResyncTable::save_surprises(const TeamAnswer& answer) const
{
    connection_.prepare("DELETE FROM surprises WHERE round_id = $1 AND team = $2")
        .bind_all(answer.round.value, answer.team)
        .run();
    for (const std::string& each : answer.surprises)
        add_surprise(answer.team, each, answer.round, answer.answered_at);
}

std::vector<Surprise> ResyncTable::surprises_since(const std::string& team, Instant since) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT id, text, said_at_us FROM surprises WHERE team = $1 AND said_at_us >= $2 ORDER BY said_at_us, id");
    rows.bind_all(team, to_microseconds(since));
    std::vector<Surprise> surprises;
    while (rows.step())
        surprises.push_back(
            {rows.column_int(0), team, rows.column_string(1), from_microseconds(rows.column_int(2))});
    return surprises;
}

void ResyncTable::let_go(Instant asked_before) const
{
    const std::int64_t before = to_microseconds(asked_before);
    connection_.prepare("DELETE FROM resync_rounds WHERE asked_at_us <= $1").bind_all(before).run();
    connection_.prepare("DELETE FROM surprises WHERE said_at_us <= $1").bind_all(before).run();
}

std::vector<ResyncRound> ResyncTable::read_rounds(storage::Statement& rows) const
{
    std::vector<ResyncRound> rounds;
    while (rows.step()) {
        ResyncRound& round = rounds.emplace_back();
        round.id = ResyncRoundId{rows.column_int(0)};
        round.resync = rows.column_string(1);
        round.nominal = day_in(rows.column_int(2));
        round.state = static_cast<ResyncState>(rows.column_int(3));
        round.asked_at = from_microseconds(rows.column_int(4));
        round.remind_at = to_instant(rows.column_optional_int(5));
        round.closes_at = from_microseconds(rows.column_int(6));
        round.message = MessageRef{ChannelId{rows.column_string(7)}, rows.column_string(8)};
        round.called_by = rows.column_string(9);
    }
    return rounds;
}

std::vector<Divergence> ResyncTable::read_divergences(storage::Statement& rows) const
{
    std::vector<Divergence> divergences;
    while (rows.step()) {
        Divergence& divergence = divergences.emplace_back();
        divergence.id = DivergenceId{rows.column_int(0)};
        divergence.resync = rows.column_string(1);
        divergence.round = ResyncRoundId{rows.column_int(2)};
        Difference& difference = divergence.difference;
        difference.kind = static_cast<DivergenceKind>(rows.column_int(3));
        difference.team = rows.column_string(4);
        difference.other = rows.column_string(5);
        difference.what = rows.column_string(6);
        difference.other_what = rows.column_string(7);
        difference.by = day_in(rows.column_optional_int(8));
        difference.other_by = day_in(rows.column_optional_int(9));
        divergence.state = static_cast<DivergenceState>(rows.column_int(10));
        divergence.request = RequestId{rows.column_int(11)};
        divergence.ended_by = UserId{rows.column_string(12)};
        divergence.ended_at = to_instant(rows.column_optional_int(13));
        divergence.words = rows.column_string(14);
        divergence.message = MessageRef{ChannelId{rows.column_string(15)}, rows.column_string(16)};
    }
    return divergences;
}

}  // namespace ackd
