// The phrases by which signals are recognised, by language, and the dictionary that finds them.
//
// A phrase is words in lower case without apostrophes ("dont"), separated by spaces:
//
//     ^        the beginning of the sentence, after such fillers as "hi", "so" or a mention
//     ~        the same, or of a clause within it
//     $        the end of the sentence
//     ?        the end of a sentence that has a question mark
//     a|b      either word
//     *        any one word
//     @        a mention
//
// Japanese does not separate words: there a phrase is a piece of the text, and only `$` has a meaning.
#pragma once

#include "bot/threads/question_signals.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ackd {

enum class SpokenLanguage : std::uint8_t { english, german, french, spanish, portuguese, japanese };
inline constexpr std::size_t spoken_language_count = 6;

/// All phrases of one signal, in one language.
struct SignalPhrases {
    QuestionSignal signal;
    std::span<const std::string_view> phrases;
};

struct LanguagePhrases {
    /// Frequent words by which the language is told from the others.
    std::span<const std::string_view> common_words;
    /// What may stand before a clause without being part of it.
    std::span<const std::string_view> fillers;
    /// After these a clause begins, also without a comma.
    std::span<const std::string_view> conjunctions;
    std::span<const SignalPhrases> signals;
};

[[nodiscard]] const LanguagePhrases& english_phrases();
[[nodiscard]] const LanguagePhrases& german_phrases();
[[nodiscard]] const LanguagePhrases& french_phrases();
[[nodiscard]] const LanguagePhrases& spanish_phrases();
[[nodiscard]] const LanguagePhrases& portuguese_phrases();
[[nodiscard]] const LanguagePhrases& japanese_phrases();
[[nodiscard]] const LanguagePhrases& phrases_of(SpokenLanguage language);

/// A word of some phrase or list; 0 is every word that is in none. Below first_word: what is no word.
using WordNumber = std::uint16_t;
inline constexpr WordNumber unknown_word = 0;
inline constexpr WordNumber mention_mark = 1;
inline constexpr WordNumber code_mark = 2;     ///< code, a link or a quotation stood here
inline constexpr WordNumber clause_break = 3;  ///< a comma, a dash, a parenthesis
inline constexpr WordNumber first_word = 4;

/// Signals of one sentence, as a set.
using SignalSet = std::uint32_t;
[[nodiscard]] constexpr SignalSet set_of(QuestionSignal signal)
{
    return SignalSet{1} << static_cast<unsigned>(signal);
}

/// Made once, from all tables.
class PhraseBook {
public:
    [[nodiscard]] static const PhraseBook& instance();

    /// `word` in lower case, without apostrophes.
    [[nodiscard]] WordNumber number_of(std::string_view word) const;
    /// One bit a language of which it is a common word.
    [[nodiscard]] std::uint8_t languages_of(WordNumber word) const { return languages_[word]; }
    /// What the phrases of the language find in a sentence.
    [[nodiscard]] SignalSet signals_in(std::span<const WordNumber> sentence,
                                       bool has_question_mark,
                                       SpokenLanguage language) const;
    /// The same for Japanese.
    [[nodiscard]] static SignalSet signals_in_japanese(std::string_view sentence);

private:
    struct Phrase {
        QuestionSignal signal{};
        bool at_begin = false;
        bool at_clause_begin = false;
        bool at_end = false;
        bool needs_question_mark = false;
        std::vector<std::vector<WordNumber>> words{};  ///< alternatives; none: any word
    };
    struct Slot {
        std::uint64_t hash = 0;
        WordNumber number = unknown_word;
    };
    PhraseBook();
    void add(const LanguagePhrases& table, SpokenLanguage language);
    void add_phrase(QuestionSignal signal, std::string_view text, SpokenLanguage language);
    WordNumber number_for(std::string_view word);
    [[nodiscard]] bool matches(const Phrase& phrase,
                               std::span<const WordNumber> sentence,
                               std::size_t at,
                               bool has_question_mark) const;

    std::vector<Slot> slots_;
    std::vector<std::uint8_t> languages_;
    std::vector<std::uint8_t> fillers_;       ///< one bit a language, as languages_
    std::vector<std::uint8_t> conjunctions_;  ///< the same
    std::vector<Phrase> phrases_;
    /// By language and first word; under unknown_word those that begin with any word.
    std::array<std::vector<std::vector<std::uint32_t>>, spoken_language_count> by_first_word_;
};

}  // namespace ackd
