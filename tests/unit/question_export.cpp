// What Slack exports, read as what was said.
#include "adapters/slack/exported_messages.hpp"

#include <doctest/doctest.h>

using namespace ackd;

TEST_CASE("slack export: messages with their threads, reactions and bots; what nobody said is left out")
{
    const auto messages = slack::read_exported_messages(R"([
        {"type": "message", "subtype": "channel_join", "user": "U1", "ts": "1700000000.000100", "text": "joined"},
        {"type": "message", "user": "U1", "ts": "1700000001.000100", "text": "&lt;b&gt; <@U2>?", "thread_ts":
         "1700000001.000100", "reactions": [{"name": "white_check_mark", "users": ["U2"], "count": 1}]},
        {"type": "message", "user": "U2", "ts": "1700000002.000100", "text": "yes", "thread_ts": "1700000001.000100"},
        {"type": "message", "bot_id": "B1", "subtype": "bot_message", "ts": "1700000003.000100", "text": "beep"},
        7, null, {"text": "no stamp"}
    ])");
    REQUIRE(messages);
    REQUIRE(messages->size() == 3);
    CHECK(messages->at(0).author == UserId{"U1"});
    CHECK(messages->at(0).thread.empty());
    CHECK(messages->at(0).text == RichText{Words{"<b> "}, Mention{UserId{"U2"}}, Words{"?"}});
    CHECK(messages->at(0).reactions.at(0).emoji == "white_check_mark");
    CHECK(messages->at(1).thread == "1700000001.000100");
    CHECK(messages->at(2).by_bot);
}

TEST_CASE("slack export: rich text tells code, quotations and links from what is said")
{
    const auto messages = slack::read_exported_messages(R"([
        {"type": "message", "user": "U1", "ts": "1700000000.000100", "text": "a fallback", "blocks": [
          {"type": "rich_text", "elements": [
            {"type": "rich_text_section", "elements": [
              {"type": "user", "user_id": "U2"}, {"type": "text", "text": " see "},
              {"type": "text", "text": "a ? b", "style": {"code": true}},
              {"type": "link", "url": "https://x.org", "text": "how do I?"}, {"type": "emoji", "name": "smile"},
              {"type": "usergroup", "usergroup_id": "S1"}, {"type": "channel", "channel_id": "C1"}]},
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "why?\nhow?"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "if x?"}]},
            {"type": "rich_text_list", "elements": [
              {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}]}]}]}])");
    REQUIRE(messages);
    REQUIRE(messages->size() == 1);
    CHECK(messages->front().text == RichText{Mention{UserId{"U2"}},
                                             Words{" see "},
                                             Code{"a ? b"},
                                             Link{"https://x.org", "how do I?"},
                                             Words{":smile:"},
                                             GroupMention{GroupId{"S1"}},
                                             ChannelName{ChannelId{"C1"}},
                                             Words{"\n> why?\n> how?\n"},
                                             Code{"if x?"},
                                             Words{"\none"}});
}

TEST_CASE("slack export: what is no array of messages is refused")
{
    CHECK_FALSE(slack::read_exported_messages(""));
    CHECK_FALSE(slack::read_exported_messages("{}"));
    CHECK_FALSE(slack::read_exported_messages("[1,"));
    CHECK_FALSE(slack::read_exported_messages("[\"\xFF\"]"));
    CHECK(slack::read_exported_messages("[]")->empty());
}
