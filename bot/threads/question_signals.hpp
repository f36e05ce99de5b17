// The signs by which a message is taken for a question, or not: named, so that "why is this a question?" has
// an answer, and weighed by a value, so that a channel may weigh them otherwise.
//
// A sentence's score is the sum of the weights of its signals; a message's the highest of its sentences'
// (question_score.hpp). With the default weights a plain question mark is enough, and what speaks against it
// (an advice, a tag, a guess) takes it below the threshold.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ackd {

/// Names are part of what `ackd questions` prints; the order is free.
enum class QuestionSignal : std::uint8_t {
    // What speaks for it.
    question_mark,    ///< the sentence ends in one; not in code, a link, a quotation or a name like `empty?`
    interrogative,    ///< begins with a question word or with the verb: "how …", "is there …"
    question_phrase,  ///< what is a question without its mark as well: "how do I", "is there a way"
    asks_room,        ///< "anyone", "any idea"
    request,          ///< "could you", "please", "help"
    indirect,         ///< "I wonder", "not sure how", "I would like to know"
    unsure,     ///< "not sure whether", "I don't understand": a question, or an answer that knows nothing
    trouble,    ///< "I get an error", "does not work", "stuck": somebody has a problem
    addressed,  ///< begins with a mention of the person it is for
    opens,      ///< nobody else spoke just before: it begins something
    // What speaks against it.
    advice,          ///< a tip in the form of a question: "have you tried", "why not"
    tag,             ///< a statement with "right?" at its end
    rhetorical,      ///< wants no answer: "who knows?", "really?"
    greeting,        ///< "how are you?"
    guess,           ///< a guess with a question mark: "maybe …?", "I think …?"
    reply,           ///< begins as an answer does: "yes", "you can", "thanks"
    reported,        ///< tells of a question: "he asked whether", "the question is"
    proposal,        ///< "would that work?" of somebody who replies
    answers_itself,  ///< the next sentence answers it: "Why? Because …"
    aside,           ///< in parentheses
    joke,            ///< laughs
    very_short,      ///< hardly a word
    long_paste,      ///< longer than anybody types
    bot_post,        ///< not by a person
};
inline constexpr std::size_t question_signal_count = static_cast<std::size_t>(QuestionSignal::bot_post) + 1;

/// As `ackd questions` prints it: "question_mark".
[[nodiscard]] std::string_view name_of(QuestionSignal signal);

/// What each signal adds to a score, or takes from it.
class SignalWeights {
public:
    constexpr explicit SignalWeights(std::array<float, question_signal_count> weights) : weights_(weights) {}

    [[nodiscard]] constexpr float of(QuestionSignal signal) const
    {
        return weights_[static_cast<std::size_t>(signal)];
    }
    /// A channel's own weight, kept within `bound` of the default one.
    void adjust(QuestionSignal signal, float weight);

    static constexpr float bound = 0.3F;

private:
    std::array<float, question_signal_count> weights_;
};

/// Tuned as docs/detection.md tells.
[[nodiscard]] const SignalWeights& default_signal_weights();

/// A message with this score or more asks.
inline constexpr float asks_threshold = 1.0F;

}  // namespace ackd
