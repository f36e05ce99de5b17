// Along a route: who is called in, what they are told, who is stood down, and what becomes of it when nobody
// answers.
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

bool says(const SeenMessage& message, std::string_view words)
{
    return text_of(message.now).find(words) != std::string::npos;
}

}  // namespace

TEST_CASE(
    "escalation: steps are taken in order, each told who was tried and when; an ack stands everybody down")
{
    Workspace workspace{with_route({"Ucy", "Udi"})};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 12:31"));
    CHECK(workspace.states() == "Ubo escalated");
    REQUIRE(workspace.to("Ucy").size() == 1);
    CHECK(text_of(workspace.last_to("Ucy").now) ==
          "↗ This came to you because Bo could not be reached since Mon 10:00.\n"
          "> please read (open→)\n"
          "~ What was tried: Bo Mon 11:30, 12:00\n"
          "~ If it stays open: Di is asked on Mon 14:30 (your time).\n"
          "[I have it] [Done] [Not me] [⋯: Why did I get this | Time line | Less like this]\n");
    CHECK(workspace.to("Udi").empty());
    workspace.advance_to(utc("2026-03-02 14:31"));
    REQUIRE(workspace.to("Udi").size() == 1);
    CHECK(says(workspace.last_to("Udi"), "~ What was tried: Bo Mon 11:30, 12:00 · Cy Mon 12:30, 14:00\n"));
    CHECK(says(workspace.last_to("Udi"),
               "~ If it stays open: it goes back to Ann on Mon 16:30 (your time).\n"));

    workspace.press("Ucy", workspace.last_to("Ucy"), "got_it");
    workspace.advance(5s);
    CHECK(workspace.states() == "Ubo received");
    CHECK(workspace.table().of_request(RequestId{1}).front().holder == UserId{"Ucy"});
    for (const char* person : {"Ubo", "Udi"}) {
        for (const SeenMessage& message : workspace.to(person)) {
            CHECK(says(message, "✅ Cy has it now. Nothing for you to do; thank you."));
        }
    }
    const auto posts = workspace.posts.size();
    workspace.advance_to(utc("2026-03-04 11:00"));
    CHECK(workspace.posts.size() == posts);
}

TEST_CASE("escalation: a late ack of the debtor counts and calls it off")
{
    Workspace workspace{with_route({"Ucy"})};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 12:31"));
    workspace.press("Ubo", workspace.last_to("Ubo"), "got_it");
    CHECK(workspace.states() == "Ubo received");
    workspace.advance(5s);
    CHECK(says(workspace.last_to("Ucy"), "✅ Bo has it now. Nothing for you to do; thank you."));
    workspace.advance(4h);
    CHECK(workspace.to("Ucy").size() == 1);
}

TEST_CASE("escalation: a channel is told once, in the channel, without pings, and shows who has it")
{
    Workspace workspace{with_route({"Cops"})};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 14:00"));
    REQUIRE(workspace.in("Cops").size() == 1);
    const SeenMessage call = workspace.in("Cops").front();
    CHECK(text_of(call.now) ==
          "↗ This came to this channel because Bo could not be reached since Mon 10:00.\n"
          "> please read (open→)\n"
          "~ What was tried: Bo Mon 11:30, 12:00\n"
          "[I have it] [Done] [⋯: Why did I get this | Time line]\n");
    // The asker cannot answer for others; anybody else in the channel may take it.
    workspace.press("Uann", call, "got_it");
    CHECK(workspace.answer() == "You asked this yourself: nothing to answer.\n");
    workspace.press("Udi", call, "got_it");
    workspace.advance(5s);
    CHECK(workspace.states() == "Ubo received");
    CHECK(says(workspace.in("Cops").front(), "✅ Di has it now."));
    CHECK(says(workspace.last_to("Ubo"), "✅ Di has it now. Nothing for you to do; thank you."));
}

