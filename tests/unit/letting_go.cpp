// "Got it", no date, and no word since: first who has it is asked, then the next step of the route.
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

Settings letting_go(const std::vector<std::string>& steps)
{
    Settings settings = with_route(steps);
    settings.delivery = default_delivery_policy();
    return settings;
}

/// Bo has said "Got it" at 10:00 on Monday, and no more.
struct SilentAck : Workspace {
    explicit SilentAck(const std::vector<std::string>& steps = {"Ucy"}) : Workspace(letting_go(steps))
    {
        ack("Uann", "@Ubo please read");
        press("Ubo", card(), "got_it");
    }
};

}  // namespace

TEST_CASE("letting go: after four working hours without a word who has it is asked, with what comes next")
{
    SilentAck workspace;
    workspace.advance_to(utc("2026-03-02 13:59"));
    CHECK(workspace.to("Ubo").empty());
    workspace.advance_to(utc("2026-03-02 14:01"));
    REQUIRE(workspace.to("Ubo").size() == 1);
    CHECK(
        text_of(workspace.last_to("Ubo").now) ==
        "Is this still with you?\n"
        "> please read (open→)\n"
        "~ You have had it since Mon 10:00 (your time), without a date. Without a word by Tue 10:00 (your time) I "
        "let go of it, and ask Cy.\n"
        "[Still with me] [Done] [By … ▾: today | tomorrow | this week | next week] "
        "[Can't ▾: No time for it | Blocked by something else | I object | Away] "
        "[⋯: Why did I get this | Time line | Less like this]\n");
    CHECK(workspace.to("Ucy").empty());
}

TEST_CASE("letting go: without a word the next step is asked, and the first one's late answer still counts")
{
    SilentAck workspace;
    workspace.advance_to(utc("2026-03-03 10:01"));
    CHECK(workspace.states() == "Ubo escalated");
    REQUIRE(workspace.to("Ucy").size() == 1);
    CHECK(text_of(workspace.last_to("Ucy").now)
              .starts_with("↗ This came to you because it was received, and no word came since.\n"));
    CHECK(text_of(workspace.last_to("Ubo").now).starts_with("Ann is waiting for you on this"));
    workspace.press("Ubo", workspace.last_to("Ubo"), "done");
    workspace.advance(5s);
    CHECK(workspace.states() == "Ubo integrated");
    CHECK(text_of(workspace.last_to("Ucy").now).starts_with("✅ Bo has done it. Nothing for you to do"));
}

TEST_CASE("letting go: any word keeps it, and from then on only its date is asked for")
{
    for (const char* word : {"still_with_me", "promise", "snooze", "reply", "early reply"}) {
        CAPTURE(word);
        SilentAck workspace;
        MessagePosted posted;
        posted.message = MessageRef{workspace.request().subject.channel, "1772451900.000100"};
        posted.thread = workspace.request().thread;
        posted.author = UserId{"Ubo"};
        if (std::string{word} == "early reply") workspace.take(posted);
        workspace.advance_to(utc("2026-03-02 14:05"));
        if (std::string{word} == "reply") workspace.take(posted);
        if (std::string{word} == "still_with_me")
            workspace.press("Ubo", workspace.last_to("Ubo"), "still_with_me");
        if (std::string{word} == "promise") workspace.ackd("Ubo", "promise 1 wednesday 10:00");
        if (std::string{word} == "snooze") workspace.ackd("Ubo", "snooze 1 tomorrow 11:00");
        const std::size_t messages = workspace.to("Ubo").size();
        workspace.advance_to(utc("2026-03-03 10:59"));
        CHECK(workspace.states() == "Ubo received");
        CHECK(workspace.to("Ucy").empty());
        CHECK(workspace.to("Ubo").size() == messages);
        workspace.advance_to(utc("2026-03-04 10:05"));
        CHECK(workspace.to("Ubo").size() == messages + 1);
        CHECK(text_of(workspace.last_to("Ubo").now).starts_with("Is this done?"));
    }
}

TEST_CASE("letting go: where nobody else could be asked, it stays where it is")
{
    SilentAck workspace{{}};
    workspace.advance_to(utc("2026-03-04 09:59"));
    CHECK(workspace.to("Ubo").empty());
    workspace.advance_to(utc("2026-03-04 10:01"));
    CHECK(text_of(workspace.last_to("Ubo").now).starts_with("Is this done?"));
}

TEST_CASE("letting go: a step of the route that has it is asked for a word, too, and the next one follows")
{
    Settings settings = letting_go({"Ucy", "Udi"});
    settings.delivery.of(Priority::today).asks_asker = false;
    Workspace workspace{settings};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 12:31"));
    workspace.press("Ucy", workspace.last_to("Ucy"), "got_it");
    workspace.advance_to(utc("2026-03-03 08:00"));
    CHECK(workspace.to("Ucy").size() == 2);
    workspace.advance_to(utc("2026-03-03 12:32"));
    CHECK(workspace.to("Udi").size() == 1);
    // A dead letter in the end, with what is known of it.
    workspace.advance_to(utc("2026-03-06 17:00"));
    CHECK(workspace.states() == "Ubo dead letter");
}

TEST_CASE("letting go: not at priority week, and not where \"Got it\" is all that is asked")
{
    Workspace week{letting_go({"Ucy"})};
    week.ack("Uann", "!week @Ubo please read");
    week.press("Ubo", week.card(), "got_it");
    Workspace received{letting_go({"Ucy"})};
    received.ack("Uann", "!received @Ubo please read");
    received.press("Ubo", received.card(), "got_it");
    for (Workspace* workspace : {&week, &received}) {
        workspace->advance_to(utc("2026-03-03 17:00"));
        CHECK(workspace->to("Ubo").empty());
        CHECK(workspace->to("Ucy").empty());
    }
}
