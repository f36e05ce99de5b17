// Kept answers, the rules: their states, when they are asked about and let go of, words and confidence.
#include "bot/answers/kept_answer_rules.hpp"

#include "bot/answers/answer_index.hpp"
#include "bot/answers/answer_similarity.hpp"
#include "tests/unit/golden.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ackd;

namespace {

const Instant noon = utc("2026-03-02 12:00");

KeptAnswer answer_in(KeptState state)
{
    KeptAnswer answer;
    answer.id = KeptAnswerId{1};
    answer.state = state;
    answer.author = UserId{"Ubo"};
    answer.keeper = UserId{"Ucy"};
    answer.asker = UserId{"Uann"};
    answer.question = "How?";
    answer.answer = "So.";
    answer.tags = "way";
    answer.due_at = noon;
    if (state != KeptState::proposed) {
        answer.kept_at = noon - rechecked_after;
        answer.recheck_at = noon;
        answer.expires_at = noon + std::chrono::days{183};
    }
    return answer;
}

}  // namespace

TEST_CASE("kept answer: docs/answers.md prints the table of transitions")
{
    check_golden("docs/answers.md", "transitions", kept_transitions_as_markdown());
}

TEST_CASE("kept answer: docs/journal.md explains every fact of the table")
{
    const std::string page = bytes_of(std::string{ACKD_SOURCE_DIR} + "/docs/journal.md");
    for (const KeptTransition& each : kept_transitions()) {
        CAPTURE(each.meaning);
        CHECK(page.find("| `" + std::string{name_of(each.event)} + "` |") != std::string::npos);
    }
}

TEST_CASE("kept answer: nothing leads out of what is over, and each event leads to one state")
{
    for (const KeptTransition& each : kept_transitions()) {
        CAPTURE(each.meaning);
        CHECK_FALSE(is_over(each.from));
        CHECK(next_state(each.from, each.event) == each.to);
    }
    CHECK_FALSE(next_state(KeptState::refused, KeptEvent::agreed));
    CHECK_FALSE(next_state(KeptState::kept, KeptEvent::withdrawn));
    CHECK_FALSE(next_state(KeptState::proposed, KeptEvent::taken_out));
}

TEST_CASE("kept answer: agreed to, it is asked about after half a year and ends after one")
{
    const auto kept = after(answer_in(KeptState::proposed), KeptEvent::agreed, noon);
    REQUIRE(kept);
    CHECK(kept->state == KeptState::kept);
    CHECK(kept->kept_at == noon);
    CHECK(kept->due_at == noon + rechecked_after);
    CHECK(kept->expires_at == noon + holds_for);
    const auto stale = after(*kept, KeptEvent::rechecked, *kept->due_at);
    REQUIRE(stale);
    CHECK(stale->due_at == kept->expires_at);
    const Instant later = noon + std::chrono::days{200};
    const auto again = after(*stale, KeptEvent::confirmed, later);
    REQUIRE(again);
    CHECK(again->kept_at == noon);
    CHECK(again->recheck_at == later + rechecked_after);
    CHECK(again->expires_at == later + holds_for);
}

TEST_CASE("kept answer: of what is over no text is left, and nobody but its author")
{
    for (const KeptTransition& each : kept_transitions()) {
        if (!is_over(each.to)) continue;
        CAPTURE(each.meaning);
        const auto over = after(answer_in(each.from), each.event, noon);
        REQUIRE(over);
        CHECK(over->question + over->answer + over->tags == "");
        CHECK(over->keeper.empty());
        CHECK(over->asker.empty());
        CHECK(over->author == UserId{"Ubo"});
        CHECK_FALSE(over->due_at);
        CHECK(over->ended_at == noon);
    }
}

TEST_CASE("kept answer: what happens when its time comes")
{
    CHECK(event_when_due(answer_in(KeptState::proposed), true, noon) == KeptEvent::lapsed);
    CHECK(event_when_due(answer_in(KeptState::kept), true, noon) == KeptEvent::rechecked);
    // Nobody is there to be asked: it waits for its end.
    CHECK_FALSE(event_when_due(answer_in(KeptState::kept), false, noon));
    const Instant end = *answer_in(KeptState::kept).expires_at;
    CHECK(event_when_due(answer_in(KeptState::kept), false, end) == KeptEvent::outlived);
    CHECK(event_when_due(answer_in(KeptState::stale), true, end) == KeptEvent::outlived);
}

