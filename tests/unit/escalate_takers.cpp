// Where one who takes what was raised is not enough: two of a step, or all who are on it.
#include "bot/escalation/raise.hpp"
#include "tests/unit/alert_desk.hpp"
#include "tests/unit/incident_desk.hpp"

#include <doctest/doctest.h>

#include <algorithm>
using namespace ackd;
using namespace std::chrono_literals;

namespace {

/// Bo, Cy and Eve are asked first, then Di.
Settings needing(int needed)
{
    Route route = incident();
    route.steps.front().targets.emplace_back(UserId{"Ueve"});
    route.steps.front().needed = needed;
    return raising(route);
}

/// Eve is here, too.
struct NeedyWorkspace : Workspace {
    explicit NeedyWorkspace(int needed) : Workspace(needing(needed)) { join("Ueve", "Eve"); }
};

void take(Workspace& workspace, const char* person)
{
    workspace.press(person, workspace.last_to(person), "got_it");
    workspace.advance(5s);
}

std::string raised_shows(const Workspace& workspace)
{
    return text_of(workspace.to("Uann").front().now);
}

std::size_t calls_to(const Workspace& workspace, const char* person)
{
    const std::string times = asked(workspace, person);
    return times.empty() ? 0 : static_cast<std::size_t>(std::count(times.begin(), times.end(), ' ')) + 1;
}

}  // namespace

TEST_CASE("needed: whoever has not taken it goes on being asked, without another message, until two have it")
{
    NeedyWorkspace workspace{2};
    escalate(workspace, "Uann", "incident the shop is down");
    CHECK(has(raised_shows(workspace), "⏳ Bo · Cy · Eve are asked. 2 of them are needed."));

    take(workspace, "Ubo");
    CHECK(said_to(workspace, "Uann") == "✅ Bo has it, 1 of 2.\n> the shop is down\n");
    CHECK(has(raised_shows(workspace), "✅ Bo has it, since Mon 10:00 (your time).\n"));
    CHECK(has(raised_shows(workspace), "⏳ Cy · Eve are asked. 1 more is needed."));
    CHECK(has(said_to(workspace, "Ucy"), "1 of 2 have it: Bo."));
    CHECK(has(said_to(workspace, "Ucy"), "[I have it]"));
    CHECK_FALSE(has(said_to(workspace, "Ubo"), "[I have it]"));
    CHECK(calls_to(workspace, "Ucy") == 1);

    take(workspace, "Ucy");
    CHECK(said_to(workspace, "Uann") == "✅ Cy has it, 2 of 2.\n> the shop is down\n");
    CHECK(has(said_to(workspace, "Ueve"), "Nothing for you to do"));
    workspace.advance(3h);
    CHECK(calls_to(workspace, "Ueve") == 1);
    CHECK(workspace.to("Udi").empty());
}

TEST_CASE("needed: the clock of the step goes on, and the next step is asked for the one who is missing")
{
    NeedyWorkspace workspace{2};
    escalate(workspace, "Uann", "incident the shop is down");
    workspace.advance(3min);
    take(workspace, "Ubo");
    workspace.advance(6min);
    CHECK(asked(workspace, "Ucy") == "10:00 10:05");
    workspace.advance(20min);
    CHECK(asked(workspace, "Udi") == "10:25");
    CHECK(asked(workspace, "Ubo") == "10:00");
    take(workspace, "Udi");
    CHECK(has(said_to(workspace, "Uann"), "✅ Di has it, 2 of 2."));
}

TEST_CASE("needed: nobody else takes it, and who decides hears that one of two has it")
{
    NeedyWorkspace workspace{2};
    escalate(workspace, "Uann", "incident the shop is down");
    take(workspace, "Ubo");
    workspace.advance(2h);
    CHECK(has(raised_shows(workspace), "✅ Bo has it"));
    CHECK(has(raised_shows(workspace), "Nobody else on the route incident could be reached. Di decides"));
    CHECK(has(said_to(workspace, "Udi"), "1 of 2 have taken this; nobody else on the route incident has."));
}

TEST_CASE("needed: all who are on the step, as many as they are")
{
    NeedyWorkspace workspace{needed_all};
    escalate(workspace, "Uann", "incident the shop is down");
    take(workspace, "Ubo");
    take(workspace, "Ucy");
    CHECK(has(said_to(workspace, "Uann"), "✅ Cy has it, 2 of 3."));
    take(workspace, "Ueve");
    CHECK(has(said_to(workspace, "Uann"), "✅ Eve has it, 3 of 3."));
    workspace.advance(3h);
    CHECK(workspace.to("Udi").empty());
}

