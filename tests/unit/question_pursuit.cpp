// What follows when nobody answered in a watched channel: who is told, who is asked, and how it ends.
#include "bot/threads/question_handlers.hpp"
#include "tests/unit/help_channel.hpp"

#include <doctest/doctest.h>
using namespace ackd;
using namespace std::chrono_literals;

TEST_CASE(
    "questions: after four working hours its asker is told alone, after six somebody is asked, then the next")
{
    HelpChannel help;
    help.say("Udi", to_the_room);
    help.advance_to(utc("2026-03-02 13:58"));
    CHECK(help.posts.empty());
    help.advance_to(utc("2026-03-02 14:00"));
    REQUIRE(help.to("Udi").size() == 1);
    CHECK(has(help.said_to("Udi"), "Nobody has answered your question yet"));
    CHECK(has(help.said_to("Udi"), "Unless you say otherwise, Bo is asked on Mon 16:00"));
    CHECK(help.to("Ubo").empty());
    CHECK(help.in("Chelp").empty());

    help.advance_to(utc("2026-03-02 16:02"));
    REQUIRE(help.to("Ubo").size() == 1);
    CHECK(has(help.said_to("Ubo"), "Di is waiting for an answer, since Mon 10:00"));
    CHECK(has(help.said_to("Ubo"), "restart the staging database"));
    // Who asked sees it in the same message.
    CHECK(help.to("Udi").size() == 1);
    CHECK(has(help.said_to("Udi"), "⏳ Bo was asked"));
    CHECK(help.to("Ucy").empty());

    help.advance_to(utc("2026-03-03 11:00"));
    CHECK(has(help.said_to("Ucy"), "This came to you because Bo could not be reached"));
    CHECK(has(help.said_to("Udi"), "with Cy as well"));
    // The channel itself has heard nothing.
    CHECK(help.in("Chelp").empty());
}

TEST_CASE("questions: whoever is asked takes it, answers in the thread, and everybody sees that it is over")
{
    HelpChannel help;
    const MessageRef asked = help.say("Udi", to_the_room);
    help.advance_to(utc("2026-03-02 16:02"));
    help.press("Ubo", help.last_to("Ubo"), "got_it");
    CHECK(help.states() == "Ubo received");
    CHECK(has(help.said_to("Udi"), "✅ Bo has your question now."));
    help.advance(10min);
    help.say("Ubo", "It is make restart-staging.", asked);
    CHECK(help.states() == "Ubo integrated");
    CHECK(help.question().outcome == QuestionOutcome::answered);
    help.advance(1min);
    CHECK(has(help.said_to("Udi"), "✅ Your question was answered."));
    help.advance_to(utc("2026-03-12 16:00"));
    CHECK(help.to("Ucy").empty());
    CHECK(help.to("Ubo").size() == 1);
}

TEST_CASE("questions: an answer by somebody else stands down whoever was asked")
{
    HelpChannel help;
    const MessageRef asked = help.say("Udi", to_the_room);
    help.advance_to(utc("2026-03-02 16:02"));
    help.say("Uann", "It is make restart-staging.", asked);
    help.advance(1min);
    CHECK(help.states() == "Ubo withdrawn");
    CHECK(has(help.said_to("Ubo"), "No longer needed: it was answered. Nothing for you to do."));
    help.advance_to(utc("2026-03-12 16:00"));
    CHECK(help.to("Ubo").size() == 1);
}

TEST_CASE("questions: those it names are asked, before those who answer in the channel")
{
    HelpChannel help;
    help.say("Udi", "@Uann could you restart the staging database?");
    help.advance_to(utc("2026-03-02 16:02"));
    CHECK(help.states() == "Uann open");
    CHECK(has(help.said_to("Uann"), "Di is waiting for an answer"));
    help.press("Uann", help.last_to("Uann"), "more", "Why did I get this");
    CHECK(has(help.answer(), "it names you"));
}

TEST_CASE("questions: those who answer in a channel are asked in turn")
{
    HelpChannel help;
    help.say("Udi", to_the_room);
    help.advance_to(utc("2026-03-02 14:01"));
    help.say("Uann", "Where is the runbook for the release?");
    help.advance_to(utc("2026-03-03 10:30"));
    CHECK(help.states(1) == "Ubo escalated");
    CHECK(help.states(2) == "Ucy open");
}

