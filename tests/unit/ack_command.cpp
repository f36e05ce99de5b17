// `/ack …`: recipients, options and the date come first; from the first other word on, everything is the
// message.
#include "bot/commands/ack_command.hpp"

#include "storage/migrations.hpp"
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

class Typist {
public:
    Typist()
        : connection_(":memory:", storage::OpenMode::create),
          directory((storage::migrate(connection_), connection_), "Etc/UTC")
    {
        directory.save(Member{UserId{"Uann"}, "Ann", "Etc/UTC", MemberKind::person, false});
        directory.save(Member{UserId{"Ubo"}, "Bo", "Etc/UTC", MemberKind::person, false});
        directory.save(Member{UserId{"Utwin1"}, "Twin", "Etc/UTC", MemberKind::person, false});
        directory.save(Member{UserId{"Utwin2"}, "twin", "Etc/UTC", MemberKind::person, false});
        directory.save(Member{UserId{"Ugone"}, "Gone", "Etc/UTC", MemberKind::person, true});
        directory.save(UserGroup{GroupId{"Gteam"}, "platform", {UserId{"Ubo"}}, false});
    }

    std::variant<Ask, CommandMistake> parse(const RichText& typed) const
    {
        return parse_ack_command(typed, directory, WorkingHours{"Etc/UTC"}, utc("2026-03-02 10:00"));
    }
    /// What is understood, or the explanation and the corrected line.
    std::string understood(const std::string& typed) const
    {
        const auto outcome = parse(Workspace::rich(typed));
        if (const auto* mistake = std::get_if<CommandMistake>(&outcome)) {
            return mistake->explanation + "\n" + mistake->corrected;
        }
        const auto& command = std::get<Ask>(outcome);
        std::string text;
        for (const UserId& person : command.people) text += person.value + " ";
        for (const GroupId& group : command.groups) text += group.value + " ";
        for (const ChannelId& channel : command.channels) text += channel.value + " ";
        text += name_of(command.priority);
        if (command.quorum == Quorum::any) text += " any";
        if (command.quorum == Quorum::k_of_n) text += " " + std::to_string(command.needed);
        if (command.level == AckLevel::received) text += " received";
        if (!command.route.empty()) text += " route " + command.route;
        if (command.due_at) text += " by " + utc_text(*command.due_at);
        return text + ": " + text_of(command.text);
    }

private:
    storage::Connection connection_;

public:
    Directory directory;
};

struct Row {
    std::string typed;
    const char* expected;
};

}  // namespace

