// A retro, as people meet it: the question, what was said, themes, dots, and what follows.
#include "tests/unit/retro_office.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

TEST_CASE("retro: a whole round, from the first note to the next one that opens with what was decided")
{
    RetroOffice office;
    office.retro("Udi", "note the flaky test came back");
    CHECK(
        office.answer() ==
        "Noted for the next retro platform, without your name: nobody can take it back, or see it before.\n");
    office.retro("Ucy", "");
    CHECK(has(office.answer(), "*platform*\nNext: Mon 11:00 (your time) · every second monday 11:00"));
    CHECK(has(office.answer(), "Bo facilitates."));

    office.advance_to(utc("2026-03-02 11:00"));
    CHECK(
        has(office.board(), "Retro platform · 1 takes answers until {2026-03-05 11:00 UTC}\n1. What did we"));
    CHECK(has(office.board(), "[Answer]"));
    for (const char* person : {"Ubo", "Ucy", "Udi", "Ueve", "Ufay"}) {
        CAPTURE(person);
        CHECK(
            has(said_to(office, person),
                "platform wants to hear what you noticed: retro platform · 1, until Thu 11:00 (your time)."));
        CHECK(office.to(person).size() == 1);
    }
    CHECK(office.to("Uann").empty());
    const std::string before = office.board();
    office.answers("Ucy", "deploys take an hour");
    CHECK(office.problems.empty());
    office.answers("Ueve", "deploys fail twice a week");
    office.advance(1h);
    // Nothing that is shown tells that somebody answered, or how many.
    CHECK(office.board() == before);
    CHECK(office.last_board().updates == 0);

    office.advance_to(utc("2026-03-04 11:00"));
    CHECK(has(said_to(office, "Ucy"), "nobody knows who has answered. It is the last one."));
    office.advance_to(utc("2026-03-05 10:59"));
    for (const char* person : {"Ubo", "Ucy", "Udi", "Ueve", "Ufay"}) CHECK(office.to(person).size() == 2);
    CHECK(office.count("SELECT count(*) FROM retro_entries") == 0);

    office.advance_to(utc("2026-03-05 11:01"));
    CHECK(office.round().state == RetroState::grouping);
    CHECK(office.count("SELECT count(*) FROM retro_sealed") == 0);
    CHECK(has(office.board(), "Retro platform · 1: 3 answers, in random order."));
    CHECK(has(office.board(), "deploys take an hour"));
    CHECK(has(office.board(), "*Noted before*"));
    CHECK_FALSE(has(office.board(), "(Cy)"));
    CHECK(has(said_to(office, "Ubo"), "You facilitate retro platform · 1: 3 answers so far."));
    CHECK(has(said_to(office, "Ubo"), "[Group into themes …]"));

    office.groups("Ubo",
                  "Deploys:" + numbers_of(office, {"deploys take an hour", "deploys fail twice a week"}) +
                      "\nTests:" + numbers_of(office, {"the flaky test came back"}));
    CHECK(office.problems.empty());
    office.advance(1min);
    CHECK(office.round().state == RetroState::voting);
    CHECK(has(office.board(), "Everybody of platform has 3 dots."));
    office.votes("Ucy", {"1", "2"});
    CHECK(office.problems.empty());
    office.votes("Udi", {"1"});
    office.votes("Ucy", {"1"});
    CHECK(office.count("SELECT count(*) FROM retro_votes") == 2);
    office.presses("Ubo", action::retro_close, "1 voting");
    CHECK(has(office.answer(), "The voting is closed. Only how many dots each theme has is kept.\n"));
    CHECK(has(office.answer(), "~ ●● Deploys (2 dots)\n~ Tests (0 dots)\n"));
    CHECK(office.count("SELECT count(*) FROM retro_votes") == 0);
    office.advance(1min);

    office.takes_on("Ubo", "deploys under ten minutes", "Ueve", utc("2026-03-13 16:00"));
    CHECK(office.problems.empty());
    office.advance(1min);
    CHECK(office.request().creditor == UserId{"Ubo"});
    CHECK(office.request().due_at == utc("2026-03-13 16:00"));
    CHECK(office.states(1) == "Ueve open");
    CHECK(has(office.board(),
              "Decided:\n📨 Eve is asked · deploys under ten minutes (#1), by {2026-03-13 16:00 UTC}"));
    office.presses("Ubo", action::retro_close, "1 deciding");
    CHECK(has(office.answer(), "Retro platform · 1 is over; the next one opens with what was decided."));
    office.advance(1min);
    CHECK(has(office.board(), "Retro platform · 1 is over: 3 answers, 2 themes, 1 action."));

    office.ackd("Ueve", "done 1");
    office.advance_to(utc("2026-03-16 11:00"));
    CHECK(office.round(2).number == 2);
    // Cy has the turn now; and what comes up is what was left out before, were there more than five.
    CHECK(office.round(2).facilitator == UserId{"Ucy"});
    CHECK(has(office.board(), "Decided last time:\n✅ done · deploys under ten minutes (#1)"));
    office.presses("Ufay", action::retro_answer, "2");
    REQUIRE(office.has_opened);
    CHECK(has(text_of(office.forms.back().introduction.back().text), "deploys under ten minutes"));
}

