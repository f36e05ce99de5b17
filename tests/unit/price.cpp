// The price before sending: whom a request disturbs, and the ways to ask that cost less.
#include "bot/delivery/price.hpp"

#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

Settings showing(int from = 10)
{
    Settings settings = straight_settings();
    settings.price_shown_from = from;
    return settings;
}

/// Monday 10:00 in UTC: Ann, Bo and Cy are at work, Eve in Los Angeles is asleep and Flo in Berlin at work.
struct OverTheWorld : Workspace {
    explicit OverTheWorld(Settings settings = showing()) : Workspace(std::move(settings))
    {
        join("Ueve", "Eve", "America/Los_Angeles");
        join("Uflo", "Flo", "Europe/Berlin");
    }
};

SeenMessage as_message(const std::string&, const Notice& notice)
{
    SeenMessage message;
    message.now = notice;
    return message;
}

bool pings(const Notice& notice)
{
    for (const Section& section : notice.sections) {
        for (const Line& line : section.lines) {
            for (const Span& span : line.text) {
                if (std::holds_alternative<Mention>(span) || std::holds_alternative<GroupMention>(span))
                    return true;
            }
        }
    }
    return false;
}

}  // namespace

TEST_CASE("price: everybody is counted, who is off by name, and by when all have heard of it in a milder way")
{
    const Instant now = utc("2026-03-02 10:00");
    const Price price = price_of(
        {{UserId{"Ubo"}, WorkingHours{"Etc/UTC"}}, {UserId{"Ueve"}, WorkingHours{"America/Los_Angeles"}}},
        now);
    CHECK(price.disturbed == 2);
    CHECK(price.off == std::vector<UserId>{UserId{"Ueve"}});
    CHECK(price.in_digest_by == utc("2026-03-02 17:30"));  // 9:30 in Los Angeles
    CHECK(price.when_in_by == utc("2026-03-02 17:30"));
    const Price mild = price_of({{UserId{"Ubo"}, WorkingHours{"Etc/UTC"}}}, now);
    CHECK(mild.in_digest_by == utc("2026-03-02 13:00"));
    CHECK(mild.when_in_by == now);
    CHECK(price_of({}, now).disturbed == 0);
}

TEST_CASE("price: it is shown for a crowd, and for one who is off; zero shows it never")
{
    Price crowd;
    crowd.disturbed = 10;
    CHECK(is_worth_showing(crowd, 10));
    CHECK_FALSE(is_worth_showing(crowd, 11));
    CHECK_FALSE(is_worth_showing(crowd, 0));
    Price one;
    one.disturbed = 1;
    CHECK_FALSE(is_worth_showing(one, 10));
    one.off.emplace_back("Ueve");
    CHECK(is_worth_showing(one, 10));
    CHECK_FALSE(is_worth_showing(one, 0));
}

TEST_CASE("price: who is at work is asked at once, without a question")
{
    OverTheWorld workspace;
    workspace.ack("Uann", "@Ubo @Uflo please read");
    CHECK(workspace.answer().starts_with("📨 Asked as #1, today. The card is in #Cwork"));
    CHECK(pings(workspace.card().first));
}

TEST_CASE("price: before somebody is disturbed at night, who asks reads whom, and nothing has been sent")
{
    OverTheWorld workspace;
    workspace.ack("Uann", "@Ubo @Ueve please read");
    CHECK(
        workspace.answer() ==
        "Not sent yet: this disturbs 2 people now.\n"
        "> please read\n"
        "For Eve it is Mon 02:00.\n"
        "~ Without a decision by Tue 10:00 (your time) nobody is asked.\n"
        "[When they are in: all by Mon 17:30] [With their digest: all by Mon 17:30] [Send now] [Don't send]\n");
    CHECK(workspace.posts.empty());
    CHECK(workspace.states().empty());
    workspace.ackd("Uann", "");
    CHECK(workspace.answer().find("Not sent yet: this disturbs 2 people now.") != std::string::npos);
}

TEST_CASE(
    "price: sent when they are in, the card pings nobody, who is in hears at once, the others by their digest")
{
    OverTheWorld workspace;
    workspace.ack("Uann", "@Ubo @Ueve please read");
    workspace.press("Uann", as_message("", workspace.answers.back().notice), "send_when_in");
    workspace.advance(5s);
    CHECK(workspace.answer().starts_with("📨 Asked as #1"));
    CHECK_FALSE(pings(workspace.card().first));
    REQUIRE(workspace.to("Ubo").size() == 1);
    CHECK(text_of(workspace.last_to("Ubo").now)
              .starts_with("Ann asks you, since Mon 10:00 (your time) · #Cwork\n"));
    CHECK(workspace.to("Ueve").empty());
    workspace.advance_to(utc("2026-03-02 17:31"));
    REQUIRE(workspace.to("Ueve").size() == 1);
    CHECK(workspace.last_to("Ueve").now.kind == NoticeKind::digest);
    // Two hours of her own from when she read it: the nudge at three quarters of them.
    workspace.advance_to(utc("2026-03-02 18:59"));
    CHECK(workspace.to("Ueve").size() == 1);
    workspace.advance_to(utc("2026-03-02 19:01"));
    CHECK(workspace.to("Ueve").size() == 2);
}

