// What is open between the teams of a resync, as its message shows it: asks, announcements, questions.
#include "bot/threads/question_table.hpp"
#include "tests/unit/resync_office.hpp"

#include <doctest/doctest.h>

using namespace ackd;

namespace {

constexpr const char* all_of_mobile = "@Ucy @Umia @U1m @U2m @U3m";

Settings with_teams_of_five(Settings settings = resynced())
{
    for (const char* more : {"U1", "U2", "U3"}) {
        settings.teams[0].members.emplace_back(more);
        settings.teams[1].members.emplace_back(std::string{more} + "m");
    }
    return settings;
}

/// Platform's people answer in #help.
Settings with_help_channel()
{
    Settings settings = with_teams_of_five();
    WatchedChannel help;
    help.channel = ChannelId{"Chelp"};
    help.people = {UserId{"Ubo"}, UserId{"Upat"}};
    settings.channels.push_back(help);
    return settings;
}

/// With five people in each team. The first round was posted on Tuesday, 3 March, and the second is on the
/// 10th.
struct LargeOffice : ResyncOffice {
    enum class Channels { open_to_all, of_members, unknown };

    explicit LargeOffice(Settings settings = with_teams_of_five(), Channels channels = Channels::open_to_all)
        : ResyncOffice(std::move(settings))
    {
        for (const char* more : {"U1", "U2", "U3", "U1m", "U2m", "U3m"}) join(more, more);
        instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
            if (!std::holds_alternative<ReadHistory>(delivery.effect)) return std::nullopt;
            return HistoryPage{};
        };
        if (channels == Channels::unknown) return;
        const bool is_private = channels == Channels::of_members;
        take(ConversationsListed{{Conversation{ChannelId{"Cwork"}, "work", false, is_private},
                                  Conversation{ChannelId{"Chelp"}, "help", false, is_private},
                                  Conversation{ChannelId{"Cleads"}, "leads", false, true}}});
    }

    /// In the channel of the resync, where words are shown.
    void announce(const std::string& words,
                  const std::string& options = "!fyi",
                  const char* channel = "Cleads")
    {
        ask_in(channel, std::string{all_of_mobile} + " " + options + " " + words);
    }
    /// By Pat.
    void ask_in(const char* channel, const std::string& typed)
    {
        CommandGiven given;
        given.command = "/ack";
        given.text = rich(typed);
        given.person = UserId{"Upat"};
        given.channel = ChannelId{channel};
        take(given);
        advance(std::chrono::minutes{1});
    }

    struct Asked {
        const char* person = "Umia";
        const char* at = "2026-03-05 10:00";
        QuestionState state = QuestionState::pursued;
        const char* channel = "Chelp";
        const char* first_asked = "";
        const char* given_up_at = nullptr;
    };
    /// A question in a watched channel, as it stands after it was looked at.
    void has_asked(const Asked& asked)
    {
        Question question;
        question.message = {ChannelId{asked.channel}, std::to_string(++questions_) + ".000001"};
        question.asker = UserId{asked.person};
        question.asked_at = question.waits_since = utc(asked.at);
        question.state = asked.state;
        QuestionTable table{*connection};
        table.insert(question);
        question.first_asked = UserId{asked.first_asked};
        if (asked.given_up_at != nullptr) {
            question.state = QuestionState::ended;
            question.outcome = QuestionOutcome::unanswered;
            question.ended_at = utc(asked.given_up_at);
        }
        table.save(question);
    }

    /// The section of the board with this heading; empty: there is none.
    [[nodiscard]] std::string section(const std::string& heading) const
    {
        const std::string shown = board();
        const std::size_t begin = shown.find("*" + heading);
        return begin == std::string::npos ? "" : shown.substr(begin, shown.find("----\n", begin) - begin);
    }
    [[nodiscard]] std::string asks() const { return section("Asked between teams"); }
    [[nodiscard]] std::string announcements() const { return section("Announced between teams"); }
    [[nodiscard]] std::string questions() const { return section("Questions between teams"); }

private:
    int questions_ = 0;
};

}  // namespace

TEST_CASE("between teams: an announcement is shown with how many of the other team have not acknowledged it")
{
    LargeOffice office;
    office.advance_past(utc("2026-03-05 10:00"));
    office.announce("the plan for May");
    office.ackd("Ucy", "got 1");
    office.ackd("U1m", "got 1");
    office.advance_past(utc("2026-03-10 11:00"));
    CHECK(office.announcements() ==
          "*Announced between teams, and not acknowledged by everybody*\n"
          "~ platform announced (\"the plan for May\"→) 5 days ago: no ack from 3 of 5 in mobile\n");
    for (const char* name : {"Pat", "Mia", "U2m", "Cy"}) {
        CAPTURE(name);
        CHECK_FALSE(has(office.announcements(), name));
    }
    for (const char* person : {"Umia", "U2m", "U3m"}) office.ackd(person, "got 1");
    // The message is drawn again when an answer comes.
    office.answers("Ubo", {});
    CHECK(office.announcements().empty());
}