TEST_CASE("retro: an answer of at least one question, of the team's people, while the window is open")
{
    RetroOffice office;
    office.advance_to(utc("2026-03-02 12:00"));
    office.presses("Ugil", action::retro_answer);
    CHECK_FALSE(office.has_opened);
    CHECK(office.answer() == "This retro is of platform: its people answer.\n");
    office.presses("Ubo", action::retro_answer, "7");
    CHECK(office.answer() == "I do not know this retro any more.\n");
    office.presses("Ubo", action::retro_answer);
    REQUIRE(office.has_opened);
    CHECK(office.forms.back().fields.size() == 5);
    CHECK(office.forms.back().fields.front().is_optional);
    office.sends("Ubo", {office.text("q1", "  "), office.text("q2", "")});
    REQUIRE(office.problems.size() == 1);
    CHECK(office.problems.front() == FormProblem{"q1", "Please answer at least one of them."});
    const Form form = office.forms.back();

    office.advance_to(utc("2026-03-05 11:01"));
    // It stays open with what was typed.
    office.sends_again("Ubo", form, {office.text("q1", "too slow")});
    REQUIRE(office.problems.size() == 1);
    CHECK(has(office.problems.front().explanation, "is over. For the next one: /retro note"));
    CHECK(office.count("SELECT count(*) FROM retro_entries") == 0);
    CHECK(office.count("SELECT count(*) FROM retro_sealed") == 0);
}

TEST_CASE("retro: a form that is sent twice counts once, and what it said last counts; also after a restart")
{
    RetroOffice office;
    office.advance_to(utc("2026-03-02 12:00"));
    office.presses("Ubo", action::retro_answer);
    const Form form = office.forms.back();
    office.sends_again("Ubo", form, {office.text("q1", "once"), office.text("q3", "third")});
    office.sends_again("Ubo", form, {office.text("q1", "once"), office.text("q3", "third")}, "V2");
    CHECK(office.count("SELECT count(*) FROM retro_sealed") == 2);
    // A field that is emptied takes back what it said.
    office.sends_again("Ubo", form, {office.text("q1", "more than once"), office.text("q3", "")});
    CHECK(office.count("SELECT count(*) FROM retro_sealed") == 1);
    CHECK(office.count("SELECT count(*) FROM retro_sealed WHERE text = 'more than once'") == 1);
    // Opened once more it is another answer.
    office.answers("Ubo", "something else");
    CHECK(office.count("SELECT count(*) FROM retro_sealed") == 2);
    // A form that is not ours any more takes nothing in.
    Form odd = form;
    odd.context = "1 nonsense";
    office.sends_again("Ubo", odd, {office.text("q1", "odd")});
    CHECK(office.problems.size() == 1);
    CHECK(office.count("SELECT count(*) FROM retro_sealed") == 2);
    // All of it can be taken back; and of nothing, nothing.
    office.sends_again("Ubo", form, {office.text("q1", " ")});
    CHECK(office.problems.empty());
    CHECK(office.count("SELECT count(*) FROM retro_sealed") == 1);
    office.sends_again("Ubo", form, {office.text("q1", "")});
    CHECK(office.problems.size() == 1);
}

