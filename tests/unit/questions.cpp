// Questions in a watched channel, with the whole bot: heard, looked at again, answered, or none after all.
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
