// The chat's do-not-disturb: what is kept of it, and that nobody is asked in it.
#include "bot/people/do_not_disturb.hpp"

#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

TimeSpan span(const char* from, const char* until)
{
    return {utc(from), utc(until)};
}

DoNotDisturbChanged told(const char* person, const char* from, const char* until, Instant told_at = {})
{
    return {UserId{person}, utc(from), utc(until), told_at};
}

/// Told one after the other, each when the one before is over, to somebody who works from 9 to 17: whether
/// each of them is obeyed.
std::vector<bool> obeyed(const std::vector<TimeSpan>& spans)
{
    const WorkingHours hours{"Etc/UTC"};
    std::optional<DoNotDisturb> known;
    std::vector<bool> each;
    Instant told_at = utc("2026-03-02 06:00");
    for (const TimeSpan& next : spans) {
        known = do_not_disturb_after(known, next, told_at, hours);
        REQUIRE(known);
        CHECK(known->span == next);
        each.push_back(known->is_obeyed);
        told_at = next.until;
    }
    return each;
}

using Each = std::vector<bool>;

std::vector<Instant> nudges_to(Workspace& work, const char* person)
{
    std::vector<Instant> at;
    for (const SeenMessage& message : work.to(person)) {
        if (message.first.kind == NoticeKind::nudge) at.push_back(message.posted_at);
    }
    return at;
}

using Instants = std::vector<Instant>;

}  // namespace

TEST_CASE("do-not-disturb: what the chat told last holds, and what it told before is old news")
{
    const WorkingHours hours{"Etc/UTC"};
    const Instant ten = utc("2026-03-02 10:00");
    const auto first = do_not_disturb_after({}, span("2026-03-02 11:00", "2026-03-02 14:00"), ten, hours);
    REQUIRE(first);
    CHECK(first->told_at == ten);
    CHECK_FALSE(do_not_disturb_after(first, {}, ten - 1s, hours));

    const auto off = do_not_disturb_after(first, {}, ten + 1s, hours);
    REQUIRE(off);
    CHECK(off->span.from == off->span.until);
    CHECK_FALSE(do_not_disturb_after(off, first->span, ten, hours));
    CHECK(do_not_disturb_after(off, first->span, ten + 2s, hours)->span == first->span);
}

TEST_CASE("do-not-disturb: of people who have none nothing is kept")
{
    const WorkingHours hours{"Etc/UTC"};
    const Instant ten = utc("2026-03-02 10:00");
    CHECK_FALSE(do_not_disturb_after({}, {}, ten, hours));
    CHECK_FALSE(do_not_disturb_after({}, span("2026-03-02 08:00", "2026-03-02 10:00"), ten, hours));
}

TEST_CASE("do-not-disturb: what nobody can have chosen counts as none")
{
    const WorkingHours hours{"Etc/UTC"};
    const Instant ten = utc("2026-03-02 10:00");
    CHECK(do_not_disturb_after({}, span("2026-03-02 11:00", "2026-04-02 11:00"), ten, hours));
    CHECK_FALSE(do_not_disturb_after({}, span("2026-03-02 11:00", "2026-04-02 11:01"), ten, hours));
    CHECK_FALSE(do_not_disturb_after({}, span("2026-03-02 14:00", "2026-03-02 11:00"), ten, hours));
}

TEST_CASE("do-not-disturb: spans without working time between them are obeyed until they took a working day")
{
    struct Row {
        const char* what;
        std::vector<TimeSpan> spans;
        Each expected;
    };
    const Row rows[] = {
        {"every night",
         {span("2026-03-02 22:00", "2026-03-03 08:00"),
          span("2026-03-03 22:00", "2026-03-04 08:00"),
          span("2026-03-04 22:00", "2026-03-05 08:00")},
         {true, true, true}},
        {"every lunch",
         {span("2026-03-02 12:00", "2026-03-02 13:00"), span("2026-03-03 12:00", "2026-03-03 13:00")},
         {true, true}},
        {"the whole of every day",
         {span("2026-03-02 08:00", "2026-03-02 18:00"),
          span("2026-03-03 08:00", "2026-03-03 18:00"),
          span("2026-03-04 08:00", "2026-03-04 18:00")},
         {true, false, false}},
        {"all the time",
         {span("2026-03-02 08:00", "2026-03-03 08:00"), span("2026-03-03 08:00", "2026-03-04 08:00")},
         {true, false}},
        {"half a day after half a day",
         {span("2026-03-02 09:00", "2026-03-02 13:00"),
          span("2026-03-02 13:00", "2026-03-02 17:00"),
          span("2026-03-03 09:00", "2026-03-03 13:00")},
         {true, true, false}},
        {"a minute is left: it begins anew",
         {span("2026-03-02 08:00", "2026-03-02 18:00"), span("2026-03-03 09:01", "2026-03-03 18:00")},
         {true, true}},
        {"a week by itself, then every night",
         {span("2026-03-02 08:00", "2026-03-09 09:00"), span("2026-03-09 22:00", "2026-03-10 08:00")},
         {true, true}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.what);
        CHECK(obeyed(row.spans) == row.expected);
    }
}

