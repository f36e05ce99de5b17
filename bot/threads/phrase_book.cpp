#include "bot/threads/phrase_book.hpp"

#include <algorithm>
#include <iterator>

namespace ackd {
namespace {

constexpr std::size_t slot_count = 8192;  // a power of two, and several times the words of all tables

std::uint64_t hash_of(std::string_view word)
{
    std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

std::uint8_t bit_of(SpokenLanguage language)
{
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(language));
}

/// The part up to the separator, which is taken away with it.
std::string_view take_until(std::string_view& text, char separator)
{
    const std::string_view taken = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(text.size(), taken.size() + 1));
    return taken;
}

}  // namespace

const LanguagePhrases& phrases_of(SpokenLanguage language)
{
    switch (language) {
        case SpokenLanguage::german: return german_phrases();
        case SpokenLanguage::french: return french_phrases();
        case SpokenLanguage::spanish: return spanish_phrases();
        case SpokenLanguage::portuguese: return portuguese_phrases();
        case SpokenLanguage::japanese: return japanese_phrases();
        case SpokenLanguage::english: break;
    }
    return english_phrases();
}

const PhraseBook& PhraseBook::instance()
{
    static const PhraseBook book;
    return book;
}

PhraseBook::PhraseBook()
    : slots_(slot_count),
      languages_(first_word, std::uint8_t{0}),
      fillers_(first_word, std::uint8_t{0}),
      conjunctions_(first_word, std::uint8_t{0})
{
    for (const auto language : {SpokenLanguage::english,
                                SpokenLanguage::german,
                                SpokenLanguage::french,
                                SpokenLanguage::spanish,
                                SpokenLanguage::portuguese})
        add(phrases_of(language), language);
    fillers_[mention_mark] = 0xFF;
    for (auto& by_word : by_first_word_) by_word.resize(languages_.size());
}

void PhraseBook::add(const LanguagePhrases& table, SpokenLanguage language)
{
    const auto mark = [&](std::span<const std::string_view> words, std::vector<std::uint8_t>& marks) {
        for (const std::string_view word : words) marks[number_for(word)] |= bit_of(language);
    };
    mark(table.common_words, languages_);
    mark(table.fillers, fillers_);
    mark(table.conjunctions, conjunctions_);
    for (const SignalPhrases& signal : table.signals)
        for (const std::string_view phrase : signal.phrases) add_phrase(signal.signal, phrase, language);
}

void PhraseBook::add_phrase(QuestionSignal signal, std::string_view text, SpokenLanguage language)
{
    Phrase phrase{signal};
    while (!text.empty()) {
        std::string_view element = take_until(text, ' ');
        if (element == "^") {
            phrase.at_begin = true;
        } else if (element == "~") {
            phrase.at_clause_begin = true;
        } else if (element == "$") {
            phrase.at_end = true;
        } else if (element == "?") {
            phrase.at_end = phrase.needs_question_mark = true;
        } else if (element == "*") {
            phrase.words.emplace_back();
        } else {
            auto& alternatives = phrase.words.emplace_back();
            while (!element.empty()) alternatives.push_back(number_for(take_until(element, '|')));
        }
    }
    const auto index = static_cast<std::uint32_t>(phrases_.size());
    auto& by_word = by_first_word_[static_cast<std::size_t>(language)];
    by_word.resize(languages_.size());
    if (phrase.words.front().empty()) by_word[unknown_word].push_back(index);
    for (const WordNumber first : phrase.words.front()) by_word[first].push_back(index);
    phrases_.push_back(std::move(phrase));
}

WordNumber PhraseBook::number_for(std::string_view word)
{
    if (word == "@") return mention_mark;
    const std::uint64_t hash = hash_of(word);
    std::size_t at = hash % slot_count;
    while (slots_[at].number != unknown_word) {
        if (slots_[at].hash == hash) return slots_[at].number;
        at = (at + 1) % slot_count;
    }
    const auto number = static_cast<WordNumber>(languages_.size());
    slots_[at] = Slot{hash, number};
    languages_.push_back(0);
    fillers_.push_back(0);
    conjunctions_.push_back(0);
    return number;
}

WordNumber PhraseBook::number_of(std::string_view word) const
{
    const std::uint64_t hash = hash_of(word);
    for (std::size_t at = hash % slot_count; slots_[at].number != unknown_word; at = (at + 1) % slot_count)
        if (slots_[at].hash == hash) return slots_[at].number;
    return unknown_word;
}

bool PhraseBook::matches(const Phrase& phrase,
                         std::span<const WordNumber> sentence,
                         std::size_t at,
                         bool has_question_mark) const
{
    if (phrase.needs_question_mark && !has_question_mark) return false;
    if (sentence.size() - at < phrase.words.size()) return false;
    for (const auto& alternatives : phrase.words) {
        const WordNumber word = sentence[at++];
        if (alternatives.empty()
                ? word == clause_break
                : std::find(alternatives.begin(), alternatives.end(), word) == alternatives.end())
            return false;
    }
    // A mention or a parenthesis may follow the last word.
    while (phrase.at_end && at < sentence.size() &&
           (sentence[at] == clause_break || sentence[at] == mention_mark))
        ++at;
    return !phrase.at_end || at == sentence.size();
}

SignalSet PhraseBook::signals_in(std::span<const WordNumber> sentence,
                                 bool has_question_mark,
                                 SpokenLanguage language) const
{
    const auto& by_word = by_first_word_[static_cast<std::size_t>(language)];
    const std::uint8_t spoken = bit_of(language);
    SignalSet found = 0;
    bool begins = true;
    bool clause_begins = true;
    for (std::size_t at = 0; at < sentence.size(); ++at) {
        const WordNumber word = sentence[at];
        const auto look_at = [&](const std::vector<std::uint32_t>& candidates) {
            for (const std::uint32_t index : candidates) {
                const Phrase& phrase = phrases_[index];
                if ((phrase.at_begin && !begins) || (phrase.at_clause_begin && !clause_begins)) continue;
                if ((found & set_of(phrase.signal)) != 0) continue;
                if (matches(phrase, sentence, at, has_question_mark)) found |= set_of(phrase.signal);
            }
        };
        if (word != unknown_word && word != clause_break) look_at(by_word[word]);
        if (word != clause_break) look_at(by_word[unknown_word]);
        begins = begins && (word == clause_break || (fillers_[word] & spoken) != 0);
        clause_begins = word == clause_break || (conjunctions_[word] & spoken) != 0 ||
                        (clause_begins && (fillers_[word] & spoken) != 0);
    }
    return found;
}

SignalSet PhraseBook::signals_in_japanese(std::string_view sentence)
{
    SignalSet found = 0;
    for (const SignalPhrases& signal : japanese_phrases().signals) {
        const bool is_found = std::any_of(
            signal.phrases.begin(), signal.phrases.end(), [&](std::string_view phrase) {
                if (!phrase.ends_with('$')) return sentence.find(phrase) != std::string_view::npos;
                phrase.remove_suffix(1);
                return sentence.ends_with(phrase);
            });
        if (is_found) found |= set_of(signal.signal);
    }
    return found;
}

}  // namespace ackd
