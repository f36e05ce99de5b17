// Drift probe, as people meet it: who is asked, what is counted, what is shown and to whom, and what nobody
// can find out.
#include "tests/unit/drift_office.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

using Office = DriftOffice;

/// Everything that a database says, table by table.
std::string everything(storage::Connection& connection)
{
    std::vector<std::pair<std::string, std::string>> columns;
    {
        storage::Statement rows = connection.prepare(
            R"(SELECT m.name, c.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
                WHERE m.type = 'table' ORDER BY m.name, c.cid)");
        while (rows.step()) columns.emplace_back(rows.column_string(0), rows.column_string(1));
    }
    static std::set<std::string> kept;  // the statement cache is keyed by address
    std::string all;
    for (const auto& [table, column] : columns) {
        const std::string sql = "SELECT CAST(\"" + column + "\" AS TEXT) FROM \"" + table + "\"";
        storage::Statement rows = connection.prepare(kept.insert(sql).first->c_str());
        while (rows.step()) all += table + "." + column + " " + rows.column_string(0) + "\n";
    }
    return all;
}

std::set<std::string> columns_of(Office& office, const char* sql)
{
    storage::Statement rows = office.connection->prepare(sql);
    std::set<std::string> names;
    while (rows.step()) names.insert(rows.column_string(0));
    return names;
}

}  // namespace

TEST_CASE("drift: up to eight people of the team get one question in private, and who asks is not among them")
{
    Office office;
    REQUIRE(office.drift("Ubo", "What comes first this month?"));
    const Form& form = office.forms.back();
    CHECK(form.context == "platform");
    REQUIRE(form.fields.size() == 4);
    CHECK(form.fields[0].initial == std::vector<std::string>{"What comes first this month?"});
    office.submits("Ubo", {});
    office.advance(10s);
    const auto people = office.picked();
    CHECK(people.size() == 8);
    CHECK(std::find(people.begin(), people.end(), "Ubo") == people.end());
    CHECK(text_of(office.last_to("Ubo").now) ==
          "📨 Asked 8 people of platform, picked at random, until Wed 10:00 (your time):\n"
          "> What comes first this month?\n"
          "~ What holds stays sealed until the end, and nothing else is shown before. With fewer than five "
          "answers nothing is shown at all.\n"
          "~ To call it off: `/drift stop`\n");
    const Notice question = office.question_to(people.front())->now;
    CHECK(text_of(question).starts_with(
        "📨 Bo asks 8 people of platform, picked at random:\n"
        "> What comes first this month?\n"
        "~ One tap, as you see it, by Wed 10:00 (your time). It is counted without your name, and cannot be "
        "changed. Nothing is shown before the end, and only if five answer. There is no reminder.\n["));
    std::multiset<std::string> labels;
    for (const Action& action : question.sections.front().actions) labels.insert(action.label);
    CHECK(labels == std::multiset<std::string>{"Not sure", "incident debt", "migration", "onboarding"});
    CHECK(question.sections.front().actions.back().label == "Not sure");
    CHECK(office.in("Cplatform").empty());
}

TEST_CASE(
    "drift: at the end the channel reads how many saw it how, and what there is to talk about; never who")
{
    Office office;
    office.asks("Uann");
    office.all_tap(
        {"migration", "migration", "onboarding", "migration", "onboarding", "migration", "incident debt"});
    CHECK(office.board().empty());
    office.drift("Ubo", "last");
    CHECK(office.answer() ==
          "*platform*\n"
          "platform is being asked something already, until Wed 10:00 (your time). One at a time.\n"
          "~ Asked Mon 10:00 (your time), until Wed 10:00 (your time). Nothing is shown before: What comes "
          "first this month?\n");
    office.advance_to(utc("2026-03-04 10:01"));
    CHECK(office.board() ==
          "*What comes first this month?*\n"
          "It is seen in different ways: 4 of 7 see it as Ann does (57 %).\n"
          "■■■■□□□ 4 · migration (this holds, says Ann)\n"
          "■■□□□□□ 2 · onboarding\n"
          "■□□□□□□ 1 · incident debt\n"
          "□□□□□□□ 0 · Not sure\n"
          "~ Ann asked 8 people of platform, picked at random, {2026-03-02 10:00 UTC}. Who has which view is "
          "nowhere. The next question is possible from {2026-03-16 10:00 UTC}.\n"
          "----\n"
          "This is worth a resync of fifteen minutes in platform, about:\n"
          "1. migration\n"
          "2. onboarding\n"
          "~ A proposal, and no more: nobody has been invited.\n");
    CHECK(office.in("Cplatform").front().now.kind == NoticeKind::drift);
    // Nobody is reminded, and nobody is told twice.
    for (const std::string& person : office.picked()) CHECK(office.to(person.c_str()).size() == 1);
    CHECK(office.to("Uann").size() == 1);
    office.drift("Ubo", "last");
    CHECK(has(office.answer(), "platform is asked once in two weeks: the next one is possible from"));
    CHECK(has(office.answer(),
              "Asked Mon 10:00 (your time): 4 of 7 saw it as Ann did (57 %). What comes first this month? · "
              "(the outcome→)"));
}

