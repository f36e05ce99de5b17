#include "bot/retro/retro_table.hpp"

#include "bot/day_columns.hpp"
#include "bot/instant_columns.hpp"
#include "bot/lower_case.hpp"

#include <algorithm>
#include <utility>

namespace ackd {

#define RETRO_ROUND_COLUMNS                                                                                  \
    "SELECT id, retro, team, number, nominal_day, state, is_anonymous, dots, facilitator, opened_at_us, "    \
    "facts_since_us, dead_letters, declined, unanswered_capacity, remind_at_us, closes_at_us, look_at_us, "  \
    "left_alone_until_us, ended_at_us, ended, channel, stamp, was_moved FROM retro_rounds "

namespace {

std::optional<std::int64_t> figure_column(const std::optional<int>& figure)
{
    return figure ? std::optional<std::int64_t>{*figure} : std::nullopt;
}

std::optional<int> figure_in(const std::optional<std::int64_t>& column)
{
    return column ? std::optional{static_cast<int>(*column)} : std::nullopt;
}

/// As answers are (retro_table_answers.cpp): all of them are deleted, without a condition, so that every page
/// is overwritten, and those of other rounds are written anew.
void drop_votes(storage::Connection& connection, RetroRoundId id)
{
    struct Vote {
        std::int64_t round;
        std::string person;
        std::int64_t theme;
    };
    std::vector<Vote> others;
    {
        storage::Statement rows = connection.prepare(
            "SELECT round_id, person, theme FROM retro_votes WHERE round_id != $1");
        rows.bind_all(id.value);
        while (rows.step()) others.push_back({rows.column_int(0), rows.column_string(1), rows.column_int(2)});
    }
    connection.prepare("DELETE FROM retro_votes").run();
    for (const Vote& vote : others) {
        connection.prepare("INSERT INTO retro_votes (round_id, person, theme) VALUES ($1, $2, $3)")
            .bind_all(vote.round, vote.person, vote.theme)
            .run();
    }
}

}  // namespace

void RetroTable::insert(RetroRound& round) const
{
    storage::Statement row = connection_.prepare(
        R"(INSERT INTO retro_rounds
            (retro, team, number, nominal_day, state, is_anonymous, dots, facilitator, opened_at_us,
             facts_since_us, dead_letters, declined, unanswered_capacity, remind_at_us, closes_at_us,
             due_at_us)
            VALUES ($1, $2, (SELECT coalesce(max(number), 0) + 1 FROM retro_rounds WHERE retro = $1), $3, $4,
                $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            RETURNING id, number)");
    row.bind_all(round.retro,
                 round.team,
                 day_column(round.nominal),
                 static_cast<int>(round.state),
                 round.is_anonymous ? 1 : 0,
                 round.dots,
                 round.facilitator.value,
                 to_microseconds(round.opened_at),
                 to_microseconds(round.facts_since),
                 figure_column(round.figures.dead_letters),
                 figure_column(round.figures.declined),
                 round.figures.unanswered_capacity,
                 to_column(round.remind_at),
                 to_microseconds(round.closes_at),
                 to_column(due_of(round)));
    row.step();
    round.id = RetroRoundId{row.column_int(0)};
    round.number = static_cast<int>(row.column_int(1));
}

void RetroTable::save(const RetroRound& round) const
{
    connection_
        .prepare(R"(UPDATE retro_rounds SET
            state = $1, facilitator = $2, remind_at_us = $3, look_at_us = $4, left_alone_until_us = $5,
            ended_at_us = $6, ended = $7, channel = $8, stamp = $9, due_at_us = $10, closes_at_us = $11,
            was_moved = $12
            WHERE id = $13)")
        .bind_all(static_cast<int>(round.state),
                  round.facilitator.value,
                  to_column(round.remind_at),
                  to_column(round.look_at),
                  to_column(round.left_alone_until),
                  to_column(round.ended_at),
                  static_cast<int>(round.end),
                  round.message.channel.value,
                  round.message.stamp,
                  to_column(due_of(round)),
                  to_microseconds(round.closes_at),
                  round.was_moved ? 1 : 0,
                  round.id.value)
        .run();
}

std::optional<RetroRound> RetroTable::find(RetroRoundId id) const
{
    storage::Statement rows = connection_.prepare(RETRO_ROUND_COLUMNS "WHERE id = $1");
    rows.bind_all(id.value);
    const auto found = read_rounds(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::optional<RetroRound> RetroTable::find(const Retro& retro, int number) const
{
    storage::Statement rows = connection_.prepare(RETRO_ROUND_COLUMNS
                                                  "WHERE retro = $1 AND team = $2 AND number = $3");
    rows.bind_all(retro.name, retro.team, number);
    const auto found = read_rounds(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::optional<RetroRound> RetroTable::live(const std::string& retro) const
{
    storage::Statement rows = connection_.prepare(RETRO_ROUND_COLUMNS "WHERE retro = $1 AND state != 5");
    rows.bind_all(retro);
    const auto found = read_rounds(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::vector<RetroRound> RetroTable::newest(const Retro& retro, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        RETRO_ROUND_COLUMNS "WHERE retro = $1 AND team = $2 ORDER BY number DESC LIMIT $3");
    rows.bind_all(retro.name, retro.team, count_max);
    return read_rounds(rows);
}

std::optional<RetroRound> RetroTable::before(const RetroRound& round) const
{
    storage::Statement rows = connection_.prepare(
        RETRO_ROUND_COLUMNS "WHERE retro = $1 AND team = $2 AND number < $3 ORDER BY number DESC LIMIT 1");
    rows.bind_all(round.retro, round.team, round.number);
    const auto found = read_rounds(rows);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::vector<RetroRoundId> RetroTable::due(Instant now, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT id FROM retro_rounds WHERE due_at_us IS NOT NULL AND due_at_us <= $1
            ORDER BY due_at_us, id LIMIT $2)");
    rows.bind_all(to_microseconds(now), count_max);
    std::vector<RetroRoundId> ids;
    while (rows.step()) ids.push_back(RetroRoundId{rows.column_int(0)});
    return ids;
}

std::optional<Instant> RetroTable::earliest_due() const
{
    storage::Statement row = connection_.prepare(
        "SELECT due_at_us FROM retro_rounds WHERE due_at_us IS NOT NULL ORDER BY due_at_us LIMIT 1");
    if (!row.step()) return std::nullopt;
    return from_microseconds(row.column_int(0));
}

void RetroTable::postpone(RetroRoundId id, Instant until) const
{
    connection_.prepare("UPDATE retro_rounds SET due_at_us = $1 WHERE id = $2")
        .bind_all(to_microseconds(until), id.value)
        .run();
}

void RetroTable::ask(RetroRoundId id, const std::vector<std::string>& questions) const
{
    int place = 0;
    for (const std::string& question : questions) {
        connection_.prepare("INSERT INTO retro_questions (round_id, place, question) VALUES ($1, $2, $3)")
            .bind_all(id.value, ++place, question)
            .run();
    }
}

std::vector<std::string> RetroTable::questions_of(RetroRoundId id) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT question FROM retro_questions WHERE round_id = $1 ORDER BY place");
    rows.bind_all(id.value);
    std::vector<std::string> questions;
    while (rows.step()) questions.push_back(rows.column_string(0));
    return questions;
}

std::map<std::string, int> RetroTable::last_asked(const Retro& retro) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT asked.question, max(rounds.number) FROM retro_questions AS asked
            JOIN retro_rounds AS rounds ON rounds.id = asked.round_id
            WHERE rounds.retro = $1 AND rounds.team = $2 GROUP BY asked.question)");
    rows.bind_all(retro.name, retro.team);
    std::map<std::string, int> last;
    while (rows.step()) last.emplace(rows.column_string(0), static_cast<int>(rows.column_int(1)));
    return last;
}

std::map<UserId, int> RetroTable::last_facilitated(const Retro& retro) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT facilitator, max(number) FROM retro_rounds
            WHERE retro = $1 AND team = $2 AND facilitator != '' GROUP BY facilitator)");
    rows.bind_all(retro.name, retro.team);
    std::map<UserId, int> last;
    while (rows.step()) last.emplace(UserId{rows.column_string(0)}, static_cast<int>(rows.column_int(1)));
    return last;
}

std::vector<RetroEntry> RetroTable::entries_of(RetroRoundId id) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT number, question, text, person, theme FROM retro_entries WHERE round_id = $1 ORDER BY number");
    rows.bind_all(id.value);
    std::vector<RetroEntry> entries;
    while (rows.step()) {
        RetroEntry& entry = entries.emplace_back();
        entry.number = static_cast<int>(rows.column_int(0));
        entry.question = static_cast<int>(rows.column_int(1));
        entry.text = rows.column_string(2);
        entry.person = UserId{rows.column_string(3)};
        entry.theme = static_cast<int>(rows.column_int(4));
    }
    return entries;
}

void RetroTable::group(RetroRoundId id, const std::vector<RetroGroup>& groups) const
{
    int place = 0;
    for (const RetroGroup& group : groups) {
        connection_.prepare("INSERT INTO retro_themes (round_id, place, title) VALUES ($1, $2, $3)")
            .bind_all(id.value, ++place, group.title)
            .run();
        for (const int number : group.numbers) {
            connection_.prepare("UPDATE retro_entries SET theme = $1 WHERE round_id = $2 AND number = $3")
                .bind_all(place, id.value, number)
                .run();
        }
    }
}

std::vector<RetroTheme> RetroTable::themes_of(RetroRoundId id) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT place, title, dots FROM retro_themes WHERE round_id = $1 ORDER BY place");
    rows.bind_all(id.value);
    std::vector<RetroTheme> themes;
    while (rows.step())
        themes.push_back({static_cast<int>(rows.column_int(0)),
                          rows.column_string(1),
                          static_cast<int>(rows.column_int(2))});
    return themes;
}

