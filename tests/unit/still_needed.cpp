// Ask the asker first: before somebody hears of a request again, or somebody else is called in, who asked
// says whether they still need it.
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

const char* const question =
    "No answer from Bo yet. Still needed, before I ask again?\n"
    "> please read (open→)\n"
    "~ You asked on Mon 10:00 (your time). Without a word by Tue 12:00 (your time) it goes to sleep, and is under "
    "`/ackd`.\n"
    "[Still needed] [No longer] [Less urgent]\n";

Settings asking(const std::vector<std::string>& steps = {})
{
    Settings settings = with_route(steps);
    settings.delivery = default_delivery_policy();
    return settings;
}

/// Ann has asked Bo, Bo was nudged once, and the second nudge is due: it is 12:00 on Monday.
struct SecondNudgeDue : Workspace {
    explicit SecondNudgeDue(Settings settings = asking({"Ucy"})) : Workspace(std::move(settings))
    {
        ack("Uann", "@Ubo please read");
        advance_to(utc("2026-03-02 12:01"));
    }
};

}  // namespace

TEST_CASE("still needed: who asked is asked before the second nudge, and nobody else hears of it")
{
    SecondNudgeDue workspace;
    CHECK(workspace.to("Ubo").size() == 1);
    REQUIRE(workspace.to("Uann").size() == 1);
    CHECK(text_of(workspace.last_to("Uann").now) == question);
    workspace.advance_to(utc("2026-03-02 17:00"));
    CHECK(workspace.to("Ubo").size() == 1);
    CHECK(workspace.to("Ucy").empty());
    CHECK(workspace.to("Uann").size() == 1);
}

TEST_CASE("still needed: a yes sends the nudge at once, and stands for a working day")
{
    SecondNudgeDue workspace;
    workspace.press("Uann", workspace.last_to("Uann"), "still_needed");
    workspace.advance(5s);
    CHECK(workspace.to("Ubo").size() == 2);
    CHECK(text_of(workspace.last_to("Uann").now) ==
          "✅ Still needed: those who have not answered are asked again.\n> please read (open→)\n");
    workspace.advance_to(utc("2026-03-02 12:35"));
    CHECK(workspace.states() == "Ubo escalated");
    CHECK(workspace.to("Ucy").size() == 1);
    workspace.advance_to(utc("2026-03-02 14:05"));
    CHECK(workspace.to("Ucy").size() == 2);
    CHECK(workspace.to("Uann").size() == 1);
    CHECK(workspace.facts().find("need_asked still_needed nudged attempts_used_up") != std::string::npos);
}

TEST_CASE("still needed: a yes that has grown old is asked for again")
{
    Settings settings = asking({"Ucy"});
    settings.delivery.need_stands_for = 10min;
    SecondNudgeDue workspace{settings};
    workspace.press("Uann", workspace.last_to("Uann"), "still_needed");
    workspace.advance_to(utc("2026-03-02 12:35"));
    CHECK(workspace.states() == "Ubo open");
    REQUIRE(workspace.to("Uann").size() == 2);
    CHECK(text_of(workspace.last_to("Uann").now).find("before somebody else is asked?") != std::string::npos);
}

TEST_CASE("still needed: without a word it sleeps after a working day, is found again, and can be woken")
{
    SecondNudgeDue workspace;
    workspace.advance_to(utc("2026-03-03 12:01"));
    CHECK(workspace.states() == "Ubo open");
    CHECK(workspace.request().need == Need::asleep);
    CHECK(text_of(workspace.card().now)
              .find("~ 💤 Asleep: nobody is asked any more, unless Ann still needs it.") != std::string::npos);
    workspace.advance_to(utc("2026-03-09 12:00"));
    CHECK(workspace.to("Ubo").size() == 1);
    CHECK(workspace.to("Ucy").empty());
    CHECK(workspace.to("Uann").size() == 1);  // the question, which now says that it sleeps
    CHECK(text_of(workspace.last_to("Uann").now)
              .starts_with("💤 Asleep: nobody is asked any more. No answer from Bo yet.\n"));

    workspace.ackd("Uann", "");
    CHECK(workspace.answer().find("[Still needed] [No longer] [Less urgent]") != std::string::npos);
    workspace.press("Uann", workspace.last_to("Uann"), "still_needed");
    workspace.advance(5s);
    CHECK(workspace.to("Ubo").size() == 2);
}