TEST_CASE("drift: it ends when all have answered; where it is seen alike nothing is proposed")
{
    Office office;
    office.asks("Uann");
    office.all_tap(
        {"migration", "migration", "migration", "migration", "onboarding", "migration", "migration"});
    CHECK(office.board().empty());
    office.taps(office.picked().back(), "Not sure");
    CHECK(office.answer() == "✅ Counted, without your name.\n"
                             "~ If five answer, the outcome is shown at the end in #Cplatform.\n");
    office.advance(10s);
    CHECK(has(office.board(), "Most see it alike: 6 of 8 see it as Ann does (75 %).\n"));
    CHECK_FALSE(has(office.board(), "resync"));
    CHECK(office.in("Cplatform").size() == 1);
    office.advance_to(utc("2026-03-04 12:00"));
    CHECK(office.in("Cplatform").size() == 1);
}

TEST_CASE("drift: with fewer than five answers nothing is shown, and nothing is kept but that")
{
    Office office;
    office.asks("Ubo");
    office.all_tap({"migration", "onboarding", "onboarding", "Not sure"});
    office.advance_to(utc("2026-03-04 13:01"));
    CHECK(office.board().empty());
    CHECK(office.probe().state == DriftState::too_few);
    CHECK(office.count("SELECT count(*) FROM drift_views") == 0);
    CHECK(office.count("SELECT count(*) FROM drift_asked") == 0);
    const std::string told = said_to(office, "Ubo");
    CHECK(has(told, "Too few people of platform answered to show anything: it takes five."));
    CHECK(has(told, "Of the answers nothing is kept. The next question is possible from Mon 16 Mar 10:00"));
    CHECK(office.count("SELECT count(*) FROM journal WHERE fact = 'drift_ended' AND detail LIKE '%too_few%' "
                       "AND detail NOT LIKE '%answers%'") == 1);
    office.taps(office.picked().back(), "migration");
    CHECK(office.answer() == "This has ended. Too few answered to show anything.\n");
    office.drift("Ucy", "last");
    CHECK(has(office.answer(),
              "Asked Mon 10:00 (your time): too few answered to show anything. What comes first"));
}

TEST_CASE("drift: a tap counts once; others, later ones and unknown ones are told why not")
{
    Office office;
    office.asks("Ubo");
    const std::string person = office.picked().front();
    office.taps(person, "migration");
    office.taps(person, "onboarding");
    CHECK(office.answer() ==
          "Yours is counted already. Which one it was is nowhere, so it cannot be changed.\n");
    CHECK(office.count("SELECT sum(count) FROM drift_views") == 1);
    office.taps_value("Ubo", "1 1");
    CHECK(office.answer() == "Only those who were picked answer this.\n");
    office.taps_value(office.picked().back(), "1 9");
    CHECK(office.answer() == "I do not know this answer any more.\n");
    for (const char* value : {"7 1", "", "x y", "1"}) {
        office.taps_value(office.picked().back(), value);
        CHECK(has(office.answer(), "I do not know this"));
    }
    CHECK(office.count("SELECT sum(count) FROM drift_views") == 1);
    office.all_tap({});
    office.advance_to(utc("2026-03-05 10:00"));
    office.taps(office.picked().back(), "migration");
    CHECK(has(office.answer(), "This has ended."));
}

TEST_CASE("drift: a team too small for five answers is not asked, and is told why")
{
    Office office{
        with_members({UserId{"Ubo"}, UserId{"Ucy"}, UserId{"Udi"}, UserId{"Ueve"}, UserId{"Ufay"}})};
    CHECK_FALSE(office.drift("Ubo"));
    CHECK(office.answer() == "*platform*\n"
                             "platform has 4 people besides you who can be asked. It takes five: fewer "
                             "answers are never shown, so that nobody can tell whose they are.\n");
    // Its lead is not one of them: so there are five.
    office.asks("Uann");
    CHECK(office.picked().size() == 5);
}

