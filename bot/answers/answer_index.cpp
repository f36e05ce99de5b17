#include "bot/answers/answer_index.hpp"

#include "bot/lower_case.hpp"

#include <algorithm>
#include <utility>

namespace ackd {

namespace {

/// A word as FTS5 takes it whatever it is: there is no quote in it (searched_words).
std::string quoted(const std::string& word)
{
    return '"' + word + '"';
}

/// Shorter ones begin too many others.
constexpr std::size_t prefix_bytes_min = 4;

/// Letters, digits, and all that is not ASCII: what that is, the index knows better.
bool is_of_word(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || (static_cast<unsigned char>(letter) & 0x80U) != 0;
}

/// Cut between characters: a continuation byte of UTF-8 is 10xxxxxx.
void cut(std::string& word)
{
    if (word.size() <= searched_word_bytes_max) return;
    std::size_t end = searched_word_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0U) == 0x80U) --end;
    word.resize(end);
}

}  // namespace

std::vector<std::string> searched_words(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    for (std::size_t at = 0; at <= text.size() && words.size() < searched_words_max; ++at) {
        if (at < text.size() && is_of_word(text[at])) {
            word += lower_case(text[at]);
            continue;
        }
        cut(word);
        if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end())
            words.push_back(word);
        word.clear();
    }
    return words;
}

void AnswerIndex::add(KeptAnswerId id)
{
    connection_
        .prepare(R"(INSERT INTO kept_answer_index (rowid, question, answer, tags)
            SELECT id, question, answer, tags FROM kept_answers_to_find WHERE id = $1)")
        .bind(1, id.value)
        .run();
}

void AnswerIndex::make_anew_when_outdated()
{
    if (!std::exchange(is_outdated_, false)) return;
    connection_.prepare("INSERT INTO kept_answer_index (kept_answer_index) VALUES ('rebuild')").run();
}

std::vector<KeptAnswerId> AnswerIndex::best(const std::vector<std::string>& words,
                                            const AnswerScope& scope,
                                            int count_max) const
{
    std::string query;
    for (const std::string& word : words) {
        query += (query.empty() ? "" : " OR ") + quoted(word);
        if (word.size() >= prefix_bytes_min) query += " OR " + quoted(word) + '*';
    }
    std::vector<KeptAnswerId> found;
    if (query.empty()) return found;
    storage::Statement rows = connection_.prepare(
        R"(SELECT kept_answers.id
            FROM kept_answer_index
            JOIN kept_answers ON kept_answers.id = kept_answer_index.rowid
            LEFT JOIN conversations ON conversations.id = kept_answers.channel
            WHERE kept_answer_index MATCH $1
              AND kept_answers.state IN (2, 3)
              AND ((conversations.is_private = 0 AND $2 = 1) OR kept_answers.channel = $3)
            ORDER BY bm25(kept_answer_index, 2.0, 1.0, 2.0), kept_answers.id
            LIMIT $4)");
    rows.bind_all(query, scope.is_public ? 1 : 0, scope.channel.value, count_max);
    while (rows.step()) found.push_back(KeptAnswerId{rows.column_int(0)});
    return found;
}

std::map<KeptAnswerId, AnswerIndex::Place> AnswerIndex::places_of(const std::string& word) const
{
    std::map<KeptAnswerId, Place> places;
    const auto look = [&](const std::string& query, bool in_question) {
        storage::Statement rows = connection_.prepare(
            "SELECT rowid FROM kept_answer_index WHERE kept_answer_index MATCH $1");
        rows.bind(1, query);
        while (rows.step()) places[KeptAnswerId{rows.column_int(0)}].in_question |= in_question;
    };
    look(quoted(word), false);
    look("{question tags} : " + quoted(word), true);
    return places;
}

int AnswerIndex::count() const
{
    storage::Statement row = connection_.prepare("SELECT count(*) FROM kept_answers_to_find");
    row.step();
    return static_cast<int>(row.column_int(0));
}

}  // namespace ackd
