#include "adapters/slack/mrkdwn.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

using namespace ackd;
using namespace ackd::slack;

namespace {

constexpr std::string_view workspace = "https://team.example.test/";

RichText words(std::string text)
{
    return {Words{std::move(text)}};
}

/// Rich text as a parse leaves it: no empty words, no words side by side, no styles.
RichText random_text(std::mt19937& random)
{
    const auto below = [&](unsigned limit) { return static_cast<unsigned>(random() % limit); };
    const auto id = [&](char prefix) { return std::string{prefix} + std::to_string(below(100'000)); };
    static const char* const pieces[] = {"hello",
                                         " ",
                                         "&",
                                         "<",
                                         ">",
                                         "|",
                                         "@here",
                                         "<!channel>",
                                         "&amp;",
                                         "ä",
                                         "\n",
                                         "*bold*",
                                         "https://x.test/a?b=c",
                                         "🙂",
                                         "<@U1>",
                                         ";",
                                         "^",
                                         "</",
                                         "\x7f"};
    const auto prose = [&] {
        std::string text;
        for (unsigned count = 1 + below(5); count > 0; --count) text += pieces[below(std::size(pieces))];
        return text;
    };
    RichText text;
    for (unsigned count = below(8); count > 0; --count) {
        switch (below(7)) {
            case 0:
                if (text.empty() || !std::holds_alternative<Words>(text.back()))
                    text.push_back(Words{prose()});
                break;
            case 1: text.push_back(Mention{UserId{id('U')}}); break;
            case 2: text.push_back(GroupMention{GroupId{id('S')}}); break;
            case 3: text.push_back(ChannelName{ChannelId{id('C')}}); break;
            case 4: {
                const std::string stamp = "1700000" + std::to_string(100 + below(900)) + ".000" +
                                          std::to_string(100 + below(900));
                text.push_back(MessageLink{MessageRef{ChannelId{id('C')}, stamp}, prose()});
                break;
            }
            case 5:
                text.push_back(Link{"https://x.test/" + id('?'), below(2) == 0 ? std::string{} : prose()});
                break;
            default:
                text.push_back(
                    Moment{Instant{std::chrono::seconds{1'700'000'000 + below(100'000)}}, prose()});
        }
    }
    return text;
}

}  // namespace

TEST_CASE("slack markup: references to people, groups, channels, messages and moments are understood")
{
    struct Row {
        const char* markup;
        RichText expected;
    };
    const Row rows[] = {
        {"", {}},
        {"plain", words("plain")},
        {"<@U1> and <@W2|old label>", {Mention{UserId{"U1"}}, Words{" and "}, Mention{UserId{"W2"}}}},
        {"<!subteam^S1> <!subteam^S2|@leads>",
         {GroupMention{GroupId{"S1"}}, Words{" "}, GroupMention{GroupId{"S2"}}}},
        {"<#C1><#C2|general><#C3|>",
         {ChannelName{ChannelId{"C1"}}, ChannelName{ChannelId{"C2"}}, ChannelName{ChannelId{"C3"}}}},
        {"<!here> <!channel|@channel> <!everyone>", words("@here @channel @everyone")},
        {"<https://x.test|the plan> <https://y.test> <mailto:a@b.test|a@b.test>",
         {Link{"https://x.test", "the plan"},
          Words{" "},
          Link{"https://y.test"},
          Words{" "},
          Link{"mailto:a@b.test", "a@b.test"}}},
        {"<https://x.test/?a=1&amp;b=&lt;2&gt;|a &amp; b>", {Link{"https://x.test/?a=1&b=<2>", "a & b"}}},
        {"<!date^1700000000^{date} {time}^https://x.test|14 Nov>",
         {Moment{Instant{std::chrono::seconds{1'700'000'000}}, "14 Nov"}}},
        {"<!date^notanumber^{date}|14 Nov>", words("14 Nov")},
        {"<https://team.example.test/archives/C1/p1700000000000100?thread_ts=1.2|there>",
         {MessageLink{MessageRef{ChannelId{"C1"}, "1700000000.000100"}, "there"}}},
        {"<https://other.test/archives/C1/p1700000000000100|there>",
         {Link{"https://other.test/archives/C1/p1700000000000100", "there"}}},
        {"a &lt;b&gt; &amp;amp; c", words("a <b> &amp; c")},
        {"1 < 2 and <unclosed", words("1 < 2 and <unclosed")},
        {"<> <@> <#> <!subteam^>", words(" @ # !subteam^")},
        {"<@U 1> <#C/1> <!subteam^S:1> <@ü>", words("@U 1 #C/1 !subteam^S:1 @ü")},
        {"<https://team.example.test/archives/C\"1/p1700000000000100|there>",
         {Link{"https://team.example.test/archives/C\"1/p1700000000000100", "there"}}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.markup);
        CHECK(parse_mrkdwn(row.markup, workspace) == row.expected);
    }
}

TEST_CASE("slack markup: what is written is read back as it was")
{
    std::mt19937 random{20261121};
    for (int round = 0; round < 5000; ++round) {
        const RichText text = random_text(random);
        const std::string markup = to_mrkdwn(text, workspace);
        CAPTURE(markup);
        REQUIRE(parse_mrkdwn(markup, workspace) == text);
    }
}

TEST_CASE("slack markup: any bytes are read")
{
    std::mt19937 random{7};
    static const char alphabet[] = "<>|&;!@#^ abU1\xC3\xA9\xF0\x80\n";
    for (int round = 0; round < 20000; ++round) {
        std::string bytes;
        for (unsigned count = static_cast<unsigned>(random() % 40); count > 0; --count) {
            bytes += alphabet[random() % (sizeof alphabet - 1)];
        }
        const RichText text = parse_mrkdwn(bytes, workspace);
        CHECK(to_mrkdwn(text, workspace).size() <= 12 * bytes.size() + 64);
    }
}

TEST_CASE("slack markup: foreign words can mention nobody")
{
    CHECK(to_mrkdwn(words("<!channel> & <@U1>"), workspace) == "&lt;!channel&gt; &amp; &lt;@U1&gt;");
    CHECK(to_mrkdwn({Mention{UserId{"U1> <!here"}}}, workspace) == "<@U1here>");
    CHECK(to_mrkdwn({Moment{Instant{}, "a>b"}}, workspace) == "<!date^0^{date_short_pretty} {time}|a&gt;b>");
}

TEST_CASE("slack markup: styles, links and moments are written")
{
    const MessageRef message{ChannelId{"C1"}, "1700000000.000100"};
    CHECK(to_mrkdwn({Strong{"two*stars"}, Words{" "}, Code{"/ack `now`"}}, workspace) ==
          "*two stars* `/ack 'now'`");
    CHECK(to_mrkdwn({MessageLink{message, "open"}}, workspace) ==
          "<https://team.example.test/archives/C1/p1700000000000100|open>");
    CHECK(to_mrkdwn({MessageLink{message, ""}}, workspace) ==
          "<https://team.example.test/archives/C1/p1700000000000100>");
    CHECK(to_mrkdwn({Moment{Instant{std::chrono::seconds{1'700'000'000}}, ""}}, workspace) ==
          "<!date^1700000000^{date_short_pretty} {time}|2023-11-14 22:13 UTC>");
}

TEST_CASE("slack markup: what is too long is cut between characters and ends in an ellipsis")
{
    CHECK(cut_to("short", 5) == "short");
    CHECK(cut_to("longer", 5) == "long…");
    CHECK(cut_to("ääääää", 4) == "äää…");
    CHECK(cut_to("🙂🙂🙂", 4) == "🙂…");  // two UTF-16 units each
    CHECK(cut_to("a\xFF", 5) == "a\xEF\xBF\xBD");
    CHECK(length_of("aä🙂") == 4);
}

TEST_CASE("slack markup: long texts come in pieces that break between words and never inside a reference")
{
    RichText text;
    for (int count = 0; count < 60; ++count) {
        text.push_back(Words{"some words & "});
        text.push_back(Mention{UserId{"U123456789"}});
    }
    const auto pieces = to_mrkdwn_pieces(text, workspace, 100);
    CHECK(pieces.size() > 10);
    std::string joined;
    for (const std::string& piece : pieces) {
        CHECK(length_of(piece) <= 100);
        joined += piece;
    }
    CHECK(joined == to_mrkdwn(text, workspace));
    CHECK(to_mrkdwn_pieces({}, workspace, 100).empty());

    // What is carried over to the next piece may leave no room for the reference behind it.
    const RichText carried{Words{fmt::format("{} {}", std::string(30, 'x'), std::string(20, 'y'))},
                           MessageLink{MessageRef{ChannelId{"C1"}, "1700000000.000100"}, ""}};
    CHECK(to_mrkdwn_pieces(carried, workspace, 60) ==
          std::vector<std::string>{std::string(30, 'x') + " ",
                                   std::string(20, 'y'),
                                   "<https://team.example.test/archives/C1/p1700000000000100>"});
    CHECK(to_mrkdwn_pieces(words("&&&"), workspace, 7) ==
          std::vector<std::string>{"&amp;", "&amp;", "&amp;"});
}

TEST_CASE("slack markup: a date without words of its own is told in UTC, in whatever century")
{
    CHECK(to_plain_words(parse_mrkdwn("<!date^1700000000^{date}>", workspace)) == "2023-11-14 22:13 UTC");
    CHECK(to_plain_words(parse_mrkdwn("<!date^9700000000^{date}>", workspace)) == "2277-05-19 12:26 UTC");
}