TEST_CASE("/ack: recipients, options and a date in any order, then the message as it was typed")
{
    const Typist typist;
    const Row rows[] = {
        {"@Ubo please read", "Ubo today: please read"},
        {"@Ubo @Uann @Ubo please read", "Ubo Uann today: please read"},
        {"@&Gteam #Cops @Ubo please", "Ubo Gteam Cops today: please"},
        {"@Bo please", "Ubo today: please"},
        {"@bo @platform please", "Ubo Gteam today: please"},
        {"@Ubo !now fire", "Ubo now: fire"},
        {"!week @Ubo read", "Ubo week: read"},
        {"@Ubo !fyi note", "Ubo fyi: note"},
        {"@Ubo !any !received hello", "Ubo today any received: hello"},
        {"@Ubo @Uann !2 !done hello", "Ubo Uann today 2: hello"},
        {"@Ubo !all hello", "Ubo today: hello"},
        {"@Ubo !route=incident hello", "Ubo today route incident: hello"},
        {"@Ubo by thursday 15:00 hello", "Ubo today by 2026-03-05 15:00 UTC: hello"},
        {"by thursday @Ubo hello", "Ubo today by 2026-03-05 17:00 UTC: hello"},
        {"@Ubo by in 2h hello", "Ubo today by 2026-03-02 12:00 UTC: hello"},
        {"@Ubo by the way, hello", "Ubo today: by the way, hello"},
        {"@Ubo stand by thursday", "Ubo today: stand by thursday"},
        {"@Ubo please read the plan by Thursday.",
         "Ubo today by 2026-03-05 17:00 UTC: please read the plan by Thursday."},
        {"@Ubo can you do it by tomorrow 9:30?",
         "Ubo today by 2026-03-03 09:30 UTC: can you do it by tomorrow 9:30?"},
        {"@Ubo by friday read the plan by Thursday",
         "Ubo today by 2026-03-06 17:00 UTC: read the plan by Thursday"},
        {"@Ubo read the plan by Thursday or say no", "Ubo today: read the plan by Thursday or say no"},
        {"@Ubo read the book by Thrusday", "Ubo today: read the book by Thrusday"},
        {"@Ubo read what was sent by yesterday", "Ubo today: read what was sent by yesterday"},
        {"@Ubo go by the plan by thursday, please", "Ubo today: go by the plan by thursday, please"},
        {"@Ubo please ask @Uann about !now and #Cops", "Ubo today: please ask <@Uann> about !now and #Cops"},
        {"@Ubo ! is a word", "Ubo today: ! is a word"},
        {"@Ubo @ home", "Ubo today: @ home"},
        {"@Ubo   many   spaces", "Ubo today: many spaces"},
        {"@Ubo čtěte 日本語 ✅", "Ubo today: čtěte 日本語 ✅"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        CHECK(typist.understood(row.typed) == row.expected);
    }
}

TEST_CASE("/ack: what is wrong is said once, and the right form has the person's own words in it")
{
    const Typist typist;
    const Row rows[] = {
        {"", "Whom do you ask, and what?\n/ack @name Please read the release plan"},
        {"please read", "I did not find whom you ask.\n/ack @name please read"},
        {"!now please read", "I did not find whom you ask.\n/ack @name !now please read"},
        {"@Ubo", "What do you ask? The message is missing.\n/ack @Bo Please read the release plan"},
        {"@Ubo !now by thursday",
         "What do you ask? The message is missing.\n/ack @Bo !now by thursday Please read the release plan"},
        {"@Ubo @nobody please",
         "I do not know \"@nobody\": no person or group has that name.\n/ack @Bo @name please"},
        {"@Uann @A please",
         "I do not know \"@A\": no person or group has that name.\n/ack @Ann @name please"},
        {"@twin please", "I do not know \"@twin\": no person or group has that name.\n/ack @name please"},
        {"@Gone please", "I do not know \"@Gone\": no person or group has that name.\n/ack @name please"},
        {"@Ubo !tody please", "I did not understand \"!tody\".\n/ack @Bo !today please"},
        {"@Ubo !NOW please", "I did not understand \"!NOW\".\n/ack @Bo !today please"},
        {"@Ubo !0 please", "I did not understand \"!0\".\n/ack @Bo !today please"},
        {"@Ubo !-3 please", "I did not understand \"!-3\".\n/ack @Bo !today please"},
        {"@Ubo !99999999999 please", "I did not understand \"!99999999999\".\n/ack @Bo !today please"},
        {"@Ubo !route= please", "I did not understand \"!route=\".\n/ack @Bo !route=default please"},
        {"@Ubo by thrusday 15:00 please",
         "I did not understand \"by thrusday\".\n/ack @Bo by Thursday 15:00 please"},
        {"@Ubo by 2026-03-01 12:00 please",
         "\"by 2026-03-01 12:00\" is in the past, or more than a year ahead.\n/ack @Bo by tomorrow please"},
        {"@thrusday by thrusday please",
         "I do not know \"@thrusday\": no person or group has that name.\n/ack @name by thrusday please"},
        {"@&Gteam !recieved read it",
         "I did not understand \"!recieved\".\n/ack @platform !received read it"},
        {"@&Gunknown !recieved read it",
         "I did not understand \"!recieved\".\n/ack @Gunknown !received read it"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        CHECK(typist.understood(row.typed) == row.expected);
    }
}

TEST_CASE("/ack: a corrected line that is typed again is understood, or says what is still missing")
{
    const Typist typist;
    for (const char* typed : {"@Ubo !tody please",
                              "@Ubo by thrusday 15:00 please",
                              "@Ubo by 2026-03-01 please",
                              "@Ubo",
                              "@Ubo !route= please"})
    {
        CAPTURE(std::string{typed});
        const auto outcome = typist.parse(Workspace::rich(typed));
        const auto* mistake = std::get_if<CommandMistake>(&outcome);
        REQUIRE(mistake != nullptr);
        const std::string again = mistake->corrected.substr(std::string_view{"/ack "}.size());
        CHECK(std::holds_alternative<Ask>(typist.parse({Words{again}})));
    }
}

TEST_CASE("/ack: a link is typed as words")
{
    CHECK(
        split_words(
            {Words{"see ("}, Link{"https://x.test"}, Words{") and "}, Link{"https://y.test", "the plan"}}) ==
        RichText{Words{"see"}, Words{"(https://x.test)"}, Words{"and"}, Words{"the"}, Words{"plan"}});
}

TEST_CASE("/ack: any text whatever is a command or a mistake with a corrected line")
{
    const Typist typist;
    CHECK(rc::check([&] {
        RichText typed;
        const int spans = *rc::gen::inRange(0, 8);
        for (int index = 0; index < spans; ++index) {
            switch (*rc::gen::inRange(0, 10)) {
                case 0:
                    typed.push_back(Mention{UserId{*rc::gen::element<std::string>("Ubo", "Unobody")}});
                    break;
                case 1: typed.push_back(GroupMention{GroupId{"Gteam"}}); break;
                case 2: typed.push_back(ChannelName{ChannelId{"Cops"}}); break;
                case 3: typed.push_back(MessageLink{{ChannelId{"C1"}, "1.1"}, "a link"}); break;
                case 4: typed.push_back(Strong{"bold"}); break;
                case 7: typed.push_back(Link{"https://x.test", "!now by"}); break;
                case 5: typed.push_back(Moment{utc("2026-03-02 10:00"), "then"}); break;
                case 6:
                    typed.push_back(Words{*rc::gen::element<std::string>(" by ",
                                                                         " by thrusday ",
                                                                         " !now ",
                                                                         " !x ",
                                                                         "@bo ",
                                                                         " by 2020-01-01 ",
                                                                         " in 2h ",
                                                                         "!",
                                                                         "@")});
                    break;
                default: typed.push_back(Words{*rc::gen::arbitrary<std::string>()}); break;
            }
        }
        const auto outcome = typist.parse(typed);
        if (const auto* mistake = std::get_if<CommandMistake>(&outcome)) {
            RC_ASSERT(mistake->corrected.starts_with("/ack "));
            RC_ASSERT(!mistake->explanation.empty());
        } else {
            const auto& command = std::get<Ask>(outcome);
            RC_ASSERT(!command.text.empty());
            RC_ASSERT(!command.people.empty() || !command.groups.empty() || !command.channels.empty());
        }
    }));
    const std::string long_word(200'000, 'x');
    CHECK(typist.understood("@Ubo " + long_word).size() ==
          long_word.size() + std::string_view{"Ubo today: "}.size());
    CHECK(typist.understood("!" + long_word).starts_with("I did not understand"));
}
