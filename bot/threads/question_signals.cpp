#include "bot/threads/question_signals.hpp"

#include <algorithm>

namespace ackd {

std::string_view name_of(QuestionSignal signal)
{
    switch (signal) {
        case QuestionSignal::question_mark: return "question_mark";
        case QuestionSignal::interrogative: return "interrogative";
        case QuestionSignal::question_phrase: return "question_phrase";
        case QuestionSignal::asks_room: return "asks_room";
        case QuestionSignal::request: return "request";
        case QuestionSignal::indirect: return "indirect";
        case QuestionSignal::unsure: return "unsure";
        case QuestionSignal::trouble: return "trouble";
        case QuestionSignal::addressed: return "addressed";
        case QuestionSignal::opens: return "opens";
        case QuestionSignal::advice: return "advice";
        case QuestionSignal::tag: return "tag";
        case QuestionSignal::rhetorical: return "rhetorical";
        case QuestionSignal::greeting: return "greeting";
        case QuestionSignal::guess: return "guess";
        case QuestionSignal::reply: return "reply";
        case QuestionSignal::reported: return "reported";
        case QuestionSignal::proposal: return "proposal";
        case QuestionSignal::answers_itself: return "answers_itself";
        case QuestionSignal::aside: return "aside";
        case QuestionSignal::joke: return "joke";
        case QuestionSignal::very_short: return "very_short";
        case QuestionSignal::long_paste: return "long_paste";
        case QuestionSignal::bot_post: return "bot_post";
    }
    return "";
}

void SignalWeights::adjust(QuestionSignal signal, float weight)
{
    const float usual = default_signal_weights().of(signal);
    weights_[static_cast<std::size_t>(signal)] = std::clamp(weight, usual - bound, usual + bound);
}

const SignalWeights& default_signal_weights()
{
    static constexpr SignalWeights weights = [] {
        std::array<float, question_signal_count> of{};
        const auto set = [&](QuestionSignal signal, float weight) {
            of[static_cast<std::size_t>(signal)] = weight;
        };
        set(QuestionSignal::question_mark, 1.0F);
        set(QuestionSignal::interrogative, 0.15F);
        set(QuestionSignal::question_phrase, 1.0F);
        set(QuestionSignal::asks_room, 1.0F);
        set(QuestionSignal::request, 1.0F);
        set(QuestionSignal::indirect, 1.0F);
        set(QuestionSignal::unsure, 0.6F);
        set(QuestionSignal::trouble, 0.2F);
        set(QuestionSignal::addressed, 0.15F);
        set(QuestionSignal::opens, 0.2F);
        set(QuestionSignal::advice, -0.7F);
        set(QuestionSignal::tag, -0.3F);
        set(QuestionSignal::rhetorical, -2.5F);
        set(QuestionSignal::greeting, -3.0F);
        set(QuestionSignal::guess, -0.4F);
        set(QuestionSignal::reply, -0.3F);
        set(QuestionSignal::reported, -0.4F);
        set(QuestionSignal::proposal, -0.4F);
        set(QuestionSignal::answers_itself, -2.0F);
        set(QuestionSignal::aside, -0.15F);
        set(QuestionSignal::joke, -0.3F);
        set(QuestionSignal::very_short, -0.3F);
        set(QuestionSignal::long_paste, -3.0F);
        set(QuestionSignal::bot_post, -10.0F);
        return SignalWeights{of};
    }();
    return weights;
}

}  // namespace ackd