TEST_CASE("drift: guests of the team, those who have left and those who are away to the end are not asked")
{
    Office office;
    office.join("Ubo", "Bo", "Etc/UTC", MemberKind::guest);
    office.join("Ucy", "Cy", "Etc/UTC", MemberKind::person, true);
    office.command("Udi", "/out", Workspace::rich("today..fri"));
    office.asks("Uann");
    CHECK(office.picked() == std::vector<std::string>{"Ueve", "Ufay", "Ugil", "Uhal", "Uida", "Ujo"});
    CHECK(office.drift("Ubo") == false);
    CHECK(office.answer() == "Members of this workspace ask this, about a team of theirs.\n");
}

TEST_CASE("drift: when too many are away there are not five to ask, and it is said so")
{
    Office office{
        with_members({UserId{"Ubo"}, UserId{"Ucy"}, UserId{"Udi"}, UserId{"Ueve"}, UserId{"Ufay"}})};
    office.command("Udi", "/out", Workspace::rich("today..fri"));
    REQUIRE(office.drift("Uann"));
    office.submits("Uann", {});
    CHECK(office.problem() ==
          "question: Fewer than five people of platform can be asked now: others are away until its end, or "
          "were asked something like this within a week.");
    CHECK(office.count("SELECT count(*) FROM drift_probes") == 0);
    office.submits("Uann", {.until = utc("2026-03-12 10:00")});
    CHECK(office.problems.empty());
}

TEST_CASE("drift: those who are not at work are asked when they are")
{
    Office office;
    office.join("Ujo", "Jo", "Asia/Tokyo");
    office.join("Uida", "Ida", "Asia/Tokyo");
    office.asks("Ubo");
    CHECK(office.picked().size() < 8);
    office.advance_to(utc("2026-03-03 00:01"));
    CHECK(office.picked().size() == 8);
}

TEST_CASE("drift: one at a time, one in two weeks, and nobody twice within a week")
{
    Settings settings = with_platform();
    Team all = settings.teams.front();
    all.name = "everybody";
    all.members.pop_back();
    settings.teams.push_back(all);
    Office office{settings};
    // In two teams: a field says which.
    REQUIRE(office.drift("Uann"));
    CHECK(office.forms.back().context.empty());
    REQUIRE(office.forms.back().fields.front().choices.size() == 2);
    office.submits("Uann", {.team = "platform"});
    CHECK(office.problems.empty());
    office.submits("Uann", {.team = "platform"});
    CHECK(office.problem() ==
          "team: platform is being asked something already, until Wed 10:00 (your time). One at a time.");
    office.submits("Uann", {.team = "everybody"});
    CHECK(has(office.problem(), "team: Fewer than five people of everybody can be asked now"));
    // Now there is one that can be asked.
    REQUIRE(office.drift("Uann"));
    CHECK(office.forms.back().context == "everybody");
    office.advance_to(utc("2026-03-09 10:01"));
    office.submits("Uann", {});
    CHECK(office.problems.empty());
    CHECK_FALSE(office.drift("Uann"));
    CHECK(has(
        office.answer(),
        "platform is asked once in two weeks: the next one is possible from Mon 16 Mar 10:00 (your time)."));
    office.advance_to(utc("2026-03-16 10:02"));
    CHECK(office.drift("Uann"));
}

TEST_CASE("drift: what cannot be asked is said at its field, and a form that is sent twice asks once")
{
    Office office;
    CHECK_FALSE(office.drift("Uann", "", ""));
    CHECK(has(office.answer(), "Can be asked now: `/drift`"));
    office.join("Ukim", "Kim");
    CHECK_FALSE(office.drift("Ukim"));
    CHECK(office.answer() == "This is asked of a team by its people, and you are in none that I know of.\n");
    REQUIRE(office.drift("Uann"));
    office.submits("Uann", {.question = "", .holds = "a\nb", .others = "", .until = utc("2026-03-01 10:00")});
    CHECK(office.problems.size() == 4);
    office.submits("Ukim", {});
    CHECK(office.problem() == "question: People of platform ask this.");
    office.submits("Uann", {}, "V9");
    CHECK(office.problems.empty());
    office.submits("Uann", {}, "V9");
    CHECK(office.problems.empty());
    office.submits("Uann", {.question = "Something else?"}, "V9");
    CHECK(office.problem() == "question: This was asked already, as it stood when you sent it.");
    CHECK(office.count("SELECT count(*) FROM drift_probes") == 1);
    Settings without = with_platform();
    without.teams.clear();
    office.engine.replace_settings(without);
    office.submits("Uann", {}, "V10");
    CHECK(office.problem() == "question: There is no team platform any more.");
}

