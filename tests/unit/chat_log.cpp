#include "chat_logs/chat_log.hpp"

#include <doctest/doctest.h>

using namespace chat_logs;

namespace {

std::string problem_of(const char* xml)
{
    return read_chat_log(xml).problem;
}

}  // namespace

TEST_CASE("chat log: messages with their entities, comments and CDATA")
{
    const auto log = read_chat_log(R"(<?xml version="1.0"?>
<!-- a log --><slack>
  <team_domain>acme</team_domain><channel_name>general</channel_name><start_date>x<b/>y</start_date>
  <message conversation_id="1>2"><ts>t</ts><user>Jacob</user><text>&lt;@Ann&gt; &amp;amp; &quot;&#228;&#x20AC;&#x1F600;&quot;<!-- no -->
second <![CDATA[<raw> & ]]></text></message>
  <message><user>Ann</user><text/></message>
</slack>
)")
                         .log;
    REQUIRE(log);
    CHECK(log->team_domain == "acme");
    REQUIRE(log->messages.size() == 2);
    CHECK(log->messages[0].text == "<@Ann> &amp; \"ä€😀\"\nsecond <raw> & ");
    CHECK(log->messages[1].text.empty());
    CHECK(log->messages[0].conversation == "1>2");
    CHECK(log->messages[1].conversation.empty());
    CHECK(mentioned_names("<@Ann> <@Bo|b> <@Ann> <@ <@>") == std::vector<std::string>{"Ann", "Bo", " <@"});
}

TEST_CASE("chat log: what is malformed is refused with its line and the reason")
{
    struct Row {
        const char* xml;
        const char* problem;
    };
    const Row rows[] = {
        {"", "line 1: an element is missing"},
        {"hello", "line 1: unexpected text between elements"},
        {"<chat></chat>", "line 1: the outermost element must be <slack>"},
        {"<slack>\n<message>\n", "line 3: <message> is not closed"},
        {"<slack>\n<message><user>A</text></message></slack>", "line 2: </text> does not close <user>"},
        {"<slack>\n\n<message><text>x</text></message></slack>", "line 3: a message has no user"},
        {"<slack><message><user>&nope;</user></message></slack>", "line 1: the entity &nope; is not known"},
        {"<slack><message><user>a & b</user></message></slack>", "line 1: \"&\" without its \";\""},
        {"<slack><message><user>&#xD800;</user></message></slack>",
         "line 1: a numeric entity names no character"},
        {"<slack><message><user>&#99999999;</user></message></slack>",
         "line 1: a numeric entity names no character"},
        {"<slack><message><user><b>A</b></user></message></slack>",
         "line 1: <user> holds more than text, or is not closed"},
        {"<slack></slack><slack>", "line 1: there is something after </slack>"},
        {"<slack", "line 1: <slack> is not finished"},
        {"<slack></", "line 1: a tag has no proper name"},
        {"<slack><!-- ", "line 1: --> is missing"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.xml);
        CHECK(problem_of(row.xml) == row.problem);
    }
    std::string deep = "<slack>";
    for (int level = 0; level < 100'000; ++level) deep += "<a>";
    CHECK(problem_of(deep.c_str()) == "line 1: elements are nested too deeply");
}
