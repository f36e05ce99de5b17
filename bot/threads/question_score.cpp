#include "bot/threads/question_score.hpp"

#include "bot/threads/spoken_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {
namespace {

constexpr std::size_t paste_words = 500;

/// Signals that stand for nothing without the sentence's question mark.
constexpr SignalSet only_with_mark = set_of(QuestionSignal::tag) | set_of(QuestionSignal::proposal) |
                                     set_of(QuestionSignal::advice) | set_of(QuestionSignal::guess) |
                                     set_of(QuestionSignal::rhetorical) |
                                     set_of(QuestionSignal::interrogative);
/// These say nothing against a question mark: whoever begins "yes" may go on to ask.
constexpr SignalSet only_without_mark = set_of(QuestionSignal::reply) | set_of(QuestionSignal::reported);
/// Whom a message speaks to at its begin, all of it does.
constexpr SignalSet of_all = set_of(QuestionSignal::addressed);

float sum_of(SignalSet signals, const SignalWeights& weights)
{
    float sum = 0;
    for (std::size_t each = 0; signals != 0 && each < question_signal_count; ++each) {
        const auto signal = static_cast<QuestionSignal>(each);
        if ((signals & set_of(signal)) != 0) sum += weights.of(signal);
    }
    return sum;
}

SignalSet phrases_in(const SpokenWords& spoken, const SpokenSentence& sentence)
{
    if (spoken.language == SpokenLanguage::japanese)
        return PhraseBook::signals_in_japanese(spoken.text_of(sentence));
    return PhraseBook::instance().signals_in(
        spoken.words_of(sentence), sentence.has_question_mark, spoken.language);
}

SignalSet setting_signals(const SpokenWords& spoken, const MessageSetting& setting)
{
    SignalSet signals = 0;
    if (setting.by_bot) signals |= set_of(QuestionSignal::bot_post);
    if (setting.turn == Turn::opening) signals |= set_of(QuestionSignal::opens);
    if (spoken.laughs) signals |= set_of(QuestionSignal::joke);
    if (spoken.words.size() > paste_words) signals |= set_of(QuestionSignal::long_paste);
    return signals;
}

}  // namespace

QuestionScore score_question(const RichText& text,
                             const MessageSetting& setting,
                             const SignalWeights& weights)
{
    const SpokenWords spoken = spoken_words_of(text);
    QuestionScore best;
    best.language = spoken.language;
    if (spoken.sentences.empty()) return best;

    std::vector<SignalSet> found;
    found.reserve(spoken.sentences.size());
    for (const SpokenSentence& sentence : spoken.sentences) found.push_back(phrases_in(spoken, sentence));

    const SignalSet whole = setting_signals(spoken, setting) | (found.front() & of_all);
    bool is_first = true;
    for (std::size_t at = 0; at < found.size(); ++at) {
        const SpokenSentence& sentence = spoken.sentences[at];
        SignalSet signals = (found[at] & ~of_all & ~set_of(QuestionSignal::answers_itself)) | whole;
        if (at > 0) signals &= ~set_of(QuestionSignal::reply);
        if (sentence.has_question_mark) {
            signals = (signals & ~only_without_mark) | set_of(QuestionSignal::question_mark);
            if (sentence.in_parentheses) signals |= set_of(QuestionSignal::aside);
            if (sentence.spoken_count <= 1 && spoken.language != SpokenLanguage::japanese)
                signals |= set_of(QuestionSignal::very_short);
        } else {
            signals &= ~only_with_mark;
        }
        // What begins as a question does is no guess: "I guess my question is, what does it do?"
        if ((signals & set_of(QuestionSignal::interrogative)) != 0)
            signals &= ~(set_of(QuestionSignal::guess) | set_of(QuestionSignal::very_short));
        if (at + 1 < found.size()) {
            const SpokenSentence& next = spoken.sentences[at + 1];
            if ((found[at + 1] & set_of(QuestionSignal::answers_itself)) != 0 && !next.has_question_mark)
                signals |= set_of(QuestionSignal::answers_itself);
        }
        if (setting.turn != Turn::replying) signals &= ~set_of(QuestionSignal::proposal);
        const float score = sum_of(signals, weights);
        if (is_first || score > best.score) {
            best.score = score;
            best.signals = signals;
            is_first = false;
        }
    }
    return best;
}

std::string explain(const QuestionScore& score, const SignalWeights& weights)
{
    std::string text;
    for (std::size_t each = 0; each < question_signal_count; ++each) {
        const auto signal = static_cast<QuestionSignal>(each);
        if (!score.has(signal)) continue;
        text += fmt::format("{}{} {:+.2f}", text.empty() ? "" : ", ", name_of(signal), weights.of(signal));
    }
    return text;
}

std::string signal_words(SignalSet signals)
{
    std::string words;
    for (std::size_t index = 0; index < question_signal_count; ++index) {
        const auto signal = static_cast<QuestionSignal>(index);
        if ((signals & set_of(signal)) == 0) continue;
        words += (words.empty() ? "" : ", ") + std::string{name_of(signal)};
    }
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

}  // namespace ackd
