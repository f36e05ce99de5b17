// When people may be reached outside their working hours: the sentence, the instants, and what becomes of
// what is raised at night.
#include "bot/people/off_hours.hpp"

#include "bot/people/availability.hpp"
#include "tests/unit/incident_desk.hpp"

#include <doctest/doctest.h>
using namespace ackd;
using namespace std::chrono_literals;

namespace {

OffHours sentence(std::string_view text)
{
    std::string problem;
    const auto parsed = parse_off_hours(text, problem);
    REQUIRE_MESSAGE(parsed, problem);
    return *parsed;
}

Instant next(std::string_view text, const WorkingHours& hours, const char* at)
{
    return next_reachable_instant(sentence(text), hours, utc(at));
}

/// The route for incidents, with what it says of off hours.
Settings reaching(std::string_view off_hours)
{
    Route route = incident();
    route.off_hours = sentence(off_hours);
    return raising(route);
}

}  // namespace

TEST_CASE("off hours: a sentence is written as it is read")
{
    CHECK(to_text(sentence("never")) == "never");
    CHECK(to_text(sentence(" Always ")) == "always");
    CHECK(to_text(sentence("mon-sun 7-22")) == "Mon-Sun 07:00-22:00");
    CHECK(to_text(sentence("Mon-Fri 7:00-22:00; Sat 9-12; not on holidays")) ==
          "Mon-Fri 07:00-22:00; Sat 09:00-12:00; not on holidays");
    CHECK(to_text(sentence("Mon-Sun 7-22, Not on holidays")) == "Mon-Sun 07:00-22:00; not on holidays");
}

TEST_CASE("off hours: what is no such sentence says what one would be")
{
    for (const char* text :
         {"", "sometimes", "not on holidays", "Mon-Fri", "7-22", "always; not on holidays"}) {
        std::string problem;
        CHECK_FALSE(parse_off_hours(text, problem));
        CHECK(problem.starts_with(
            "off hours are \"never\", \"always\", or hours such as Mon-Fri 7:00-22:00: "));
    }
}

TEST_CASE("off hours: people are reached at work, and within the hours besides, by their own clock")
{
    const WorkingHours berlin{"Europe/Berlin"};
    // Tuesday, one in the morning in Berlin.
    CHECK(next("never", berlin, "2026-03-03 00:00") == utc("2026-03-03 08:00"));
    CHECK(next("always", berlin, "2026-03-03 00:00") == utc("2026-03-03 00:00"));
    CHECK(next("Mon-Sun 07:00-22:00", berlin, "2026-03-03 00:00") == utc("2026-03-03 06:00"));
    CHECK(next("Mon-Sun 07:00-22:00", berlin, "2026-03-03 20:59") == utc("2026-03-03 20:59"));
    CHECK(next("Mon-Sun 07:00-22:00", berlin, "2026-03-03 21:00") == utc("2026-03-04 06:00"));
    // Hours that lie apart from those of work: whichever come first.
    CHECK(next("Mon-Fri 20-22", berlin, "2026-03-03 17:00") == utc("2026-03-03 19:00"));
    CHECK(next("Mon-Fri 20-22", berlin, "2026-03-03 22:00") == utc("2026-03-04 08:00"));
    CHECK(next("Sat, Sun 10-18", berlin, "2026-03-07 08:00") == utc("2026-03-07 09:00"));
    // The night in which the clocks go forward.
    CHECK(next("Mon-Sun 07:00-22:00", berlin, "2026-03-29 00:00") == utc("2026-03-29 05:00"));
}