TEST_CASE("drift: asked again, it shows how it was last time")
{
    Office office;
    office.asks("Uann");
    office.all_tap({"migration", "migration", "onboarding", "onboarding", "onboarding"});
    office.advance_to(utc("2026-03-16 10:00"));
    office.asks("Ubo",
                {.question = "what comes first this month", .holds = "onboarding", .others = "migration"});
    office.all_tap({"onboarding", "onboarding", "onboarding", "onboarding", "onboarding"});
    office.advance_to(utc("2026-03-18 10:01"));
    CHECK(office.board().starts_with(
        "*what comes first this month*\n"
        "All see it alike: 5 of 5 see it as Bo does (100 %).\n"
        "■■■■■ 5 · onboarding (this holds, says Bo)\n"
        "□□□□□ 0 · migration\n"
        "□□□□□ 0 · Not sure\n"
        "~ Last time, {2026-03-02 10:00 UTC}: 2 of 5 saw it as Ann did (40 %). It was: migration\n"));
}

TEST_CASE("drift: without a channel, who asked and the leads read it; with one that refuses, too")
{
    for (const bool has_channel : {false, true}) {
        CAPTURE(has_channel);
        Office office{with_platform(has_channel ? "Cplatform" : "")};
        if (has_channel) {
            office.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
                const auto* post = std::get_if<PostMessage>(&delivery.effect);
                if (post == nullptr || post->channel.empty()) return std::nullopt;
                return Fault{FaultKind::permanent, "not_in_channel"};
            };
        }
        office.asks("Ubo");
        office.all_tap({"migration", "migration", "onboarding", "onboarding", "onboarding"});
        office.advance_to(utc("2026-03-04 13:01"));
        for (const char* reader : {"Ubo", "Uann"}) {
            CHECK(has(said_to(office, reader),
                      "It is seen in different ways: 2 of 5 see it as Bo does (40 %)."));
            CHECK(has(said_to(office, reader),
                      has_channel ? "The team's channel takes no messages of mine"
                                  : "The team has no channel for it"));
        }
        for (const std::string& person : office.picked()) CHECK(office.to(person.c_str()).size() == 1);
    }
}

TEST_CASE("drift: where the team is gone from the policy, who asked reads it alone")
{
    Office office;
    office.asks("Ubo");
    office.all_tap({"migration", "migration", "onboarding", "onboarding", "onboarding"});
    Settings without = with_platform();
    without.teams.clear();
    office.engine.replace_settings(without);
    office.taps(office.picked().back(), "migration");
    CHECK(has(office.answer(), "Counted"));
    office.advance_to(utc("2026-03-04 13:01"));
    CHECK(office.board().empty());
    CHECK(has(said_to(office, "Ubo"), "3 of 6 see it as Bo does"));
    CHECK(has(said_to(office, "Ubo"), "The policy has no such team any more."));
    CHECK(office.to("Uann").empty());
}

TEST_CASE("drift: who asked may have left; what came of it is shown all the same")
{
    Office office;
    office.asks("Ubo");
    office.all_tap({"migration", "migration", "migration", "onboarding", "onboarding"});
    office.join("Ubo", "Bo", "Etc/UTC", MemberKind::person, true);
    const std::size_t messages = office.to("Ubo").size();
    office.advance_to(utc("2026-03-04 13:01"));
    CHECK(has(office.board(), "Most see it alike: 3 of 5 see it as Bo does (60 %)."));
    CHECK(office.to("Ubo").size() == messages);
}

TEST_CASE("drift: who forgets about themselves takes along what they asked; their answer is nobody's")
{
    const auto forget = [](Office& office, const std::string& person) {
        office.ackd(person.c_str(), "forget");
        SeenMessage question;
        question.now = office.answers.back().notice;
        office.press(person.c_str(), question, "forget_me");
        office.advance(12min);
    };
    Office office;
    office.asks("Uann");
    office.all_tap({"migration", "migration", "migration", "onboarding", "onboarding"});
    const std::string answered = office.picked().front();
    forget(office, answered);
    CHECK(office.count("SELECT sum(count) FROM drift_views") == 5);
    CHECK(office.count("SELECT count(*) FROM drift_asked") == 7);
    CHECK(office.count("SELECT count(*) FROM drift_turns") == 7);
    CHECK_FALSE(has(everything(*office.connection), answered + "\n"));
    const std::string other = office.picked().back();
    forget(office, "Uann");
    CHECK(office.count("SELECT count(*) FROM drift_probes") == 0);
    CHECK(office.count("SELECT count(*) FROM drift_views") == 0);
    office.taps(other, "migration");
    CHECK(office.answer() == "I do not know this question any more.\n");
    office.advance_to(utc("2026-03-05 10:00"));
    CHECK(office.board().empty());
}

