// Raising something along a route: who is asked and when, what each reads, and how who raised it hears of it.
#include "bot/escalation/raise.hpp"
#include "bot/people/absence_table.hpp"
#include "tests/unit/incident_desk.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>
using namespace ackd;
using namespace std::chrono_literals;

namespace {

/// Where a program raises something: from beside, so that the engine finds what it did.
struct AlertedWorkspace : StorageFolder, Workspace {
    AlertedWorkspace() : Workspace(raising(), utc("2026-03-02 10:00"), StorageFolder::file("state.db")) {}

    template <class Work>
    void beside(Work work)
    {
        storage::Connection other{StorageFolder::file("state.db"), storage::OpenMode::existing_only};
        {
            HandlerState state{other, "Etc/UTC", 1};
            const Settings settings = raising();
            state.directory.use(settings);
            HandlerContext context = state.at(clock.now(), settings);
            storage::Transaction transaction{other};
            work(context);
            transaction.commit();
        }
        turn();
    }
};

}  // namespace

TEST_CASE(
    "escalate: everybody on the first step is asked at once, and whoever takes it stands the others down")
{
    Workspace workspace{raising()};
    escalate(workspace, "Uann", "incident the shop answers 500 since 9:50");
    CHECK(workspace.answer() == "🔺 Raised as #1, now.\n"
                                "> the shop answers 500 since 9:50\n"
                                "~ Your direct messages show how it goes on.\n");
    CHECK(asked(workspace, "Ubo") == "10:00");
    CHECK(asked(workspace, "Ucy") == "10:00");
    CHECK(workspace.to("Udi").empty());
    CHECK(text_of(workspace.last_to("Ubo").now) ==
          "🔺 Ann raised this · incident · now\n"
          "> the shop answers 500 since 9:50\n"
          "~ Since {2026-03-02 10:00 UTC}\n"
          "~ What to do: (playbook→https://wiki.example.org/incident)\n"
          "~ If it stays open: Di is asked on Mon 10:25 (your time).\n"
          "[I have it] [Done] [Not me] [⋯: Why did I get this | Time line | Less like this]\n");
    CHECK(text_of(workspace.last_to("Uann").now) ==
          "⏳ Bo · Cy are asked.\n"
          "> the shop answers 500 since 9:50\n"
          "~ If nobody takes it: Di is asked on Mon 10:25 (your time).\n"
          "~ #1 · incident · raised on Mon 10:00 (your time)\n"
          "[No longer needed] [⋯: Who has answered | Time line | Withdraw]\n");

    workspace.advance(2min);
    workspace.press("Ucy", workspace.last_to("Ucy"), "got_it");
    CHECK(said_to(workspace, "Uann") == "✅ Cy has it.\n> the shop answers 500 since 9:50\n");
    CHECK(has(text_of(workspace.to("Uann").front().now), "✅ Cy has it, since Mon 10:02 (your time)."));
    workspace.advance(5s);
    CHECK(said_to(workspace, "Ubo") ==
          "✅ Cy has it now. Nothing for you to do; thank you.\n> the shop answers 500 since 9:50\n");
    workspace.press("Ucy", workspace.last_to("Ucy"), "done");
    workspace.advance(5s);
    CHECK(said_to(workspace, "Uann") == "✅ Cy says that it is done.\n> the shop answers 500 since 9:50\n");
    CHECK(workspace.request().state == RequestState::complete);
    workspace.advance(48h);
    CHECK(asked(workspace, "Ubo") == "10:00");
    CHECK(workspace.to("Udi").empty());
}

TEST_CASE(
    "escalate: step by step, each after its delay, and then it is somebody's to decide, who raised it told")
{
    Workspace workspace{raising()};
    escalate(workspace, "Uann", "incident the shop is down");
    workspace.advance(3h);
    CHECK(asked(workspace, "Ubo") == "10:00 10:05 10:10");
    CHECK(asked(workspace, "Udi") == "10:25 10:30 10:35");
    CHECK(workspace.states() == "Ubo dead letter");
    CHECK(
        has(said_to(workspace, "Udi"), "Nobody on the route incident has taken this. Nothing more is sent"));
    CHECK(
        said_to(workspace, "Uann") ==
        "Nobody on the route incident could be reached. Di decides what happens now.\n> the shop is down\n");

    SUBCASE("which can be to ask the whole route again")
    {
        workspace.press("Udi", workspace.last_to("Udi"), "ask_again");
        CHECK(workspace.answer() == "The route incident is asked again.\n");
        CHECK(has(asked(workspace, "Ucy"), "13:00"));
        workspace.press("Ubo", workspace.last_to("Ubo"), "got_it");
        CHECK(said_to(workspace, "Uann") == "✅ Bo has it.\n> the shop is down\n");
    }
    SUBCASE("and an answer that comes after all counts")
    {
        workspace.press("Ubo", workspace.last_to("Ubo"), "got_it");
        CHECK(workspace.answer() == "✅ Noted, and passed on.\n");
    }
}

