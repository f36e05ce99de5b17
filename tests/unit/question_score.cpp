// What asks something, and what only looks as if it did: English, and the rules for all languages.
#include "bot/threads/question_score.hpp"

#include "adapters/slack/mrkdwn.hpp"
#include "bot/threads/spoken_words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

using namespace ackd;

namespace {

QuestionScore score_of(std::string_view markup, Turn turn = Turn::opening)
{
    return score_question(slack::parse_mrkdwn(markup, {}), {turn, false}, default_signal_weights());
}

struct Row {
    const char* text;
    Turn turn = Turn::opening;
};

void check_all_ask(std::initializer_list<Row> rows)
{
    for (const Row& row : rows) {
        const QuestionScore score = score_of(row.text, row.turn);
        CAPTURE(std::string{row.text});
        CAPTURE(explain(score, default_signal_weights()));
        CHECK(score.asks());
    }
}

void check_none_asks(std::initializer_list<Row> rows)
{
    for (const Row& row : rows) {
        const QuestionScore score = score_of(row.text, row.turn);
        CAPTURE(std::string{row.text});
        CAPTURE(explain(score, default_signal_weights()));
        CHECK_FALSE(score.asks());
    }
}

}  // namespace

TEST_CASE("question: a link is its address, whatever it is called")
{
    CHECK(with_links_as_words(slack::parse_mrkdwn("see <https://x.org|why?>, <@U1|ann> <", {})) ==
          RichText{Words{"see https://x.org , "}, Mention{UserId{"U1"}}, Words{" <"}});
    check_none_asks({{"<https://x.org|why does it fail?> explains it"}});
}

TEST_CASE("question: what ends in a question mark asks")
{
    check_all_ask({
        {"where is the staging password kept?"},
        {"<@U1> is the deploy done?"},
        {"I changed the header as you said. Does it need a migration as well?"},
        {"is it this one or that one? I have both here and cannot tell"},
        {"which of the two?", Turn::replying},
        {"and on Windows?", Turn::replying},
        {"What version are you on?", Turn::replying},
        {"why?", Turn::replying},
        {"does it work？"},
    });
}

TEST_CASE("question: a question mark in code, in a link, in a quotation or in a name asks nothing")
{
    check_none_asks({
        {"`empty? x` is false here"},
        {"it says ```\nare you sure? (y/n)\n``` and then it stops"},
        {"see https://example.org/search?q=1 for the list"},
        {"see <https://example.org/a?b=c|how do I install it?> for the list"},
        {"> where is it?\nin the attic"},
        {"&gt; where is it?\nin the attic"},
        {"&gt;&gt;&gt; where is it?\nand why?"},
        {"she wrote \"where is it?\" on the wall"},
        {"she wrote “where is it?” on the wall"},
        {"then (empty? list) is true, and is-done? too"},
        {"the predicate string-empty? returns true"},
        {"http://example.org/?"},
    });
}

TEST_CASE("question: a question is one without its mark as well")
{
    check_all_ask({
        {"how do I get the logs of last night"},
        {"does anyone know where the logs are"},
        {"is there a way to see only my own"},
        {"any idea why the build is red"},
        {"could somebody look at the build please"},
        {"please review my change when you have a minute"},
        {"I was wondering if we could move the meeting"},
        {"I can't figure out how to start it"},
        {"I'm looking for a good example of this"},
        {"help me understand the second step"},
        {"let me know what you think"},
        {"Any feedback is welcome"},
    });
}

TEST_CASE("question: hardly visible requests: a ping, a pointer")
{
    check_all_ask({{"<@U1> ping"},
                   {"<@U1>: ping"},
                   {"ping <@U1>"},
                   {"<@U1> ?"},
                   {"<@U1> ^^^"},
                   {"^ <@U1>"},
                   {"<@U1> the wiki is down"}});
    check_none_asks({{"<@U1> :tada:"}, {"<@U1> done"}, {"2^3"}, {"^ this"}});
}

