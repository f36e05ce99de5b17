// Answers before their window closes: how they lie there so that nobody can tell whose they are.
#include "bot/retro/retro_table.hpp"

#include <algorithm>
#include <iterator>
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
        "SELECT key, retro, round_id, question, text FROM retro_sealed ORDER BY key");
    std::map<std::string, SealedAnswer> all;
    while (rows.step()) {
        SealedAnswer answer;
        answer.key = rows.column_string(0);
        answer.retro = rows.column_string(1);
        answer.round = RetroRoundId{rows.column_int(2)};
        answer.question = static_cast<int>(rows.column_int(3));
        answer.text = rows.column_string(4);
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
            .prepare(R"(INSERT INTO retro_sealed (key, retro, round_id, question, text)
                VALUES ($1, $2, $3, $4, $5))")
            .bind_all(key, answer.retro, answer.round.value, answer.question, answer.text)
            .run();
    }
}

void RetroTable::add(const std::vector<SealedAnswer>& answers) const
{
    std::optional<std::map<std::string, SealedAnswer>> all;
    for (const SealedAnswer& answer : answers) {
        if (answer.person.empty()) {
            if (!all) all = sealed();
            all->insert_or_assign(answer.key, answer);
            continue;
        }
        connection_
            .prepare(R"(INSERT INTO retro_signed (key, retro, round_id, question, person, text)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (key) DO UPDATE SET text = excluded.text)")
            .bind_all(answer.key,
                      answer.retro,
                      answer.round.value,
                      answer.question,
                      answer.person.value,
                      answer.text)
            .run();
    }
    if (all) write_sealed(*all);
}

int RetroTable::count(const std::string& retro, RetroRoundId round) const
{
    storage::Statement row = connection_.prepare(
        R"(SELECT (SELECT count(*) FROM retro_sealed WHERE retro = $1 AND round_id = $2)
                + (SELECT count(*) FROM retro_signed WHERE retro = $1 AND round_id = $2))");
    row.bind_all(retro, round.value);
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

std::vector<SealedAnswer> RetroTable::signed_of(const std::string& retro, RetroRoundId round) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT key, question, person, text FROM retro_signed
            WHERE retro = $1 AND round_id = $2 ORDER BY key)");
    rows.bind_all(retro, round.value);
    std::vector<SealedAnswer> answers;
    while (rows.step()) {
        SealedAnswer& answer = answers.emplace_back();
        answer.key = rows.column_string(0);
        answer.retro = retro;
        answer.round = round;
        answer.question = static_cast<int>(rows.column_int(1));
        answer.person = UserId{rows.column_string(2)};
        answer.text = rows.column_string(3);
    }
    return answers;
}

void RetroTable::take_notes(const RetroRound& round) const
{
    auto all = sealed();
    bool has_changed = false;
    for (auto& [key, answer] : all) {
        if (answer.retro != round.retro || answer.round.exists()) continue;
        answer.round = round.id;
        has_changed = true;
    }
    if (round.is_anonymous) {
        for (SealedAnswer note : signed_of(round.retro, RetroRoundId{})) {
            connection_.prepare("DELETE FROM retro_signed WHERE key = $1").bind_all(note.key).run();
            note.key = random_bits();
            note.round = round.id;
            note.person = UserId{};
            all.emplace(note.key, std::move(note));
            has_changed = true;
        }
    } else {
        connection_.prepare("UPDATE retro_signed SET round_id = $1 WHERE retro = $2 AND round_id = 0")
            .bind_all(round.id.value, round.retro)
            .run();
    }
    if (has_changed) write_sealed(all);
}

int RetroTable::reveal(const RetroRound& round) const
{
    auto all = sealed();
    std::map<std::string, SealedAnswer> shown;
    for (SealedAnswer& answer : signed_of(round.retro, round.id)) shown.emplace(answer.key, answer);
    for (auto each = all.begin(); each != all.end();) {
        const bool is_of_it = each->second.retro == round.retro && each->second.round == round.id;
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

void RetroTable::drop_notes_but_of(const std::vector<std::string>& retros) const
{
    const auto is_kept = [&](const SealedAnswer& answer) {
        return answer.round.exists() || std::find(retros.begin(), retros.end(), answer.retro) != retros.end();
    };
    auto all = sealed();
    if (std::erase_if(all, [&](const auto& each) { return !is_kept(each.second); }) > 0) write_sealed(all);
    std::vector<std::string> with_names;
    {
        storage::Statement rows = connection_.prepare(
            "SELECT DISTINCT retro FROM retro_signed WHERE round_id = 0");
        while (rows.step()) with_names.push_back(rows.column_string(0));
    }
    for (const std::string& retro : with_names) {
        if (std::find(retros.begin(), retros.end(), retro) != retros.end()) continue;
        connection_.prepare("DELETE FROM retro_signed WHERE round_id = 0 AND retro = $1")
            .bind_all(retro)
            .run();
    }
}

}  // namespace ackd