void RetroTable::vote(RetroRoundId id, const UserId& person, const std::vector<int>& places) const
{
    connection_.prepare("DELETE FROM retro_votes WHERE round_id = $1 AND person = $2")
        .bind_all(id.value, person.value)
        .run();
    for (const int place : places) {
        connection_.prepare("INSERT INTO retro_votes (round_id, person, theme) VALUES ($1, $2, $3)")
            .bind_all(id.value, person.value, place)
            .run();
    }
}

std::vector<int> RetroTable::votes_of(RetroRoundId id, const UserId& person) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT theme FROM retro_votes WHERE round_id = $1 AND person = $2 ORDER BY theme");
    rows.bind_all(id.value, person.value);
    std::vector<int> places;
    while (rows.step()) places.push_back(static_cast<int>(rows.column_int(0)));
    return places;
}

int RetroTable::count_votes(RetroRoundId id) const
{
    connection_
        .prepare(R"(UPDATE retro_themes SET dots = (SELECT count(*) FROM retro_votes AS votes
                WHERE votes.round_id = retro_themes.round_id AND votes.theme = retro_themes.place)
            WHERE round_id = $1)")
        .bind_all(id.value)
        .run();
    drop_votes(connection_, id);
    storage::Statement row = connection_.prepare(
        "SELECT coalesce(sum(dots), 0) FROM retro_themes WHERE round_id = $1");
    row.bind_all(id.value);
    row.step();
    return static_cast<int>(row.column_int(0));
}