TEST_CASE("retro: with names, an answer is one for each person and question, can be changed, and is shown so")
{
    Retro retro = platform_retro();
    retro.is_anonymous = false;
    RetroOffice office{with_retro(retro)};
    office.retro("Udi", "note the flaky test came back");
    CHECK(has(office.answer(), "with your name"));
    office.advance_to(utc("2026-03-02 12:00"));
    office.answers("Ubo", "deploys take an hour");
    office.presses("Ubo", action::retro_answer);
    CHECK(office.forms.back().fields.front().initial == std::vector<std::string>{"deploys take an hour"});
    office.sends("Ubo", {office.text("q1", "deploys take two hours"), office.text("q2", "the stand-up")});
    CHECK(office.count("SELECT count(*) FROM retro_signed") == 3);
    office.presses("Ubo", action::retro_answer);
    office.sends("Ubo", {office.text("q1", "deploys take two hours"), office.text("q2", "")});
    CHECK(office.count("SELECT count(*) FROM retro_signed") == 2);
    office.answers("Ucy", "nobody reviews on Fridays");
    office.presses("Ucy", action::retro_answer);
    office.sends("Ucy", {office.text("q1", ""), office.text("q2", "")});
    CHECK(office.problems.empty());
    CHECK(office.count("SELECT count(*) FROM retro_signed") == 2);
    CHECK(office.count("SELECT count(*) FROM retro_sealed") == 0);
    office.advance_to(utc("2026-03-05 11:01"));
    CHECK(has(office.board(), "deploys take two hours (Bo)"));
    CHECK(has(office.board(), "the flaky test came back (Di)"));
    CHECK_FALSE(has(office.board(), "an hour"));
    CHECK(office.count("SELECT count(*) FROM retro_signed") == 0);
}

TEST_CASE("retro: a round in which nobody writes anything is over, and says so without a word of blame")
{
    RetroOffice office;
    office.advance_to(utc("2026-03-05 11:01"));
    CHECK(office.round().state == RetroState::over);
    CHECK(office.round().end == RetroEnd::nothing_said);
    CHECK(office.board() == "Retro platform · 1 is over: nothing was written this time.\n");
    CHECK(office.to("Ubo").size() == 2);
    office.advance_to(utc("2026-03-16 11:00"));
    CHECK(office.round(2).state == RetroState::open);
}

TEST_CASE(
    "retro: a facilitator who left, or is out, is followed by the next; with all of them gone, by the leads")
{
    SUBCASE("before the close")
    {
        RetroOffice office;
        office.advance_to(utc("2026-03-02 12:00"));
        CHECK(office.round().facilitator == UserId{"Ubo"});
        office.answers("Ucy", "deploys take an hour");
        office.join("Ubo", "Bo", "Etc/UTC", MemberKind::person, true);
        office.advance_to(utc("2026-03-05 11:01"));
        CHECK(office.round().facilitator == UserId{"Ucy"});
        CHECK(has(said_to(office, "Ucy"), "You facilitate retro platform · 1"));
    }
    SUBCASE("out until after the window")
    {
        RetroOffice office;
        office.advance_to(utc("2026-03-02 12:00"));
        office.answers("Ucy", "deploys take an hour");
        office.command("Ubo", "/out", Workspace::rich("until 2026-03-20"));
        office.advance_to(utc("2026-03-05 11:01"));
        CHECK(office.round().facilitator == UserId{"Ucy"});
        // It is still Bo's turn the next time that Bo is here: Cy had it now.
        office.advance_to(utc("2026-03-30 11:00"));
        CHECK(office.round(3).facilitator == UserId{"Ubo"});
    }
    SUBCASE("while themes are waited for")
    {
        ClosedOffice office;
        office.join("Ubo", "Bo", "Etc/UTC", MemberKind::person, true);
        office.advance_to(utc("2026-03-06 11:05"));
        CHECK(office.round().facilitator == UserId{"Ucy"});
        CHECK(has(said_to(office, "Ucy"), "You facilitate retro platform · 1"));
        office.join("Ucy", "Cy", "Etc/UTC", MemberKind::person, true);
        office.advance_to(utc("2026-03-09 11:05"));
        CHECK(office.round().facilitator == UserId{"Uann"});
    }
    SUBCASE("who is in the workspace still, and in the team no more")
    {
        ClosedOffice office;
        Settings settings = with_retro();
        settings.retros.front().facilitators = {UserId{"Ucy"}};
        settings.teams.front().members = {UserId{"Ucy"}, UserId{"Udi"}};
        office.engine.replace_settings(settings);
        office.presses("Ubo", action::retro_group);
        CHECK_FALSE(office.has_opened);
        office.advance_to(utc("2026-03-06 11:05"));
        CHECK(office.round().facilitator == UserId{"Ucy"});
    }
    SUBCASE("who is in the team no more, and named to take turns")
    {
        ClosedOffice office;
        Settings settings = with_retro();
        settings.teams.front().members = {UserId{"Ucy"}, UserId{"Udi"}};
        office.engine.replace_settings(settings);
        office.presses("Ubo", action::retro_group);
        CHECK(office.has_opened);
        office.advance_to(utc("2026-03-06 11:05"));
        CHECK(office.round().facilitator == UserId{"Ubo"});
    }
}