TEST_CASE("escalate: a route that is taken again asks the same people once more")
{
    Workspace workspace{raising(incident(1))};
    escalate(workspace, "Uann", "incident the shop is down");
    workspace.advance(5h);
    CHECK(asked(workspace, "Ubo") == "10:00 10:05 10:10 10:40 10:45 10:50");
    CHECK(asked(workspace, "Udi") == "10:25 10:30 10:35 11:05 11:10 11:15");
    CHECK(workspace.states() == "Ubo dead letter");
}

TEST_CASE("escalate: a step with nobody on it is passed over at once, and who raised it hears of the hole")
{
    Route route = incident();
    route.steps.front().targets = {UserId{"Ugone"}};
    route.steps.back().delay = 0min;
    Workspace workspace{raising(route)};
    escalate(workspace, "Uann", "incident the shop is down");
    CHECK(asked(workspace, "Udi") == "10:00");
    workspace.advance(5s);
    std::string told;
    for (const SeenMessage& message : workspace.to("Uann")) told += text_of(message.now);
    CHECK(has(told, "Step 1 of the route incident has nobody who can be asked now: it was skipped."));
}

TEST_CASE("escalate: a route with nobody on it at all is somebody's to decide at once")
{
    Route route = incident();
    route.steps.resize(1);
    route.steps.front().targets = {UserId{"Ugone"}};
    Workspace workspace{raising(route)};
    escalate(workspace, "Uann", "incident the shop is down");
    CHECK(workspace.states() == "Udi dead letter");
    CHECK(has(said_to(workspace, "Udi"), "Nobody could be asked: nobody is on its route."));
    CHECK(workspace.request().state == RequestState::closed);
}

TEST_CASE("escalate: who cannot take it says so, and the others go on being asked")
{
    Workspace workspace{raising()};
    escalate(workspace, "Uann", "incident the shop is down");
    workspace.press("Ubo", workspace.last_to("Ubo"), "not_me");
    workspace.advance(6min);
    CHECK(asked(workspace, "Ubo") == "10:00");
    CHECK(asked(workspace, "Ucy") == "10:00 10:05");
    workspace.press("Ucy", workspace.last_to("Ucy"), "got_it");
    CHECK(said_to(workspace, "Uann") == "✅ Cy has it.\n> the shop is down\n");
}

TEST_CASE("escalate: when nobody on a step can take it, the next step is asked at once")
{
    Route route = incident();
    route.steps.front().targets = {UserId{"Ubo"}};
    route.steps.back().delay = 0min;
    Workspace workspace{raising(route)};
    escalate(workspace, "Uann", "incident the shop is down");
    workspace.advance(1min);
    workspace.press("Ubo", workspace.last_to("Ubo"), "not_me");
    CHECK(asked(workspace, "Udi") == "10:01");
    workspace.press("Udi", workspace.last_to("Udi"), "not_me");
    CHECK(workspace.states() == "Ubo declined, Udi declined, Udi dead letter");
    workspace.advance(5s);
    CHECK(has(said_to(workspace, "Udi"), "Nobody on the route incident has taken this."));
}

TEST_CASE("escalate: called off by who raised it, everybody who was asked sees it in place")
{
    Workspace workspace{raising()};
    escalate(workspace, "Uann", "incident the shop is down");
    workspace.press("Uann", workspace.last_to("Uann"), "withdraw");
    CHECK(has(said_to(workspace, "Ubo"), "Ann no longer needs this. Nothing for you to do."));
    CHECK(has(said_to(workspace, "Uann"), "It is called off."));
    workspace.advance(3h);
    CHECK(asked(workspace, "Ubo") == "10:00");
}

TEST_CASE("escalate: what a program raised belongs to whoever owns dead letters, and ends by itself")
{
    AlertedWorkspace workspace;
    RequestId id;
    workspace.beside([&](HandlerContext& context) {
        id = raise(context, {UserId{}, "incident", Priority::now, "Latency is high", {}});
    });
    CHECK(has(said_to(workspace, "Ubo"), "🔺 An alert · incident · now\n> Latency is high\n"));
    SUBCASE("taken")
    {
        workspace.press("Ubo", workspace.last_to("Ubo"), "got_it");
        workspace.beside([&](HandlerContext& context) { stand_down(context, id); });
        CHECK(workspace.states() == "Ubo withdrawn");
        CHECK(has(said_to(workspace, "Ubo"), "No longer needed: it is over by itself."));
    }
    SUBCASE("not taken")
    {
        workspace.advance(3h);
        CHECK(workspace.states() == "Ubo dead letter");
        CHECK(has(said_to(workspace, "Udi"), "Nobody on the route incident has taken this."));
        workspace.beside([&](HandlerContext& context) { stand_down(context, id); });
        CHECK(workspace.states() == "Ubo dead letter");
    }
    CHECK(workspace.to("Uann").empty());
    CHECK(workspace.count("SELECT count(*) FROM poisoned_inputs") == 0);
    CHECK(workspace.count("SELECT count(*) FROM outbox WHERE conversation LIKE '%ackd%'") == 0);
}

