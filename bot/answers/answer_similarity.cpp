#include "bot/answers/answer_similarity.hpp"

#include "bot/threads/phrase_book.hpp"

#include <algorithm>
#include <cmath>

namespace ackd {

namespace {

/// As if there were so many answers more without any of the words: in the first few, every word is rare.
constexpr double other_answers = 20.0;
/// A word that is only in the answer says less about what it was an answer to.
constexpr double weight_in_answer = 0.5;
constexpr int shared_min = 2;

}  // namespace

std::vector<std::string> words_of_substance(const std::vector<std::string>& words)
{
    std::vector<std::string> kept;
    for (const std::string& word : words) {
        if (PhraseBook::instance().number_of(word) == unknown_word) kept.push_back(word);
    }
    return kept;
}

double weight_of_word(int answers_with_it, int answers)
{
    const double with_it = std::clamp(answers_with_it, 0, std::max(answers, 0));
    return std::log(1.0 + (answers + other_answers - with_it + 0.5) / (with_it + 0.5));
}

double confidence_of(const std::vector<SharedWord>& words, double kept_question_weight)
{
    double asked = 0.0;
    double shared = 0.0;
    double shared_with_question = 0.0;
    int count = 0;
    for (const SharedWord& word : words) {
        asked += word.weight;
        if (word.in_kept_question)
            shared += word.weight;
        else if (word.in_kept_answer)
            shared += weight_in_answer * word.weight;
        if (word.in_kept_question) shared_with_question += word.weight;
        if (word.in_kept_question || word.in_kept_answer) ++count;
    }
    if (count < shared_min || asked <= 0.0 || kept_question_weight <= 0.0) return 0.0;
    return (shared / asked + std::min(1.0, shared_with_question / kept_question_weight)) / 2.0;
}

}  // namespace ackd
