// Whether a kept answer answers a question: how much of what the question is about is in the answer's own
// question, and how much of that is in the question. A word weighs the more, the fewer answers have it; the
// words of every talk weigh nothing. Pure; measured in docs/answers.md.
#pragma once

#include <string>
#include <vector>

namespace ackd {

/// The least confidence with which an answer is offered.
inline constexpr double confident_from = 0.6;

/// Of the words of a text, those that say what it is about.
[[nodiscard]] std::vector<std::string> words_of_substance(const std::vector<std::string>& words);

/// What a word weighs when so many of all answers have it.
[[nodiscard]] double weight_of_word(int answers_with_it, int answers);

/// A word of the new question, and whether the answer has it.
struct SharedWord {
    double weight = 0.0;
    bool in_kept_question = false;
    bool in_kept_answer = false;
};

/// From 0 to 1; 0 when fewer than two words are shared. `kept_question_weight`: of all words of substance of
/// the kept question.
[[nodiscard]] double confidence_of(const std::vector<SharedWord>& words, double kept_question_weight);

}  // namespace ackd
