// Questions in a watched channel, with the whole bot: heard, looked at again, pursued, answered.
#include "bot/threads/question_handlers.hpp"
#include "tests/unit/help_channel.hpp"

#include <doctest/doctest.h>
using namespace ackd;
using namespace std::chrono_literals;

TEST_CASE("questions: nobody hears of a question that is answered in time, and no text of it is kept")
{
    HelpChannel help;
    const MessageRef asked = help.say("Udi", to_the_room);
    CHECK(help.question().state == QuestionState::watched);
    CHECK(help.question().due_at == utc("2026-03-02 14:00"));
    help.advance(30min);
    help.say("Uann", "With make restart-staging.", asked);
    CHECK(help.question().outcome == QuestionOutcome::answered);
    CHECK(help.question().sign == AnswerSign::thread_reply);
    CHECK(help.question().answered_at == utc("2026-03-02 10:30"));
    help.advance_to(utc("2026-03-06 16:00"));
    CHECK(help.posts.empty());
    CHECK(help.reads == 0);
    CHECK(help.count("SELECT count(*) FROM requests") == 0);
}

TEST_CASE("questions: an answer in the channel, outside the thread, is found when the talk is read again")
{
    HelpChannel help;
    help.say("Udi", to_the_room);
    help.advance(5min);
    help.say("Uann", "make restart-staging does it");
    help.advance_to(utc("2026-03-02 15:00"));
    CHECK(help.question().outcome == QuestionOutcome::answered);
    CHECK(help.question().answered_at == utc("2026-03-02 10:05"));
    CHECK(help.posts.empty());
}

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

TEST_CASE("questions: a ✅ on it by anybody is an answer, and taking it back is none")
{
    HelpChannel help;
    const MessageRef asked = help.say("Udi", to_the_room);
    help.react("Uann", asked, "white_check_mark");
    CHECK(help.question().sign == AnswerSign::marked);
    help.react("Uann", asked, "white_check_mark", false);
    CHECK(help.question().state == QuestionState::watched);
    CHECK(help.question().due_at == utc("2026-03-02 14:00"));
}

