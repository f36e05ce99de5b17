// Answers before their window closes: how they lie there so that nobody can tell whose they are.
#include "bot/retro/retro_table.hpp"

#include <iterator>
#include <set>
#include <utility>

namespace ackd {

std::string RetroTable::random_bits() const
{
    storage::Statement row = connection_.prepare("SELECT lower(hex(randomblob(16)))");
    row.step();
    return row.column_string(0);
}

std::map<std::string, SealedAnswer> RetroTable::sealed() const
{
    storage::Statement rows = connection_.prepare(
        "SELECT key, retro, team, round_id, question, text FROM retro_sealed ORDER BY key");
    std::map<std::string, SealedAnswer> all;
    while (rows.step()) {
        SealedAnswer answer;
        answer.key = rows.column_string(0);
        answer.retro = rows.column_string(1);
        answer.team = rows.column_string(2);
        answer.round = RetroRoundId{rows.column_int(3)};
        answer.question = static_cast<int>(rows.column_int(4));
        answer.text = rows.column_string(5);
        all.emplace(answer.key, std::move(answer));
    }
    return all;
}

void RetroTable::write_sealed(const std::map<std::string, SealedAnswer>& answers) const
{
    // Without a condition: every page of it is given back, and overwritten.
    connection_.prepare("DELETE FROM retro_sealed").run();
    for (const auto& [key, answer] : answers) {
        connection_
            .prepare(R"(INSERT INTO retro_sealed (key, retro, team, round_id, question, text)
                VALUES ($1, $2, $3, $4, $5, $6))")
            .bind_all(key, answer.retro, answer.team, answer.round.value, answer.question, answer.text)
            .run();
    }
}

void RetroTable::add(const std::vector<SealedAnswer>& answers) const
{
    std::optional<std::map<std::string, SealedAnswer>> all;
    for (const SealedAnswer& answer : answers) {
        if (answer.person.empty()) {
            if (!all) all = sealed();
            if (answer.text.empty())
                all->erase(answer.key);
            else
                all->insert_or_assign(answer.key, answer);
            continue;
        }
        if (answer.text.empty()) {
            connection_.prepare("DELETE FROM retro_signed WHERE key = $1").bind_all(answer.key).run();
            continue;
        }
        connection_
            .prepare(R"(INSERT INTO retro_signed (key, retro, team, round_id, question, person, text)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (key) DO UPDATE SET text = excluded.text)")
            .bind_all(answer.key,
                      answer.retro,
                      answer.team,
                      answer.round.value,
                      answer.question,
                      answer.person.value,
                      answer.text)
            .run();
    }
    if (all) write_sealed(*all);
}

int RetroTable::count_known(const std::vector<SealedAnswer>& answers) const
{
    int known = 0;
    for (const SealedAnswer& answer : answers) {
        storage::Statement row = connection_.prepare(
            R"(SELECT (SELECT count(*) FROM retro_sealed WHERE key = $1)
                    + (SELECT count(*) FROM retro_signed WHERE key = $1))");
        row.bind_all(answer.key);
        row.step();
        known += static_cast<int>(row.column_int(0));
    }
    return known;
}

int RetroTable::count(RetroRoundId round) const
{
    storage::Statement row = connection_.prepare(
        R"(SELECT (SELECT count(*) FROM retro_sealed WHERE round_id = $1)
                + (SELECT count(*) FROM retro_signed WHERE round_id = $1))");
    row.bind_all(round.value);
    row.step();
    return static_cast<int>(row.column_int(0));
}

int RetroTable::count_notes(const Retro& retro) const
{
    storage::Statement row = connection_.prepare(
        R"(SELECT (SELECT count(*) FROM retro_sealed WHERE retro = $1 AND team = $2 AND round_id = 0)
                + (SELECT count(*) FROM retro_signed WHERE retro = $1 AND team = $2 AND round_id = 0))");
    row.bind_all(retro.name, retro.team);
    row.step();
    return static_cast<int>(row.column_int(0));
}

std::map<int, std::string> RetroTable::answers_of(RetroRoundId round, const UserId& person) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT question, text FROM retro_signed
            WHERE round_id = $1 AND person = $2 AND question > 0 ORDER BY question)");
    rows.bind_all(round.value, person.value);
    std::map<int, std::string> answers;
    while (rows.step()) answers.emplace(static_cast<int>(rows.column_int(0)), rows.column_string(1));
    return answers;
}