TEST_CASE(
    "retro: two who facilitate at once: the second one is told how it stands, and nothing happens twice")
{
    ClosedOffice office;
    office.presses("Ubo", action::retro_group);
    const Form of_bo = office.forms.back();
    office.presses("Uann", action::retro_group);
    const Form of_ann = office.forms.back();
    office.sends_again("Ubo", of_bo, {office.text("themes", "All: 1 2 3 4")});
    CHECK(office.problems.empty());
    office.sends_again("Uann", of_ann, {office.text("themes", "Other: 1\nRest: 2 3 4")}, "V2");
    REQUIRE(office.problems.size() == 1);
    CHECK(office.problems.front().explanation == "platform · 1 has its themes, and is being voted on.");
    CHECK(office.retros().themes_of(RetroRoundId{1}).size() == 1);
    // The same titles over other answers are not the same.
    office.sends_again("Uann", of_ann, {office.text("themes", "All: 1 2")}, "V3");
    REQUIRE(office.problems.size() == 1);
    CHECK(office.problems.front().explanation == "platform · 1 has its themes, and is being voted on.");
    // The same form once more: its answer was lost on the way.
    office.sends_again("Ubo", of_bo, {office.text("themes", "All: 1 2 3 4")});
    CHECK(office.problems.empty());

    office.presses("Ubo", action::retro_close, "1 voting");
    office.presses("Uann", action::retro_close, "1 voting");
    CHECK(office.answer() == "The voting of platform · 1 is closed, and its totals stand.\n");
    CHECK(office.round().state == RetroState::deciding);
    office.presses("Uann", action::retro_close, "1 deciding");
    office.presses("Ubo", action::retro_close, "1 deciding");
    CHECK(office.answer() == "platform · 1 is over.\n");
    CHECK(office.round().end == RetroEnd::said);
}

TEST_CASE("retro: what of the themes is not understood is said with its line, and the form stays open")
{
    ClosedOffice office;
    office.presses("Udi", action::retro_group);
    CHECK_FALSE(office.has_opened);
    CHECK(office.answer() == "In this retro Bo, and the leads of platform, do that.\n");
    office.presses("Ubo", action::retro_group);
    REQUIRE(office.has_opened);
    CHECK(has(office.forms.back().fields.front().initial.front(), "deploys take an hour: "));
    office.sends("Ubo", {office.text("themes", "Deploys: 1 2\nTests: 9")});
    REQUIRE(office.problems.size() == 1);
    CHECK(office.problems.front() == FormProblem{"themes", "Line 2: there is no answer 9."});
    CHECK(office.round().state == RetroState::grouping);
}