TEST_CASE(
    "escalate: after five hours in which nobody was here it goes on with what is due, and does not all fire")
{
    const StorageFolder folder;
    {
        Workspace workspace{raising(incident(2)), utc("2026-03-02 10:00"), folder.file("state.db")};
        escalate(workspace, "Uann", "incident the shop is down");
        workspace.advance(7min);
        REQUIRE(asked(workspace, "Ubo") == "10:00 10:05");
    }
    Workspace later{raising(incident(2)), utc("2026-03-02 15:07"), folder.file("state.db")};
    later.turn();
    CHECK(asked(later, "Ubo") == "15:07");
    CHECK(asked(later, "Ucy") == "15:07");
    CHECK(asked(later, "Udi") == "");
    CHECK(has(
        text_of(later.last_to("Ubo").now),
        "~ I was deaf from Mon 10:05 (your time) to Mon 15:07 (your time): what fell due meanwhile is asked once, "
        "now.\n"));
    // From there on as ever: five minutes to answer, ten until the second step, and then all once more.
    later.advance_to(utc("2026-03-02 15:40"));
    CHECK(asked(later, "Ubo") == "15:07 15:37");
    CHECK(asked(later, "Udi") == "15:22 15:27 15:32");
}

TEST_CASE("escalate: who raised it reads when those who are not at work are asked")
{
    Route route = incident();
    route.priority = Priority::today;
    route.steps.front().targets = {UserId{"Uli"}};
    Workspace workspace{raising(route)};
    workspace.join("Uli", "Li", "America/Los_Angeles");
    escalate(workspace, "Uann", "incident the report is wrong");
    CHECK(said_to(workspace, "Uann").starts_with("⏳ Li is asked on Mon 17:00 (your time).\n"));
    workspace.advance_to(utc("2026-03-02 17:00"));
    workspace.advance(2min);
    CHECK(asked(workspace, "Uli") == "17:00");
    CHECK(said_to(workspace, "Uann").starts_with("⏳ Li is asked.\n"));
}

namespace {

/// Cy is on call, in a rotation of a week, and on the first step.
Settings with_rotation()
{
    Settings settings = raising();
    settings.default_zone = "Etc/UTC";
    Rotation rotation;
    rotation.name = "ops";
    rotation.starts = std::chrono::local_days{std::chrono::year{2026} / 2 / 23};
    rotation.parts.resize(1);
    rotation.parts.front().people = {UserId{"Udi"}, UserId{"Ucy"}};
    settings.rotations.push_back(rotation);
    settings.routes.at("incident").steps.front() = RouteStep{0min, {}, {"ops"}};
    return settings;
}

}  // namespace

TEST_CASE("escalate: of a rotation whoever is on call is asked")
{
    Workspace workspace{with_rotation()};
    escalate(workspace, "Uann", "incident the shop is down");
    CHECK(has(said_to(workspace, "Uann"), "⏳ Cy is asked.\n"));
    workspace.advance(5s);  // that she is on call comes first
    CHECK(asked(workspace, "Ucy") == "10:00");
    CHECK(workspace.to("Ubo").empty());
}

TEST_CASE("escalate: the second call in a shift brings the offer of relief, and the third none")
{
    constexpr const char* offer =
        "Two calls in this shift already. Somebody else could take the rest of ops, until Mon 9 Mar 09:00 (your time).\n"
        "~ It stays yours until they say yes.\n"
        "[Offer a shift …]\n";
    Workspace workspace{with_rotation()};
    const auto offers = [&] {
        int count = 0;
        for (const SeenMessage& message : workspace.to("Ucy")) {
            if (text_of(message.now) == offer) ++count;
        }
        return count;
    };
    const auto one_more = [&] {
        escalate(workspace, "Uann", "incident the shop is down");
        workspace.advance(12min);  // called, nudged twice
        workspace.press("Ucy", workspace.last_to("Ucy"), "done");
        workspace.advance(1min);
    };
    one_more();
    CHECK(offers() == 0);
    escalate(workspace, "Uann", "incident the shop is down again");
    workspace.advance(5s);
    CHECK(offers() == 1);
    workspace.ackd("Ucy", "done 2");
    one_more();
    CHECK(offers() == 1);
}