TEST_CASE(
    "questions: its asker lets it go ahead, calls it off, or says that it is none, and the channel learns")
{
    HelpChannel help;
    help.say("Udi", to_the_room);
    help.advance_to(utc("2026-03-02 14:00"));

    SUBCASE("go ahead")
    {
        help.press("Udi", help.last_to("Udi"), "ask_now");
        help.advance(2min);
        CHECK(help.to("Ubo").size() == 1);
    }
    SUBCASE("no longer needed")
    {
        help.press("Udi", help.last_to("Udi"), "withdraw");
        CHECK(help.question().outcome == QuestionOutcome::withdrawn);
    }
    SUBCASE("answered elsewhere")
    {
        help.press("Udi", help.last_to("Udi"), "answered_elsewhere");
        CHECK(help.question().outcome == QuestionOutcome::answered_elsewhere);
        CHECK(has(help.said_to("Udi"), "✅ Your question was answered."));
    }
    SUBCASE("not a question")
    {
        const SignalWeights before = QuestionTable{*help.connection}.weights_of(ChannelId{"Chelp"});
        help.press("Udi", help.last_to("Udi"), "not_a_question");
        CHECK(help.question().outcome == QuestionOutcome::not_a_question);
        const SignalWeights after = QuestionTable{*help.connection}.weights_of(ChannelId{"Chelp"});
        CHECK(after.of(QuestionSignal::question_mark) < before.of(QuestionSignal::question_mark));
        CHECK(after.of(QuestionSignal::joke) == before.of(QuestionSignal::joke));
        // Other channels have learnt nothing.
        const SignalWeights other = QuestionTable{*help.connection}.weights_of(ChannelId{"Cwork"});
        CHECK(other.of(QuestionSignal::question_mark) == before.of(QuestionSignal::question_mark));
    }
    help.advance_to(utc("2026-03-12 16:00"));
    CHECK(help.to("Ucy").size() <= 1);
    CHECK(help.question().state == QuestionState::ended);
}

TEST_CASE("questions: an asker who is still stuck says so, in the thread or by the button")
{
    HelpChannel help;
    const MessageRef asked = help.say("Udi", to_the_room);
    help.advance(30min);
    help.say("Uann", "With make restart-staging.", asked);
    REQUIRE(help.question().state == QuestionState::ended);

    help.advance(30min);
    help.say("Udi", "Thanks, but still stuck: it wants a token", asked);
    CHECK(help.question().state == QuestionState::watched);
    help.advance_to(utc("2026-03-02 15:00"));
    CHECK(has(help.said_to("Udi"), "Nobody has answered your question yet"));
    help.press("Udi", help.last_to("Udi"), "answered_elsewhere");
    help.advance(1min);
    help.press("Udi", help.last_to("Udi"), "still_stuck");
    CHECK(help.question().state == QuestionState::watched);
    CHECK(has(help.said_to("Udi"), "Your question is open again."));
    help.advance_to(utc("2026-03-03 11:30"));
    CHECK(help.to("Udi").size() == 2);
}

TEST_CASE("questions: where nobody answers and nobody is named, its asker is told so, and it ends")
{
    Settings settings = watching();
    settings.channels.front().people.clear();
    HelpChannel help{settings};
    help.say("Udi", to_the_room);
    help.advance_to(utc("2026-03-02 14:00"));
    CHECK(has(help.said_to("Udi"), "It names nobody"));
    CHECK(help.question().state == QuestionState::pursued);
    help.advance_to(utc("2026-03-03 14:00"));
    CHECK(help.question().outcome == QuestionOutcome::unanswered);
    CHECK(help.posts.size() == 1);
}

TEST_CASE("questions: everybody was asked in vain: its asker hears it, and it is over")
{
    HelpChannel help;
    help.say("Udi", to_the_room);
    help.advance_to(utc("2026-03-06 16:00"));
    CHECK(help.states() == "Ubo dead letter");
    CHECK(help.question().outcome == QuestionOutcome::unanswered);
    CHECK(help.to("Ubo").size() == 1);
    CHECK(help.to("Ucy").size() == 1);
    // They may have it asked once more.
    help.press("Udi", help.last_to("Udi"), "ask_again");
    CHECK(help.states() == "Ubo dead letter, Ubo open");
    CHECK(help.question().state == QuestionState::pursued);
}

TEST_CASE("questions: whoever is not the right one passes it on at once")
{
    HelpChannel help;
    help.say("Udi", to_the_room);
    help.advance_to(utc("2026-03-02 16:02"));
    help.press("Ubo", help.last_to("Ubo"), "not_me");
    help.advance(2min);
    CHECK(help.states() == "Ubo declined, Ucy open");
    CHECK(help.to("Ucy").size() == 1);
    CHECK(help.question().state == QuestionState::pursued);
}