TEST_CASE("retro: a dot after the close is answered and not counted; too many are not taken")
{
    Retro retro = platform_retro();
    retro.dots = 1;
    GroupedOffice office{with_retro(retro)};
    office.votes("Ugil", {"1"});
    CHECK(office.answer() == "This retro is of platform: its people give dots.\n");
    office.votes("Ucy", {"1", "2"});
    REQUIRE(office.problems.size() == 1);
    CHECK(office.problems.front().explanation == "You have one dot: choose one theme.");
    office.votes("Ucy", {"1"});
    CHECK(office.problems.empty());
    office.presses("Udi", action::retro_vote);
    const Form late = office.forms.back();
    office.presses("Ubo", action::retro_close, "1 voting");
    office.sends_again("Udi", late, {office.chosen("themes", {"1"})});
    REQUIRE(office.problems.size() == 1);
    CHECK(office.problems.front().explanation ==
          "The voting of platform · 1 is closed, and its totals stand.");
    office.votes("Udi", {"1"});
    CHECK(office.answer() == "The voting of platform · 1 is closed, and its totals stand.\n");
    CHECK(office.retros().themes_of(RetroRoundId{1}).front().dots == 1);
    CHECK(office.count("SELECT count(*) FROM retro_votes") == 0);
}

TEST_CASE("retro: an action has an owner and a day that lies ahead; at most three; the same form is one")
{
    GroupedOffice office;
    office.presses("Ubo", action::retro_close, "1 voting");
    office.presses("Ubo", action::retro_act);
    const Form form = office.forms.back();
    const Instant by = utc("2026-03-20 12:00");
    const auto sent = [&](const std::string& said, std::vector<std::string> owners, Instant when) {
        office.sends_again("Ubo",
                           form,
                           {office.text("text", said),
                            office.chosen("owner", std::move(owners)),
                            FieldValue{"by", {}, "", when}});
        return office.problems.empty() ? std::string{} : office.problems.front().field;
    };
    CHECK(sent(" ", {"Ueve"}, by) == "text");
    CHECK(sent("faster deploys", {}, by) == "owner");
    CHECK(sent("faster deploys", {"Ueve", "Ufay"}, by) == "owner");
    CHECK(sent("faster deploys", {"Ueve"}, utc("2026-03-01 12:00")) == "by");
    CHECK(sent("faster deploys", {"Ueve"}, utc("2028-03-01 12:00")) == "by");
    CHECK(sent("faster deploys", {"Ueve"}, by).empty());
    CHECK(sent("faster deploys", {"Ueve"}, by).empty());
    CHECK(office.count("SELECT count(*) FROM requests") == 1);
    office.takes_on("Ubo", "fewer meetings", "Ufay", by, "V11");
    office.takes_on("Uann", "a review day", "Udi", by, "V12");
    CHECK(office.count("SELECT count(*) FROM retro_actions") == 3);
    office.takes_on("Ubo", "one too many", "Udi", by, "V13");
    CHECK_FALSE(office.has_opened);
    CHECK(has(office.answer(), "3 is what a team takes on at once"));
    office.retro("Udi", "");
    CHECK(has(office.answer(), "Decided last:"));
}

TEST_CASE(
    "retro: with which nobody goes on, a round ends by itself after five working days, and keeps what was said")
{
    GroupedOffice office;
    office.votes("Ucy", {"2"});
    office.advance_to(utc("2026-03-12 11:30"));
    CHECK(office.round().state == RetroState::over);
    CHECK(office.round().end == RetroEnd::by_itself);
    CHECK(office.count("SELECT count(*) FROM retro_votes") == 0);
    CHECK(has(office.board(), "It ended by itself: nobody went on with it. What was said is kept."));
    CHECK(has(office.board(), "*● Reviews (1 dot)*"));
    office.retro("Ufay", "find DEPLOYS hour");
    CHECK(has(office.answer(), "platform · 1 (Mon"));
    CHECK(has(office.answer(), "): deploys take an hour\n"));
    office.retro("Ufay", "find nothing of the kind");
    CHECK(office.answer() == "Nothing with \"nothing of the kind\" was said in your retros.\n");
}

