// Who answers whom: in threads, and in channels where nobody uses them.
#include "adapters/slack/mrkdwn.hpp"
#include "bot/threads/answer_rules.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <vector>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

struct Said {
    Duration at;
    const char* who;
    const char* text;
    const char* thread = "";  ///< number of the thread's first message in the list
};

std::vector<ReadMessage> read(std::initializer_list<Said> said)
{
    std::vector<LoggedMessage> messages;
    for (const Said& each : said) {
        LoggedMessage message;
        message.stamp = std::to_string(messages.size());
        message.at = Instant{each.at};
        message.author = UserId{each.who};
        message.thread = each.thread;
        message.text = slack::parse_mrkdwn(each.text, {});
        message.by_bot = message.author.value == "bot";
        messages.push_back(std::move(message));
    }
    return read_talk(messages, TalkRules{}, default_signal_weights());
}

AnswerSign sign_of_first(std::initializer_list<Said> said)
{
    const auto all = read(said);
    REQUIRE(all.front().asks);
    CHECK(all.front().left_unanswered == (all.front().answer == AnswerSign::none));
    return all.front().answer;
}

}  // namespace

TEST_CASE("answers: in a thread, what somebody else replies within a day answers")
{
    CHECK(sign_of_first({{0min, "ann", "where is the key?"}, {5h, "bo", "in the drawer", "0"}}) ==
          AnswerSign::thread_reply);
    CHECK(sign_of_first({{0min, "ann", "where is the key?"}, {25h, "bo", "in the drawer", "0"}}) ==
          AnswerSign::none);
    CHECK(sign_of_first({{0min, "ann", "where is the key?"}, {1h, "ann", "anybody?", "0"}}) ==
          AnswerSign::none);
    CHECK(sign_of_first({{0min, "ann", "where is the key?"}, {1h, "bot", "I am a bot", "0"}}) ==
          AnswerSign::none);
}

TEST_CASE("answers: who joins a question does not answer it")
{
    CHECK(sign_of_first({{0min, "ann", "where is the key?"}, {1h, "bo", "same question here", "0"}}) ==
          AnswerSign::none);
    CHECK(sign_of_first({{0min, "ann", "where is the key?"}, {1min, "bo", "+1"}}) == AnswerSign::none);
    CHECK(sign_of_first({{0min, "ann", "where is the key?"},
                         {1min, "bo", "<@ann> if you find it, please let me know"}}) == AnswerSign::none);
    CHECK(sign_of_first({{0min, "ann", "where is the key?"},
                         {1min,
                          "bo",
                          "<@ann> it should be in the second drawer of the desk by the window; please let me "
                          "know whether it is still there"}}) == AnswerSign::mentions_asker);
}

TEST_CASE("answers: who asks settles it by finding, thanking or withdrawing")
{
    CHECK(sign_of_first({{0min, "ann", "where is the key?"}, {1h, "ann", "found it", "0"}}) ==
          AnswerSign::asker_settled);
    CHECK(sign_of_first({{0min, "ann", "where is the key?"}, {1h, "ann", "never mind"}}) ==
          AnswerSign::asker_settled);
    CHECK(sign_of_first({{0min, "ann", "where is the key?"}, {9min, "ann", "aaah, it is under the mat"}}) ==
          AnswerSign::asker_settled);
    CHECK(sign_of_first({{0min, "ann", "where is the key?"},
                         {2h, "bo", "<@cy> your talk was good"},
                         {3h, "ann", "thanks, got the key"}}) == AnswerSign::asker_thanks);
}

TEST_CASE("answers: a question within a thread is answered there or not at all")
{
    const auto all = read({{0min, "ann", "the release is tomorrow"},
                           {1min, "bo", "at what time?", "0"},
                           {2min, "cy", "lunch is ready"},
                           {3min, "dee", "who wants soup?"},
                           {4min, "cy", "me"}});
    CHECK(all[1].asks);
    CHECK(all[1].left_unanswered);
    CHECK(all[3].answer == AnswerSign::next_speaker);
}

TEST_CASE("answers: ✅ on a question answers it")
{
    LoggedMessage question;
    question.stamp = "0";
    question.author = UserId{"ann"};
    question.text = {Words{"where is the key?"}};
    question.is_marked_done = true;
    const auto all = read_talk(std::vector{question}, TalkRules{}, default_signal_weights());
    CHECK(all.front().answer == AnswerSign::marked);
    CHECK(all.front().answered_at == std::nullopt);  // the log does not tell when
}

TEST_CASE("answers: when it was answered is when the message came by which it counts as answered")
{
    const auto answered_at = [](std::initializer_list<Said> said) { return read(said).front().answered_at; };
    CHECK(answered_at({{0min, "ann", "where is the key?"},
                       {1h, "cy", "same question here", "0"},
                       {5h, "bo", "in the drawer", "0"},
                       {6h, "ann", "thanks", "0"}}) == Instant{5h});
    CHECK(answered_at({{0min, "ann", "where is the key?"}, {1h, "ann", "found it", "0"}}) == Instant{1h});
    CHECK(answered_at({{0min, "ann", "where is the key?"},
                       {1min, "cy", "<@dee> lunch is ready"},
                       {2min, "dee", "<@cy> coming"},
                       {3h, "bo", "<@ann> in the drawer"}}) == Instant{3h});
    CHECK(answered_at({{0min, "ann", "where is the key?"}, {7min, "ann", "never mind"}}) == Instant{7min});
    CHECK(answered_at({{0min, "ann", "where is the key?"}, {1min, "bo", "+1"}}) == std::nullopt);
    CHECK(answered_at({{0min, "ann", "the release is tomorrow"}, {1min, "bo", "good", "0"}}) == std::nullopt);
}