TEST_CASE("needed: whoever says that it is done ends it for those who are still asked")
{
    NeedyWorkspace workspace{2};
    escalate(workspace, "Uann", "incident the shop is down");
    take(workspace, "Ubo");
    workspace.press("Ubo", workspace.last_to("Ubo"), "done");
    workspace.advance(5s);
    CHECK(workspace.states() == "Ubo integrated, Ucy withdrawn");
    CHECK(has(said_to(workspace, "Ucy"), "Nothing for you to do"));
    CHECK(has(raised_shows(workspace), "✅ Bo says that it is done."));
    CHECK_FALSE(has(raised_shows(workspace), "called off"));
    workspace.advance(3h);
    CHECK(calls_to(workspace, "Ucy") == 1);
    CHECK(workspace.to("Udi").empty());
}

TEST_CASE("needed: who cannot is not counted, and when nobody else is on the step the next one follows")
{
    NeedyWorkspace workspace{3};
    escalate(workspace, "Uann", "incident the shop is down");
    workspace.press("Ucy", workspace.last_to("Ucy"), "not_me");
    workspace.press("Ueve", workspace.last_to("Ueve"), "not_me");
    workspace.advance(5s);
    take(workspace, "Ubo");
    CHECK(has(said_to(workspace, "Uann"), "✅ Bo has it, 1 of 3."));
    workspace.advance(11min);
    CHECK(asked(workspace, "Udi") == "10:10");
    CHECK(calls_to(workspace, "Ucy") == 1);
}

TEST_CASE("needed: given back while others are asked, it stays with them")
{
    NeedyWorkspace workspace{2};
    escalate(workspace, "Uann", "incident the shop is down");
    take(workspace, "Ubo");
    workspace.ackd("Ubo", "undo 1");
    workspace.advance(5s);
    CHECK(workspace.states() == "Ubo withdrawn, Ucy escalated");
    CHECK(has(said_to(workspace, "Ubo"), "others are asked for it"));
    take(workspace, "Ucy");
    CHECK(has(said_to(workspace, "Uann"), "✅ Cy has it, 1 of 2."));
    // Of those on the step, Bo is one of the two who can still be asked.
    workspace.advance(2min);
    CHECK(has(raised_shows(workspace), "⏳ Bo · Eve are asked. 1 more is needed."));
}

TEST_CASE(
    "needed: of an alert, whoever takes it second takes it with the first, on its message in the channel")
{
    Settings settings = with_source();
    Route& route = settings.routes.at("default");
    route.steps.front().targets.emplace_back(UserId{"Ucy"});
    route.steps.front().needed = 2;
    AlertDesk desk{settings};
    desk.fires("disk");
    desk.settle();
    desk.press("Ubo", desk.in("Cops").front(), "take_alerts");
    desk.settle();
    CHECK(contains(desk.shown(), "✅ Bo has it, since {2026-03-02 10:00 UTC} · ⏳ Asked: Cy\n[Acknowledge]"));
    CHECK(desk.states() == "Ubo received, Ucy escalated");
    desk.press("Udi", desk.in("Cops").front(), "take_alerts");
    desk.settle();
    CHECK(desk.states() == "Ubo received, Ucy received");
    CHECK(contains(desk.shown(), "✅ Bo has it, since {2026-03-02 10:00 UTC}\n[Resolve]"));
    desk.is_over("disk");
    CHECK(desk.open_requests() == 0);
}

TEST_CASE("needed: nobody counts twice, wherever they say it")
{
    Settings settings = needing(2);
    settings.routes.at("incident").steps.front().targets.emplace_back(ChannelId{"Cops"});
    Workspace workspace{settings};
    workspace.join("Ueve", "Eve");
    escalate(workspace, "Uann", "incident the shop is down");
    const SeenMessage in_channel = workspace.in("Cops").front();
    workspace.press("Ubo", in_channel, "got_it");
    workspace.advance(5s);
    CHECK(workspace.states() == "Ubo received, Ucy escalated");
    workspace.press("Ubo", workspace.in("Cops").front(), "got_it");
    CHECK(contains(workspace.answer(), "✅ You have it · 1 of 2 received."));
    workspace.react("Ubo", workspace.in("Cops").front().ref, "eyes");
    workspace.ackd("Ubo", "got 1");
    CHECK(workspace.states() == "Ubo received, Ucy escalated");
    workspace.press("Udi", workspace.in("Cops").front(), "got_it");
    CHECK(workspace.states() == "Ubo received, Ucy received");
    CHECK(has(raised_shows(workspace), "✅ Di has it"));
}

