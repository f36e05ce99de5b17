// The rules of a retro: what comes up, whose turn it is, when, themes, dots, and what is typed behind /retro.
#include "bot/retro/retro_rules.hpp"

#include "bot/policy/policy_lint.hpp"
#include "bot/retro/retro_phrase.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

std::vector<RetroEntry> entries(int count)
{
    std::vector<RetroEntry> all;
    for (int number = 1; number <= count; ++number) {
        RetroEntry& entry = all.emplace_back();
        entry.number = number;
        entry.question = 1;
        entry.text = "what was said as number " + std::to_string(number);
    }
    return all;
}

RetroCandidate candidate(const char* person, int last_round = 0, bool is_out = false, bool is_here = true)
{
    return {UserId{person}, is_here, is_out, last_round};
}

/// "note platform|we deploy", "show ", "mistake …": what was understood.
std::string understood(const std::string& typed)
{
    const std::vector<std::string> names{"platform", "mobile"};
    struct Words {
        std::string operator()(const ShowRetros& show) const { return "show " + show.retro; }
        std::string operator()(const NoteForRetro& note) const
        {
            return "note " + note.retro + "|" + note.text;
        }
        std::string operator()(const FindInRetros& find) const
        {
            return "find " + find.retro + "|" + find.words;
        }
        std::string operator()(const ExportRetro& wanted) const
        {
            return "export " + wanted.retro + "|" + (wanted.number ? std::to_string(*wanted.number) : "");
        }
        std::string operator()(const ChangeRetroCadence& change) const
        {
            std::string words = "change " + change.retro + "|";
            for (const std::string& word : change.words) words += word + " ";
            return words;
        }
        std::string operator()(const RetroMistake& mistake) const { return "try " + mistake.corrected; }
    };
    return std::visit(Words{}, parse_retro_phrase(typed, names));
}

}  // namespace

TEST_CASE("retro: each question comes up, those that were left out first")
{
    Retro retro;
    retro.questions = {"own one", "own two", "own three"};
    retro.questions_each = 3;
    const auto all = all_questions(retro);
    REQUIRE(all.size() == 8);
    std::map<std::string, int> last;
    std::map<std::string, int> times;
    for (int number = 1; number <= 9; ++number) {
        const auto asked = questions_of_this_time(all, last, retro.questions_each);
        CHECK(asked.size() == 3);
        for (const std::string& question : asked) {
            last[question] = number;
            ++times[question];
        }
        // Within three rounds everything was asked; and nothing is asked again much sooner than others.
        if (number == 3) CHECK(last.size() == 8);
    }
    for (const auto& [question, count] : times) {
        const std::string& asked = question;
        CAPTURE(asked);
        CHECK(count >= 3);
        CHECK(count <= 5);
    }
    // In the order of the list.
    CHECK(questions_of_this_time(all, {}, 2) == std::vector<std::string>{all[0], all[1]});
    CHECK(questions_of_this_time(all, {{all[0], 1}}, 2) == std::vector<std::string>{all[1], all[2]});
    CHECK(questions_of_this_time(all, {}, 100) == all);
    // A question that is new in the policy comes at once.
    std::map<std::string, int> all_asked;
    for (std::size_t index = 0; index < 7; ++index) all_asked[all[index]] = 4;
    CHECK(questions_of_this_time(all, all_asked, 1) == std::vector<std::string>{"own three"});
}

TEST_CASE("retro: whoever facilitated longest ago has the turn; who left or is out is passed over")
{
    struct Row {
        const char* when;
        std::vector<std::vector<RetroCandidate>> lists;
        const char* expected;
    };
    const Row rows[] = {
        {"the first time, the first", {{candidate("U1"), candidate("U2")}}, "U1"},
        {"then the next", {{candidate("U1", 1), candidate("U2")}}, "U2"},
        {"and round again", {{candidate("U1", 1), candidate("U2", 2)}}, "U1"},
        {"who is out keeps the turn for later", {{candidate("U1", 1, true), candidate("U2", 2)}}, "U2"},
        {"who left has none", {{candidate("U1", 0, false, false), candidate("U2", 7)}}, "U2"},
        {"when all of them left, the leads",
         {{candidate("U1", 0, false, false)}, {candidate("U5", 3)}, {candidate("U6")}},
         "U5"},
        {"when all of them are out, too", {{candidate("U1", 0, true)}, {candidate("U5", 3)}}, "U5"},
        {"when everybody is out, one of those who are named",
         {{candidate("U1", 2, true), candidate("U2", 1, true)}, {candidate("U5", 0, true)}},
         "U2"},
        {"nobody", {{}, {candidate("U1", 0, false, false)}}, ""},
    };
    for (const Row& row : rows) {
        CAPTURE(row.when);
        CHECK(facilitator_of(row.lists).value == row.expected);
    }
}