TEST_CASE("escalation: an empty step is skipped at once, the asker told, the hole in the journal")
{
    Workspace workspace{with_route({"", "Udi"})};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 12:31"));
    CHECK(workspace.to("Udi").size() == 1);
    CHECK(
        text_of(workspace.last_to("Uann").now) ==
        "Step 1 of the route default has nobody who can be asked now: it was skipped.\n> please read (open→)\n");
    CHECK(workspace.facts().find("step_skipped attempts_used_up") != std::string::npos);
    Workspace holes{with_route({"", "", ""})};
    holes.ack("Uann", "@Ubo please read");
    holes.advance_to(utc("2026-03-02 12:31"));
    CHECK(text_of(holes.to("Uann").front().now) ==
          "Steps 1, 2 and 3 of the route default have nobody who can be "
          "asked now: they were skipped.\n> please read (open→)\n");
    CHECK(holes.states() == "Ubo dead letter");
}

TEST_CASE("escalation: somebody called in who can't is not asked again, and an empty step is left at once")
{
    Workspace workspace{with_route({"Ucy", "Udi"})};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 12:31"));
    const std::size_t answers_before = workspace.answers.size();
    workspace.press("Ucy", workspace.last_to("Ucy"), "not_me");
    workspace.advance(5s);
    CHECK(workspace.answers.size() == answers_before);  // the message shows it
    CHECK(says(workspace.last_to("Ucy"), "You are not asked again about this.\n"));
    CHECK(workspace.to("Udi").size() == 1);
    workspace.advance_to(utc("2026-03-02 16:00"));
    CHECK(workspace.to("Ucy").size() == 1);
}

TEST_CASE("escalation: a later change of the route or of a group does not rewrite who was promised")
{
    Workspace workspace{with_route({"Gbackup"})};
    workspace.take(GroupChanged{UserGroup{GroupId{"Gbackup"}, "backup", {UserId{"Ucy"}}, false}});
    workspace.ack("Uann", "@Ubo please read");
    workspace.take(GroupChanged{UserGroup{GroupId{"Gbackup"}, "backup", {UserId{"Udi"}}, false}});
    workspace.engine.replace_settings(with_route({"Uann"}));
    workspace.advance_to(utc("2026-03-02 12:31"));
    CHECK(workspace.to("Ucy").size() == 1);
    CHECK(workspace.to("Udi").empty());
}

TEST_CASE("dead letter: when nobody answers it has an owner, a cause, and a way on; an answer after all is "
          "passed on")
{
    Workspace workspace{with_route({"Ucy"})};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 14:31"));
    CHECK(workspace.states() == "Ubo dead letter");
    CHECK(text_of(workspace.last_to("Uann").now) ==
          "No answer from Bo. Nothing more is sent: it is yours to decide.\n"
          "> please read (open→)\n"
          "~ What was tried: Bo Mon 11:30, 12:00 · Cy Mon 12:30, 14:00\n"
          "[Ask again] [⋯: Time line | Less like this]\n");
    CHECK(says(workspace.last_to("Ubo"), "Without an answer, this went to Ann. Yours still counts.\n"));
    CHECK(says(workspace.card(), "~ 1 person without an answer: with Ann now\n"));

    workspace.press("Ubo", workspace.last_to("Ubo"), "got_it");
    CHECK(workspace.answer() == "✅ Noted, and passed on.\n");
    workspace.advance(5s);
    CHECK(text_of(workspace.last_to("Uann").now) == "Bo has answered #1 after all.\n> please read (open→)\n");
    CHECK(workspace.states() == "Ubo dead letter");
    // Once is enough.
    workspace.ackd("Ubo", "got 1");
    CHECK(workspace.answer() == "This was asked again, or answered, already.\n");
    workspace.press("Uann", workspace.to("Uann").front(), "ask_again");
    CHECK(workspace.answer() == "This was asked again, or answered, already.\n");
}

