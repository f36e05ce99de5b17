// What somebody said, as words and sentences: without code, links, quotations and pictures, which somebody
// only showed. The form in which question_score.hpp looks at a message. Total on any bytes.
#pragma once

#include "bot/rich_text.hpp"
#include "bot/threads/phrase_book.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

struct SpokenSentence {
    std::uint32_t first_word = 0;
    std::uint32_t word_count = 0;    ///< with mentions, marks of code and clause breaks
    std::uint32_t spoken_count = 0;  ///< words alone
    bool has_question_mark = false;
    bool in_parentheses = false;   ///< its question mark is
    std::uint32_t first_byte = 0;  ///< in SpokenWords::plain
    std::uint32_t byte_count = 0;
};

struct SpokenWords {
    std::string plain;  ///< all Words one after the other; other spans are a placeholder each
    std::vector<WordNumber> words;
    std::vector<SpokenSentence> sentences;
    SpokenLanguage language = SpokenLanguage::english;
    bool begins_with_mention = false;
    bool laughs = false;  ///< an emoji or a word of laughter at its end

    [[nodiscard]] std::span<const WordNumber> words_of(const SpokenSentence& sentence) const
    {
        return std::span{words}.subspan(sentence.first_word, sentence.word_count);
    }
    [[nodiscard]] std::string_view text_of(const SpokenSentence& sentence) const
    {
        return std::string_view{plain}.substr(sentence.first_byte, sentence.byte_count);
    }
};

/// With every link as its address among the words: what a link is called is not what somebody says.
[[nodiscard]] RichText with_links_as_words(const RichText& text);

[[nodiscard]] SpokenWords spoken_words_of(const RichText& text);

}  // namespace ackd
