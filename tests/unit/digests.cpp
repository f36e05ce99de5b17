// How often people are interrupted, and what waits for their digest instead.
#include "bot/people/local_time.hpp"
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

Settings with_budget(int interruptions)
{
    Settings settings = with_route({"Ucy"});
    settings.interruptions_per_day = interruptions;
    return settings;
}

std::vector<SeenMessage> of_kind(const Workspace& workspace, const char* person, NoticeKind kind)
{
    std::vector<SeenMessage> list;
    for (const SeenMessage& message : workspace.to(person)) {
        if (message.first.kind == kind) list.push_back(message);
    }
    return list;
}

/// "nudge 11:30, digest 13:00": what somebody was sent, and when.
std::string received_by(const Workspace& workspace, const char* person)
{
    std::string text;
    for (const SeenMessage& message : workspace.to(person)) {
        const std::string at = local_time_text(WorkingHours{"Etc/UTC"}, message.posted_at, message.posted_at);
        text += (text.empty() ? "" : ", ") + std::string{name_of(message.first.kind)} + " " + at;
    }
    return text;
}

void choose_telling(Workspace& workspace, const char* person, const char* choice)
{
    ActionTaken taken;
    taken.name = "telling";
    taken.value = std::string{"telling "} + choice;
    taken.person = UserId{person};
    workspace.take(taken);
}

bool says(const Notice& notice, std::string_view words)
{
    return text_of(notice).find(words) != std::string::npos;
}

}  // namespace

TEST_CASE(
    "budget: what is more than a day's interruptions waits for the next digest; the next day begins anew")
{
    Workspace workspace{with_budget(1)};
    workspace.ack("Uann", "@Ubo first");
    workspace.advance(10min);
    workspace.ack("Udi", "@Ubo second");
    workspace.advance_to(utc("2026-03-02 13:00"));
    // The first nudge at 75 %; all else of this day in digests.
    CHECK(received_by(workspace, "Ubo") == "nudge Mon 11:30, digest Mon 13:00");
    workspace.advance_to(utc("2026-03-03 09:00"));
    workspace.ack("Uann", "@Ubo third");
    workspace.advance_to(utc("2026-03-03 11:00"));
    CHECK(of_kind(workspace, "Ubo", NoticeKind::nudge).size() == 2);
}

TEST_CASE("budget: several things in one message are one interruption")
{
    Workspace workspace{with_budget(1)};
    workspace.ack("Uann", "@Ubo first");
    workspace.ack("Udi", "@Ubo second");
    workspace.advance_to(utc("2026-03-02 11:31"));
    REQUIRE(received_by(workspace, "Ubo") == "nudge Mon 11:30");
    CHECK(says(workspace.last_to("Ubo").now, "first"));
    CHECK(says(workspace.last_to("Ubo").now, "second"));
}

TEST_CASE("budget: priority now is outside it")
{
    Workspace workspace{with_budget(0)};
    workspace.ack("Uann", "@Ubo !now the shop is down");
    workspace.advance(11min);
    CHECK(of_kind(workspace, "Ubo", NoticeKind::nudge).size() == 2);
    CHECK(workspace.count("SELECT count(*) FROM interruptions") == 0);
}

TEST_CASE("budget: whoever is called in is interrupted within theirs, too")
{
    Workspace workspace{with_budget(0)};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-03 09:31"));
    CHECK(received_by(workspace, "Ubo") == "digest Mon 13:00, digest Mon 16:30");
    CHECK(received_by(workspace, "Ucy") == "digest Tue 09:30");
    CHECK(says(workspace.last_to("Ucy").now, "Ann · today · ↗ in place of Bo"));
    workspace.press("Ucy", workspace.last_to("Ucy"), "got_it");
    CHECK(workspace.states() == "Ubo received");
}

TEST_CASE("digest: what waits, with what can be done about it, and what its reader is waiting for")
{
    Workspace workspace{with_budget(4)};
    workspace.ack("Ubo", "@Udi !week draw the plan");
    workspace.ack("Uann", "@Ubo !week read the figures");
    workspace.advance_to(utc("2026-03-02 12:59"));
    REQUIRE(of_kind(workspace, "Ubo", NoticeKind::digest).empty());
    workspace.advance_to(utc("2026-03-02 13:01"));
    REQUIRE(of_kind(workspace, "Ubo", NoticeKind::digest).size() == 1);
    const SeenMessage digest = workspace.last_to("Ubo");
    CHECK(digest.now.summary == "Waiting for you: 1");
    CHECK(text_of(digest.now) == "*Waiting for you (1)*\n"
                                 "~ You are at 0 of 4 interruptions today.\n"
                                 "----\n"
                                 "Ann · this week\n"
                                 "> read the figures (open→)\n"
                                 "[Got it] [Done] [Got it, by … ▾: today | tomorrow | this week | next week] "
                                 "[Can't ▾: No time for it | Blocked by something else | I object | Away] "
                                 "[Snooze ▾: 1 hour | This afternoon | Next working day] "
                                 "[⋯: Why did I get this | Time line | Less like this]\n"
                                 "----\n"
                                 "*You are waiting for*\n"
                                 "~ #1 · draw the plan · ✅ 0 of 1 received · 0 integrated\n");
}