TEST_CASE("between teams: what was announced less than three days ago is not told yet")
{
    LargeOffice office;
    office.advance_past(utc("2026-03-07 12:00"));
    office.announce("the plan for May");
    office.advance_past(utc("2026-03-10 11:00"));
    CHECK(office.announcements().empty());
    office.advance_past(utc("2026-03-10 13:00"));
    office.answers("Ubo", {});
    CHECK(has(office.announcements(), "3 days ago: no ack from 5 of 5 in mobile"));
}

TEST_CASE("between teams: an announcement whose days are over without acks is told in the next round, once")
{
    LargeOffice office;
    office.announce("the plan for May");
    office.advance_past(utc("2026-03-10 11:00"));
    REQUIRE(office.count("SELECT count(*) FROM obligations WHERE state = 9") == 5);
    CHECK(has(office.announcements(), "(\"the plan for May\"→) 8 days ago: no ack from 5 of 5 in mobile"));
    office.advance_past(utc("2026-03-17 11:00"));
    CHECK(office.announcements().empty());
}

TEST_CASE("between teams: the most urgent announcements come first, then the newest, and five are listed")
{
    LargeOffice office;
    office.advance_past(utc("2026-03-05 10:00"));
    office.announce("the door code", "!received !today");
    for (int number = 1; number <= 6; ++number) office.announce("plan " + std::to_string(number));
    office.advance_past(utc("2026-03-10 11:00"));
    CHECK(office.announcements() ==
          "*Announced between teams, and not acknowledged by everybody*\n"
          "~ platform announced (\"the door code\"→) 5 days ago: no ack from 5 of 5 in mobile\n"
          "~ platform announced (\"plan 6\"→) 5 days ago: no ack from 5 of 5 in mobile\n"
          "~ platform announced (\"plan 5\"→) 5 days ago: no ack from 5 of 5 in mobile\n"
          "~ platform announced (\"plan 4\"→) 5 days ago: no ack from 5 of 5 in mobile\n"
          "~ platform announced (\"plan 3\"→) 5 days ago: no ack from 5 of 5 in mobile\n"
          "~ … and 2 more\n");
}

TEST_CASE("between teams: of what was announced in another channel there is a link, and no words")
{
    LargeOffice office;
    office.advance_past(utc("2026-03-05 10:00"));
    office.announce("the plan for May", "!fyi", "Cwork");
    office.advance_past(utc("2026-03-10 11:00"));
    CHECK(office.announcements() ==
          "*Announced between teams, and not acknowledged by everybody*\n"
          "~ platform announced (something→) 5 days ago: no ack from 5 of 5 in mobile\n");
}

TEST_CASE("between teams: nothing is told of what is not said in public, not even how much there is")
{
    Settings settings = with_help_channel();
    for (const auto channels : {LargeOffice::Channels::of_members, LargeOffice::Channels::unknown}) {
        LargeOffice office{settings, channels};
        office.advance_past(utc("2026-03-05 10:00"));
        office.announce("the secret plan", "!fyi", "Cwork");
        office.has_asked({.at = "2026-03-05 10:00"});
        office.has_asked({.at = "2026-03-03 10:00", .given_up_at = "2026-03-06 10:00"});
        office.advance_past(utc("2026-03-10 11:00"));
        REQUIRE(has(office.board(), "Resync product"));
        CHECK_FALSE(has(office.board(), "between teams"));
    }
}

TEST_CASE("between teams: the channel of the resync may be a private one")
{
    LargeOffice office{with_teams_of_five(), LargeOffice::Channels::unknown};
    office.advance_past(utc("2026-03-05 10:00"));
    office.announce("the plan for May");
    office.advance_past(utc("2026-03-10 11:00"));
    CHECK(has(office.announcements(), "platform announced (\"the plan for May\"→) 5 days ago"));
}