TEST_CASE("escalate: typed wrong, or without a category, it says what there is")
{
    Workspace workspace{raising()};
    escalate(workspace, "Uann", "incidnet the shop is down");
    CHECK(workspace.answer() == "There is no category \"incidnet\".\n"
                                "Try: `/escalate incident the shop is down`\n"
                                "~ `/escalate incident`  Customers cannot work\n");
    escalate(workspace, "Uann", "the shop is down");
    CHECK(has(workspace.answer(), "Try: `/escalate incident the shop is down`\n"));
    CHECK(workspace.count("SELECT count(*) FROM requests") == 0);

    Workspace empty;
    escalate(empty, "Uann", "incident the shop is down");
    CHECK(has(empty.answer(), "no route says what it is for"));
}

TEST_CASE("escalate: by form, once, however often it is sent")
{
    Workspace workspace{raising()};
    CommandGiven given;
    given.command = "/escalate";
    given.person = UserId{"Uann"};
    given.channel = ChannelId{"Cwork"};
    given.trigger = "trigger";
    workspace.take(given);
    REQUIRE(workspace.forms.size() == 1);
    const Form& form = workspace.forms.back();
    CHECK(form.fields.front().choices.front().label == "incident");
    FormSubmitted submitted;
    submitted.name = form.name;
    submitted.context = form.context;
    submitted.instance = "V1";
    submitted.person = UserId{"Uann"};
    submitted.values.fields = {{"route", {"incident"}, "", std::nullopt}, {"text", {}, "  ", std::nullopt}};
    workspace.take(submitted);
    REQUIRE(workspace.problems.size() == 1);
    CHECK(workspace.problems.front().field == "text");
    submitted.values.fields.back().text = "the shop is down";
    workspace.take(submitted);
    CHECK(workspace.problems.empty());
    workspace.take(submitted);
    CHECK(workspace.problems.empty());
    CHECK(workspace.count("SELECT count(*) FROM requests") == 1);
    CHECK(asked(workspace, "Ubo") == "10:00");
    submitted.values.fields.back().text = "and something else";
    workspace.take(submitted);
    CHECK(workspace.problems.size() == 1);
    submitted.instance = "V2";
    submitted.values.fields.front().chosen = {"gone"};
    workspace.take(submitted);
    CHECK(workspace.problems.front().field == "route");
}

TEST_CASE("escalate: the time line says who raised it and how it went on, and the next one what was last")
{
    Workspace workspace{raising()};
    escalate(workspace, "Uann", "incident the shop is down");
    workspace.press("Ubo", workspace.last_to("Ubo"), "got_it");
    workspace.ackd("Uann", "trace 1");
    CHECK(has(workspace.answer(), "Ann raised it on the route incident, as now"));
    workspace.press("Ubo", workspace.last_to("Ubo"), "done");
    workspace.advance(24h);
    escalate(workspace, "Ucy", "incident the shop is down again");
    CHECK(has(said_to(workspace, "Ubo"), "Last on this route: #1, {2026-03-02 10:00 UTC}, with Bo"));
}

TEST_CASE("escalate: whoever is asked reads which alerts are there now that they may know of")
{
    Settings settings = raising();
    const auto add_source = [&](const char* name, const char* channel, const char* route) {
        AlertSource source;
        source.name = name;
        source.channel = ChannelId{channel};
        source.route = route;
        source.priority = Priority::fyi;
        settings.sources.push_back(source);
    };
    add_source("shop", "Cops", "");
    add_source("ours", "Cprivate", "incident");
    add_source("theirs", "Cprivate", "");
    Workspace workspace{settings};
    workspace.take(ConversationsListed{{Conversation{ChannelId{"Cops"}, "ops", false, false},
                                        Conversation{ChannelId{"Cprivate"}, "private", false, true}}});
    const auto fires = [&](const char* source, const std::string& title) {
        AlertReport report;
        report.key = report.title = report.group = title;
        report.status = AlertStatus::firing;
        workspace.take(AlertsReceived{source, {report}});
        workspace.advance(1min);
    };
    escalate(workspace, "Uann", "incident orders stop");
    CHECK_FALSE(has(said_to(workspace, "Ubo"), "Alerts there now"));
    fires("theirs", "Their secret");
    fires("ours", "Queue is full");
    fires("shop", "Disk one");
    fires("shop", "Disk two");
    fires("shop", "Disk three");
    escalate(workspace, "Uann", "incident the shop is down");
    const std::string read = said_to(workspace, "Ubo");
    CHECK(has(read, "Alerts there now: "));
    for (const char* title : {"Disk three", "Disk two", "Disk one"}) CHECK(has(read, title));
    CHECK_FALSE(has(read, " more"));
    CHECK_FALSE(has(read, "Queue is full"));
    CHECK_FALSE(has(read, "Their secret"));
}