TEST_CASE("retro: the next round ends the one before, and waits for its window alone")
{
    Retro retro = platform_retro();
    std::string problem;
    retro.cadence = parse_cadence("every day 11:00", std::nullopt, problem).value();
    RetroOffice office{with_retro(retro)};
    office.advance_to(utc("2026-03-02 12:00"));
    office.answers("Ucy", "deploys take an hour");
    office.retro("Ucy", "now");
    CHECK(office.answer() ==
          "platform · 1 takes answers until Thu 11:00 (your time): the next one can begin after that.\n");
    office.advance_to(utc("2026-03-04 12:00"));
    CHECK(office.round(1).state == RetroState::open);
    CHECK(office.count("SELECT count(*) FROM retro_rounds") == 1);
    CHECK(office.count(R"(SELECT count(*) FROM journal WHERE fact = 'retro_not_opened'
        AND detail = '{"why":"still_open"}')") == 2);
    office.advance_to(utc("2026-03-06 11:00"));
    CHECK(office.round(1).state == RetroState::over);
    CHECK(office.round(1).end == RetroEnd::by_itself);
    CHECK(office.count("SELECT count(*) FROM retro_entries WHERE round_id = 1") == 1);
    CHECK(office.round(2).state == RetroState::open);
    CHECK(office.count("SELECT count(*) FROM retro_rounds WHERE state != 5") == 1);
}

TEST_CASE("retro: one that is in the policy no more ends; notes go when nothing else is left of it")
{
    RetroOffice office;
    office.advance_to(utc("2026-03-02 12:00"));
    office.answers("Ucy", "deploys take an hour");
    Settings without = with_retro();
    without.retros.clear();
    office.engine.replace_settings(without);
    office.advance_to(utc("2026-03-05 11:01"));
    CHECK(office.round().state == RetroState::over);
    CHECK(office.count("SELECT count(*) FROM retro_entries") == 1);
    office.retro("Ucy", "");
    CHECK(has(office.answer(), "No team here has retros yet."));
    SealedAnswer note;
    note.key = "a";
    note.retro = note.team = "platform";
    note.text = "left over";
    SealedAnswer other = note;
    other.key = "b";
    other.person = UserId{"Ubo"};
    office.retros().add({note, other});
    const auto lying = [&] {
        return office.count(
            "SELECT (SELECT count(*) FROM retro_sealed) + (SELECT count(*) FROM retro_signed)");
    };
    // It may have gone by a slip of the finger.
    office.retros().drop_notes_but_of({});
    CHECK(lying() == 2);
    office.retros().let_go(utc("2027-03-05 11:00"));
    office.retros().drop_notes_but_of({platform_retro()});
    CHECK(lying() == 2);
    Retro moved = platform_retro();
    moved.team = "mobile";
    office.retros().drop_notes_but_of({moved});
    CHECK(lying() == 0);
}

TEST_CASE("/retro: who is in several says which; who is in none is told so; guests, too")
{
    Settings settings = with_retro();
    Team mobile;
    mobile.name = "mobile";
    mobile.members = {UserId{"Ubo"}, UserId{"Ugil"}};
    settings.teams.push_back(mobile);
    Retro other = platform_retro();
    other.name = other.team = "mobile";
    settings.retros.push_back(other);
    RetroOffice office{settings};
    office.join("Uhal", "Hal");
    office.join("Uivy", "Ivy", "Etc/UTC", MemberKind::external);
    office.retro("Ubo", "note we deploy on Fridays");
    CHECK(office.answer() ==
          "Which retro? You are in platform, mobile.\nTry: `/retro note platform: we deploy on Fridays`\n");
    office.retro("Ubo", "note mobile: we deploy on Fridays");
    CHECK(has(office.answer(), "Noted for the next retro mobile"));
    office.retro("Ucy", "note mobile: we deploy on Fridays");
    CHECK(office.answer() == "The retro mobile is for people of mobile.\n");
    office.retro("Uhal", "note we deploy on Fridays");
    CHECK(has(office.answer(),
              "You are in no team that has a retro, and what is said there is for its people."));
    office.retro("Uivy", "");
    CHECK(has(office.answer(), "I do not know you as a member of this workspace"));
    CHECK(office.count("SELECT count(*) FROM retro_sealed") == 1);
    office.retro("Ucy", "finds hello");
    CHECK(office.answer() == "I did not understand \"finds\".\nTry: `/retro find hello`\n");
    office.retro("Ucy", "skip");
    CHECK(has(office.answer(), "platform: the one of Mon 11:00 (your time) is left out."));
    office.advance_to(utc("2026-03-02 11:30"));
    CHECK(office.count("SELECT count(*) FROM retro_rounds WHERE retro = 'platform'") == 0);
    CHECK(office.count("SELECT count(*) FROM retro_rounds WHERE retro = 'mobile'") == 1);
}

TEST_CASE("/retro export: the whole round as Markdown, once it is closed")
{
    GroupedOffice office;
    office.presses("Ubo", action::retro_close, "1 voting");
    office.takes_on("Ubo", "faster deploys", "Ueve", utc("2026-03-20 12:00"));
    office.retro("Ufay", "export");
    CHECK(office.answer() == "Retro platform · 1 comes as a direct message, in Markdown.\n");
    office.advance(5s);
    const std::string text = said_to(office, "Ufay");
    CHECK(has(text,
              "# Retro platform · 1\nplatform · 2026-03-02 11:00 UTC\nFacilitated by Bo\n## What did we"));
    CHECK(has(text, "## Noted before\n- **"));
    // Markdown would count the numbers of a list by itself.
    CHECK(has(text,
              "- **" + std::to_string(office.number_of_answer("deploys take an hour")) +
                  "** deploys take an hour\n"));
    CHECK(has(text, "## Themes\n- Deploys (0 dots): "));
    CHECK(has(text, "## Actions\n- faster deploys: 📨 Eve is asked, by 2026-03-20 12:00 UTC\n"));
    office.retro("Ufay", "export platform 7");
    CHECK(office.answer() == "I know of no round 7 of platform.\n");
    office.advance_to(utc("2026-03-16 11:05"));
    office.retro("Ufay", "export 2");
    CHECK(has(office.answer(), "nobody sees them before"));
}

TEST_CASE("retro: where the channel does not take it, whoever facilitates has it")
{
    RetroOffice office;
    office.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* post = std::get_if<PostMessage>(&delivery.effect);
        if (post == nullptr || post->channel != ChannelId{"Cplatform"}) return std::nullopt;
        return Fault{FaultKind::not_a_member, "not_in_channel"};
    };
    office.advance_to(utc("2026-03-02 11:05"));
    bool has_it = false;
    for (const SeenMessage& message : office.to("Ubo"))
        has_it = has_it || (message.first.kind == NoticeKind::retro &&
                            has(text_of(message.now), "I am in no channel of the team"));
    CHECK(has_it);
    office.answers("Ucy", "deploys take an hour");
    office.advance_to(utc("2026-03-05 11:05"));
    CHECK(office.round().state == RetroState::grouping);
}

TEST_CASE("retro: a figure of ackd's own is about five people at least, and never about one")
{
    Settings settings = with_retro();
    SUBCASE("of a team of five it is told")
    {
        RetroOffice office{settings};
        office.ack("Uann", "@Udi !week please look at the importer");
        office.advance(1min);
        office.ackd("Udi", "cant 1 blocked");
        office.advance_to(utc("2026-03-02 11:01"));
        CHECK(office.round().figures.declined == 1);
        CHECK(has(office.board(), "1 ask was handed back."));
        CHECK_FALSE(has(office.board(), "Di "));
    }
    SUBCASE("of a smaller one it is not")
    {
        settings.teams.front().members.pop_back();
        RetroOffice office{settings};
        office.ack("Uann", "@Udi !week please look at the importer");
        office.advance(1min);
        office.ackd("Udi", "cant 1 blocked");
        office.advance_to(utc("2026-03-02 11:01"));
        CHECK_FALSE(office.round().figures.declined);
        CHECK_FALSE(has(office.board(), "handed back"));
    }
}
