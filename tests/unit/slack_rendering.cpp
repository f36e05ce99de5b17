#include "adapters/pictures/chart_link.hpp"
#include "adapters/slack/message_rendering.hpp"
#include "adapters/slack/mrkdwn.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <set>

using namespace ackd;
using namespace ackd::slack;
using Json = nlohmann::json;

namespace {

constexpr std::string_view workspace = "https://team.example.test/";

bool holds(const std::string& text, const char* words)
{
    return text.find(words) != std::string::npos;
}

Line line(LineStyle style, RichText text)
{
    return Line{style, std::move(text)};
}

Action button(std::string name, std::string label, std::string value)
{
    Action action;
    action.name = std::move(name);
    action.label = std::move(label);
    action.value = std::move(value);
    return action;
}

Notice nudge()
{
    Notice notice;
    notice.kind = NoticeKind::nudge;
    notice.summary = "Ann waits for you & Ben";
    Section section;
    section.lines.push_back(line(LineStyle::plain, {Mention{UserId{"U1"}}, Words{" waits for you"}}));
    section.lines.push_back(line(LineStyle::quote,
                                 {Words{"read <this>\nand that "},
                                  MessageLink{MessageRef{ChannelId{"C1"}, "1700000000.000100"}, "open"}}));
    section.lines.push_back(
        line(LineStyle::small, {Words{"If it stays open: "}, GroupMention{GroupId{"S1"}}}));
    Action got_it = button("got_it", "Got it", "o1");
    got_it.style = ActionStyle::primary;
    section.actions.push_back(got_it);
    section.actions.push_back(button("got_it", "Got it too", "o2"));
    Action snooze = button("snooze", "Snooze", "");
    snooze.choices = {Choice{"1 hour", "o1 1h"}, Choice{"tomorrow", "o1 1d"}};
    section.actions.push_back(snooze);
    Action more = button("more", "⋯", "");
    more.choices = {Choice{"Why me", "o1 why"}};
    more.tucked_away = true;
    section.actions.push_back(more);
    notice.sections.push_back(section);
    return notice;
}

/// Every limit of Block Kit that we could run into.
void check_limits(const std::string& text)
{
    const Json blocks = Json::parse(text);
    REQUIRE(blocks.size() >= 1);
    REQUIRE(blocks.size() <= 50);
    std::set<std::string> block_ids;
    for (const Json& block : blocks) {
        CAPTURE(block.dump(-1, ' ', false, Json::error_handler_t::replace).substr(0, 300));
        const std::string type = block.at("type");
        if (block.contains("block_id")) {
            CHECK(block_ids.insert(block["block_id"]).second);
            CHECK(block["block_id"].get<std::string>().size() <= 255);
        }
        if (type == "section") {
            CHECK(block["text"]["verbatim"] == true);
            const std::size_t length = length_of(block["text"]["text"].get<std::string>());
            CHECK(length >= 1);
            CHECK(length <= 3000);
        } else if (type == "context") {
            CHECK(block["elements"].size() <= 10);
        } else if (type == "actions") {
            CHECK(block["elements"].size() <= 25);
            std::set<std::string> action_ids;
            for (const Json& element : block["elements"]) {
                CHECK(action_ids.insert(element.at("action_id")).second);
                if (element["type"] == "button") {
                    CHECK(length_of(element["text"]["text"].get<std::string>()) <= 75);
                } else {
                    CHECK(element["options"].size() <= (element["type"] == "overflow" ? 5U : 100U));
                    for (const Json& option : element["options"]) {
                        CHECK(length_of(option["text"]["text"].get<std::string>()) <= 75);
                        CHECK(length_of(option["value"].get<std::string>()) <= 75);
                    }
                }
            }
        } else {
            CHECK(type == "divider");
        }
    }
}

}  // namespace