TEST_CASE("still needed: what nobody wakes ends, and who asked reads so in their digest")
{
    SecondNudgeDue workspace;
    workspace.advance_to(utc("2026-03-17 11:59"));
    CHECK(workspace.states() == "Ubo open");
    workspace.advance_to(utc("2026-03-17 13:01"));
    CHECK(workspace.states() == "Ubo expired");
    CHECK(workspace.request().state == RequestState::closed);
    CHECK(workspace.last_to("Uann").now.kind == NoticeKind::digest);
    CHECK(text_of(workspace.last_to("Uann").now)
              .find("💤 Closed without an answer: it slept, and nothing was heard that it is still needed.") !=
          std::string::npos);
    CHECK(workspace.to("Ubo").size() == 1);
    CHECK(workspace.count("SELECT count(*) FROM deadlines") == 0);
}

TEST_CASE("still needed: no longer withdraws it, and says so on the question")
{
    SecondNudgeDue workspace;
    workspace.press("Uann", workspace.last_to("Uann"), "withdraw");
    workspace.advance(5s);
    CHECK(workspace.states() == "Ubo withdrawn");
    CHECK(text_of(workspace.last_to("Uann").now) ==
          "No longer needed: nobody is asked any more.\n> please read (open→)\n");
    CHECK(workspace.to("Ubo").size() == 1);
}

TEST_CASE("still needed: less urgent gives it the week, and the nudge that was due is none")
{
    SecondNudgeDue workspace;
    workspace.press("Uann", workspace.last_to("Uann"), "less_urgent");
    workspace.advance(5s);
    CHECK(workspace.request().priority == Priority::week);
    CHECK(text_of(workspace.last_to("Uann").now) == "✅ It has the week now.\n> please read (open→)\n");
    CHECK(text_of(workspace.card().now).find("this week") != std::string::npos);
    workspace.advance_to(utc("2026-03-04 11:59"));
    CHECK(workspace.to("Ubo").size() == 1);
    // Its second nudge is due 16 hours of their working time later; a yes has grown old by then.
    workspace.advance_to(utc("2026-03-04 13:01"));
    CHECK(workspace.last_to("Uann").now.kind == NoticeKind::digest);
    CHECK(text_of(workspace.last_to("Uann").now).find("[Still needed] [No longer]\n") != std::string::npos);
}

TEST_CASE("still needed: an answer meanwhile settles the question")
{
    SecondNudgeDue workspace;
    workspace.press("Ubo", workspace.last_to("Ubo"), "done");
    workspace.advance(5s);
    CHECK(text_of(workspace.last_to("Uann").now) ==
          "Answered meanwhile: nothing to decide.\n> please read (open→)\n");
    workspace.press(
        "Uann",
        SeenMessage{workspace.last_to("Uann").ref, {}, {}, {}, workspace.to("Uann").front().first},
        "still_needed");
    CHECK(workspace.answer() == "This is over already.\n");
}

TEST_CASE("still needed: only who asked decides, and saying it twice changes nothing")
{
    SecondNudgeDue workspace;
    workspace.press("Ubo", workspace.last_to("Uann"), "still_needed");
    CHECK(workspace.answer() == "Only Ann can say whether it is still needed.\n");
    CHECK(workspace.to("Ubo").size() == 1);
    const SeenMessage asked = workspace.last_to("Uann");
    workspace.press("Uann", asked, "still_needed");
    workspace.press("Uann", asked, "still_needed");
    CHECK(workspace.answer() == "✅ Noted already.\n");
    workspace.advance(5s);
    CHECK(workspace.to("Ubo").size() == 2);
}

TEST_CASE("still needed: one question for all who were asked in vain")
{
    Workspace workspace{asking()};
    workspace.ack("Uann", "@Ubo @Ucy @Udi please read");
    workspace.advance_to(utc("2026-03-02 12:01"));
    REQUIRE(workspace.to("Uann").size() == 1);
    CHECK(
        text_of(workspace.last_to("Uann").now).starts_with("No answer from Bo · Cy · Di yet. Still needed"));
    workspace.press("Uann", workspace.last_to("Uann"), "still_needed");
    workspace.advance(5s);
    for (const char* person : {"Ubo", "Ucy", "Udi"}) CHECK(workspace.to(person).size() == 2);
    CHECK(workspace.to("Uann").size() == 1);
}

