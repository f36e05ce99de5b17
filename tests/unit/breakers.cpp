// Circuit breakers: who does not answer three calls in a row is passed over for a working day, where somebody
// comes after them; a route on which nobody is reached is gone round.
#include "bot/escalation/breaker.hpp"
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

/// Bo at once, then Cy, both within a quarter of an hour; the way round asks Di.
Settings with_breakers()
{
    Settings settings = straight_settings();
    settings.dead_letter_owner = UserId{"Udi"};
    Route route;
    route.name = "incident";
    route.about = "The shop is down";
    route.priority = Priority::now;
    route.steps.emplace_back().targets = {UserId{"Ubo"}};
    RouteStep& second = route.steps.emplace_back();
    second.delay = 1min;
    second.targets = {UserId{"Ucy"}};
    settings.routes.emplace(route.name, route);
    Route round;
    round.name = "default";
    round.steps.emplace_back().targets = {UserId{"Udi"}};
    settings.routes.emplace(round.name, round);
    return settings;
}

void escalate(Workspace& workspace, const std::string& typed)
{
    workspace.command("Uann", "/escalate", Workspace::rich(typed));
}

/// Bo lets the call pass, Cy takes it.
void let_pass(Workspace& workspace)
{
    escalate(workspace, "incident it is down");
    workspace.advance(20min);
    workspace.press("Ucy", workspace.last_to("Ucy"), "done");
    workspace.advance(1min);
}

std::size_t calls_to(const Workspace& workspace, const char* person)
{
    std::size_t count = 0;
    for (const SeenMessage& message : workspace.to(person)) {
        if (message.first.kind == NoticeKind::escalation) ++count;
    }
    return count;
}

Instant at(const char* text)
{
    return utc(text);
}

}  // namespace

TEST_CASE("breaker: three misses in a row open it, and the one try after its time decides")
{
    Breaker breaker;
    const Instant now = at("2026-03-02 10:00");
    breaker = missed(breaker, now + 24h);
    breaker = missed(breaker, now + 24h);
    CHECK_FALSE(is_open(breaker, now));
    breaker = missed(breaker, now + 24h);
    CHECK(is_open(breaker, now));
    CHECK(is_open(breaker, now + 24h - 1s));
    CHECK_FALSE(is_open(breaker, now + 24h));
    CHECK(called(breaker, now + 23h, now + 99h) == breaker);
    breaker = called(breaker, now + 24h, now + 48h);
    CHECK(is_open(breaker, now + 24h));
    breaker = missed(breaker, now + 72h);
    CHECK(is_open(breaker, now + 71h));
}

TEST_CASE(
    "breaker: who let three calls pass is not called for a working day, hears of it alone, and is tried again")
{
    Workspace workspace{with_breakers()};
    let_pass(workspace);
    let_pass(workspace);
    const std::size_t before = calls_to(workspace, "Ubo");
    let_pass(workspace);
    const std::size_t after = calls_to(workspace, "Ubo");
    CHECK(after > before);
    CHECK(
        text_of(workspace.last_to("Ubo").now) ==
        "Three calls in a row found you busy elsewhere. Until Tue 10:57 (your time), the next ones go straight to "
        "whoever comes after you, where somebody does.\n"
        "~ Only you see this. An answer of yours to anything ends it, too.\n"
        "[Call me again]\n");

    escalate(workspace, "incident once more");
    workspace.advance(5s);
    CHECK(calls_to(workspace, "Ubo") == after);
    CHECK(text_of(workspace.last_to("Ucy").now).find("once more") != std::string::npos);
    CHECK(text_of(workspace.to("Uann").back().now).find("Bo") == std::string::npos);

    SUBCASE("after it")
    {
        workspace.press("Ucy", workspace.last_to("Ucy"), "done");
        workspace.advance_to(at("2026-03-03 12:00"));
        escalate(workspace, "incident the next day");
        CHECK(calls_to(workspace, "Ubo") == after + 1);
    }
    SUBCASE("and at once when they say so")
    {
        workspace.press("Ucy", workspace.last_to("Ucy"), "done");
        workspace.press("Ubo", workspace.last_to("Ubo"), "call_me_again");
        CHECK(workspace.answer() == "You are called again from now on.\n");
        escalate(workspace, "incident and again");
        CHECK(calls_to(workspace, "Ubo") == after + 1);
    }
    SUBCASE("or have answered anything else")
    {
        workspace.press("Ucy", workspace.last_to("Ucy"), "done");
        workspace.ack("Ucy", "@Ubo please read");
        workspace.ackd("Ubo", "got 5");
        escalate(workspace, "incident and again");
        CHECK(calls_to(workspace, "Ubo") == after + 1);
    }
    SUBCASE("but where nobody comes after them, they are called all the same")
    {
        workspace.join("Ucy", "Cy", "Etc/UTC", MemberKind::person, true);
        escalate(workspace, "incident nobody else");
        workspace.advance(1min);
        CHECK(calls_to(workspace, "Ubo") > after);
    }
}

TEST_CASE("breaker: an answer in between begins the count anew")
{
    Workspace workspace{with_breakers()};
    let_pass(workspace);
    let_pass(workspace);
    escalate(workspace, "incident it is down");
    workspace.press("Ubo", workspace.last_to("Ubo"), "done");
    workspace.advance(1min);
    let_pass(workspace);
    const std::size_t before = calls_to(workspace, "Ubo");
    escalate(workspace, "incident it is down");
    CHECK(calls_to(workspace, "Ubo") == before + 1);
}

TEST_CASE("breaker: a route on which nobody was reached three times is gone round until somebody is")
{
    Workspace workspace{with_breakers()};
    for (int count = 0; count < 3; ++count) {
        escalate(workspace, "incident it is down");
        workspace.advance(2h);
    }
    CHECK(workspace.count("SELECT count(*) FROM obligations WHERE state = 7") == 3);
    const bool is_owner_told = [&] {
        for (const SeenMessage& message : workspace.to("Udi")) {
            if (text_of(message.now)
                    .find("The route incident found nobody three times in a row. What is raised on "
                          "it goes along default until") == 0)
                return true;
        }
        return false;
    }();
    CHECK(is_owner_told);
    escalate(workspace, "incident and now");
    CHECK(calls_to(workspace, "Udi") == 1);
    CHECK(text_of(workspace.last_to("Udi").now).find("default") != std::string::npos);
}
