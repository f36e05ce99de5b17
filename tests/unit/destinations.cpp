// What is told outside the chat: by a step of a route, by what people do with alerts, by a test, by a
// heartbeat; and what becomes of what nobody took.
#include "bot/destinations/outside_handlers.hpp"
#include "tests/unit/alert_desk.hpp"
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

Destination pager()
{
    return {"pager", DestinationKind::webhook, "https://pager.example.com/in?key=secret"};
}

Destination alive()
{
    Destination destination{"alive", DestinationKind::heartbeat, "https://watch.example.com/ackd"};
    destination.every = 5min;
    return destination;
}

/// Bo at once, the pager ten minutes later, then Di.
Settings with_pager()
{
    Settings settings = straight_settings();
    settings.admins = {UserId{"Uann"}};
    settings.dead_letter_owner = UserId{"Uann"};
    settings.destinations = {pager()};
    Route route;
    route.name = "incident";
    route.about = "The shop is down";
    route.priority = Priority::now;
    route.playbook = "https://wiki.example.org/incident";
    route.steps.emplace_back().targets = {UserId{"Ubo"}};
    RouteStep& second = route.steps.emplace_back();
    second.delay = 10min;
    second.destinations = {"pager"};
    route.steps.emplace_back().targets = {UserId{"Udi"}};
    settings.routes.emplace(route.name, route);
    return settings;
}

void escalate(Workspace& workspace, const char* person, const std::string& typed)
{
    workspace.command(person, "/escalate", Workspace::rich(typed));
}

/// "raised request-1 · acknowledged request-1": all that was told outside.
std::string told(const Workspace& workspace)
{
    std::string text;
    for (const TellOutside& each : workspace.told_outside) {
        text += (text.empty() ? "" : " · ") + each.message.event;
        if (each.message.key != each.message.event) text += " " + each.message.key;
    }
    return text;
}

std::string said_to(const Workspace& workspace, const char* person)
{
    return workspace.to(person).empty() ? "" : text_of(workspace.last_to(person).now);
}

bool was_told(const Workspace& workspace, const char* person, const char* words)
{
    for (const SeenMessage& message : workspace.to(person)) {
        if (text_of(message.now).find(words) != std::string::npos) return true;
    }
    return false;
}

bool is_outside(const Delivery& delivery)
{
    return std::holds_alternative<TellOutside>(delivery.effect);
}

void refuse(Workspace& workspace, Fault fault)
{
    workspace.instead = [fault](const Delivery& delivery) {
        return is_outside(delivery) ? std::optional<EffectOutcome>{fault} : std::nullopt;
    };
}

}  // namespace

TEST_CASE("destination: a step tells it what was raised, and it hears who takes it and that it is over")
{
    Workspace workspace{with_pager()};
    escalate(workspace, "Uann", "incident the shop answers 500");
    workspace.advance(20min);
    CHECK(workspace.told_outside.empty());
    workspace.advance(10min);
    REQUIRE(told(workspace) == "raised request-1");
    const TellOutside& first = workspace.told_outside.front();
    CHECK(first.destination == pager());
    CHECK(first.message.title == "the shop answers 500");
    CHECK(first.message.text == "Raised by Ann on 2026-03-02 10:00 UTC.\n"
                                "Nobody has it yet. Whoever takes it says so in the chat.");
    CHECK(first.message.priority == "now");
    CHECK(first.message.link == "https://wiki.example.org/incident");
    CHECK(first.message.facts == std::vector<std::pair<std::string, std::string>>{
                                     {"request", "1"}, {"route", "incident"}, {"step", "2"}});

    workspace.press("Ubo", workspace.last_to("Ubo"), "got_it");
    workspace.advance(1min);
    CHECK(told(workspace) == "raised request-1 · acknowledged request-1");
    workspace.press("Ubo", workspace.last_to("Ubo"), "done");
    workspace.advance(1min);
    CHECK(told(workspace) == "raised request-1 · acknowledged request-1 · resolved request-1");
}