TEST_CASE("between teams: where the channel of the resync takes no message, its leads are told nothing of it")
{
    LargeOffice office;
    office.advance_past(utc("2026-03-05 10:00"));
    office.announce("the plan for May");
    office.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
        if (std::holds_alternative<ReadHistory>(delivery.effect)) return HistoryPage{};
        const auto* post = std::get_if<PostMessage>(&delivery.effect);
        if (post == nullptr || post->channel != ChannelId{"Cleads"}) return std::nullopt;
        return Fault{FaultKind::not_a_member, "not_in_channel"};
    };
    office.advance_past(utc("2026-03-11 11:00"));
    std::string told;
    for (const SeenMessage& message : office.to("Ubo")) told += text_of(message.now);
    CHECK(has(told, "The channel of this resync takes no messages of mine"));
    CHECK_FALSE(has(told, "Announced between teams"));
}

TEST_CASE("between teams: words that name somebody are not quoted, whoever it is")
{
    struct Row {
        const char* words;
        bool is_quoted;
    };
    const Row rows[] = {
        {"thanks to @Umia we can ship", false},  // was asked
        {"thanks to @Uzoe we can ship", false},  // was not
        {"thanks to @Zoe we can ship", false},
        {"Zoe has found it", false},
        {"it was zoe's", false},
        {"ask Miller", false},
        {"the zoetrope is back", true},
    };
    for (const Row& row : rows) {
        CAPTURE(row.words);
        Settings settings = with_teams_of_five();
        settings.teams.push_back(team_of_two("other", "Uzoe", "Ufay"));
        LargeOffice office{settings};
        office.join("Uzoe", "Zoe Miller");
        office.advance_past(utc("2026-03-05 10:00"));
        office.announce(row.words);
        office.advance_past(utc("2026-03-10 11:00"));
        CHECK(has(office.announcements(), "~ platform announced ("));
        CHECK(has(office.announcements(), "platform announced (something→)") != row.is_quoted);
    }
}

TEST_CASE("between teams: a bot, a guest and an account that nobody knows are none of the five")
{
    Settings settings = with_teams_of_five();
    settings.teams[1].members.pop_back();
    SUBCASE("four people") {}
    SUBCASE("and a bot")
    {
        settings.teams[1].members.emplace_back("Ubot");
    }
    SUBCASE("and a guest")
    {
        settings.teams[1].members.emplace_back("Uguest");
    }
    SUBCASE("and a stranger")
    {
        settings.teams[1].members.emplace_back("Ustranger");
    }
    LargeOffice office{settings};
    office.join("Ubot", "Deployer", "Etc/UTC", MemberKind::bot);
    office.join("Uguest", "Gus", "Etc/UTC", MemberKind::guest);
    office.advance_past(utc("2026-03-05 10:00"));
    office.ask_in("Cleads", "@Ucy @Umia @U1m @U2m @Uguest @Ustranger !fyi the plan for May");
    office.advance_past(utc("2026-03-10 11:00"));
    REQUIRE(has(office.board(), "Resync product"));
    CHECK_FALSE(has(office.board(), "between teams"));
}

TEST_CASE(
    "between teams: what fewer than five of a team are to say they got is an ask, once a week has passed")
{
    LargeOffice office;
    office.ask_in("Cwork", "@Ucy @Umia by 2026-03-20 !received the new door code");
    office.ask_in("Cwork", std::string{all_of_mobile} + " by 2026-03-20 !received the new keys");
    office.ackd("Ucy", "got 1");
    office.advance_past(utc("2026-03-10 11:00"));
    CHECK(office.asks() == "*Asked between teams, and open for more than a week*\n"
                           "~ platform of mobile: 1, the oldest since 8 days\n");
}

TEST_CASE(
    "between teams: nothing is told of fewer than five people, of a team or of those it was announced to")
{
    SUBCASE("fewer were asked")
    {
        LargeOffice office;
        office.advance_past(utc("2026-03-05 10:00"));
        office.ack("Upat", "@Ucy @Umia @U1m @U2m !fyi the plan for May");
        office.advance_past(utc("2026-03-10 11:00"));
        CHECK(office.announcements().empty());
    }
    SUBCASE("fewer are in the team, without those who are counted in another")
    {
        Settings settings = with_teams_of_five();
        settings.teams.front().members.emplace_back("Umia");
        LargeOffice office{settings};
        office.ack("Upat", "@Ucy !week please look at the tokens");
        office.advance_past(utc("2026-03-05 10:00"));
        office.announce("the plan for May");
        office.advance_past(utc("2026-03-10 11:00"));
        CHECK_FALSE(has(office.board(), "between teams"));
    }
}