TEST_CASE("do-not-disturb: told again, or still told when it is over, a span stays what it was")
{
    const WorkingHours hours{"Etc/UTC"};
    const TimeSpan monday = span("2026-03-02 08:00", "2026-03-02 18:00");
    const TimeSpan tuesday = span("2026-03-03 08:00", "2026-03-03 18:00");
    auto known = do_not_disturb_after({}, monday, utc("2026-03-02 06:00"), hours);
    known = do_not_disturb_after(known, monday, utc("2026-03-02 12:00"), hours);
    REQUIRE(known);
    CHECK(known->is_obeyed);
    CHECK_FALSE(do_not_disturb_after(known, monday, utc("2026-03-02 18:00"), hours));
    known = do_not_disturb_after(known, tuesday, utc("2026-03-02 18:05"), hours);
    REQUIRE(known);
    CHECK_FALSE(known->is_obeyed);
    known = do_not_disturb_after(known, tuesday, utc("2026-03-03 12:00"), hours);
    CHECK_FALSE(known->is_obeyed);
}

TEST_CASE("do-not-disturb: a nudge that is due in it waits for its end, and the clock stands still")
{
    Workspace work;
    work.ack("Uann", "@Ubo please read");  // nudges at 11:30 and 12:00
    work.take(told("Ubo", "2026-03-02 11:00", "2026-03-02 14:00"));
    work.advance_to(utc("2026-03-02 14:29"));
    CHECK(work.to("Ubo").empty());
    work.advance_to(utc("2026-03-02 15:00"));
    CHECK(nudges_to(work, "Ubo") == Instants{utc("2026-03-02 14:30"), utc("2026-03-02 15:00")});
}

TEST_CASE("do-not-disturb: whoever is asked in it has their whole time from its end on")
{
    Workspace work;
    work.take(told("Ubo", "2026-03-02 10:00", "2026-03-02 14:00"));
    work.ack("Uann", "@Ubo please read");
    work.advance_to(utc("2026-03-02 17:00"));
    CHECK(nudges_to(work, "Ubo") == Instants{utc("2026-03-02 15:30"), utc("2026-03-02 16:00")});
}

TEST_CASE("do-not-disturb: over, and the next day's told, the clock has stood still all the same")
{
    Workspace work;
    work.take(told("Ubo", "2026-03-02 11:00", "2026-03-02 14:00"));
    work.ack("Uann", "@Ubo please read");
    work.advance_to(utc("2026-03-02 14:01"));
    work.take(told("Ubo", "2026-03-03 11:00", "2026-03-03 14:00"));
    work.advance_to(utc("2026-03-02 17:00"));
    CHECK(nudges_to(work, "Ubo") == Instants{utc("2026-03-02 14:30"), utc("2026-03-02 15:00")});
}

TEST_CASE("do-not-disturb: what has passed is kept where it took working time, for a month")
{
    Workspace work;
    const auto kept = [&] { return work.count("SELECT count(*) FROM do_not_disturb_past"); };
    work.take(told("Ubo", "2026-03-02 22:00", "2026-03-03 08:00"));
    work.advance_to(utc("2026-03-03 08:00"));
    work.take(told("Ubo", "2026-03-03 11:00", "2026-03-03 12:00"));
    CHECK(kept() == 0);
    work.advance_to(utc("2026-03-03 11:30"));
    work.take(told("Ubo", "2026-03-03 11:00", "2026-03-03 12:00"));
    CHECK(kept() == 0);
    work.take(DoNotDisturbChanged{UserId{"Ubo"}, {}, {}, {}});
    CHECK(kept() == 1);
    work.advance_to(utc("2026-04-03 11:00"));
    CHECK(kept() == 1);
    work.advance_to(utc("2026-04-04 12:00"));
    CHECK(kept() == 0);
}

TEST_CASE("do-not-disturb: priority now passes")
{
    Workspace work;
    work.take(told("Ubo", "2026-03-02 09:00", "2026-03-02 17:00"));
    work.ack("Uann", "@Ubo !now restart it, please");
    work.advance_to(utc("2026-03-02 10:06"));
    REQUIRE_FALSE(work.to("Ubo").empty());
    CHECK(work.to("Ubo").front().posted_at < utc("2026-03-02 10:06"));
}

TEST_CASE("do-not-disturb: no digest comes in it, and what it would have said comes with the next")
{
    Workspace work{Settings{}, utc("2026-03-02 09:40")};
    work.take(told("Ubo", "2026-03-02 12:00", "2026-03-02 14:00"));
    work.ack("Uann", "@Ubo !fyi the plan has changed");
    work.advance_to(utc("2026-03-02 16:29"));
    CHECK(work.to("Ubo").empty());
    work.advance_to(utc("2026-03-02 16:30"));
    CHECK(work.to("Ubo").size() == 1);
}