TEST_CASE(
    "digest: it is brought up to date in place, what is new included, and shrinks when the next one comes")
{
    Workspace workspace{with_budget(4)};
    workspace.ack("Uann", "@Ubo !fyi the office is closed on Friday");
    workspace.advance_to(utc("2026-03-02 13:01"));
    REQUIRE(received_by(workspace, "Ubo") == "digest Mon 13:00");
    workspace.ack("Udi", "@Ubo something new");
    workspace.advance(5s);
    CHECK(says(workspace.last_to("Ubo").now, "Waiting for you (2)"));
    CHECK(says(workspace.last_to("Ubo").now, "something new"));

    workspace.press("Ubo", workspace.last_to("Ubo"), "got_it");
    workspace.advance(5s);
    CHECK(says(workspace.last_to("Ubo").now, "Waiting for you (1)"));
    CHECK(says(workspace.last_to("Ubo").now, "✅ You have it."));

    workspace.ack("Uann", "@Ubo !fyi and on Monday");
    workspace.advance_to(utc("2026-03-02 16:31"));
    const auto digests = of_kind(workspace, "Ubo", NoticeKind::digest);
    REQUIRE(digests.size() == 2);
    CHECK(text_of(digests.front().now) == "~ Your open items are further down.\n");
    CHECK(says(digests.back().now, "and on Monday"));
}

TEST_CASE("digest: nothing to say, nothing sent")
{
    Workspace workspace{with_budget(0)};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 12:00"));
    workspace.ackd("Ubo", "done 1");
    workspace.advance_to(utc("2026-03-04 12:00"));
    CHECK(received_by(workspace, "Ubo").empty());
    CHECK(workspace.count("SELECT count(*) FROM digest_entries") == 0);
    CHECK(workspace.count("SELECT count(*) FROM digests WHERE due_at_us IS NOT NULL") == 0);
}

TEST_CASE("digest: what somebody was told by a message of its own meanwhile is not told again")
{
    Workspace workspace{with_budget(4), utc("2026-03-02 13:00")};
    choose_telling(workspace, "Ubo", "digest_only");
    workspace.ack("Uann", "@Ubo first");
    workspace.advance_to(utc("2026-03-02 14:31"));  // its nudge waits for 16:30
    workspace.react("Ubo", workspace.card().ref, "eyes");
    workspace.react("Ubo", workspace.card().ref, "eyes", false);
    choose_telling(workspace, "Ubo", "as_usual");
    workspace.advance_to(utc("2026-03-02 16:31"));
    CHECK(received_by(workspace, "Ubo") == "nudge Mon 16:02");
}

TEST_CASE("digest: a slot that passed while the bot was away is made up for, once")
{
    Workspace workspace{with_budget(0)};
    workspace.ack("Uann", "@Ubo please read");
    workspace.ack("Udi", "@Ubo this, too");
    workspace.clock.advance_to(utc("2026-03-02 14:20"));
    workspace.advance_to(utc("2026-03-02 16:29"));
    CHECK(received_by(workspace, "Ubo") == "digest Mon 14:20");
    CHECK(says(workspace.last_to("Ubo").now, "Waiting for you (2)"));
}

TEST_CASE("digest: news about what one asked costs an interruption, or is in the digest")
{
    Settings settings = with_route({});
    settings.interruptions_per_day = 1;
    Workspace workspace{settings};
    workspace.ack("Uann", "@Ubo first");
    workspace.ack("Uann", "@Ucy second");
    workspace.ackd("Ubo", "cant 1 no_time");
    workspace.advance(5s);
    CHECK(received_by(workspace, "Uann") == "for_asker Mon 10:00");
    workspace.ackd("Ucy", "cant 2 no_time");
    workspace.advance_to(utc("2026-03-02 13:01"));
    CHECK(received_by(workspace, "Uann") == "for_asker Mon 10:00, digest Mon 13:00");
    CHECK(says(workspace.last_to("Uann").now, "*What happened*\n----\nCy can't"));
    CHECK(workspace.last_to("Uann").now.summary == "News about what you asked: 1");

    // Whoever has not read it by then finds it where it was.
    workspace.ack("Udi", "@Uann !fyi the office is closed on Friday");
    workspace.advance_to(utc("2026-03-02 16:31"));
    const auto digests = of_kind(workspace, "Uann", NoticeKind::digest);
    REQUIRE(digests.size() == 2);
    CHECK(says(digests.front().now, "~ Your open items are further down.\n"));
    CHECK(says(digests.front().now, "*What happened*\n----\nCy can't"));
    CHECK_FALSE(says(digests.back().now, "Cy can't"));
}