TEST_CASE("price: with their digests nobody is interrupted; an answer before it takes it out")
{
    OverTheWorld workspace;
    workspace.ack("Uann", "!digest @Ubo @Ucy please read");
    CHECK(workspace.answer().starts_with("📨 Asked as #1"));
    CHECK_FALSE(pings(workspace.card().first));
    workspace.press("Ucy", workspace.card(), "done");
    workspace.advance_to(utc("2026-03-02 13:05"));
    REQUIRE(workspace.to("Ubo").size() == 1);
    CHECK(workspace.last_to("Ubo").now.kind == NoticeKind::digest);
    CHECK(workspace.to("Ucy").empty());
    workspace.advance_to(utc("2026-03-02 14:29"));
    CHECK(workspace.to("Ubo").size() == 1);
    workspace.advance_to(utc("2026-03-02 14:31"));
    CHECK(workspace.to("Ubo").size() == 2);
}

TEST_CASE("price: send now pings them, and the same press again sends nothing twice")
{
    OverTheWorld workspace;
    workspace.ack("Uann", "@Ueve please read");
    const SeenMessage question = as_message("", workspace.answers.back().notice);
    ActionTaken send;
    send.name = "send_now";
    send.value = "r1";
    send.person = UserId{"Uann"};
    send.on_ephemeral = true;
    workspace.take(send);
    workspace.take(send);
    CHECK(workspace.answer() == "Sent already, as #1.\n");
    CHECK(pings(workspace.card().first));
    CHECK(workspace.states() == "Ueve open");
}

TEST_CASE("price: only who asks decides; don't send asks nobody; no decision asks nobody, and says so")
{
    OverTheWorld workspace;
    workspace.ack("Uann", "@Ueve please read");
    ActionTaken send;
    send.name = "send_now";
    send.value = "r1";
    send.person = UserId{"Ubo"};
    send.on_ephemeral = true;
    workspace.take(send);
    CHECK(workspace.answer() == "Only Ann can send this.\n");
    workspace.ackd("Uann", "withdraw 1");
    CHECK(workspace.request().state == RequestState::closed);
    CHECK(workspace.posts.empty());

    workspace.ack("Uann", "@Ueve please read this");
    workspace.advance_to(utc("2026-03-03 09:59"));
    CHECK(workspace.request(2).state == RequestState::gathering);
    workspace.advance_to(utc("2026-03-03 13:01"));
    CHECK(workspace.request(2).state == RequestState::closed);
    CHECK(
        text_of(workspace.last_to("Uann").now)
            .find(
                "Nobody was asked: how they were to hear of it was not decided within a day.\n> please read this") !=
        std::string::npos);
    CHECK(workspace.to("Ueve").empty());
    send.person = UserId{"Uann"};
    send.value = "r2";
    workspace.take(send);
    CHECK(workspace.answer() == "This is over already.\n");
}

TEST_CASE("price: a channel's people are known later, so the question comes later")
{
    OverTheWorld workspace{showing(2)};
    workspace.members[ChannelId{"Cops"}] = {UserId{"Ubo"}, UserId{"Ucy"}};
    workspace.ack("Uann", "#Cops please read");
    REQUIRE(workspace.answers.size() == 2);
    CHECK(text_of(workspace.answers[0].notice).starts_with("📨 Noted as #1, today."));
    CHECK(workspace.answer().starts_with("Not sent yet: this disturbs 2 people now.\n"));
}

TEST_CASE("price: now is sent at once; week and for information come with digests and ping nobody")
{
    OverTheWorld workspace;
    workspace.ack("Uann", "!now @Ueve the site is down");
    CHECK(pings(workspace.card().first));
    workspace.ack("Uann", "!week @Ubo please read");
    workspace.advance(5s);
    CHECK_FALSE(pings(workspace.card().first));
    workspace.ack("Uann", "!fyi @Ubo it is done");
    workspace.advance(5s);
    CHECK_FALSE(pings(workspace.card().first));
    workspace.advance_to(utc("2026-03-02 13:01"));
    REQUIRE(workspace.to("Ubo").size() == 1);
    const std::string digest = text_of(workspace.last_to("Ubo").now);
    CHECK(digest.find("> please read") != std::string::npos);
    CHECK(digest.find("> it is done") != std::string::npos);
    workspace.advance_to(utc("2026-03-02 16:59"));
    CHECK(workspace.to("Ubo").size() == 1);
}

TEST_CASE("price: a message that is there already has told everybody, and costs nothing more")
{
    OverTheWorld workspace;
    const MessageRef message{ChannelId{"Cwork"}, "1772400000.000100"};
    workspace.messages[message] = FetchedMessage{
        UserId{"Uann"}, false, "", Workspace::rich("@Ueve please read")};
    workspace.react("Uann", message, "incoming_envelope", true, "Uann");
    CHECK(workspace.states() == "Ueve open");
}