TEST_CASE("slack render: a nudge, to the character")
{
    const RenderedMessage rendered = render_message(nudge(), OutboxId{17}, {workspace});
    CHECK(rendered.text == "Ann waits for you &amp; Ben");
    CHECK(rendered.metadata == R"({"event_type":"ackd_nudge","event_payload":{"post_id":"17"}})");
    CHECK(
        rendered.blocks ==
        R"([{"type":"section","text":{"type":"mrkdwn","text":"<@U1> waits for you\n> read &lt;this&gt;\n> and that )"
        R"(<https://team.example.test/archives/C1/p1700000000000100|open>","verbatim":true},"block_id":"ackd:17"},)"
        R"({"type":"context","elements":[{"type":"mrkdwn","text":"If it stays open: <!subteam^S1>","verbatim":true}],)"
        R"("block_id":"ackd:17:1"},)"
        R"({"type":"actions","elements":[)"
        R"({"type":"button","text":{"type":"plain_text","text":"Got it","emoji":true},"value":"o1","style":"primary","action_id":"got_it"},)"
        R"({"type":"button","text":{"type":"plain_text","text":"Got it too","emoji":true},"value":"o2","action_id":"got_it:1"},)"
        R"({"type":"static_select","placeholder":{"type":"plain_text","text":"Snooze","emoji":true},"options":[)"
        R"({"text":{"type":"plain_text","text":"1 hour","emoji":true},"value":"o1 1h"},)"
        R"({"text":{"type":"plain_text","text":"tomorrow","emoji":true},"value":"o1 1d"}],"action_id":"snooze"},)"
        R"({"type":"overflow","options":[{"text":{"type":"plain_text","text":"Why me","emoji":true},"value":"o1 why"}],"action_id":"more"}],)"
        R"("block_id":"ackd:17:2"}])");
    check_limits(rendered.blocks);
}

TEST_CASE("slack render: the kind of a notice is its metadata's event type")
{
    struct Row {
        NoticeKind kind;
        const char* event_type;
    };
    const Row rows[] = {{NoticeKind::card, "ackd_card"},
                        {NoticeKind::nudge, "ackd_nudge"},
                        {NoticeKind::escalation, "ackd_escalation"},
                        {NoticeKind::dead_letter, "ackd_dead_letter"},
                        {NoticeKind::for_asker, "ackd_for_asker"},
                        {NoticeKind::reply, "ackd_reply"}};
    for (const Row& row : rows) {
        Notice notice;
        notice.kind = row.kind;
        notice.summary = "s";
        CHECK(Json::parse(render_message(notice, OutboxId{1}, {workspace}).metadata)["event_type"] ==
              row.event_type);
    }
}

TEST_CASE("slack render: an answer in a confirmation and one to a response URL are for the person alone")
{
    Notice notice;
    notice.summary = "Asked 7 people";
    notice.sections.push_back(Section{{line(LineStyle::plain, {Words{"Asked 7 people"}})}, {}});
    CHECK(
        render_answer(notice, workspace) ==
        R"({"response_type":"ephemeral","text":"Asked 7 people","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"Asked 7 people","verbatim":true}}]})");
    CHECK(
        render_response(notice, OutboxId{3}, ReplyPlace::replaces_original, "1.0", {workspace}) ==
        R"({"replace_original":true,"text":"Asked 7 people","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"Asked 7 people","verbatim":true},"block_id":"ackd:3"}],"metadata":{"event_type":"ackd_reply","event_payload":{"post_id":"3"}}})");
    const Json in_thread = Json::parse(
        render_response(notice, OutboxId{3}, ReplyPlace::new_message, "1.0", {workspace}));
    CHECK(in_thread["response_type"] == "ephemeral");
    CHECK(in_thread["replace_original"] == false);
    CHECK(in_thread["thread_ts"] == "1.0");
}

TEST_CASE(
    "slack render: a notice without lines shows its summary, one without anything still shows something")
{
    Notice notice;
    notice.summary = "a < b";
    CHECK(Json::parse(render_message(notice, OutboxId{1}, {workspace}).blocks)[0]["text"]["text"] ==
          "a &lt; b");
    check_limits(render_message(Notice{}, OutboxId{1}, {workspace}).blocks);
    CHECK_FALSE(render_message(Notice{}, OutboxId{1}, {workspace}).text.empty());
    CHECK(render_message(notice, OutboxId{}, {workspace}).metadata.empty());
}

TEST_CASE("slack render: sections are set apart by a divider")
{
    Notice notice;
    for (int count = 0; count < 3; ++count) {
        notice.sections.push_back(Section{{line(LineStyle::plain, {Words{"x"}})}, {}});
    }
    const Json blocks = Json::parse(render_message(notice, OutboxId{1}, {workspace}).blocks);
    REQUIRE(blocks.size() == 5);
    CHECK(blocks[1]["type"] == "divider");
    CHECK(blocks[3]["type"] == "divider");
}