TEST_CASE("retro: the window is working time, and the reminder comes a day before its end or not at all")
{
    const WorkingHours hours{"Etc/UTC"};
    const Instant monday = utc("2026-03-02 11:00");
    CHECK(closes_at(hours, monday, 24h) == utc("2026-03-05 11:00"));
    CHECK(remind_at(monday, utc("2026-03-05 11:00")) == utc("2026-03-04 11:00"));
    CHECK_FALSE(remind_at(monday, closes_at(hours, monday, 8h)));
    CHECK(remind_at(monday, monday + 26h) == monday + 2h);
    CHECK_FALSE(remind_at(monday, monday + 26h - 1us));

    RetroRound round;
    round.opened_at = monday;
    round.closes_at = utc("2026-03-05 11:00");
    CHECK(due_of(round) == round.closes_at);
    round.remind_at = utc("2026-03-04 11:00");
    CHECK(due_of(round) == round.remind_at);
    round.state = RetroState::grouping;
    begin_waiting(round, hours, round.closes_at);
    CHECK(due_of(round) == utc("2026-03-06 11:00"));
    CHECK(round.left_alone_until == utc("2026-03-12 11:00"));
    CHECK_FALSE(due_of(ended(round, RetroEnd::said, monday)));
    CHECK(ended(round, RetroEnd::said, monday).ended_at == monday);
}

TEST_CASE("retro: where most of its window passed without ackd it closes later, once")
{
    const WorkingHours hours{"Etc/UTC"};
    RetroRound round;
    round.opened_at = utc("2026-03-02 11:00");
    round.closes_at = utc("2026-03-05 11:00");
    struct Row {
        const char* from;
        const char* until;
        std::optional<Instant> later;
    };
    const Row rows[] = {
        {"2026-02-20 11:00", "2026-03-02 11:00", std::nullopt},
        {"2026-03-05 11:00", "2026-03-09 11:00", std::nullopt},
        // Half of it is left.
        {"2026-03-02 15:00", "2026-03-04 09:00", std::nullopt},
        {"2026-03-02 11:00", "2026-03-04 11:00", utc("2026-03-09 11:00")},
        // All of it, and more: from then on.
        {"2026-03-01 11:00", "2026-03-09 11:00", utc("2026-03-12 11:00")},
    };
    for (const Row& row : rows) {
        CAPTURE(row.from);
        CHECK(closes_after_outage(hours, round, {utc(row.from), utc(row.until)}) == row.later);
    }
    round.was_moved = true;
    CHECK_FALSE(closes_after_outage(hours, round, {utc("2026-03-01 11:00"), utc("2026-03-09 11:00")}));
}

TEST_CASE("retro: a cadence that comes round before its window has closed is found in the policy")
{
    struct Row {
        const char* every;
        Duration open_for;
        bool is_found;
    };
    const Row rows[] = {
        {"every day 11:00", 24h, true},
        // It would close when the next one begins.
        {"every day 11:00", 8h, true},
        {"every monday 11:00", 24h, false},
        {"every monday 11:00", 80h, true},
    };
    for (const Row& row : rows) {
        CAPTURE(row.every);
        Policy policy;
        Team team;
        team.name = "platform";
        team.members = {UserId{"Ubo"}};
        policy.teams = {team};
        Retro retro;
        retro.name = retro.team = "platform";
        std::string problem;
        retro.cadence = parse_cadence(row.every, std::nullopt, problem).value();
        retro.open_for = row.open_for;
        policy.retros = {retro};
        const auto findings = lint_policy(policy, PolicyGround{});
        CHECK(std::any_of(findings.begin(), findings.end(), [](const PolicyFinding& finding) {
                  return finding.subject == "retro platform · every";
              }) == row.is_found);
    }
}