TEST_CASE("question: advice in the form of a question asks nothing")
{
    check_none_asks({
        {"have you tried turning it off and on again?", Turn::replying},
        {"<@U1> did you try the nightly build?", Turn::replying},
        {"why not just use a map?", Turn::replying},
        {"why don't you ask the vendor?", Turn::replying},
        {"how about a second server?", Turn::replying},
        {"maybe try the other port?", Turn::replying},
        {"would that help?", Turn::replying},
        {"perhaps that would be simpler?", Turn::replying},
        {"you could put it into the cache instead?", Turn::replying},
        {"something like `sort -u`?", Turn::replying},
        {"couldn't you just drop the table?", Turn::replying},
    });
}

TEST_CASE("question: what asks whether a thing works is advice only of somebody who replies")
{
    CHECK(score_of("would that help?", Turn::continuing).asks());
    CHECK_FALSE(score_of("would that help?", Turn::replying).asks());
}

TEST_CASE("question: tags, rhetorical forms, guesses and greetings ask nothing")
{
    check_none_asks({
        {"that was easy, right?", Turn::replying},
        {"it is the same one, isn't it?", Turn::replying},
        {"who knows?", Turn::replying},
        {"oh really?", Turn::replying},
        {"seriously?", Turn::replying},
        {"what could possibly go wrong?", Turn::replying},
        {"how cool is that?!"},
        {"why not?", Turn::replying},
        {"doesn't everyone?", Turn::replying},
        {"how are you?"},
        {"hi all, how's it going?"},
        {"what's up?"},
        {"maybe the cache was cold?", Turn::replying},
        {"it is the proxy, I guess?", Turn::replying},
        {"did you really order a fish? :joy:", Turn::replying},
    });
}

TEST_CASE("question: who answers it in the next breath does not ask")
{
    check_none_asks({
        {"Is it down? Never mind, it was my cable."},
        {"where is the file? ah, found it"},
    });
}

TEST_CASE("question: statements ask nothing, whatever words are in them")
{
    check_none_asks({
        {"I know how to do that"},
        {"that is how it works"},
        {"it depends on what you want to do"},
        {"let me know if you need anything", Turn::replying},
        {"thanks, that is what I was looking for", Turn::replying},
        {"anyone can join"},
        {"you can find it in the second drawer", Turn::replying},
        {"I don't know if that is related", Turn::replying},
        {"I'm not sure, I never used it", Turn::replying},
        {"the build fails on master"},
        {"is what I meant"},
        {"when I start it, it works"},
        {""},
        {"?"},
        {"???"},
    });
}

TEST_CASE("question: a lead-in does not ask, the question of the same burst does")
{
    CHECK_FALSE(score_of("quick thing about the release:").asks());
    CHECK_FALSE(score_of("```\nmake: *** [all] Error 2\n```", Turn::continuing).asks());
    CHECK(score_of("what does that mean?", Turn::continuing).asks());
}

TEST_CASE("question: a question that was edited into a statement asks no longer")
{
    CHECK(score_of("can we release today?").asks());
    CHECK_FALSE(score_of("we can release today").asks());
}

TEST_CASE("question: a score says what it is made of")
{
    const QuestionScore score = score_of("<@U1> could you look at it?");
    CHECK(score.score == doctest::Approx(2.5));
    CHECK(explain(score, default_signal_weights()) ==
          "question_mark +1.00, interrogative +0.15, request +1.00, addressed +0.15, opens +0.20");
    CHECK(explain(QuestionScore{}, default_signal_weights()).empty());
}

TEST_CASE("question: a channel's weights change what asks, within their bounds")
{
    SignalWeights weights = default_signal_weights();
    const RichText text{Words{"that was easy, right?"}};
    const MessageSetting replying{Turn::replying, false};
    CHECK_FALSE(score_question(text, replying, weights).asks());
    weights.adjust(QuestionSignal::tag, 0.0F);
    CHECK(score_question(text, replying, weights).asks());
    weights.adjust(QuestionSignal::question_mark, -100.0F);
    CHECK(weights.of(QuestionSignal::question_mark) ==
          doctest::Approx(default_signal_weights().of(QuestionSignal::question_mark) - SignalWeights::bound));
}

TEST_CASE("question: every signal has a name, and no two the same")
{
    std::vector<std::string_view> names;
    for (std::size_t each = 0; each < question_signal_count; ++each)
        names.push_back(name_of(static_cast<QuestionSignal>(each)));
    std::sort(names.begin(), names.end());
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
    CHECK_FALSE(names.front().empty());
}
