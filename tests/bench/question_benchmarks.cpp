// How many messages a second are looked at for questions, on one core: what people write in a channel.
#include "bot/threads/answer_rules.hpp"
#include "bot/threads/question_score.hpp"

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace ackd::bench {
namespace {

// Made up; as long as messages of a busy channel are on average, about 110 bytes, and some in other
// languages.
const char* const said[] = {
    "Does anyone know how to make the build use the second cache? I tried `--cache-dir=b`, and it is ignored.",
    "ah, thanks, that makes sense",
    "I think it is in the settings of the project, under the third tab. It was moved there with the last release, "
    "since nobody found it where it was before. You may have to be the owner to see it.",
    "yes",
    "we could also just write a small script that does it every night, and look at the result in the morning",
    "have you tried to clear it first?",
    "The upload fails for me with:\n```\nerror: connection reset\n  at upload (client.c:120)\n```\nNot sure whether that "
    "is my network or the server, it worked yesterday.",
    "lol :joy:",
    "Kann mir jemand sagen, wie ich an die Protokolle von gestern komme?",
    "no hurry, whenever you have a minute could you look at https://example.org/pull/12?tab=files please",
    "that is what the documentation says, but in practice it is the other way round: first the hooks run, then the "
    "files are copied, and only then the index is written",
    "¿Alguien sabe dónde está la configuración del servidor de pruebas?",
};

void score_questions(benchmark::State& state)
{
    std::vector<RichText> messages;
    for (const char* text : said) messages.push_back({Words{text}});
    const SignalWeights& weights = default_signal_weights();
    std::size_t at = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(score_question(messages[at], {Turn::replying, false}, weights));
        at = (at + 1) % messages.size();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(score_questions);

/// With who answers whom; a message every two minutes.
void read_a_talk(benchmark::State& state)
{
    std::vector<LoggedMessage> talk;
    for (std::size_t at = 0; at < 10'000; ++at) {
        LoggedMessage message;
        message.stamp = std::to_string(at);
        message.at = Instant{std::chrono::minutes{2 * at}};
        message.author = UserId{"U" + std::to_string(at * 7 % 23)};
        message.text = {Words{said[at % std::size(said)]}};
        talk.push_back(std::move(message));
    }
    for (auto _ : state) benchmark::DoNotOptimize(read_talk(talk, TalkRules{}, default_signal_weights()));
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * talk.size()));
}
BENCHMARK(read_a_talk);

}  // namespace
}  // namespace ackd::bench