TEST_CASE("retro: themes are read line by line, and what is wrong is said with its line")
{
    const auto said = entries(7);
    const auto read = read_groups("Deploys: 1, 4 #7\n\n  On call at 10:30:2\n3", said);
    CHECK(read.problem.empty());
    REQUIRE(read.groups.size() == 3);
    CHECK(read.groups[0] == RetroGroup{"Deploys", {1, 4, 7}});
    CHECK(read.groups[1] == RetroGroup{"On call at 10:30", {2}});
    CHECK(read.groups[2] == RetroGroup{"what was said as number 3", {3}});

    struct Row {
        const char* typed;
        const char* problem;
    };
    const Row rows[] = {
        {"Deploys: 1\nOn call: 9", "Line 2: there is no answer 9."},
        {"Deploys: 1\nOn call: 1", "Line 2: answer 1 is in a theme already."},
        {"Deploys: 1 1", "Line 1: answer 1 is in a theme already."},
        {"Deploys: one", "Line 1: \"one\" is no number of an answer. One theme a line: Deploys: 1 4 7"},
        {"Deploys", "Line 1: \"Deploys\" is no number of an answer. One theme a line: Deploys: 1 4 7"},
        {"Deploys:", "Line 1: which answers belong to it? One theme a line: Deploys: 1 4 7"},
        {"Deploys: -1", "Line 1: \"-1\" is no number of an answer. One theme a line: Deploys: 1 4 7"},
        {"Deploys: 99999999999999999999",
         "Line 1: \"99999999999999999999\" is no number of an answer. One theme a line: Deploys: 1 4 7"},
        {" \n ", "At least one theme is needed. One a line: Deploys: 1 4 7"},
        {"0123456789012345678901234567890123456789012345678901234567890: 1",
         "Line 1: a theme has at most 60 characters."},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        CHECK(read_groups(row.typed, said).problem == row.problem);
        CHECK(read_groups(row.typed, said).groups.empty());
    }
    std::string many;
    for (int number = 1; number <= 31; ++number) many += std::to_string(number) + "\n";
    CHECK(read_groups(many, entries(40)).problem ==
          "Line 31: 30 themes are the most: more cannot be voted on.");
}

TEST_CASE("retro: what the form begins with fits into it, and can be sent as it is")
{
    const std::vector<std::string> questions{"What did we see?", std::string(150, 'q')};
    for (const int count : {1, 7, 30, 31, retro_answers_max}) {
        CAPTURE(count);
        auto said = entries(count);
        // Some are notes.
        for (RetroEntry& entry : said) entry.question = entry.number % 3;
        const std::string text = groups_to_begin_with(said, questions);
        CHECK(text.size() <= static_cast<std::size_t>(retro_grouping_length_max));
        const auto read = read_groups(text, said);
        CHECK(read.problem == "");
        CHECK(read.groups.size() == (count <= 30 ? said.size() : 3));
        std::size_t grouped = 0;
        for (const RetroGroup& group : read.groups) grouped += group.numbers.size();
        CHECK(grouped == said.size());
    }
    CHECK(groups_to_begin_with({}, questions).empty());
    // Lines and colons of what was said do not become lines and colons of the form.
    auto odd = entries(2);
    odd[0].text = "first: this\nthen that";
    odd[1].text = ":";
    const auto read = read_groups(groups_to_begin_with(odd, questions), odd);
    CHECK(read.problem == "");
    CHECK(read.groups.size() == 2);
    CHECK(read.groups[1].title == "Answer 2");
}

TEST_CASE("retro: a dot goes to a theme once, and there are no more than were given")
{
    CHECK(read_dots({"2", "1", "2"}, 3, 3) == std::vector<int>{1, 2});
    CHECK(read_dots({}, 3, 3) == std::vector<int>{});
    CHECK_FALSE(read_dots({"1", "2"}, 3, 1));
    CHECK_FALSE(read_dots({"4"}, 3, 3));
    CHECK_FALSE(read_dots({"0"}, 3, 3));
    CHECK_FALSE(read_dots({"x"}, 3, 3));
    const auto sorted = by_dots({{1, "a", 1}, {2, "b", 3}, {3, "c", 1}});
    CHECK(sorted == std::vector<RetroTheme>{{2, "b", 3}, {1, "a", 1}, {3, "c", 1}});
}

TEST_CASE("/retro: what is typed")
{
    struct Row {
        const char* typed;
        const char* expected;
    };
    const Row rows[] = {
        {"", "show "},
        {"help", "show "},
        {" Platform ", "show platform"},
        {"note we deploy on Fridays", "note |we deploy on Fridays"},
        {"note mobile: we deploy", "note mobile|we deploy"},
        {"note Remember: we deploy", "note |Remember: we deploy"},
        {"note", "try /retro note we deploy on Fridays"},
        {"note mobile:", "try /retro note we deploy on Fridays"},
        {"find on call", "find |on call"},
        {"find platform: on call", "find platform|on call"},
        {"find", "try /retro find deploys"},
        {"export", "export |"},
        {"export platform 3", "export platform|3"},
        {"export 3", "export |3"},
        {"export platform 3 4", "try /retro export platform"},
        {"pause until friday", "change |pause until friday "},
        {"platform skip", "change platform|skip "},
        {"pause mobile for 2 weeks", "change mobile|pause for 2 weeks "},
        {"now", "change |now "},
        {"finds hello", "try /retro find hello"},
        {"platfrom", "try /retro platform"},
        {"deploys are slow", "try /retro note deploys are slow"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        CHECK(understood(row.typed) == row.expected);
    }
}