TEST_CASE("needed: who cannot after all leaves it to those who are asked")
{
    NeedyWorkspace workspace{2};
    escalate(workspace, "Uann", "incident the shop is down");
    take(workspace, "Ubo");
    workspace.ackd("Ubo", "cant 1");
    workspace.advance(1min);
    CHECK(workspace.states() == "Ubo declined, Ucy escalated");
    CHECK(workspace.to("Udi").empty());
    take(workspace, "Ucy");
    CHECK(workspace.states() == "Ubo declined, Ucy received, Ueve escalated");
    CHECK(has(said_to(workspace, "Uann"), "✅ Cy has it, 1 of 2."));
}

TEST_CASE("needed: done is done for everybody who has it, and whoever is told outside hears that it is over")
{
    Settings settings = needing(2);
    Destination pager;
    pager.name = "pager";
    pager.address = "https://pager.example.com/";
    settings.destinations.push_back(pager);
    settings.routes.at("incident").steps.front().destinations = {"pager"};
    Workspace workspace{settings};
    workspace.join("Ueve", "Eve");
    escalate(workspace, "Uann", "incident the shop is down");
    take(workspace, "Ubo");
    take(workspace, "Ucy");
    workspace.press("Ubo", workspace.last_to("Ubo"), "done");
    workspace.advance(5s);
    CHECK(workspace.states() == "Ubo integrated, Ucy withdrawn");
    CHECK(workspace.request().state == RequestState::complete);
    std::string told;
    for (const TellOutside& each : workspace.told_outside) told += each.message.event + " ";
    CHECK(told == "raised acknowledged resolved ");
    workspace.advance(100h);
    CHECK(workspace.to("Udi").empty());
    CHECK(calls_to(workspace, "Ueve") == 1);
}

TEST_CASE("needed: given back when both had it, the step is asked for one more, and not who has it")
{
    NeedyWorkspace workspace{2};
    escalate(workspace, "Uann", "incident the shop is down");
    take(workspace, "Ucy");
    take(workspace, "Ubo");
    CHECK(workspace.states() == "Ubo received, Ubo received");
    workspace.ackd("Ucy", "undo 1");
    workspace.advance(5s);
    CHECK(workspace.states() == "Ubo withdrawn, Ubo received, Ucy escalated");
    CHECK(calls_to(workspace, "Ubo") == 1);
    take(workspace, "Ueve");
    CHECK(has(said_to(workspace, "Uann"), "✅ Eve has it, 2 of 2."));
}

TEST_CASE("needed: who said that they cannot is not asked again when the steps are taken once more")
{
    Route route = incident(1);
    route.steps.resize(1);
    route.steps.front().needed = 2;
    Workspace workspace{raising(route)};
    escalate(workspace, "Uann", "incident the shop is down");
    workspace.press("Ucy", workspace.last_to("Ucy"), "not_me");
    workspace.advance(5s);
    take(workspace, "Ubo");
    workspace.advance(2h);
    CHECK(calls_to(workspace, "Ucy") == 1);
}

TEST_CASE("needed: more than there are people is as many as there are")
{
    NeedyWorkspace workspace{7};
    escalate(workspace, "Uann", "incident the shop is down");
    CHECK(has(raised_shows(workspace), "3 of them are needed."));
}

TEST_CASE("needed: what was frozen stays when the policy asks for fewer")
{
    NeedyWorkspace workspace{2};
    escalate(workspace, "Uann", "incident the shop is down");
    workspace.engine.replace_settings(needing(1));
    take(workspace, "Ubo");
    CHECK(has(said_to(workspace, "Uann"), "✅ Bo has it, 1 of 2."));
}

TEST_CASE("needed: any, all, or a number, as people write it")
{
    CHECK(parse_needed("any") == 1);
    CHECK(parse_needed(" All ") == needed_all);
    CHECK(parse_needed("3") == 3);
    for (const int needed : {1, needed_all, 2, route_needed_max})
        CHECK(parse_needed(needed_text(needed)) == needed);
    for (const char* text : {"", "0", "-1", "101", "some", "2 of 3", "1e3"}) CHECK_FALSE(parse_needed(text));
}
