// Notices and routes as text, for rows that keep what they will say: what comes back is what went in.
#include "bot/notice_json.hpp"

#include "bot/delivery/ephemeral_replies.hpp"
#include "bot/escalation/route.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace ackd;

namespace {

/// Any characters that the chat can send: UTF-8, with quotes, backslashes, control characters.
std::string any_text()
{
    std::string text;
    const int pieces = *rc::gen::inRange(0, 6);
    for (int index = 0; index < pieces; ++index) {
        text += *rc::gen::element<std::string>("plain",
                                               "\"quoted\"",
                                               "back\\slash",
                                               "ümläut",
                                               "✅",
                                               "日本",
                                               "\n",
                                               "\t",
                                               "\x01",
                                               "<@U1>",
                                               "&amp;",
                                               "{}",
                                               "",
                                               "null",
                                               std::string{"\0", 1});
    }
    return text;
}

Span any_span()
{
    switch (*rc::gen::inRange(0, 9)) {
        case 0: return Words{any_text()};
        case 1: return Mention{UserId{any_text()}};
        case 2: return GroupMention{GroupId{any_text()}};
        case 3: return ChannelName{ChannelId{any_text()}};
        case 4: return MessageLink{{ChannelId{any_text()}, any_text()}, any_text()};
        case 5: return Moment{from_microseconds(*rc::gen::arbitrary<std::int64_t>()), any_text()};
        case 6: return Strong{any_text()};
        case 7: return Link{any_text(), any_text()};
        default: return Code{any_text()};
    }
}

std::optional<Chart> any_chart()
{
    if (*rc::gen::inRange(0, 3) > 0) return std::nullopt;
    Chart chart{any_text(), any_text(), {}, {}};
    const int columns = *rc::gen::inRange(0, 4);
    for (int index = 0; index < columns; ++index)
        chart.columns.push_back({any_text(), *rc::gen::arbitrary<int>(), *rc::gen::arbitrary<bool>()});
    if (*rc::gen::arbitrary<bool>()) chart.limit = *rc::gen::arbitrary<int>();
    return chart;
}

Notice any_notice()
{
    Notice notice;
    notice.kind = static_cast<NoticeKind>(*rc::gen::inRange(0, 6));
    notice.summary = any_text();
    const int sections = *rc::gen::inRange(0, 4);
    for (int index = 0; index < sections; ++index) {
        Section& section = notice.sections.emplace_back();
        const int lines = *rc::gen::inRange(0, 4);
        for (int line = 0; line < lines; ++line) {
            Line& next = section.lines.emplace_back();
            next.style = static_cast<LineStyle>(*rc::gen::inRange(0, 3));
            const int spans = *rc::gen::inRange(0, 5);
            for (int span = 0; span < spans; ++span) next.text.push_back(any_span());
            next.chart = any_chart();
        }
        const int actions = *rc::gen::inRange(0, 3);
        for (int action = 0; action < actions; ++action) {
            Action& next = section.actions.emplace_back();
            next.name = any_text();
            next.label = any_text();
            next.value = any_text();
            next.style = static_cast<ActionStyle>(*rc::gen::inRange(0, 3));
            next.tucked_away = *rc::gen::arbitrary<bool>();
            const int choices = *rc::gen::inRange(0, 3);
            for (int choice = 0; choice < choices; ++choice) next.choices.push_back({any_text(), any_text()});
        }
    }
    return notice;
}

}  // namespace

TEST_CASE("notice: written as text and read again, it is the same")
{
    CHECK(rc::check([] {
        const Notice notice = any_notice();
        RC_ASSERT(notice_from_text(to_text(notice)) == notice);
    }));
}

TEST_CASE("notice: an ephemeral answer keeps its address and its notice")
{
    CHECK(rc::check([] {
        EphemeralReply reply;
        reply.channel = ChannelId{any_text()};
        reply.person = UserId{any_text()};
        reply.thread = any_text();
        reply.reply_address = any_text();
        reply.replaces_original = *rc::gen::arbitrary<bool>();
        const Notice notice = any_notice();
        reply.notice = notice;
        const EphemeralReply back = reply_from_payload(reply_payload(reply));
        RC_ASSERT(back.channel == reply.channel);
        RC_ASSERT(back.person == reply.person);
        RC_ASSERT(back.thread == reply.thread);
        RC_ASSERT(back.reply_address == reply.reply_address);
        RC_ASSERT(back.replaces_original == reply.replaces_original);
        RC_ASSERT(back.notice == notice);
    }));
}

TEST_CASE("notice: words with broken bytes are kept as well as they can be, and never stop anything")
{
    Notice notice;
    notice.summary = "broken \xff\xfe bytes";
    Line line;
    line.text = {Words{"half a character: \xe2\x82"}};
    notice.sections.push_back(Section{{line}, {}});
    const Notice back = notice_from_text(to_text(notice));
    CHECK(back.summary.starts_with("broken "));
    CHECK(back.summary.ends_with(" bytes"));
    CHECK(back.sections.size() == 1);
}

TEST_CASE("notice: text that we did not write is refused")
{
    for (
        const char* text :
        {"",
         "{",
         "null",
         "[]",
         "{}",
         R"({"kind":0,"summary":"x"})",
         R"({"kind":0,"summary":"x","sections":[{"lines":[{"style":0,"text":[{"what":1}]}],"actions":[]}]})"})
    {
        CAPTURE(std::string{text});
        CHECK_THROWS(static_cast<void>(notice_from_text(text)));
    }
}

TEST_CASE("route: a frozen route written as text and read again is the same")
{
    CHECK(rc::check([] {
        FrozenRoute route;
        route.name = any_text();
        const int steps = *rc::gen::inRange(0, 4);
        for (int index = 0; index < steps; ++index) {
            FrozenStep& step = route.steps.emplace_back();
            step.delay = Duration{*rc::gen::arbitrary<std::int64_t>()};
            const int people = *rc::gen::inRange(0, 3);
            for (int person = 0; person < people; ++person) step.people.emplace_back(any_text());
            if (*rc::gen::arbitrary<bool>()) step.channels.emplace_back(any_text());
        }
        RC_ASSERT(frozen_route_from_text(to_text(route)) == route);
    }));
    CHECK_THROWS(static_cast<void>(frozen_route_from_text("broken")));
}

TEST_CASE("notice: every kind has a name, which travels with the message")
{
    const char* names[] = {"card", "nudge", "escalation", "dead_letter", "for_asker", "reply"};
    for (int kind = 0; kind < 6; ++kind)
        CHECK(std::string{name_of(static_cast<NoticeKind>(kind))} == names[kind]);
}