void RetroTable::add_action(const RetroAction& action) const
{
    connection_.prepare("INSERT INTO retro_actions (request_id, round_id, text) VALUES ($1, $2, $3)")
        .bind_all(action.request.value, action.round.value, action.text)
        .run();
}

std::vector<RetroAction> RetroTable::actions_of(RetroRoundId id) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT request_id, round_id, text FROM retro_actions WHERE round_id = $1 ORDER BY request_id");
    rows.bind_all(id.value);
    std::vector<RetroAction> actions;
    while (rows.step())
        actions.push_back(
            {RequestId{rows.column_int(0)}, RetroRoundId{rows.column_int(1)}, rows.column_string(2)});
    return actions;
}

std::vector<RetroFound> RetroTable::search(const Retro& retro,
                                           const std::vector<std::string>& words,
                                           int count_max) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT rounds.id, rounds.number, rounds.opened_at_us, said.text FROM retro_rounds AS rounds
            JOIN (SELECT round_id, text, number AS place FROM retro_entries
                  UNION ALL SELECT round_id, title, place FROM retro_themes
                  UNION ALL SELECT round_id, text, request_id FROM retro_actions) AS said
                ON said.round_id = rounds.id
            WHERE rounds.retro = $1 AND rounds.team = $2 ORDER BY rounds.number DESC, said.place)");
    rows.bind_all(retro.name, retro.team);
    std::vector<RetroFound> found;
    while (static_cast<int>(found.size()) < count_max && rows.step()) {
        const std::string text = rows.column_string(3);
        const std::string small = lower_case(text);
        const bool has_all = std::all_of(words.begin(), words.end(), [&](const std::string& word) {
            return small.find(lower_case(word)) != std::string::npos;
        });
        if (!has_all) continue;
        found.push_back({RetroRoundId{rows.column_int(0)},
                         retro.name,
                         static_cast<int>(rows.column_int(1)),
                         from_microseconds(rows.column_int(2)),
                         text});
    }
    return found;
}

void RetroTable::let_go(Instant ended_before) const
{
    connection_.prepare("DELETE FROM retro_rounds WHERE ended_at_us IS NOT NULL AND ended_at_us <= $1")
        .bind_all(to_microseconds(ended_before))
        .run();
}

std::vector<RetroRound> RetroTable::read_rounds(storage::Statement& rows) const
{
    std::vector<RetroRound> rounds;
    while (rows.step()) {
        RetroRound& round = rounds.emplace_back();
        round.id = RetroRoundId{rows.column_int(0)};
        round.retro = rows.column_string(1);
        round.team = rows.column_string(2);
        round.number = static_cast<int>(rows.column_int(3));
        round.nominal = day_in(rows.column_int(4));
        round.state = static_cast<RetroState>(rows.column_int(5));
        round.is_anonymous = rows.column_int(6) != 0;
        round.dots = static_cast<int>(rows.column_int(7));
        round.facilitator = UserId{rows.column_string(8)};
        round.opened_at = from_microseconds(rows.column_int(9));
        round.facts_since = from_microseconds(rows.column_int(10));
        round.figures.dead_letters = figure_in(rows.column_optional_int(11));
        round.figures.declined = figure_in(rows.column_optional_int(12));
        round.figures.unanswered_capacity = static_cast<int>(rows.column_int(13));
        round.remind_at = to_instant(rows.column_optional_int(14));
        round.closes_at = from_microseconds(rows.column_int(15));
        round.look_at = to_instant(rows.column_optional_int(16));
        round.left_alone_until = to_instant(rows.column_optional_int(17));
        round.ended_at = to_instant(rows.column_optional_int(18));
        round.end = static_cast<RetroEnd>(rows.column_int(19));
        round.message = MessageRef{ChannelId{rows.column_string(20)}, rows.column_string(21)};
        round.was_moved = rows.column_int(22) != 0;
    }
    return rounds;
}

}  // namespace ackd