TEST_CASE("kept answer: each \"It did not\" raises what an offer needs; three in vain end the offers")
{
    KeptAnswer answer = answer_in(KeptState::kept);
    CHECK(may_be_offered(answer));
    CHECK(offered_from(answer) == doctest::Approx(confident_from));
    answer.not_helped = 2;
    CHECK(offered_from(answer) > confident_from);
    CHECK(offered_from(answer) < 0.8);
    CHECK(may_be_offered(answer));
    answer.not_helped = 3;
    CHECK_FALSE(may_be_offered(answer));
    answer.helped = 1;
    CHECK(may_be_offered(answer));
    answer.helped = 5;
    CHECK(offered_from(answer) == doctest::Approx(confident_from));
    answer.question.clear();
    CHECK_FALSE(may_be_offered(answer));
    CHECK_FALSE(may_be_offered(answer_in(KeptState::proposed)));
}

TEST_CASE("kept answer: tags are the words with #, not numbers, not within a word")
{
    struct Row {
        const char* said;
        const char* tags;
    };
    const Row rows[] = {
        {"see #deploy and #Roll-back, or #deploy", "deploy roll-back"},
        {"fixed in #1234 and issue#5", ""},
        {"#über #", "über"},
        {"", ""},
    };
    for (const Row& row : rows) {
        CAPTURE(row.said);
        CHECK(tags_in(RichText{Words{row.said}}) == row.tags);
    }
    CHECK(tags_in(RichText{Code{"#define"}}).empty());
}

TEST_CASE("kept answer: words are searched for as words, whatever was typed")
{
    struct Row {
        const char* typed;
        std::vector<std::string> words;
    };
    const Row rows[] = {
        {"VPN Linux vpn", {"vpn", "linux"}},
        {R"(a" OR * NEAR(b) {question}: -c ^d)", {"a", "or", "near", "b", "question", "c", "d"}},
        {"Müller's naïve", {"müller", "s", "naïve"}},
        {"\"'()*:^-+{}", {}},
        {"", {}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        CHECK(searched_words(row.typed) == row.words);
    }
    std::string many;
    for (int number = 0; number < 100; ++number) many += "word" + std::to_string(number) + " ";
    CHECK(searched_words(many).size() == searched_words_max);
    std::string longest;
    for (int count = 0; count < 100; ++count) longest += "ä";
    const auto cut = searched_words(longest);
    REQUIRE(cut.size() == 1);
    CHECK(cut.front().size() == searched_word_bytes_max);
    CHECK(searched_words("x" + longest).front().size() == searched_word_bytes_max - 1);
}

TEST_CASE("kept answer: confidence grows with what is shared, and one shared word is none")
{
    const SharedWord missing{1.0, false, false};
    const SharedWord in_question{1.0, true, true};
    const SharedWord in_answer{1.0, false, true};
    CHECK(confidence_of({in_question, in_question}, 2.0) == doctest::Approx(1.0));
    CHECK(confidence_of({in_question, in_question}, 4.0) == doctest::Approx(0.75));
    CHECK(confidence_of({in_question, in_question, missing, missing}, 2.0) == doctest::Approx(0.75));
    CHECK(confidence_of({in_answer, in_answer}, 2.0) == doctest::Approx(0.25));
    CHECK(confidence_of({in_question}, 1.0) == 0.0);
    CHECK(confidence_of({in_question, in_question}, 0.0) == 0.0);
    CHECK(confidence_of({}, 1.0) == 0.0);
    CHECK(confidence_of({in_question, in_question, in_question}, 1.0) <= 1.0);
}

TEST_CASE("kept answer: a word that fewer have weighs more, in any number of answers")
{
    CHECK(weight_of_word(1, 30) > weight_of_word(10, 30));
    CHECK(weight_of_word(10, 30) > weight_of_word(30, 30));
    CHECK(weight_of_word(30, 30) > 0.0);
    CHECK(weight_of_word(0, 0) > 0.0);
    CHECK(weight_of_word(7, 3) == weight_of_word(3, 3));
    const auto substance = words_of_substance({"how", "do", "i", "rotate", "the", "password"});
    CHECK(substance == std::vector<std::string>{"rotate", "password"});
}
