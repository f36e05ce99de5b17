// Does a message ask something of somebody? A score from named signals, so that it can be explained. Pure;
// total on any text; no allocation that grows with anything but the text, of which no more is looked at than
// anybody types.
#pragma once

#include "bot/rich_text.hpp"
#include "bot/threads/phrase_book.hpp"
#include "bot/threads/question_signals.hpp"

#include <string>
#include <vector>

namespace ackd {

/// Where in the talk a message stands.
enum class Turn : std::uint8_t {
    opening,     ///< nobody spoke just before
    replying,    ///< somebody else did
    continuing,  ///< its author did
};

struct MessageSetting {
    Turn turn = Turn::opening;
    bool by_bot = false;
};

struct QuestionScore {
    float score = 0;
    /// Those of the sentence that asks most, and of the message as a whole.
    SignalSet signals = 0;
    SpokenLanguage language = SpokenLanguage::english;

    [[nodiscard]] bool asks() const { return score >= asks_threshold; }
    [[nodiscard]] bool has(QuestionSignal signal) const { return (signals & set_of(signal)) != 0; }
};

[[nodiscard]] QuestionScore score_question(const RichText& text,
                                           const MessageSetting& setting,
                                           const SignalWeights& weights);

/// "question_mark +0.90, request +0.30, reply -0.20": what the score is made of.
[[nodiscard]] std::string explain(const QuestionScore& score, const SignalWeights& weights);

/// "question mark, request": the same without figures.
[[nodiscard]] std::string signal_words(SignalSet signals);

}  // namespace ackd
