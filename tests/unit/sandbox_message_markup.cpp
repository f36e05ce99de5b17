#include "sandbox/model/message_markup.hpp"

#include <doctest/doctest.h>

using namespace sandbox;

namespace {

Linking everything()
{
    Linking linking;
    linking.urls = true;
    linking.mention = [](std::string_view name) {
        return name == "ada" ? std::string{"<@U1>"} : std::string{};
    };
    linking.channel = [](std::string_view name) {
        return name == "ops" ? std::string{"<#C1|ops>"} : std::string{};
    };
    return linking;
}

}  // namespace

TEST_CASE("sandbox markup: typed text becomes wire text")
{
    struct Row {
        const char* typed;
        const char* wire;
    };
    const Row rows[] = {
        {"a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"},
        {"already &lt;escaped&gt; &amp; fine", "already &lt;escaped&gt; &amp; fine"},
        {"<@U9> <!here> <#C2|x> <https://a.b|label>", "<@U9> <!here> <#C2|x> <https://a.b|label>"},
        {"<script> <@> <>", "&lt;script&gt; &lt;@&gt; &lt;&gt;"},
        {"<@ada", "&lt;<@U1>"},
        {"@ada @ada. mail@ada x@ada @nobody", "<@U1> <@U1>. mail@ada x@ada @nobody"},
        {"#ops #opsx", "<#C1|ops> #opsx"},
        {"see https://a.b/c?d=e. (http://x.y)", "see <https://a.b/c?d=e>. (<http://x.y>)"},
        {"https:// nothing", "https:// nothing"},
        {"`@ada https://a.b` @ada", "`@ada https://a.b` <@U1>"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        CHECK(to_wire(row.typed, everything()) == row.wire);
    }
    CHECK(to_wire("@ada https://a.b", Linking{}) == "@ada https://a.b");
}

TEST_CASE("sandbox markup: broadcasts are counted wherever they would ring")
{
    CHECK(count_broadcasts("<!here> <!channel|x> <!everyone> <!heretic> <!date^1^x|y> @here &lt;!here&gt;") ==
          3);
    const Json linked{{"type", "section"}, {"text", {{"type", "mrkdwn"}, {"text", "@here and <!channel>"}}}};
    CHECK(count_broadcasts_in_blocks(Json::array({linked})) == 2);
    const Json verbatim{{"type", "section"},
                        {"text", {{"type", "mrkdwn"}, {"text", "@here and <!channel>"}, {"verbatim", true}}}};
    CHECK(count_broadcasts_in_blocks(Json::array({verbatim})) == 1);
    const Json plain{{"type", "header"}, {"text", {{"type", "plain_text"}, {"text", "@here <!here>"}}}};
    CHECK(count_broadcasts_in_blocks(Json::array({plain})) == 0);
}

TEST_CASE("sandbox markup: people's messages carry their text as rich text too")
{
    const Json block = rich_text_block("hi <@U1> &amp; <!here> <https://a.b|c> <!subteam^S1|@x>", "b");
    const Json& leaves = block["elements"][0]["elements"];
    CHECK(leaves[0] == Json{{"type", "text"}, {"text", "hi "}});
    CHECK(leaves[1] == Json{{"type", "user"}, {"user_id", "U1"}});
    CHECK(leaves[2]["text"] == " & ");
    CHECK(leaves[3] == Json{{"type", "broadcast"}, {"range", "here"}});
    CHECK(leaves[5] == Json{{"type", "link"}, {"url", "https://a.b"}, {"text", "c"}});
    CHECK(leaves[7] == Json{{"type", "usergroup"}, {"usergroup_id", "S1"}});
}

TEST_CASE("sandbox markup: code, quotations and emoji are told from words in rich text")
{
    const auto text = [](const char* said) { return Json{{"type", "text"}, {"text", said}}; };
    const auto part = [](const char* type, Json leaves) {
        return Json{{"type", type}, {"elements", std::move(leaves)}};
    };
    const Json code{{"type", "text"}, {"text", "if a < b?"}, {"style", {{"code", true}}}};
    const Json emoji{{"type", "emoji"}, {"name", "tada"}};
    struct Row {
        const char* wire;
        Json parts;
    };
    const Row rows[] = {
        {"", Json::array({part("rich_text_section", Json::array())})},
        {"run `if a &lt; b?` :tada: at 10:30:00",
         Json::array({part("rich_text_section",
                           Json::array({text("run "), code, text(" "), emoji, text(" at 10:30:00")}))})},
        {"he said\n&gt; why?\n&gt;how?\nno",
         Json::array({part("rich_text_section", Json::array({text("he said")})),
                      part("rich_text_quote", Json::array({text("why?\nhow?")})),
                      part("rich_text_section", Json::array({text("no")}))})},
        {"see ```\na?\nb\n```\nthere",
         Json::array({part("rich_text_section", Json::array({text("see ")})),
                      part("rich_text_preformatted", Json::array({text("a?\nb")})),
                      part("rich_text_section", Json::array({text("there")}))})},
        {"a `b and ```c",
         Json::array({part("rich_text_section", Json::array({text("a `b and ")})),
                      part("rich_text_section", Json::array({text("```c")}))})},
    };
    for (const Row& row : rows) {
        CAPTURE(row.wire);
        CHECK(rich_text_block(row.wire, "b")["elements"] == row.parts);
    }
}

TEST_CASE("sandbox markup: limits count characters, not bytes, and never cut one in half")
{
    CHECK(count_characters("aä€😀") == 4);
    CHECK(first_characters("aä€😀", 3) == "aä€");
    CHECK(first_characters("ab", 5) == "ab");
    CHECK(unescape("&lt;a&gt; &amp;amp; &x;") == "<a> &amp; &x;");
}