TEST_CASE("still needed: a snooze outlasts a yes")
{
    SecondNudgeDue workspace;
    workspace.press("Ubo", workspace.last_to("Ubo"), "snooze", "Next working day");
    workspace.press("Uann", workspace.last_to("Uann"), "still_needed");
    workspace.advance_to(utc("2026-03-02 17:00"));
    CHECK(workspace.to("Ubo").size() == 1);
    workspace.advance_to(utc("2026-03-03 09:05"));
    CHECK(workspace.to("Ubo").size() == 2);
}

TEST_CASE("still needed: at priority now nobody is asked first")
{
    Settings settings = asking({"Ucy"});
    Workspace workspace{settings};
    workspace.ack("Uann", "!now @Ubo the site is down");
    workspace.advance_to(utc("2026-03-02 10:21"));
    CHECK(workspace.to("Ubo").size() == 3);
    CHECK(workspace.to("Ucy").size() == 1);
    CHECK(workspace.to("Uann").empty());
}

TEST_CASE("still needed: who is away for days, or asked themselves, is not asked")
{
    Workspace away{asking()};
    away.command("Uann", "/out", Workspace::rich("today..2026-03-20"));
    away.ack("Uann", "@Ubo please read");
    away.advance_to(utc("2026-03-02 12:01"));
    CHECK(away.to("Ubo").size() == 2);
    CHECK(away.to("Uann").empty());

    Workspace alone{asking()};
    alone.ack("Uann", "@Uann think about it");
    alone.advance_to(utc("2026-03-02 12:01"));
    CHECK(alone.to("Uann").size() == 2);
    CHECK(alone.request().need == Need::assumed);
}

TEST_CASE(
    "still needed: without an interruption left the question comes with the digest, and its time runs from there")
{
    Settings settings = asking();
    settings.interruptions_per_day = 0;
    Workspace workspace{settings};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 13:05"));  // Bo reads it in the digest of 13:00
    CHECK(workspace.to("Uann").empty());
    workspace.advance_to(utc("2026-03-02 16:31"));
    REQUIRE(workspace.to("Uann").size() == 1);
    CHECK(workspace.last_to("Uann").now.kind == NoticeKind::digest);
    CHECK(text_of(workspace.last_to("Uann").now).find("Without a word by Tue 16:30 (your time)") !=
          std::string::npos);
    workspace.press("Uann", workspace.last_to("Uann"), "still_needed");
    CHECK(workspace.request().need == Need::confirmed);
}

TEST_CASE("still needed: a question that cannot be delivered is no reason to sleep")
{
    Workspace workspace{asking()};
    workspace.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* post = std::get_if<PostMessage>(&delivery.effect);
        if (post == nullptr || post->person != UserId{"Uann"}) return std::nullopt;
        return Fault{FaultKind::permanent, "user_not_found"};
    };
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 12:05"));
    CHECK(workspace.to("Ubo").size() == 2);
    CHECK(workspace.request().need == Need::confirmed);
}

TEST_CASE("signs of life: what is written in the thread takes the place of the next nudge, once")
{
    Workspace workspace{asking({"Ucy"})};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 11:45"));
    CHECK(workspace.to("Ubo").size() == 1);
    MessagePosted posted;
    posted.message = MessageRef{workspace.request().subject.channel, "1772451900.000100"};
    posted.thread = workspace.request().thread;
    posted.author = UserId{"Udi"};
    workspace.take(posted);
    workspace.advance_to(utc("2026-03-02 12:05"));
    CHECK(workspace.to("Ubo").size() == 1);
    CHECK(workspace.to("Uann").empty());
    CHECK(workspace.facts().ends_with("nudged spared"));
    // What ends the step still comes, and before it the question.
    workspace.advance_to(utc("2026-03-02 12:35"));
    CHECK(workspace.to("Uann").size() == 1);
    CHECK(workspace.states() == "Ubo open");
}

TEST_CASE("signs of life: what was written before the last nudge is none")
{
    Workspace workspace{asking({"Ucy"})};
    workspace.ack("Uann", "@Ubo please read");
    MessagePosted posted;
    posted.message = MessageRef{workspace.request().subject.channel, "1772451900.000100"};
    posted.thread = workspace.request().thread;
    posted.author = UserId{"Udi"};
    workspace.take(posted);
    workspace.advance_to(utc("2026-03-02 12:05"));
    CHECK(workspace.to("Uann").size() == 1);
}