TEST_CASE("destination: it is called once, has its step's time, and the route goes on")
{
    Workspace workspace{with_pager()};
    escalate(workspace, "Uann", "incident the shop is down");
    workspace.advance(6h);
    CHECK(told(workspace) == "raised request-1 · given_up request-1");
    CHECK_FALSE(workspace.to("Udi").empty());
    CHECK(workspace.states() == "Ubo dead letter");
}

TEST_CASE("destination: of several who owe an answer it hears of those whom it was called for, once")
{
    Settings settings = with_pager();
    settings.routes.at("incident").name = "default";
    settings.routes["default"] = settings.routes.at("incident");
    settings.routes.at("default").steps.erase(settings.routes.at("default").steps.begin());
    Workspace workspace{settings};
    workspace.ack("Uann", "@Ubo @Ucy @Udi !now please look");
    workspace.ackd("Udi", "got 1");
    workspace.advance(2h);
    CHECK(told(workspace).starts_with("raised request-1"));
    CHECK(told(workspace).find("raised", 1) == std::string::npos);
    CHECK(told(workspace).find("acknowledged") == std::string::npos);
    workspace.ackd("Udi", "done 1");
    workspace.advance(1min);
    CHECK(told(workspace).find("resolved") == std::string::npos);
}

TEST_CASE("destination: one that was not called hears nothing")
{
    Workspace workspace{with_pager()};
    escalate(workspace, "Uann", "incident the shop is down");
    workspace.press("Ubo", workspace.last_to("Ubo"), "got_it");
    workspace.advance(1min);
    CHECK(workspace.told_outside.empty());
}

TEST_CASE("destination: what could not be told in time is not told late")
{
    Workspace workspace{with_pager()};
    escalate(workspace, "Uann", "incident the shop is down");
    refuse(workspace, Fault{FaultKind::temporary, "it does not answer"});
    workspace.advance(40min);
    workspace.press("Ubo", workspace.last_to("Ubo"), "done");
    workspace.instead = nullptr;
    workspace.advance(2h);
    CHECK(told(workspace) == "resolved request-1");
}

TEST_CASE("destination: one that refuses is passed over at once, told of once, and can be told again")
{
    Workspace workspace{with_pager()};
    refuse(workspace, Fault{FaultKind::permanent, "it answered 410"});
    escalate(workspace, "Uann", "incident the shop is down");
    workspace.advance(30min);
    CHECK_FALSE(workspace.to("Udi").empty());
    CHECK(workspace.count("SELECT count(*) FROM undelivered") == 1);
    CHECK(was_told(workspace, "Uann", "pager does not take what it is told. It was to hear of #1."));

    workspace.press("Udi", workspace.last_to("Udi"), "done");
    escalate(workspace, "Ucy", "incident it is down again");
    workspace.advance(30min);
    CHECK(workspace.count("SELECT count(*) FROM undelivered") == 2);
    CHECK_FALSE(was_told(workspace, "Uann", "It was to hear of #2."));

    workspace.ackd("Uann", "destinations");
    CHECK(workspace.answer() ==
          "*Destinations*\n"
          "----\n*pager* · webhook · pager.example.com\n"
          "~ takes nothing since Mon 10:25 (your time): it answered 410 · 2 not delivered\n"
          "[Send a test] [Send again what was not delivered]\n");
    workspace.instead = nullptr;
    SeenMessage list;
    list.now = workspace.answers.back().notice;
    workspace.press("Uann", list, "send_again");
    CHECK(workspace.answer() == "2 are sent again, but for those that are overtaken.\n");
    workspace.advance(1min);
    // The first is over meanwhile.
    CHECK(told(workspace) == "raised request-2");
    CHECK(workspace.count("SELECT count(*) FROM undelivered") == 0);
}

