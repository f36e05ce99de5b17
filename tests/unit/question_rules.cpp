// What a question comes to when the talk around it is read again, and who is asked about it.
#include "bot/threads/question_rules.hpp"

#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

const Instant ten = utc("2026-03-02 10:00");

LoggedMessage said(const char* stamp, Instant at, const char* author, RichText text, const char* thread = "")
{
    LoggedMessage message;
    message.stamp = stamp;
    message.at = at;
    message.author = UserId{author};
    message.thread = thread;
    message.text = std::move(text);
    return message;
}

RichText words(const char* text)
{
    return RichText{Words{text}};
}

Question asked(const char* stamp, Instant at, const char* thread = "")
{
    Question question;
    question.id = QuestionId{1};
    question.message = MessageRef{ChannelId{"Chelp"}, stamp};
    question.thread = thread;
    question.asker = UserId{"Uann"};
    question.asked_at = question.waits_since = at;
    return question;
}

QuestionJudgement judged(const std::vector<LoggedMessage>& talk,
                         const Question& question,
                         WatchMode mode = WatchMode::questions)
{
    return judge(talk, question, mode, default_signal_weights());
}

std::vector<UserId> people(std::initializer_list<const char*> ids)
{
    std::vector<UserId> list;
    for (const char* id : ids) list.emplace_back(id);
    return list;
}

}  // namespace

TEST_CASE(
    "question: each state says what may follow, and what has ended begins again only when somebody says so")
{
    using S = QuestionState;
    using E = QuestionEvent;
    CHECK(next_state(S::watched, E::unheard) == S::pursued);
    CHECK(next_state(S::watched, E::ended) == S::ended);
    CHECK(next_state(S::pursued, E::ended) == S::ended);
    CHECK(next_state(S::ended, E::still_stuck) == S::watched);
    CHECK(next_state(S::ended, E::asked_again) == S::pursued);
    CHECK(!next_state(S::watched, E::asked_again));
    CHECK(!next_state(S::pursued, E::unheard));
    CHECK(!next_state(S::ended, E::ended));
    CHECK(!next_state(S::ended, E::unheard));
    CHECK(!next_state(S::watched, E::still_stuck));
    CHECK(!next_state(S::pursued, E::still_stuck));
}

TEST_CASE("question: with nobody's word after it, it is unanswered; a reply in its thread answers it")
{
    std::vector<LoggedMessage> talk{said("1", ten, "Uann", words("How do I restart the staging database?"))};
    CHECK(judged(talk, asked("1", ten)).verdict == Verdict::unanswered);

    talk.push_back(said("2", ten + 30min, "Ubo", words("With make restart-staging."), "1"));
    const QuestionJudgement answered = judged(talk, asked("1", ten));
    CHECK(answered.verdict == Verdict::answered);
    CHECK(answered.sign == AnswerSign::thread_reply);
    CHECK(answered.answered_at == ten + 30min);
}

TEST_CASE("question: what was said before its asker was still stuck is no answer")
{
    Question question = asked("1", ten);
    question.waits_since = ten + 2h;
    std::vector<LoggedMessage> talk{said("1", ten, "Uann", words("How do I restart the staging database?")),
                                    said("2", ten + 30min, "Ubo", words("With make restart-staging."), "1"),
                                    said("3", ten + 2h, "Uann", words("still stuck"), "1")};
    CHECK(judged(talk, question).verdict == Verdict::unanswered);
    talk.push_back(said("4", ten + 3h, "Ubo", words("Try the new token."), "1"));
    CHECK(judged(talk, question).verdict == Verdict::answered);
}

TEST_CASE("question: a lead-in stands for the question that follows it at once")
{
    const std::vector<LoggedMessage> talk{
        said("1", ten, "Uann", words("Hi all")),
        said("2", ten + 1min, "Uann", {Mention{UserId{"Ubo"}}, Words{" how do I restart the database?"}})};
    const QuestionJudgement judgement = judged(talk, asked("1", ten));
    CHECK(judgement.verdict == Verdict::unanswered);
    CHECK(judgement.mentioned == people({"Ubo"}));
    CHECK(judgement.text == talk[1].text);
    // Much later it is a matter of its own.
    std::vector<LoggedMessage> apart = talk;
    apart[1].at = ten + 2h;
    CHECK(judged(apart, asked("1", ten)).verdict == Verdict::asks_nothing);
}

