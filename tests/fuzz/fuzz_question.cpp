// Any bytes as a message: scored in any setting, and among others in a channel's talk.
#include "adapters/slack/exported_messages.hpp"
#include "adapters/slack/mrkdwn.hpp"
#include "bot/threads/answer_rules.hpp"
#include "bot/threads/question_score.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <cmath>
#include <string>
#include <vector>

using namespace ackd;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text = fuzz::text_of(data, size);
    const SignalWeights& weights = default_signal_weights();
    const RichText read = slack::parse_mrkdwn(text, {});
    for (const Turn turn : {Turn::opening, Turn::replying, Turn::continuing}) {
        const QuestionScore score = score_question(read, {turn, false}, weights);
        fuzz::expect(std::isfinite(score.score), "a score is a number");
        fuzz::expect(score.score == 0 || !explain(score, weights).empty(), "a score is explained");
        fuzz::expect(!score_question(read, {turn, true}, weights).asks(), "a bot never asks");
    }

    fuzz::Choices choices{text};
    std::vector<LoggedMessage> talk;
    Instant at{};
    while (!choices.empty() && talk.size() < 50) {
        const std::uint8_t choice = choices.byte();
        at += std::chrono::minutes{choice};
        LoggedMessage message;
        message.stamp = std::to_string(talk.size());
        message.at = at;
        message.author = UserId{"U" + std::to_string(choice % 4U)};
        if (choice % 5U == 0 && !talk.empty()) message.thread = talk.front().stamp;
        message.text = slack::parse_mrkdwn(choices.line(), {});
        talk.push_back(std::move(message));
    }
    const std::vector<ReadMessage> all = read_talk(talk, TalkRules{}, weights);
    fuzz::expect(all.size() == talk.size(), "every message is read");
    for (std::size_t index = 0; index < all.size(); ++index) {
        const ReadMessage& message = all[index];
        fuzz::expect(message.asks || !message.left_unanswered, "only what asks is left unanswered");
        fuzz::expect(message.answered_at.has_value() == (message.answer != AnswerSign::none),
                     "what is answered was answered at some time");
        fuzz::expect(!message.answered_at || *message.answered_at >= talk[index].at,
                     "an answer comes after it");
    }

    if (const auto exported = slack::read_exported_messages(text)) {
        for (const PastMessage& message : *exported) {
            const QuestionScore score = score_question(
                message.text, {Turn::opening, message.by_bot}, weights);
            fuzz::expect(std::isfinite(score.score), "a score of what was exported is a number");
        }
    }
    return 0;
}