TEST_CASE("destination: a test says whether it was taken, to who pressed, and is tried once")
{
    Workspace workspace{with_pager()};
    workspace.ackd("Uann", "destinations");
    SeenMessage list;
    list.now = workspace.answers.back().notice;

    SUBCASE("it was")
    {
        workspace.press("Uann", list, "test_destination");
        workspace.advance(1s);
        CHECK(told(workspace) == "test");
        CHECK(said_to(workspace, "Uann") == "✅ pager took the test.\n");
    }
    SUBCASE("it was not")
    {
        refuse(workspace, Fault{FaultKind::temporary, "nobody listens there"});
        workspace.press("Uann", list, "test_destination");
        workspace.advance(48h);
        CHECK(said_to(workspace, "Uann") == "pager did not take the test: nobody listens there\n");
        CHECK(workspace.count("SELECT count(*) FROM undelivered") == 0);
        CHECK(workspace.count("SELECT count(*) FROM outbox") == 0);
    }
    SUBCASE("only admins may, and it has to be there still")
    {
        workspace.press("Ubo", list, "test_destination");
        CHECK(workspace.answer().find("Only admins can do this: Ann.") == 0);
        workspace.ackd("Ubo", "destinations");
        CHECK(workspace.answer().find("Only admins can do this: Ann.") == 0);
        CHECK(workspace.told_outside.empty());
    }
}

TEST_CASE("destination: what people do with its alerts, the source hears where the policy says so")
{
    AlertSource source;
    source.name = "ci";
    source.answers_to = "pager";
    Settings settings = with_source(source);
    settings.destinations = {pager()};
    AlertDesk desk{settings};
    desk.fires("disk");
    desk.settle();
    desk.press("Ubo", desk.in("Cops").front(), "take_alerts");
    desk.settle();
    REQUIRE(told(desk) == "acknowledged alerts-1");
    const OutsideMessage& message = desk.told_outside.front().message;
    CHECK(message.title == "Trouble with disk");
    CHECK(message.facts == std::vector<std::pair<std::string, std::string>>{
                               {"source", "ci"}, {"group", ""}, {"alert_keys", "disk"}});
    SUBCASE("that somebody ended them")
    {
        desk.press("Ubo", desk.in("Cops").front(), "resolve_alerts");
        desk.settle();
        CHECK(told(desk) == "acknowledged alerts-1 · resolved alerts-1");
    }
    SUBCASE("but not what it says itself")
    {
        desk.is_over("disk");
        desk.settle();
        CHECK(told(desk) == "acknowledged alerts-1");
    }
}

TEST_CASE("heartbeat: it beats as long as what should have happened has")
{
    Settings settings = straight_settings();
    settings.destinations = {alive()};
    Workspace workspace{settings};
    CHECK(told(workspace) == "alive");
    workspace.advance(21min);
    CHECK(told(workspace) == "alive · alive · alive · alive · alive");

    SUBCASE("and not while messages do not get out")
    {
        workspace.instead = [](const Delivery& delivery) {
            return is_outside(delivery) ? std::nullopt
                                        : std::optional<EffectOutcome>{Fault{FaultKind::temporary, "down"}};
        };
        workspace.ack("Uann", "@Ubo please read !now");
        workspace.connection->execute("UPDATE outbox SET not_before_us = not_before_us - 3600000000");
        CHECK(overdue_work(*workspace.connection, workspace.clock.now()) == "1 messages not sent");
    }
    SUBCASE("nor while a deadline is missed")
    {
        workspace.ack("Uann", "@Ubo please read !now");
        workspace.advance(1s);
        CHECK(overdue_work(*workspace.connection, workspace.clock.now()).empty());
        CHECK(overdue_work(*workspace.connection, workspace.clock.now() + 24h) == "1 due and not looked at");
    }
    SUBCASE("one that is not taken is not sent late, and the next one is on time")
    {
        refuse(workspace, Fault{FaultKind::temporary, "it does not answer"});
        workspace.advance(20min);
        CHECK(workspace.count("SELECT count(*) FROM outbox") == 0);
        CHECK(workspace.count("SELECT count(*) FROM undelivered") == 0);
        workspace.instead = nullptr;
        const std::size_t before = workspace.told_outside.size();
        workspace.advance(5min);
        CHECK(workspace.told_outside.size() == before + 1);
    }
}