TEST_CASE("between teams: a proposal that holds without an answer is no announcement")
{
    LargeOffice office;
    office.advance_past(utc("2026-03-05 10:00"));
    office.announce("we move to the new cluster", "!week !silence=go");
    office.advance_past(utc("2026-03-10 11:00"));
    CHECK(office.announcements().empty());
}

TEST_CASE("between teams: questions that nobody answered are counted, with a link to the oldest")
{
    LargeOffice office{with_help_channel()};
    office.advance_past(utc("2026-03-09 12:00"));
    office.has_asked({.at = "2026-03-05 10:00"});
    office.has_asked({.person = "U2m", .at = "2026-03-06 10:00"});
    // Of their own team; too new; not looked at yet.
    office.has_asked({.person = "U1", .at = "2026-03-05 10:00"});
    office.has_asked({.at = "2026-03-09 10:00"});
    office.has_asked({.at = "2026-03-05 10:00", .state = QuestionState::watched});
    office.advance_past(utc("2026-03-10 11:00"));
    CHECK(office.questions() == "*Questions between teams that nobody has answered*\n"
                                "~ mobile of platform: 2, the oldest since 5 days · (open→)\n");
}

TEST_CASE("between teams: a question is the team's that is at home in its channel, whoever answers there")
{
    Settings settings = with_help_channel();
    settings.teams[1].channel = ChannelId{"Chelp"};
    LargeOffice office{settings};
    office.advance_past(utc("2026-03-09 12:00"));
    office.has_asked({.person = "Umia"});
    office.has_asked({.person = "Upat"});
    office.advance_past(utc("2026-03-10 11:00"));
    CHECK(has(office.questions(), "~ platform of mobile: 1, the oldest since 5 days"));
    CHECK_FALSE(has(office.questions(), "mobile of platform"));
}

TEST_CASE("between teams: where people of both answer, a question is the team's of whom it was asked first")
{
    Settings settings = with_help_channel();
    settings.channels.front().people = {UserId{"Ubo"}, UserId{"Ucy"}};
    LargeOffice office{settings};
    office.advance_past(utc("2026-03-09 12:00"));
    office.has_asked({.person = "Umia", .first_asked = "Ubo"});
    office.has_asked({.person = "Umia", .first_asked = "Ucy"});
    office.has_asked({.person = "Umia"});
    office.advance_past(utc("2026-03-10 11:00"));
    CHECK(office.questions() == "*Questions between teams that nobody has answered*\n"
                                "~ mobile of platform: 1, the oldest since 5 days · (open→)\n");
}

TEST_CASE("between teams: a question that was given up on is told in the next round, once")
{
    LargeOffice office{with_help_channel()};
    office.advance_past(utc("2026-03-09 12:00"));
    office.has_asked({.at = "2026-03-03 10:00", .given_up_at = "2026-03-06 10:00"});
    // Before the last round was posted.
    office.has_asked({.at = "2026-02-25 10:00", .given_up_at = "2026-03-02 10:00"});
    office.advance_past(utc("2026-03-10 11:00"));
    CHECK(has(office.questions(), "~ mobile of platform: 1, the oldest since 7 days · (open→)\n"));
    office.advance_past(utc("2026-03-17 11:00"));
    CHECK(office.questions().empty());
}

TEST_CASE("between teams: a question that was given up on is not told where the channel is watched no more")
{
    const auto told = [](const Settings& settings) {
        LargeOffice office{settings};
        office.advance_past(utc("2026-03-09 12:00"));
        office.has_asked(
            {.at = "2026-03-03 10:00", .first_asked = "Upat", .given_up_at = "2026-03-06 10:00"});
        office.advance_past(utc("2026-03-10 11:00"));
        REQUIRE(has(office.board(), "Resync product"));
        return !office.questions().empty();
    };
    Settings settings = with_help_channel();
    CHECK(told(settings));
    settings.channels.front().mode = WatchMode::off;
    CHECK_FALSE(told(settings));
    settings.channels.clear();
    CHECK_FALSE(told(settings));
}

TEST_CASE("between teams: what was announced by somebody who is forgotten is quoted no more")
{
    LargeOffice office;
    office.advance_past(utc("2026-03-05 10:00"));
    office.announce("the plan for May");
    office.advance_past(utc("2026-03-10 11:00"));
    REQUIRE(has(office.announcements(), "the plan for May"));
    office.ackd("Upat", "forget");
    SeenMessage question;
    question.now = office.Workspace::answers.back().notice;
    office.press("Upat", question, "forget_me");
    office.advance(std::chrono::minutes{2});
    CHECK_FALSE(has(office.board(), "the plan for May"));
    CHECK(has(office.board(), "Resync product"));
}