TEST_CASE("dead letter: asked again, the same person is asked at once, by a new obligation")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo by monday 12:00 please read");
    workspace.advance_to(utc("2026-03-02 12:31"));
    CHECK(workspace.states() == "Ubo dead letter");
    CHECK(workspace.request().state == RequestState::closed);
    const auto sent = workspace.to("Ubo").size();
    workspace.press("Uann", workspace.last_to("Uann"), "ask_again");
    CHECK(workspace.answer() == "Bo is asked again.\n");
    CHECK(workspace.states() == "Ubo dead letter, Ubo open");
    CHECK(workspace.request().state == RequestState::open);
    workspace.advance(2min);
    REQUIRE(workspace.to("Ubo").size() == sent + 1);
    CHECK(
        text_of(workspace.last_to("Ubo").now).starts_with("Ann is waiting for you on this, since Mon 10:00"));
    // The date that has passed does not hurry them.
    workspace.advance_to(utc("2026-03-02 14:30"));
    CHECK(workspace.to("Ubo").size() == sent + 1);
    CHECK(workspace.states() == "Ubo dead letter, Ubo open");
    workspace.press("Ubo", workspace.to("Ubo").front(), "got_it");
    CHECK(workspace.states() == "Ubo dead letter, Ubo received");
}

TEST_CASE(
    "dead letter: a team's own owner is told, in their digest when they are off, and the words say who it went to")
{
    Settings settings = straight_settings();
    settings.dead_letter_owner = UserId{"Udi"};
    Workspace workspace{settings};
    workspace.join("Udi", "Di", "Australia/Sydney");
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 11:31"));
    CHECK(says(workspace.last_to("Ubo"), "~ If it stays open: it goes to Di on Mon 12:30 (your time).\n"));
    workspace.advance_to(utc("2026-03-02 21:59"));
    CHECK(says(workspace.last_to("Ubo"), "Without an answer, this went to Di. Yours still counts.\n"));
    workspace.advance_to(utc("2026-03-02 22:29"));
    CHECK(workspace.to("Udi").empty());  // 9:29 in Sydney
    workspace.advance_to(utc("2026-03-02 22:31"));
    CHECK(workspace.to("Udi").size() == 1);
    CHECK(says(workspace.last_to("Udi"), "~ What was tried: Bo Mon 22:30, 23:00\n"));
}

TEST_CASE("now: reaches the route at night, and every call is a message of its own")
{
    Workspace workspace{with_route({"Ucy"}), utc("2026-03-07 23:00")};
    workspace.ack("Uann", "@Ubo !now fire one");
    workspace.ack("Uann", "@Ubo !now fire two");
    workspace.advance_to(utc("2026-03-07 23:06"));
    CHECK(workspace.to("Ubo").size() == 2);
    workspace.advance_to(utc("2026-03-07 23:21"));
    CHECK(workspace.to("Ucy").size() == 2);
}

TEST_CASE("bundle: what falls due for one person together is one message, with the actions of each part")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo first thing");
    workspace.advance(30s);
    workspace.ack("Ucy", "@Ubo second thing");
    workspace.advance_to(utc("2026-03-02 11:33"));
    const auto all = workspace.to("Ubo");
    int sections = 0;
    for (const SeenMessage& message : all) sections += static_cast<int>(message.now.sections.size());
    CHECK(sections == 2);

    Workspace together;
    for (int index = 0; index < 12; ++index) together.ack("Uann", "@Ubo thing");
    together.advance_to(utc("2026-03-02 11:32"));
    REQUIRE(together.to("Ubo").size() == 2);  // ten to a message
    CHECK(together.to("Ubo").front().now.sections.size() == 10);
    CHECK(together.to("Ubo").front().now.summary == "10 things are waiting for you");
    CHECK(together.to("Ubo").back().now.sections.size() == 2);
}

TEST_CASE("undeliverable: when a person cannot be reached the route goes on at once")
{
    Workspace workspace{with_route({"Ucy"})};
    workspace.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* post = std::get_if<PostMessage>(&delivery.effect);
        if (post == nullptr || post->person != UserId{"Ubo"}) return std::nullopt;
        return Fault{FaultKind::permanent, "account_inactive"};
    };
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 11:31"));
    CHECK(workspace.states() == "Ubo escalated");
    CHECK(workspace.to("Ucy").size() == 1);
    workspace.advance_to(utc("2026-03-02 13:31"));
    CHECK(workspace.states() == "Ubo dead letter");
    CHECK(text_of(workspace.last_to("Uann").now)
              .starts_with("No answer from Bo: the messages could not be delivered. Nothing more is sent: "));
}