TEST_CASE("questions: an edit that asks no more, and its deletion, end it")
{
    HelpChannel help;
    const MessageRef first = help.say("Udi", to_the_room);
    help.take(
        MessageEdited{first, UserId{"Udi"}, Workspace::rich("The staging database is restarted."), "1"});
    CHECK(help.question(1).outcome == QuestionOutcome::withdrawn);
    const MessageRef second = help.say("Udi", to_the_room);
    help.take(MessageDeleted{second});
    CHECK(help.question(2).outcome == QuestionOutcome::deleted);
    // Deleted without a word to us: it is not there when it is looked at.
    const MessageRef third = help.say("Udi", to_the_room);
    help.forget(third);
    help.advance_to(utc("2026-03-05 10:00"));
    CHECK(help.question(3).outcome == QuestionOutcome::deleted);
    CHECK(help.posts.empty());
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

TEST_CASE("questions: what marks teach stays within bounds")
{
    HelpChannel help;
    QuestionTable table{*help.connection};
    for (int mark = 0; mark < 100; ++mark) table.learn(ChannelId{"Chelp"}, QuestionSignal::question_mark, -5);
    const float usual = default_signal_weights().of(QuestionSignal::question_mark);
    CHECK(table.weights_of(ChannelId{"Chelp"}).of(QuestionSignal::question_mark) ==
          doctest::Approx(usual - SignalWeights::bound));
    table.forget_lessons(ChannelId{"Chelp"});
    CHECK(table.weights_of(ChannelId{"Chelp"}).of(QuestionSignal::question_mark) == usual);
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

TEST_CASE("questions: a channel that is not watched is not listened to, and one that stops being so lets go")
{
    HelpChannel help;
    MessagePosted elsewhere;
    elsewhere.message = MessageRef{ChannelId{"Cwork"}, "5.000001"};
    elsewhere.author = UserId{"Udi"};
    elsewhere.text = Workspace::rich(to_the_room);
    help.take(elsewhere);
    CHECK(help.question_count() == 0);

    help.say("Udi", to_the_room);
    help.engine.replace_settings(straight_settings());
    help.advance_to(utc("2026-03-02 15:00"));
    CHECK(help.question().outcome == QuestionOutcome::unwatched);
    CHECK(help.posts.empty());
}

TEST_CASE("questions: the channel's own hours are its clock")
{
    Settings settings = watching();
    std::string problem;
    settings.channels.front().hours = parse_work_week("Tue 9-17", problem);
    HelpChannel help{settings};
    help.say("Udi", to_the_room);
    CHECK(help.question().due_at == utc("2026-03-03 13:00"));
}

TEST_CASE("questions: neither bots nor people from elsewhere ask, and an asker who is gone is not told")
{
    HelpChannel help;
    help.join("Uguest", "Gil", "Etc/UTC", MemberKind::external);
    MessagePosted posted;
    posted.message = MessageRef{ChannelId{"Chelp"}, "5.000001"};
    posted.author = UserId{"Uguest"};
    posted.text = Workspace::rich(to_the_room);
    help.take(posted);
    posted.message.stamp = "6.000001";
    posted.author = UserId{"Udi"};
    posted.by_bot = true;
    help.take(posted);
    CHECK(help.question_count() == 0);

    help.say("Udi", to_the_room);
    help.advance_to(utc("2026-03-02 14:00"));
    help.join("Udi", "Di", "Etc/UTC", MemberKind::person, true);
    CHECK(help.question().outcome == QuestionOutcome::asker_gone);
    CHECK(help.states() == "Ubo withdrawn");
}

TEST_CASE("questions: the time line of a question says by which signs it was taken for one")
{
    HelpChannel help;
    help.say("Udi", to_the_room);
    help.advance_to(utc("2026-03-02 16:02"));
    help.ackd("Udi", "trace 1");
    CHECK(has(help.answer(), "taken for a question by: question mark"));
    CHECK(has(help.answer(), "nudge 1 to Bo"));
}

TEST_CASE("questions: a channel that cannot be read is tried again, and one that is not ours is let go of")
{
    HelpChannel help;
    help.say("Udi", to_the_room);
    FaultKind kind = FaultKind::permanent;
    help.instead = [&](const Delivery& delivery) -> std::optional<EffectOutcome> {
        if (std::holds_alternative<ReadHistory>(delivery.effect)) return Fault{kind, "x"};
        return std::nullopt;
    };
    help.advance_to(utc("2026-03-02 14:00"));
    CHECK(help.question().due_at == utc("2026-03-02 15:00"));
    kind = FaultKind::not_a_member;
    help.advance_to(utc("2026-03-02 15:00"));
    CHECK(help.question().outcome == QuestionOutcome::unwatched);
}

TEST_CASE("questions: what was answered before is offered at once, and when it helps nobody is asked")
{
    HelpChannel help;
    help.take(ConversationsListed{{Conversation{ChannelId{"Chelp"}, "help"}}});
    const MessageRef first{ChannelId{"Chelp"}, "10.000100"};
    const MessageRef answer{ChannelId{"Chelp"}, "11.000100"};
    help.messages[first] = {
        UserId{"Ubo"}, false, "", Workspace::rich("How do I restart the staging database?")};
    help.messages[answer] = {UserId{"Uann"},
                             false,
                             first.stamp,
                             Workspace::rich("With make restart-staging, as the deploy user.")};
    help.react("Uann", answer, "pushpin", true, "Uann");
    help.advance(1s);

    help.say("Udi", to_the_room);
    help.advance(1s);
    REQUIRE(has(help.answer(), "With make restart-staging"));
    CHECK(help.answers.back().person == UserId{"Udi"});
    SeenMessage offer;
    offer.now = help.answers.back().notice;
    help.press("Udi", offer, "it_helped");
    CHECK(help.question().outcome == QuestionOutcome::answered_elsewhere);
    help.advance_to(utc("2026-03-06 16:00"));
    CHECK(help.to("Ubo").empty());
}

TEST_CASE("questions: what is heard of long after it was said is not offered an answer")
{
    HelpChannel help;
    help.take(ConversationsListed{{Conversation{ChannelId{"Chelp"}, "help"}}});
    const MessageRef answer{ChannelId{"Chelp"}, "11.000100"};
    help.messages[answer] = {
        UserId{"Uann"}, false, "", Workspace::rich("To restart the staging database: make restart-staging.")};
    help.react("Uann", answer, "pushpin", true, "Uann");
    help.advance(1s);
    HandlerState state{*help.connection, "Etc/UTC", 1};
    const Settings settings = watching();
    HandlerContext context = state.at(help.clock.now(), settings);
    hear_message(context,
                 MessagePosted{{ChannelId{"Chelp"}, "12.000100"},
                               "",
                               UserId{"Udi"},
                               false,
                               Workspace::rich(to_the_room),
                               help.clock.now() - 3h});
    CHECK(help.question_count() == 1);
    CHECK(help.count("SELECT count(*) FROM kept_answer_offers") == 0);
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

TEST_CASE("questions: what its asker asks of people by name is looked after as that, and a ✅ answers both")
{
    HelpChannel help;
    const MessageRef asked = help.say("Udi", "@Ubo can you restart the staging database?");
    help.messages[asked] = {
        UserId{"Udi"}, false, "", Workspace::rich("@Ubo can you restart the staging database?")};
    help.react("Udi", asked, "incoming_envelope", true, "Udi");
    help.history.back().reactions = {ReactionState{"incoming_envelope", {UserId{"Udi"}}}};
    CHECK(help.states() == "Ubo open");
    SUBCASE("answered")
    {
        help.react("Ubo", asked, "white_check_mark");
        CHECK(help.states() == "Ubo integrated");
        CHECK(help.question().outcome == QuestionOutcome::answered);
    }
    SUBCASE("not yet")
    {
        help.advance_to(utc("2026-03-02 14:00"));
        CHECK(help.question().state == QuestionState::ended);
        CHECK(help.count("SELECT count(*) FROM requests WHERE kind = 2") == 0);
    }
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

TEST_CASE("questions: what is said in one go is one question")
{
    HelpChannel help;
    help.say("Udi", "How do I install the agent?");
    help.advance(30s);
    help.say("Udi", "Does it run on Linux?");
    CHECK(help.question_count() == 1);
    help.advance(10min);
    help.say("Udi", "Where is the runbook?");
    CHECK(help.question_count() == 2);
}

TEST_CASE(
    "questions: still stuck opens the last of one's answered questions, and a ✅ taken back forgets no answer")
{
    HelpChannel help;
    const MessageRef first = help.say("Udi", to_the_room);
    help.say("Uann", "With make restart-staging.", first);
    help.advance(10min);
    help.say("Udi", "And how do I stop it?", first);
    help.say("Uann", "With make stop-staging.", first);
    help.say("Udi", "still stuck", first);
    CHECK(help.question(1).state == QuestionState::ended);
    CHECK(help.question(2).state == QuestionState::watched);

    help.advance(10min);
    const MessageRef marked = help.say("Udi", "Where is the runbook of the release?");
    help.react("Uann", marked, "white_check_mark");
    help.say("Uann", "In the wiki.", marked);
    help.react("Uann", marked, "white_check_mark", false);
    CHECK(help.question(3).state == QuestionState::watched);
    help.advance_to(utc("2026-03-02 15:30"));
    CHECK(help.question(3).outcome == QuestionOutcome::answered);
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