std::vector<SealedAnswer> RetroTable::signed_of(RetroRoundId round) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT key, retro, team, round_id, question, person, text FROM retro_signed
            WHERE round_id = $1 ORDER BY key)");
    rows.bind_all(round.value);
    std::vector<SealedAnswer> answers;
    while (rows.step()) {
        SealedAnswer& answer = answers.emplace_back();
        answer.key = rows.column_string(0);
        answer.retro = rows.column_string(1);
        answer.team = rows.column_string(2);
        answer.round = RetroRoundId{rows.column_int(3)};
        answer.question = static_cast<int>(rows.column_int(4));
        answer.person = UserId{rows.column_string(5)};
        answer.text = rows.column_string(6);
    }
    return answers;
}

void RetroTable::take_notes(const RetroRound& round) const
{
    const auto is_for_it = [&](const SealedAnswer& note) {
        return note.retro == round.retro && note.team == round.team && !note.round.exists();
    };
    auto all = sealed();
    bool has_changed = false;
    for (auto& [key, answer] : all) {
        if (!is_for_it(answer)) continue;
        answer.round = round.id;
        has_changed = true;
    }
    for (SealedAnswer note : signed_of(RetroRoundId{})) {
        if (!is_for_it(note)) continue;
        if (!round.is_anonymous) {
            connection_.prepare("UPDATE retro_signed SET round_id = $1 WHERE key = $2")
                .bind_all(round.id.value, note.key)
                .run();
            continue;
        }
        connection_.prepare("DELETE FROM retro_signed WHERE key = $1").bind_all(note.key).run();
        note.key = random_bits();
        note.round = round.id;
        note.person = UserId{};
        all.emplace(note.key, std::move(note));
        has_changed = true;
    }
    if (has_changed) write_sealed(all);
}

int RetroTable::reveal(const RetroRound& round) const
{
    auto all = sealed();
    std::map<std::string, SealedAnswer> shown;
    for (SealedAnswer& answer : signed_of(round.id)) shown.emplace(answer.key, answer);
    for (auto each = all.begin(); each != all.end();) {
        const bool is_of_it = each->second.round == round.id;
        if (is_of_it) shown.emplace(each->first, each->second);
        each = is_of_it ? all.erase(each) : std::next(each);
    }
    int number = 0;
    for (const auto& [key, answer] : shown) {
        connection_
            .prepare(R"(INSERT INTO retro_entries (round_id, number, question, text, person)
                VALUES ($1, $2, $3, $4, $5))")
            .bind_all(round.id.value, ++number, answer.question, answer.text, answer.person.value)
            .run();
    }
    if (number == 0) return 0;
    write_sealed(all);
    connection_.prepare("DELETE FROM retro_signed WHERE round_id = $1").bind_all(round.id.value).run();
    return number;
}

void RetroTable::drop_notes_but_of(const std::vector<Retro>& retros) const
{
    std::set<std::pair<std::string, std::string>> kept;
    for (const Retro& retro : retros) kept.emplace(retro.name, retro.team);
    {
        // Missing from the policy for a while, or by a slip of the finger, it still has its history.
        storage::Statement rows = connection_.prepare("SELECT DISTINCT retro, team FROM retro_rounds");
        while (rows.step()) kept.emplace(rows.column_string(0), rows.column_string(1));
    }
    const auto is_left_over = [&](const SealedAnswer& answer) {
        return !answer.round.exists() && !kept.contains({answer.retro, answer.team});
    };
    auto all = sealed();
    if (std::erase_if(all, [&](const auto& each) { return is_left_over(each.second); }) > 0)
        write_sealed(all);
    for (const SealedAnswer& note : signed_of(RetroRoundId{})) {
        if (is_left_over(note))
            connection_.prepare("DELETE FROM retro_signed WHERE key = $1").bind_all(note.key).run();
    }
}

}  // namespace ackd
