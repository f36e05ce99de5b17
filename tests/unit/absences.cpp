// Out of office, on the whole bot: who is asked meanwhile, what waits, and what comes back.
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

bool contains(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("out: nothing is sent to somebody who is away, and their clock stands still")
{
    Workspace work;  // Monday 10:00
    work.ack("Uann", "@Ubo please read");
    work.advance(30min);
    work.command("Ubo", "/out", Workspace::rich("until wed 12:00 because of a cold"));
    CHECK(contains(work.answer(), "You are out from now until Wed 12:00 (your time)."));
    work.advance_to(utc("2026-03-04 11:59"));
    CHECK(work.to("Ubo").empty());
    CHECK(contains(text_of(work.card().now), "Bo (off until Wed)"));
    // Half an hour of the two was used up on Monday: three quarters are an hour later.
    work.advance_to(utc("2026-03-04 12:59"));
    CHECK(work.to("Ubo").size() == 1);  // what waits for them, see below
    work.advance_to(utc("2026-03-04 13:00"));
    CHECK(work.to("Ubo").size() == 2);
    CHECK(work.to("Ubo").back().first.kind == NoticeKind::nudge);
    CHECK(work.states() == "Ubo open");
}

TEST_CASE("out: what cannot wait goes to the delegate, and what is left open comes back")
{
    Workspace work;
    work.ack("Uann", "@Ubo please decide");
    work.ack("Uann", "@Ubo !week think about it");
    work.command("Ubo", "/out", Workspace::rich("today..tue delegate @Ucy"));
    CHECK(contains(work.answer(), "Cy answers what cannot wait."));
    // Within two working hours: today. Within eight: not before Tuesday 10:00, which is before the end.
    CHECK(work.states(1) == "Ubo delegated, Ucy open");
    CHECK(work.states(2) == "Ubo delegated, Ucy open");
    CHECK(contains(text_of(work.to("Ucy").front().first),
                   "Bo is out from now until Wed 00:00 (your time), and named you."));
    work.advance(5min);
    const SeenMessage nudge = work.last_to("Ucy");
    CHECK(nudge.first.kind == NoticeKind::nudge);
    work.ackd("Ucy", "done 1");
    CHECK(work.request(1).state == RequestState::complete);

    work.advance_to(utc("2026-03-04 00:00"));
    CHECK(work.states(1) == "Ubo delegated, Ucy integrated");
    CHECK(work.states(2) == "Ubo delegated, Ucy delegated, Ubo open");
    CHECK(work.to("Ubo").empty());
    work.advance_to(utc("2026-03-04 09:00"));
    const std::string welcome = text_of(work.to("Ubo").front().first);
    CHECK(contains(welcome, "Welcome back. Waiting for you (1)"));
    CHECK(contains(welcome, "#2 · Ann · think about it"));
    CHECK(contains(welcome, "Done in your name (1)"));
    CHECK(contains(welcome, "#1 · Ann · please decide · Cy has done it"));
    CHECK(contains(welcome, "Everything else from these days can be ignored."));
}

TEST_CASE("out: what can wait until they are back waits")
{
    Workspace work;
    work.ack("Uann", "@Ubo !week think about it");
    work.command("Ubo", "/out", Workspace::rich("today delegate @Ucy"));
    CHECK(work.states() == "Ubo open");
}

TEST_CASE("out: a new ask goes to the delegate at once, and the asker is told")
{
    Workspace work;
    work.command("Ubo", "/out", Workspace::rich("today..fri delegate @Ucy"));
    work.ack("Uann", "@Ubo @Udi please read");
    CHECK(work.states() == "Ubo delegated, Udi open, Ucy open");
    CHECK(contains(text_of(work.last_to("Uann").first),
                   "Bo is out until Sat 00:00 (your time). Cy was asked instead."));
    // Who is asked already, or asks, answers for nobody else: it waits.
    work.ack("Uann", "@Ubo @Ucy please read");
    CHECK(work.states(2) == "Ubo open, Ucy open");
    work.ack("Ucy", "@Ubo please read");
    CHECK(work.states(3) == "Ubo open");
}

TEST_CASE("out: an absence that is planned begins and ends by itself")
{
    Workspace work;
    work.command("Ubo", "/out", Workspace::rich("tomorrow delegate @Ucy"));
    work.ack("Uann", "@Ubo !week think about it");
    CHECK(work.states() == "Ubo open");
    work.advance_to(utc("2026-03-03 00:00"));
    CHECK(work.states() == "Ubo delegated, Ucy open");
    work.advance_to(utc("2026-03-04 00:00"));
    CHECK(work.states() == "Ubo delegated, Ucy delegated, Ubo open");
    CHECK(work.count("SELECT count(*) FROM absences WHERE state = 3") == 1);
}

TEST_CASE("out: back ends it at once, and calls off what was only planned")
{
    Workspace work;
    work.ack("Uann", "@Ubo please decide");
    work.command("Ubo", "/out", Workspace::rich("today..fri"));
    work.advance(30min);
    work.command("Ubo", "/out", Workspace::rich("back"));
    CHECK(contains(work.answer(), "Welcome back."));
    // Nothing of the working time before it is lost: three quarters of two hours, less the half hour away.
    work.advance_to(utc("2026-03-02 11:58"));
    CHECK(work.last_to("Ubo").first.kind != NoticeKind::nudge);
    work.advance_to(utc("2026-03-02 12:00"));
    CHECK(work.last_to("Ubo").first.kind == NoticeKind::nudge);

    work.command("Ubo", "/out", Workspace::rich("fri"));
    work.command("Ubo", "/out", {});
    CHECK(contains(work.answer(), "Out from Fri 00:00 until Sat 00:00"));
    work.command("Ubo", "/out", Workspace::rich("back"));
    CHECK(contains(work.answer(), "Called off. You are not out."));
    work.command("Ubo", "/out", {});
    CHECK(contains(work.answer(), "You are not out, and nothing is planned."));
    CHECK(contains(work.answer(), "Try: `/out fri..mon delegate @name because of a journey`"));
}

TEST_CASE("out: a delegate must be somebody else who is there, and not the way round in a circle")
{
    Workspace work;
    const auto out = [&](const char* person, const char* typed) {
        work.command(person, "/out", Workspace::rich(typed));
        return work.answer();
    };
    CHECK(contains(out("Ubo", "today delegate @Ubo"), "You cannot answer in your own place."));
    CHECK(contains(out("Ubo", "today delegate @nobody"), "I know nobody called \"@nobody\"."));
    CHECK(contains(out("Ubo", "today delegate @nobody"), "Try: `/out today delegate @name`"));
    work.join("Ugone", "Gone", "Etc/UTC", MemberKind::person, true);
    CHECK(contains(out("Ubo", "today delegate @Ugone"), "Gone cannot be asked: the account is not active."));
    out("Ucy", "wed..fri delegate @Ubo");
    CHECK(contains(out("Ubo", "thu delegate @Ucy"),
                   "Cy is out then, and named you: it would go round in a circle."));
    out("Udi", "wed..fri");
    CHECK(contains(out("Ubo", "thu delegate @Udi"), "Di is out as well, from Wed 00:00 until Sat 00:00."));
    CHECK(work.count("SELECT count(*) FROM absences WHERE person = 'Ubo'") == 0);
    CHECK(contains(out("Ubo", "mon delegate @Ucy"), "You are out from now until Tue 00:00"));
    CHECK(contains(out("Ubo", "today..wed"), "You are out already, from now until Tue 00:00."));
    CHECK(work.count("SELECT count(*) FROM poisoned_inputs") == 0);
}

TEST_CASE("out: the button on the answer ends it")
{
    Workspace work;
    work.command("Ubo", "/out", Workspace::rich("today..fri"));
    SeenMessage answer;
    answer.now = work.answers.back().notice;
    work.press("Ubo", answer, "back_now");
    CHECK(work.count("SELECT count(*) FROM absences WHERE state != 3") == 0);
}