TEST_CASE("digest: so are dead letters, with what can be done about them")
{
    Settings settings = with_route({});
    settings.interruptions_per_day = 0;
    Workspace workspace{settings};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-03 09:31"));
    CHECK(workspace.states() == "Ubo dead letter");
    CHECK(received_by(workspace, "Uann") == "digest Tue 09:30");
    workspace.press("Uann", workspace.last_to("Uann"), "ask_again");
    CHECK(workspace.states() == "Ubo dead letter, Ubo open");
}

TEST_CASE("telling: whoever wants less says so at what they were sent, and nobody else is told")
{
    Workspace workspace{with_budget(4)};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 11:31"));
    workspace.press("Ubo", workspace.last_to("Ubo"), "more", "Less like this");
    CHECK(
        workspace.answer() ==
        "You are interrupted at most 4 times a day, 1 so far today. The rest comes in digests: 9:30, 13:00 "
        "and 16:30, when there is something to say.\n"
        "~ Only what is asked at priority now comes all the same. Who asks is not told what you choose.\n"
        "[Tell me … ▾: As usual | Quieter | In digests only | On the App Home only] [What ackd costs you]\n");
    SeenMessage shown;
    shown.now = workspace.answers.back().notice;
    workspace.press("Ubo", shown, "telling", "In digests only");
    CHECK(workspace.answer() ==
          "✅ You are told in digests only: 9:30, 13:00 and 16:30, when there is something to say.\n");
    workspace.advance_to(utc("2026-03-02 13:01"));
    CHECK(received_by(workspace, "Ubo") == "nudge Mon 11:30, digest Mon 13:00");
    CHECK(workspace.to("Uann").empty());
}

TEST_CASE("telling: quieter halves the budget; the App Home alone means no messages, and loses nothing")
{
    CHECK(budget_of(Telling::quieter, 4) == 2);
    CHECK(budget_of(Telling::quieter, 1) == 1);
    CHECK(budget_of(Telling::digest_only, 4) == 0);

    Workspace workspace{with_budget(4)};
    workspace.take(HomeOpened{UserId{"Ubo"}});
    workspace.advance(5s);
    SeenMessage home;
    home.now = workspace.homes[UserId{"Ubo"}].back();
    workspace.press("Ubo", home, "telling", "On the App Home only");
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 12:29"));
    CHECK(workspace.to("Ubo").empty());
    CHECK(says(workspace.homes[UserId{"Ubo"}].back(), "please read"));
    CHECK(says(workspace.homes[UserId{"Ubo"}].back(), "You are not sent messages"));
    workspace.ack("Uann", "@Ubo !now it burns");
    workspace.advance(6min);
    CHECK(received_by(workspace, "Ubo") == "nudge Mon 12:34");
}

TEST_CASE("digest: a reaction to it does not say to which of its items, and changes none")
{
    Workspace workspace{with_budget(0)};
    workspace.ack("Uann", "@Ubo first");
    workspace.advance_to(utc("2026-03-02 13:01"));
    REQUIRE(received_by(workspace, "Ubo") == "digest Mon 13:00");
    workspace.react("Ubo", workspace.last_to("Ubo").ref, "white_check_mark");
    CHECK(workspace.states() == "Ubo open");
}

TEST_CASE("digest: twenty things are counted, and as many shown as a message can hold")
{
    Workspace workspace{with_budget(0)};
    for (int number = 1; number <= 20; ++number)
        workspace.ack("Uann", "@Ubo thing " + std::to_string(number) + ".");
    workspace.advance_to(utc("2026-03-02 13:01"));
    REQUIRE(received_by(workspace, "Ubo") == "digest Mon 13:00");
    const Notice digest = workspace.last_to("Ubo").first;
    CHECK(says(digest, "Waiting for you (20)"));
    CHECK(says(digest, "thing 9."));
    CHECK_FALSE(says(digest, "thing 10."));
    CHECK(says(digest, "~ … and 11 more: `/ackd`"));
}