TEST_CASE("drift: a year later it is let go of, and who was asked after a week")
{
    Office office;
    office.asks("Uann");
    office.all_tap({"migration", "migration", "migration", "onboarding", "onboarding"});
    office.advance_to(utc("2026-03-04 10:01"));
    CHECK(office.count("SELECT count(*) FROM drift_turns") == 8);
    office.advance_to(utc("2026-03-11 10:01"));
    CHECK(office.count("SELECT count(*) FROM drift_turns") == 0);
    CHECK(office.count("SELECT count(*) FROM drift_probes") == 1);
    DriftTable{*office.connection}.let_go(utc("2027-03-02 10:01"), utc("2027-03-02 10:01"));
    CHECK(office.count("SELECT count(*) FROM drift_probes") == 0);
    CHECK(office.count("SELECT count(*) FROM drift_views") == 0);
}

TEST_CASE("drift: it goes on after a restart")
{
    const StorageFolder folder;
    std::vector<std::pair<std::string, std::string>> taps;
    {
        Office office{with_platform(), folder.file("state.db")};
        office.asks("Uann");
        office.all_tap({"migration", "migration", "migration"});
        const auto people = office.picked();
        for (std::size_t index = 3; index < 6; ++index) {
            const auto asked = office.question_to(people[index]);
            for (const Action& action : asked->now.sections.front().actions) {
                if (action.label == "onboarding") taps.emplace_back(people[index], action.value);
            }
        }
    }
    Workspace again{with_platform(), utc("2026-03-03 10:00"), folder.file("state.db")};
    for (const auto& [person, value] : taps) {
        ActionTaken taken;
        taken.person = UserId{person};
        taken.name = action::drift_answer;
        taken.value = value;
        again.take(taken);
    }
    again.advance_to(utc("2026-03-04 10:01"));
    REQUIRE(again.in("Cplatform").size() == 1);
    CHECK(has(text_of(again.in("Cplatform").front().now), "3 of 6 see it as Ann does (50 %)"));
}

TEST_CASE("drift: whoever has the database cannot tell who has which view")
{
    // Two people who have each other's view leave the same database, to the byte, though they answer in the
    // same order at the same instants.
    const StorageFolder folder;
    std::vector<std::string> said;
    std::vector<std::string> bytes;
    for (const bool is_swapped : {false, true}) {
        const std::string path = folder.file(is_swapped ? "one.db" : "other.db");
        Office office{with_platform(), path};
        office.asks("Uann");
        const auto people = office.picked();
        office.taps(people[0], is_swapped ? "onboarding" : "migration");
        office.advance(1min);
        office.taps(people[1], is_swapped ? "migration" : "onboarding");
        office.advance(1min);
        said.push_back(everything(*office.connection));
        bytes.push_back(bytes_of(path));
        // The log had both in one transaction, and has been emptied.
        for (const std::string& person : {people[0], people[1]})
            CHECK_FALSE(has(bytes_of(path + "-wal"), person));
        // Nothing says that anybody answered, but for the two rows that keep them from doing so twice.
        CHECK(office.count("SELECT count(*) FROM drift_asked WHERE has_answered = 1") == 2);
        CHECK(office.count("SELECT count(*) FROM journal WHERE fact LIKE 'drift%'") == 1);
    }
    CHECK(said.front() == said.back());
    CHECK(bytes.front() == bytes.back());

    Office office;
    office.asks("Uann");
    CHECK(columns_of(office, "SELECT name FROM pragma_table_info('drift_asked')") ==
          // Where the message is that asks them: that tells when they were asked.
          std::set<std::string>{"probe_id", "person", "has_answered", "channel", "stamp"});
    CHECK(columns_of(office, "SELECT name FROM pragma_table_info('drift_views')") ==
          std::set<std::string>{"probe_id", "place", "text", "holds", "count"});
    office.all_tap({"migration", "migration", "migration", "onboarding", "onboarding"});
    office.advance_to(utc("2026-03-04 10:01"));
    CHECK(office.count("SELECT count(*) FROM drift_asked") == 0);
}