TEST_CASE(
    "questions: once somebody is asked, their answer in the channel counts, and so does one to the asker")
{
    HelpChannel help;
    help.say("Udi", "@Ubo could you restart the staging database?");
    help.advance_to(utc("2026-03-02 14:01"));
    REQUIRE(help.question().state == QuestionState::pursued);
    SUBCASE("of whoever is named")
    {
        help.say("Ubo", "It is restarted.");
        CHECK(help.question().sign == AnswerSign::asked_person);
        CHECK(help.states() == "Ubo integrated");
    }
    SUBCASE("to the asker")
    {
        help.say("Uann", "@Udi it is restarted.");
        CHECK(help.question().sign == AnswerSign::mentions_asker);
        CHECK(help.states() == "Ubo withdrawn");
    }
    SUBCASE("by the asker")
    {
        help.say("Udi", "Never mind, found it.");
        CHECK(help.question().sign == AnswerSign::asker_settled);
    }
    SUBCASE("of nobody who was asked, to nobody")
    {
        help.say("Uann", "Lunch is at noon.");
        CHECK(help.question().state == QuestionState::pursued);
    }
    SUBCASE("with a question of their own")
    {
        help.say("Ubo", "Does anyone know who broke the build?");
        CHECK(help.question().state == QuestionState::pursued);
    }
}

TEST_CASE("questions: a channel that stops being watched asks nobody any more")
{
    HelpChannel help;
    help.say("Udi", to_the_room);
    help.advance_to(utc("2026-03-02 14:01"));
    help.engine.replace_settings(straight_settings());
    help.advance_to(utc("2026-03-05 17:00"));
    CHECK(help.question().outcome == QuestionOutcome::unwatched);
    CHECK(help.states() == "Ubo withdrawn");
    CHECK(help.to("Ubo").empty());
}

TEST_CASE("questions: of two who fall due together the second is not asked about what the first has ended")
{
    HelpChannel help;
    help.say("Udi", "@Ubo @Ucy could you restart the staging database?");
    help.advance_to(utc("2026-03-02 14:01"));
    REQUIRE(help.states() == "Ubo open, Ucy open");
    help.engine.replace_settings(straight_settings());
    help.advance_to(utc("2026-03-03 17:00"));
    CHECK(help.states() == "Ubo withdrawn, Ucy withdrawn");
    CHECK(help.count("SELECT count(*) FROM poisoned_inputs") == 0);
}

TEST_CASE("questions: neither who asked nor anybody twice is called along the route")
{
    Settings settings = watching();
    Route route;
    route.name = "default";
    for (const char* person : {"Udi", "Ubo", "Uann"})
        route.steps.emplace_back().targets.emplace_back(UserId{person});
    settings.routes.emplace("default", route);
    HelpChannel help{settings};
    help.say("Udi", to_the_room);
    help.advance_to(utc("2026-03-02 14:01"));
    std::string people;
    for (const FrozenStep& step : help.request().route.steps) people += step.people.front().value + " ";
    CHECK(people == "Ucy Uann ");
}

TEST_CASE("questions: what nobody answered can still be asked of people by name, and then nobody else is")
{
    HelpChannel help;
    const MessageRef asked = help.say("Udi", to_the_room);
    help.advance_to(utc("2026-03-02 14:01"));
    REQUIRE(help.states() == "Ubo open");
    SUBCASE("of somebody")
    {
        help.messages[asked] = {UserId{"Udi"}, false, "", Workspace::rich("@Uann do you know?")};
        help.react("Udi", asked, "incoming_envelope", true, "Udi");
        CHECK(help.question().outcome == QuestionOutcome::withdrawn);
        CHECK(help.states() == "Ubo withdrawn");
        CHECK(help.states(2) == "Uann open");
    }
    SUBCASE("of nobody: it goes on as it did")
    {
        help.messages[asked] = {UserId{"Udi"}, false, "", Workspace::rich(to_the_room)};
        help.react("Udi", asked, "incoming_envelope", true, "Udi");
        CHECK(help.question().state == QuestionState::pursued);
        CHECK(help.states() == "Ubo open");
        help.react("Udi", asked, "incoming_envelope", false, "Udi");
        CHECK(help.question().state == QuestionState::pursued);
    }
}
