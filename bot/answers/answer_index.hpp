// The full-text index of the kept answers: the only file that speaks a database's own language for it
// (SQLite's FTS5 with BM25). Words come as people type them and never as a query: each is quoted, their
// number and length are bounded.
//
// The index has no text of its own. What is added is added. When words go (an answer ends, its message was
// edited, somebody was forgotten) it is made anew before the transaction ends, once for however many went:
// what is deleted in such an index is only marked so, and its words stay in the file.
#pragma once

#include "bot/answers/kept_answer.hpp"
#include "storage/connection.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// The words of a text as they are searched for: small letters, each once, in their order, at most
/// `searched_words_max`. Total on any bytes.
[[nodiscard]] std::vector<std::string> searched_words(std::string_view text);
inline constexpr std::size_t searched_words_max = 32;
inline constexpr std::size_t searched_word_bytes_max = 48;

/// For whom something is looked for: what is in public channels, what is in one channel, or both.
struct AnswerScope {
    bool is_public = false;
    ChannelId channel;  ///< empty: none
};

class AnswerIndex {
public:
    explicit AnswerIndex(storage::Connection& connection) : connection_(connection) {}

    /// It can be found from now on.
    void add(KeptAnswerId id);
    /// Words have gone from what can be found.
    void lose_words() { is_outdated_ = true; }
    /// Outside of every savepoint, so that it is not undone alone.
    void make_anew_when_outdated();

    /// The best first, by BM25; the question's words count twice. Words that begin so are found, too.
    [[nodiscard]] std::vector<KeptAnswerId> best(const std::vector<std::string>& words,
                                                 const AnswerScope& scope,
                                                 int count_max) const;

    /// In which of all answers that can be found a word is, in the same form or another, and whether it is in
    /// the question there.
    struct Place {
        bool in_question = false;
    };
    [[nodiscard]] std::map<KeptAnswerId, Place> places_of(const std::string& word) const;
    /// How many answers can be found.
    [[nodiscard]] int count() const;

private:
    storage::Connection& connection_;
    bool is_outdated_ = false;
};

}  // namespace ackd