TEST_CASE("off hours: a holiday counts where the sentence says so, an absence always")
{
    WorkCalendar calendar;
    calendar.holidays = {std::chrono::local_days{std::chrono::year{2026} / 3 / 3}};
    const WorkingHours hours{"Etc/UTC", "Etc/UTC", calendar};
    CHECK(next("Mon-Sun 07:00-22:00", hours, "2026-03-03 12:00") == utc("2026-03-03 12:00"));
    CHECK(next("Mon-Sun 07:00-22:00; not on holidays", hours, "2026-03-03 12:00") == utc("2026-03-04 07:00"));
    CHECK(next("always", hours, "2026-03-03 12:00") == utc("2026-03-03 12:00"));
    calendar.away = {{utc("2026-03-03 00:00"), utc("2026-03-05 12:00")}};
    const WorkingHours away{"Etc/UTC", "Etc/UTC", calendar};
    CHECK(next("Mon-Sun 07:00-22:00", away, "2026-03-03 12:00") == utc("2026-03-05 12:00"));
}

TEST_CASE(
    "off hours: what is raised at night waits for the hours of its route, and its clock begins with the call")
{
    Workspace workspace{reaching("Mon-Sun 07:00-22:00"), utc("2026-03-03 02:00")};
    escalate(workspace, "Uann", "incident the shop is down");
    CHECK(workspace.to("Ubo").empty());
    const std::string shown = text_of(workspace.to("Uann").front().now);
    CHECK(has(shown, "⏳ Bo · Cy are asked on Tue 07:00 (your time)."));
    CHECK(has(shown, "If nobody takes it: Di is asked on Tue 07:25 (your time)."));
    workspace.advance_to(utc("2026-03-03 07:06"));
    CHECK(asked(workspace, "Ubo") == "07:00 07:05");
    CHECK(workspace.to("Udi").empty());
    workspace.advance_to(utc("2026-03-03 07:40"));
    CHECK(asked(workspace, "Udi").starts_with("07:25"));
}

TEST_CASE("off hours: at every priority the first call comes as soon as people may be reached")
{
    for (const Priority priority : {Priority::today, Priority::week}) {
        Route route = incident();
        route.priority = priority;
        route.off_hours = sentence("Mon-Sun 07:00-22:00");
        Workspace workspace{raising(route), utc("2026-03-07 10:00")};
        escalate(workspace, "Uann", "incident the shop is down");
        workspace.advance_to(utc("2026-03-07 10:05"));
        if (priority == Priority::today) CHECK(asked(workspace, "Ubo") == "10:00");
        // What is for this week comes with a digest, in their working time.
        if (priority == Priority::week) CHECK(workspace.to("Ubo").empty());
    }
}

TEST_CASE("off hours: a route that never reaches anybody off hours waits for work")
{
    Workspace workspace{reaching("never"), utc("2026-03-03 02:00")};
    escalate(workspace, "Uann", "incident the shop is down");
    workspace.advance_to(utc("2026-03-03 09:01"));
    CHECK(asked(workspace, "Ubo") == "09:00");
}

TEST_CASE(
    "off hours: whoever on the step may be reached is asked now, and the others with the next nudge they may get")
{
    Workspace workspace{reaching("Mon-Sun 07:00-22:00"), utc("2026-03-03 06:50")};
    workspace.join("Ucy", "Cy", "Europe/Berlin");
    escalate(workspace, "Uann", "incident the shop is down");
    workspace.advance_to(utc("2026-03-03 07:01"));
    CHECK(asked(workspace, "Ucy") == "06:50 06:55 07:00");
    CHECK(asked(workspace, "Ubo") == "07:00");
}

TEST_CASE("off hours: the route speaks of what is raised on it; what only follows it goes by its priority")
{
    Settings settings = reaching("always");
    settings.default_route = "incident";
    Workspace workspace{settings, utc("2026-03-02 16:00")};
    workspace.ack("Uann", "@Udi !today please read");
    workspace.advance_to(utc("2026-03-03 08:59"));
    for (const SeenMessage& message : workspace.to("Ubo")) CHECK(message.posted_at < utc("2026-03-02 17:00"));
    CHECK(workspace.request().priority == Priority::today);
    workspace.advance_to(utc("2026-03-03 16:00"));
    CHECK_FALSE(workspace.to("Ubo").empty());
}
