// `/threads`: what nobody has answered in a channel, how soon the rest was, and what the channel has learnt.
#include "bot/threads/threads_command.hpp"

#include "bot/threads/channel_summary.hpp"
#include "tests/unit/help_channel.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

struct ThreadsDesk : HelpChannel {
    explicit ThreadsDesk(Settings settings = watching()) : HelpChannel(std::move(settings)) {}

    std::string threads(const char* person, const std::string& typed = "", const char* channel = "Chelp")
    {
        CommandGiven given;
        given.command = "/threads";
        given.text = rich(typed);
        given.person = UserId{person};
        given.channel = ChannelId{channel};
        take(given);
        return answer();
    }
};

Question ended(const char* asker, QuestionOutcome outcome, std::optional<Duration> answered_after)
{
    Question question;
    question.asker = UserId{asker};
    question.asked_at = utc("2026-03-02 10:00");
    question.state = QuestionState::ended;
    question.outcome = outcome;
    if (answered_after) question.answered_at = question.asked_at + *answered_after;
    return question;
}

}  // namespace

TEST_CASE("threads: what nobody has answered, oldest first, with who is on it, and how many are newer")
{
    ThreadsDesk desk;
    CHECK(has(desk.threads("Uann"), "Nothing. Questions that nobody answers appear here."));
    desk.say("Udi", to_the_room);
    CHECK(has(desk.threads("Uann"), "One is newer: each is looked at after 4 working hours."));
    desk.advance_to(utc("2026-03-02 14:00"));
    CHECK(has(desk.threads("Uann"), "Di, since Mon 10:00"));
    CHECK(has(desk.threads("Uann"), "Bo is asked on Mon 16:00"));
    desk.advance_to(utc("2026-03-02 16:02"));
    CHECK(has(desk.threads("Uann"), "Bo was asked"));
    desk.press("Ubo", desk.last_to("Ubo"), "got_it");
    CHECK(has(desk.threads("Uann"), "Bo has it"));
}

TEST_CASE("threads: a channel that is not watched says how it would be")
{
    ThreadsDesk desk;
    CHECK(has(desk.threads("Uann", "", "Cwork"), "Nobody looks after the questions in #Cwork."));
    CHECK(has(desk.threads("Uann", "", "Cwork"), "/ackd setup"));
}

TEST_CASE("threads: of another channel only when everybody may look into it")
{
    ThreadsDesk desk;
    CHECK(has(desk.threads("Uann", "#Chelp", "Cwork"), "Type it in that channel"));
    Conversation help{ChannelId{"Chelp"}, "help"};
    desk.take(ConversationsListed{{help}});
    CHECK(has(desk.threads("Uann", "#Chelp", "Cwork"), "Type it in that channel"));
    help.is_private = false;
    desk.take(ConversationsListed{{help}});
    CHECK(has(desk.threads("Uann", "#Chelp", "Cwork"), "*Unanswered in *#Chelp"));
    desk.join("Ugil", "Gil", "Etc/UTC", MemberKind::guest);
    CHECK(has(desk.threads("Ugil", "#Chelp", "Cwork"), "Type it in that channel"));
}

TEST_CASE("threads: what a channel has learnt is shown, and reset by who may change it")
{
    Settings settings = watching();
    settings.admins = {UserId{"Ucy"}};
    ThreadsDesk desk{settings};
    CHECK(has(desk.threads("Uann", "learned"), "Nothing yet"));
    desk.say("Udi", to_the_room);
    desk.advance_to(utc("2026-03-02 14:00"));
    desk.press("Udi", desk.last_to("Udi"), "not_a_question");
    CHECK(has(desk.threads("Uann", "learned"), "question mark: "));
    CHECK(has(desk.threads("Uann", "reset"), "Cy"));
    CHECK(has(desk.threads("Uann", "learned"), "question mark: "));
    CHECK(has(desk.threads("Ucy", "reset"), "Forgotten"));
    CHECK(has(desk.threads("Uann", "learned"), "Nothing yet"));
    CHECK(has(desk.threads("Uann", "lerned"), "I did not understand \"/threads lerned\"."));
}

TEST_CASE("threads: figures are of five people or more who asked, and tell of nobody")
{
    std::vector<Question> week{ended("Ua", QuestionOutcome::answered, 10min),
                               ended("Ub", QuestionOutcome::answered, 20min),
                               ended("Uc", QuestionOutcome::answered, 30min),
                               ended("Ud", QuestionOutcome::unanswered, std::nullopt)};
    CHECK(!answer_figures(week));
    // What was no question, or was taken back, counts for nobody.
    week.push_back(ended("Ue", QuestionOutcome::not_a_question, std::nullopt));
    CHECK(!answer_figures(week));
    week.push_back(ended("Ue", QuestionOutcome::answered, 40min));
    const auto figures = answer_figures(week);
    REQUIRE(figures);
    CHECK(figures->asked.value() == 5);
    CHECK(figures->answered.value() == 4);
    // Of those answered, four people asked.
    CHECK(!figures->median_minutes);
    week.push_back(ended("Uf", QuestionOutcome::answered_elsewhere, 50min));
    const auto more = answer_figures(week);
    REQUIRE(more);
    REQUIRE(more->median_minutes);
    CHECK(more->median_minutes->value() == 30);
    CHECK(more->most_minutes->value() == 50);
}

TEST_CASE("threads: once a week those who decide about the channel read how it went, with a digest")
{
    Settings settings = watching();
    settings.channels.front().people.clear();
    Team team;
    team.name = "platform";
    team.channel = ChannelId{"Chelp"};
    team.leads = {UserId{"Ucy"}};
    settings.teams.push_back(team);
    ThreadsDesk desk{settings};
    const char* const askers[] = {"Uann", "Ubo", "Ucy", "Udi", "Ueve"};
    desk.join("Ueve", "Eve");
    // The first night only begins the week.
    desk.advance_to(utc("2026-03-03 10:00"));
    for (const char* asker : askers) {
        const MessageRef asked = desk.say(asker, to_the_room);
        desk.advance(20min);
        desk.say(asker == askers[0] ? "Udi" : "Uann", "With make restart-staging.", asked);
    }
    desk.say("Udi", "Does anyone know where the runbook is?");
    desk.advance_to(utc("2026-03-09 18:00"));
    desk.say("Uann", to_the_room);
    desk.advance_to(utc("2026-03-10 17:00"));
    const std::string read = text_of(desk.last_to("Ucy").now);
    CHECK(has(read, "Questions in #Chelp"));
    CHECK(has(read, "In the last seven days: 5 of 6 questions answered, half of them within 20 min"));
    const auto told = desk.to("Ucy").size();
    CHECK(desk.to("Ubo").empty());
    desk.advance_to(utc("2026-03-13 17:00"));
    CHECK(desk.to("Ucy").size() == told);
}
