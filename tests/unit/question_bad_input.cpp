// What nobody should be disturbed for, and what must not break anything.
#include "adapters/slack/mrkdwn.hpp"
#include "bot/threads/answer_rules.hpp"
#include "bot/threads/question_score.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace ackd;

namespace {

bool asks(std::string_view markup, bool by_bot = false)
{
    return score_question(slack::parse_mrkdwn(markup, {}), {Turn::opening, by_bot}, default_signal_weights())
        .asks();
}

std::string repeated(std::string_view text, std::size_t bytes)
{
    std::string all;
    while (all.size() < bytes) all += text;
    return all;
}

}  // namespace

TEST_CASE("question, bad input: emoji storms ask nothing")
{
    CHECK_FALSE(asks(repeated(":tada: :question: :thinking_face: ", 4'000)));
    CHECK_FALSE(asks(repeated("🎉❓🤔❔⁉️", 4'000)));
    CHECK_FALSE(asks("🤷‍♀️🤷🏽‍♂️"));
    CHECK_FALSE(asks(":what: :why:"));
    CHECK(asks(":wave: where is it? :thinking_face:"));
}

TEST_CASE("question, bad input: code asks nothing, also when it is never closed")
{
    CHECK_FALSE(asks("```\nx = a ? b : c; // why?\n```"));
    CHECK_FALSE(asks("```\nx = a ? b : c; // why?\n"));
    CHECK_FALSE(asks("`a ? b : c`"));
    CHECK_FALSE(asks("the line is `how do I` and it is open"));
    CHECK(asks("`a ? b : c` or `d`, which one?"));
}

TEST_CASE("question, bad input: 40,000 characters are a paste")
{
    const std::string log = repeated("12:00:01 worker 7: retry? yes, is there a lock? no. ", 40'000);
    CHECK_FALSE(asks(log));
    CHECK_FALSE(asks(repeated("?", 40'000)));
    CHECK_FALSE(asks(repeated("a", 40'000)));
    CHECK_FALSE(asks(repeated("```", 40'000)));
    CHECK_FALSE(asks(repeated("\"", 40'000)));
    CHECK_FALSE(asks(repeated("“", 40'000)));
    CHECK_FALSE(asks(repeated("(", 40'000)));
    CHECK_FALSE(asks(repeated("&gt; why?\n", 40'000)));
    CHECK_FALSE(asks(repeated("<@U1> ", 40'000)));
    CHECK(asks("what does this mean?\n```\n" + log + "\n```"));
}

TEST_CASE("question, bad input: right-to-left and mixed scripts")
{
    CHECK_FALSE(asks("هذا هو الملف الجديد"));
    CHECK_FALSE(asks("זה הקובץ החדש"));
    CHECK_FALSE(asks("\u202Eזה הקובץ\u202C the new file"));
    CHECK(asks("أين الملف الجديد؟"));
    CHECK(asks("איפה הקובץ של release 7?"));
    CHECK(asks("где находится новый файл?"));
    CHECK_FALSE(asks("新しいファイル"));
}

TEST_CASE("question, bad input: what is not UTF-8")
{
    CHECK_FALSE(asks("\xFF\xFE\x80 broken"));
    CHECK_FALSE(asks("caf\xC3"));
    CHECK_FALSE(asks("\xE3\x81"));
    CHECK_FALSE(asks("\xF0\x9F"));
    CHECK_FALSE(asks(repeated("\xE2\x80", 1'000)));
    CHECK(asks("\xFF where is it?"));
    CHECK_FALSE(asks(std::string("a\0b\x01\x02 c", 8)));
}

TEST_CASE("question, bad input: a bot never asks")
{
    CHECK_FALSE(asks("Does anyone know? Please help! How do I do that?", true));
}

TEST_CASE("question, bad input: quoted questions are somebody else's")
{
    CHECK_FALSE(asks("&gt; does anyone know where it is?\nyes, in the attic"));
    CHECK_FALSE(asks("He asked \"does anyone know where it is?\" yesterday."));
    CHECK_FALSE(asks("«sait-on où il est ?» a-t-elle écrit"));
}

TEST_CASE("question, bad input: what grows with the text grows with nothing else")
{
    const auto began = std::chrono::steady_clock::now();
    const std::string words = repeated("how do I is there a way could you anyone ", 1'000'000);
    for (int round = 0; round < 100; ++round) CHECK_FALSE(asks(words));
    // 16 KB of it are looked at. Generous: a test machine may be busy, a quadratic rule would take hours.
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds{60});
}
