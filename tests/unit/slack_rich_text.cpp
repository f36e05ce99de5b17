// What people type, as their clients send it: rich_text blocks beside the text.
#include "adapters/slack/exported_messages.hpp"
#include "adapters/slack/interaction_decoder.hpp"
#include "adapters/slack/mrkdwn.hpp"
#include "adapters/slack/past_message.hpp"
#include "adapters/slack/rich_text_blocks.hpp"
#include "bot/threads/question_score.hpp"
#include "tests/unit/slack_decoding.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace ackd;
using namespace ackd::slack;

namespace {

constexpr std::string_view workspace = "https://team.example.test/";

std::string block_of(std::string_view parts)
{
    return fmt::format(R"({{"type":"rich_text","block_id":"b","elements":[{}]}})", parts);
}

std::string section_of(std::string_view elements)
{
    return fmt::format(R"({{"type":"rich_text_section","elements":[{}]}})", elements);
}

/// The members of a message that say something.
std::string saying(std::string_view text, std::string_view blocks)
{
    return fmt::format(R"("text":"{}","blocks":[{}])", text, blocks);
}

RichText read(std::string_view text, std::string_view blocks)
{
    JsonDocument document;
    const auto message = document.parse("{" + saying(text, blocks) + "}");
    REQUIRE(message);
    return said_in(*message, workspace);
}

}  // namespace