TEST_CASE("answers: without threads, who mentions the asker answers, whoever speaks in between")
{
    CHECK(sign_of_first({{0min, "ann", "where is the key?"},
                         {1min, "cy", "<@dee> lunch is ready"},
                         {2min, "dee", "<@cy> coming"},
                         {3h, "bo", "<@ann> in the drawer"}}) == AnswerSign::mentions_asker);
    CHECK(sign_of_first({{0min, "ann", "where is the key?"},
                         {1min, "cy", "<@dee> lunch is ready"},
                         {2min, "dee", "<@cy> coming"}}) == AnswerSign::none);
}

TEST_CASE("answers: without threads, who speaks next answers the room, unless of something else")
{
    CHECK(sign_of_first({{0min, "ann", "where is the key?"}, {9min, "bo", "in the drawer"}}) ==
          AnswerSign::next_speaker);
    CHECK(sign_of_first({{0min, "ann", "where is the key?"}, {5h, "bo", "in the drawer"}}) ==
          AnswerSign::next_speaker);
    CHECK(sign_of_first({{0min, "ann", "where is the key?"}, {5h, "bo", "does anyone have a bicycle?"}}) ==
          AnswerSign::none);
    CHECK(sign_of_first({{0min, "ann", "where is the key?"}, {20h, "bo", "the talk was good"}}) ==
          AnswerSign::none);
}

TEST_CASE("answers: a burst is one question: what was said before and after it belongs to it")
{
    CHECK(sign_of_first({{0min, "ann", "<@bo> how does the compressor start?"},
                         {1min, "ann", "```\nerror 7\n```"},
                         {2min, "ann", "that is what it says"},
                         {50min, "bo", "press the green knob"}}) == AnswerSign::asked_person);
    const auto all = read(
        {{0min, "ann", "<@bo> it is about the compressor"},
         {1min, "ann", "does it start?"},
         {40min, "cy", "the cake was good, who made it is an artist and should make another one soon"}});
    CHECK(all[1].left_unanswered);
}

TEST_CASE("answers: what is asked of a person is not answered by others who speak of something else")
{
    CHECK(sign_of_first({{0min, "ann", "<@bo> may I have the key?"},
                         {30min, "cy", "the cake was good"},
                         {31min, "dee", "it was"}}) == AnswerSign::none);
    CHECK(sign_of_first({{0min, "ann", "<@bo> may I have the key of the compressor room?"},
                         {30min, "cy", "the compressor room is open"}}) == AnswerSign::next_speaker);
}

TEST_CASE("answers: who passes it on to somebody else takes it up")
{
    CHECK(sign_of_first({{0min, "ann", "who can give me a key?"}, {1min, "bo", "<@cy> can you?"}}) ==
          AnswerSign::next_speaker);
}

TEST_CASE("answers: what is asked in threads is found again, all of it")
{
    // Twenty threads of each kind, told apart without a mistake.
    std::vector<LoggedMessage> messages;
    std::vector<bool> unanswered;
    const auto say = [&](int minute, const char* who, const char* text, const std::string& thread = "") {
        LoggedMessage message;
        message.stamp = std::to_string(messages.size());
        message.at = Instant{std::chrono::minutes{minute}};
        message.author = UserId{who};
        message.thread = thread;
        message.text = slack::parse_mrkdwn(text, {});
        message.by_bot = message.author.value == "bot";
        messages.push_back(std::move(message));
        return messages.back().stamp;
    };
    struct Kind {
        const char* question;
        std::vector<std::pair<const char*, const char*>> replies;
        bool is_unanswered;
    };
    const std::vector<Kind> kinds{
        {"does anyone know why the build is red?", {{"bo", "the disk was full"}}, false},
        {"could somebody review my change please", {{"cy", "on it"}}, false},
        {"where is the staging password?", {{"ann", "found it"}}, false},
        {"is there a way to see the logs of yesterday?",
         {{"dee", "which service?"}, {"ann", "the shop"}},
         false},
        {"how do I get access to the wiki", {{"bo", "me too"}}, true},
        {"what does error 7 mean?", {{"ann", "it says so at every start"}}, true},
        {"anyone here with a Windows machine?", {{"bot", "This channel is watched."}}, true},
        {"can we move the meeting to Tuesday?", {}, true},
    };
    int minute = 0;
    for (int round = 0; round < 20; ++round) {
        for (const Kind& kind : kinds) {
            // A channel that uses threads goes on beside them.
            const std::string thread = say(minute, "ann", kind.question);
            unanswered.resize(messages.size());
            unanswered.back() = kind.is_unanswered;
            int at = minute + 1;
            for (const auto& [who, text] : kind.replies) say(at++, who, text, thread);
            minute += 30 * 60;
        }
    }
    unanswered.resize(messages.size());
    const auto all = read_talk(messages, TalkRules{}, default_signal_weights());
    for (std::size_t at = 0; at < all.size(); ++at) {
        if (!messages[at].thread.empty()) continue;
        const std::string text = std::get<Words>(messages[at].text.front()).text;
        CAPTURE(text);
        CAPTURE(name_of(all[at].answer));
        CHECK(all[at].asks);
        CHECK(all[at].left_unanswered == unanswered[at]);
    }
}