TEST_CASE("slack render: whatever the notice, Slack's limits are kept")
{
    Notice huge;
    huge.summary = std::string(20'000, '&');
    for (int count = 0; count < 40; ++count) {
        Section section;
        section.lines.push_back(line(LineStyle::plain, {Words{std::string(9'000, '<')}}));
        section.lines.push_back(line(LineStyle::quote, {Words{std::string(5'000, '\n')}}));
        section.lines.push_back(line(LineStyle::small, {Words{std::string(5'000, 'x')}, Words{"\xFF\xFE"}}));
        for (int actions = 0; actions < 60; ++actions) {
            section.actions.push_back(button("same", std::string(200, 'l'), "v"));
        }
        Action menu = button("menu", std::string(500, 'm'), "");
        for (int choices = 0; choices < 300; ++choices)
            menu.choices.push_back(Choice{std::string(100, 'c'), "v"});
        section.actions.push_back(menu);
        menu.tucked_away = true;
        section.actions.push_back(menu);
        huge.sections.push_back(section);
    }
    const RenderedMessage rendered = render_message(huge, OutboxId{9'000'000'000'000'000'000}, {workspace});
    check_limits(rendered.blocks);
    CHECK(length_of(rendered.text) <= 3000);
    CHECK(rendered.text.ends_with("…"));

    Notice only_lines;
    only_lines.sections.push_back(Section{{line(LineStyle::plain, {Words{std::string(10'000, 'x')}})}, {}});
    const std::string blocks = render_message(only_lines, OutboxId{1}, {workspace}).blocks;
    check_limits(blocks);
    std::size_t shown = 0;
    for (const Json& block : Json::parse(blocks)) shown += block["text"]["text"].get<std::string>().size();
    CHECK(shown == 10'000);
}

TEST_CASE("slack render: a control that could not come back as it was is left out")
{
    Notice notice;
    Section section;
    section.lines.push_back(line(LineStyle::plain, {Words{"x"}}));
    section.actions.push_back(button("too_long", "x", std::string(2001, 'v')));
    Action menu = button("menu", "x", "");
    menu.choices = {Choice{"x", std::string(76, 'v')}};
    section.actions.push_back(menu);
    notice.sections.push_back(section);
    CHECK(Json::parse(render_message(notice, OutboxId{1}, {workspace}).blocks).size() == 1);
}

TEST_CASE(
    "slack render: a chart is a picture that Slack fetches, with the line's words for who cannot see it")
{
    const pictures::ChartLinks links{"https://ackd.example.com", "key"};
    Notice notice;
    notice.summary = "s";
    Line chart{LineStyle::plain, {Words{"Surprises a week: 3"}}};
    chart.chart = Chart{"Surprises a week", "u", {{"6 Mar", 3}}, {}};
    notice.sections.push_back(Section{
        {line(LineStyle::plain, {Words{"before"}}), chart, line(LineStyle::plain, {Words{"after"}})}, {}});
    const std::string text = render_message(notice, OutboxId{1}, {workspace, &links}).blocks;
    const Json blocks = Json::parse(text);
    REQUIRE(blocks.size() == 3);
    CHECK(blocks[0]["text"]["text"] == "before");
    CHECK(blocks[1]["type"] == "image");
    CHECK(blocks[1]["image_url"] == *links.link_to(*chart.chart));
    CHECK(blocks[1]["alt_text"] == "Surprises a week: 3");
    CHECK(blocks[1]["title"]["text"] == "Surprises a week");
    CHECK(blocks[2]["text"]["text"] == "after");
    CHECK(holds(render_response(notice, OutboxId{1}, ReplyPlace::new_message, "", {workspace, &links}),
                "image_url"));
    CHECK(holds(render_home(notice, {workspace, &links}), "image_url"));

    // In words: where pictures are off, where the chart has no address, and where nobody hears of a refusal.
    CHECK(Json::parse(render_message(notice, OutboxId{1}, {workspace}).blocks)[0]["text"]["text"] ==
          "before\nSurprises a week: 3\nafter");
    CHECK_FALSE(holds(render_answer(notice, workspace), "image"));
    CHECK_FALSE(holds(render_dialog(notice, workspace), "image"));
    notice.sections.front().lines[1].chart->columns.clear();
    CHECK_FALSE(holds(render_message(notice, OutboxId{1}, {workspace, &links}).blocks, "image"));
}