TEST_CASE("slack rich text: code, quotations, lists, links and references are told exactly")
{
    const Moment moment{Instant{std::chrono::seconds{1'700'000'000}}, "14 Nov"};
    struct Row {
        std::string parts;
        RichText expected;
    };
    const Row rows[] = {
        {section_of(
             R"({"type":"text","text":"hi <b> & *c*"},{"type":"text","text":"!","style":{"bold":true}})"),
         {Words{"hi <b> & *c*!"}}},
        {section_of(
             R"({"type":"user","user_id":"U2"},{"type":"text","text":" "},{"type":"usergroup","usergroup_id":"S1"},{"type":"channel","channel_id":"C1"},{"type":"broadcast","range":"here"})"),
         {Mention{UserId{"U2"}},
          Words{" "},
          GroupMention{GroupId{"S1"}},
          ChannelName{ChannelId{"C1"}},
          Words{"@here"}}},
        {section_of(
             R"({"type":"text","text":"a ? b","style":{"code":true}},{"type":"emoji","name":"question","unicode":"2753"},{"type":"color","value":"#fff"})"),
         {Code{"a ? b"}, Words{":question:#fff"}}},
        {section_of(
             R"({"type":"link","url":"https://x.test/?a=1&b=2","text":"why?"},{"type":"link","url":"https://y.test"},{"type":"link","url":"https://z.test","style":{"code":true}})"),
         {Link{"https://x.test/?a=1&b=2", "why?"}, Link{"https://y.test", ""}, Code{"https://z.test"}}},
        {section_of(
             R"({"type":"link","url":"https://team.example.test/archives/C1/p1700000000000100","text":"there"},{"type":"date","timestamp":1700000000,"format":"{date}","fallback":"14 Nov"})"),
         {MessageLink{MessageRef{ChannelId{"C1"}, "1700000000.000100"}, "there"}, moment}},
        {section_of(R"({"type":"text","text":"see\n"})") +
             R"(,{"type":"rich_text_quote","elements":[{"type":"text","text":"why?\nhow?"}]},)" +
             section_of(R"({"type":"text","text":"so"})"),
         {Words{"see\n> why?\n> how?\nso"}}},
        {R"({"type":"rich_text_preformatted","elements":[{"type":"text","text":"if x?\n"},{"type":"link","url":"https://x.test"}]},)" +
             section_of(R"({"type":"text","text":"so"})"),
         {Code{"if x?\nhttps://x.test"}, Words{"\nso"}}},
        {section_of(R"({"type":"text","text":"two:"})") +
             R"(,{"type":"rich_text_list","style":"bullet","indent":0,"elements":[)" +
             section_of(R"({"type":"text","text":"one"})") + "," +
             section_of(R"({"type":"user","user_id":"U2"})") + "]}",
         {Words{"two:\none\n"}, Mention{UserId{"U2"}}}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.parts);
        CHECK(read("a fallback", block_of(row.parts)) == row.expected);
    }
}

TEST_CASE("slack rich text: what is not understood to its end is read from the text")
{
    const std::string fine = section_of(R"({"type":"text","text":"rich"})");
    CHECK(read("text", block_of(fine)) == RichText{Words{"rich"}});
    for (const std::string& blocks :
         {std::string{},
          block_of(""),
          block_of("3,null"),
          block_of(section_of("")),
          block_of(fine) + "," + block_of(fine),
          block_of(fine) + R"(,{"type":"actions"})",
          std::string{R"({"type":"section","text":{"type":"mrkdwn","text":"rich"}})"},
          std::string{R"({"type":"rich_text","elements":{"type":"rich_text_section"}})"},
          block_of(fine + R"(,{"type":"rich_text_of_tomorrow","elements":[]})"),
          block_of(section_of(R"({"type":"text","text":"rich"},{"type":"team","team_id":"T1"})")),
          block_of(section_of(R"({"type":"user"})")),
          block_of(section_of(R"({"type":"user","user_id":7})")),
          block_of(section_of(R"({"type":"emoji"})")),
          block_of(section_of(R"({"type":"link","text":"rich"})")),
          block_of(section_of(R"({"type":"date","timestamp":-1,"fallback":"rich"})")),
          block_of(section_of(R"({"type":"date","timestamp":9223372036854775807})")),
          block_of(R"({"type":"rich_text_list","elements":[{"type":"rich_text_list","elements":[]}]})"),
          block_of(R"({"type":"rich_text_preformatted","elements":[{"type":"user","user_id":"U1"}]})")})
    {
        CAPTURE(blocks);
        CHECK(read("<@U2> text", blocks) == RichText{Mention{UserId{"U2"}}, Words{" text"}});
    }
}

TEST_CASE("slack rich text: a message says the same however it comes")
{
    const std::string said = saying(
        "<@U2> `why?`",
        block_of(section_of(
            R"({"type":"user","user_id":"U2"},{"type":"text","text":" "},{"type":"text","text":"why?","style":{"code":true}})")));
    const RichText expected{Mention{UserId{"U2"}}, Words{" "}, Code{"why?"}};

    const Decoded posted = decode_event(R"({"type":"message","channel":"C1","user":"U1","ts":"1.0",)" + said +
                                        "}");
    REQUIRE(posted.only<MessagePosted>() != nullptr);
    CHECK(posted.only<MessagePosted>()->text == expected);

    const Decoded edited = decode_event(
        R"({"type":"message","subtype":"message_changed","channel":"C1","ts":"9.0","previous_message":{"user":"U1","ts":"1.0","text":"old"},"message":{"user":"U1","ts":"1.0","edited":{"ts":"8.0"},)" +
        said + "}}");
    REQUIRE(edited.only<MessageEdited>() != nullptr);
    CHECK(edited.only<MessageEdited>()->text == expected);

    const Decoded picked = decode(
        R"({"type":"interactive","envelope_id":"e","payload":{"type":"message_action","callback_id":"ask","trigger_id":"t","user":{"id":"U1"},"channel":{"id":"C1"},"message":{"user":"U1","ts":"1.0",)" +
        said + "}}}");
    REQUIRE(picked.only<ShortcutUsed>() != nullptr);
    CHECK(picked.only<ShortcutUsed>()->text == expected);

    JsonDocument document;
    const auto in_history = document.parse(R"({"type":"message","user":"U1","ts":"1.000000",)" + said + "}");
    REQUIRE(in_history);
    CHECK(past_message_from(*in_history, identity())->text == expected);
}

TEST_CASE("slack rich text: live, exported and in markup, a message asks as much")
{
    struct Row {
        const char* text;
        std::string parts;
        bool asks;
    };
    const auto words = [](std::string_view text) {
        return fmt::format(R"({{"type":"text","text":"{}"}})", text);
    };
    const Row rows[] = {
        {"the help says `is it on?` there",
         section_of(words("the help says ") +
                    R"(,{"type":"text","text":"is it on?","style":{"code":true}},)" + words(" there")),
         false},
        {"does `empty?` work here?",
         section_of(words("does ") + R"(,{"type":"text","text":"empty?","style":{"code":true}},)" +
                    words(" work here?")),
         true},
        {"```\\nwho is there?\\n```\\nthat is what it prints",
         R"({"type":"rich_text_preformatted","elements":[{"type":"text","text":"who is there?"}]},)" +
             section_of(words("that is what it prints")),
         false},
        {"&gt; where is the key?\\nit was in the drawer",
         R"({"type":"rich_text_quote","elements":[{"type":"text","text":"where is the key?"}]},)" +
             section_of(words("it was in the drawer")),
         false},
        {"&gt; where is the key?\\nhas anyone seen it?",
         R"({"type":"rich_text_quote","elements":[{"type":"text","text":"where is the key?"}]},)" +
             section_of(words("has anyone seen it?")),
         true},
        {"<https://x.test/faq|Why does it fail?> explains it",
         section_of(R"({"type":"link","url":"https://x.test/faq","text":"Why does it fail?"},)" +
                    words(" explains it")),
         false},
        {"has anyone read <https://x.test/?a=1&amp;b=2|the plan>?",
         section_of(words("has anyone read ") +
                    R"(,{"type":"link","url":"https://x.test/?a=1&b=2","text":"the plan"},)" + words("?")),
         true},
        {"the build is red :question:",
         section_of(words("the build is red ") + R"(,{"type":"emoji","name":"question","unicode":"2753"})"),
         false},
        {"that is fixed now, right?", section_of(words("that is fixed now, right?")), false},
        {"<@U2> can you look at the build",
         section_of(R"({"type":"user","user_id":"U2"},)" + words(" can you look at the build")),
         true},
        {"<!subteam^S1> :wave: any news?",
         section_of(R"({"type":"usergroup","usergroup_id":"S1"},)" + words(" ") +
                    R"(,{"type":"emoji","name":"wave"},)" + words(" any news?")),
         true},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const auto score_of = [](const RichText& text) {
            return score_question(text, {Turn::opening, false}, default_signal_weights());
        };
        const std::string message = R"({"type":"message","channel":"C1","user":"U1","ts":"1.0",)" +
                                    saying(row.text, block_of(row.parts)) + "}";
        const Decoded decoded = decode_event(message);
        REQUIRE(decoded.only<MessagePosted>() != nullptr);
        const QuestionScore live = score_of(decoded.only<MessagePosted>()->text);
        const auto exported = read_exported_messages("[" + message + "]");
        REQUIRE(exported);
        const Decoded without_blocks = decode_event(fmt::format(
            R"({{"type":"message","channel":"C1","user":"U1","ts":"1.0","text":"{}"}})", row.text));
        REQUIRE(without_blocks.only<MessagePosted>() != nullptr);
        for (const QuestionScore& other :
             {score_of(exported->front().text), score_of(without_blocks.only<MessagePosted>()->text)})
        {
            CHECK(live.score == other.score);
            CHECK(live.signals == other.signals);
        }
        CHECK(live.asks() == row.asks);
    }
}