TEST_CASE("do-not-disturb: whoever comes back from an absence into it is welcomed at its end")
{
    Workspace work;
    work.ack("Uann", "@Ubo please read");
    work.command("Ubo", "/out", {Words{"today"}});
    work.advance_to(utc("2026-03-03 08:30"));
    work.take(told("Ubo", "2026-03-03 08:30", "2026-03-03 11:00"));
    work.advance_to(utc("2026-03-03 11:30"));
    REQUIRE_FALSE(work.to("Ubo").empty());
    CHECK(work.to("Ubo").front().posted_at == utc("2026-03-03 11:00"));
}

TEST_CASE("do-not-disturb: switched off, the clock goes on from there")
{
    Workspace work;
    work.ack("Uann", "@Ubo please read");
    work.take(told("Ubo", "2026-03-02 11:00", "2026-03-02 16:00"));
    work.advance_to(utc("2026-03-02 12:00"));
    CHECK(work.to("Ubo").empty());
    work.take(DoNotDisturbChanged{UserId{"Ubo"}, {}, {}, {}});
    work.advance_to(utc("2026-03-02 17:00"));
    CHECK(nudges_to(work, "Ubo") == Instants{utc("2026-03-02 12:30"), utc("2026-03-02 13:00")});
}

TEST_CASE("do-not-disturb: switched off, what was held back on its way goes at once")
{
    Workspace work;
    work.ack("Uann", "@Ubo please read");
    bool is_chat_there = false;
    work.instead = [&](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* post = std::get_if<PostMessage>(&delivery.effect);
        if (is_chat_there || post == nullptr || post->person.empty()) return std::nullopt;
        return Fault{FaultKind::temporary, "fatal_error"};
    };
    work.advance_to(utc("2026-03-02 11:30"));
    work.take(told("Ubo", "2026-03-02 11:30", "2026-03-02 14:00"));
    is_chat_there = true;
    work.advance_to(utc("2026-03-02 12:00"));
    REQUIRE(nudges_to(work, "Ubo").empty());
    work.take(DoNotDisturbChanged{UserId{"Ubo"}, {}, {}, {}});
    CHECK(nudges_to(work, "Ubo") == Instants{utc("2026-03-02 12:00")});
}

TEST_CASE("do-not-disturb: what comes late undoes nothing")
{
    Workspace work;
    work.ack("Uann", "@Ubo please read");
    work.take(told("Ubo", "2026-03-02 11:00", "2026-03-02 14:00", utc("2026-03-02 09:50")));
    work.take(DoNotDisturbChanged{UserId{"Ubo"}, {}, {}, utc("2026-03-02 09:40")});
    work.advance_to(utc("2026-03-02 13:59"));
    CHECK(work.to("Ubo").empty());
}

TEST_CASE("do-not-disturb: a chat whose clock is ahead does not make what it tells next old news")
{
    Workspace work;
    work.take(told("Ubo", "2026-03-02 11:00", "2026-03-02 14:00", utc("2026-03-02 10:30")));
    work.take(DoNotDisturbChanged{UserId{"Ubo"}, {}, {}, utc("2026-03-02 10:00")});
    work.ack("Uann", "@Ubo please read");
    work.advance_to(utc("2026-03-02 11:30"));
    CHECK(nudges_to(work, "Ubo").size() == 1);
}

TEST_CASE("do-not-disturb: listed, it is obeyed as if each had been told alone")
{
    Workspace work;
    work.ack("Uann", "@Ubo @Ucy please read");
    DoNotDisturbListed listed;
    listed.people.push_back(told("Ubo", "2026-03-02 11:00", "2026-03-02 14:00"));
    listed.people.push_back(DoNotDisturbChanged{UserId{"Ucy"}, {}, {}, {}});
    work.take(std::move(listed));
    work.advance_to(utc("2026-03-02 13:59"));
    CHECK(work.to("Ubo").empty());
    CHECK(nudges_to(work, "Ucy").size() == 2);
}

TEST_CASE("do-not-disturb: of whoever cannot be asked nothing is kept")
{
    Workspace work;
    work.join("Urobot", "Robot", "Etc/UTC", MemberKind::bot);
    work.join("Ueve", "Eve", "Etc/UTC", MemberKind::person, true);
    for (const char* person : {"Urobot", "Ueve"})
        work.take(told(person, "2026-03-02 11:00", "2026-03-02 14:00"));
    CHECK(work.count("SELECT count(*) FROM do_not_disturb") == 0);
    work.take(told("Ubo", "2026-03-02 11:00", "2026-03-02 14:00"));
    CHECK(work.count("SELECT count(*) FROM do_not_disturb") == 1);
}