TEST_CASE("question: in a channel for requests whatever is begun asks, and is answered like a question")
{
    std::vector<LoggedMessage> talk{said("1", ten, "Uann", words("The printer on floor 2 is out of paper."))};
    CHECK(judged(talk, asked("1", ten)).verdict == Verdict::asks_nothing);
    CHECK(judged(talk, asked("1", ten), WatchMode::all).verdict == Verdict::unanswered);
    talk.push_back(said("2", ten + 1h, "Ubo", words("Refilled."), "1"));
    CHECK(judged(talk, asked("1", ten), WatchMode::all).verdict == Verdict::answered);
}

TEST_CASE("question: of a thread, those who spoke there are known, the last one first, and no bots")
{
    std::vector<LoggedMessage> talk{said("1", ten - 3h, "Ucy", words("Deploy is at noon.")),
                                    said("2", ten - 2h, "Ubo", words("Fine."), "1"),
                                    said("3", ten - 1h, "Ubot", words("Build 12 passed."), "1"),
                                    said("4", ten, "Uann", words("Which version is it?"), "1")};
    talk[2].by_bot = true;
    const QuestionJudgement judgement = judged(talk, asked("4", ten, "1"));
    CHECK(judgement.verdict == Verdict::unanswered);
    CHECK(judgement.others == people({"Ubo", "Ucy"}));
}

TEST_CASE("question: what is not among what was read is not there")
{
    CHECK(judged({}, asked("1", ten)).verdict == Verdict::not_there);
}

TEST_CASE("question: the mode of the channel says what is taken for one")
{
    const auto taken = [](const RichText& text, bool is_reply, WatchMode mode) {
        return is_taken_for_question(
            score_question(text, {}, default_signal_weights()), text, is_reply, mode);
    };
    const RichText to_room = words("Does anyone know how to restart the staging database?");
    const RichText to_bo{Mention{UserId{"Ubo"}}, Words{" can you restart the staging database?"}};
    const RichText statement = words("The staging database is restarted.");
    const RichText broken = words("The build still doesn't work");

    CHECK(taken(to_room, false, WatchMode::questions));
    CHECK(taken(to_bo, true, WatchMode::questions));
    CHECK(!taken(statement, false, WatchMode::questions));
    CHECK(!taken(to_room, false, WatchMode::mentions));
    CHECK(taken(to_bo, false, WatchMode::mentions));
    CHECK(taken(statement, false, WatchMode::all));
    CHECK(taken(broken, false, WatchMode::all));
    CHECK(!taken(statement, true, WatchMode::all));
    CHECK(!taken(words("Thanks!"), false, WatchMode::all));
    for (const RichText& text : {to_room, to_bo, statement}) CHECK(!taken(text, false, WatchMode::off));
}

TEST_CASE("question: those it names are asked first, others one at a time, everybody once")
{
    const AskingPlan named = plan_asking(
        {{AskedBecause::mentioned, people({"Ubo", "Ucy"})},
         {AskedBecause::answers_in_channel, people({"Ubo", "Udi", "Ueve"})}});
    CHECK(named.because == AskedBecause::mentioned);
    CHECK(named.first == people({"Ubo", "Ucy"}));
    CHECK(named.then == people({"Udi", "Ueve"}));

    const AskingPlan by_channel = plan_asking(
        {{AskedBecause::mentioned, {}},
         {AskedBecause::in_thread, {}},
         {AskedBecause::answers_in_channel, people({"Udi", "Ueve", "Ufay"})}});
    CHECK(by_channel.because == AskedBecause::answers_in_channel);
    CHECK(by_channel.first == people({"Udi"}));
    CHECK(by_channel.then == people({"Ueve"}));

    CHECK(plan_asking({{AskedBecause::mentioned, {}}}).first.empty());
}

TEST_CASE("question: a channel's times become the clocks of whoever is asked")
{
    const PriorityPolicy usual = default_delivery_policy().of(Priority::today);
    WatchedChannel channel;
    const PriorityPolicy pace = question_pace(usual, channel);
    CHECK(pace.ack_within == 2h);
    REQUIRE(pace.nudges.size() == 1);
    CHECK(pace.nudges.front() == NudgeOffset{1.0, Duration{0}});
    CHECK(pace.step_ends == NudgeOffset{1.0, 2h});
    CHECK(!pace.asks_asker);
    // However close a channel puts them, there is some time between one step and the next.
    channel.ask_after = channel.pass_on_after = channel.offer_after;
    CHECK(question_pace(usual, channel).ack_within == 15min);
    CHECK(question_pace(usual, channel).step_ends.extra == 15min);
}
