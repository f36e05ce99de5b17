// Dead letters, looked through once a week: whose turn it is, what the message says and takes, what three of
// a kind propose, and what becomes of those that nobody looks at.
#include "adapters/slack/message_rendering.hpp"
#include "bot/escalation/triage_handlers.hpp"
#include "bot/escalation/triage_rules.hpp"
#include "bot/escalation/triage_table.hpp"
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

std::chrono::local_days day(int year, unsigned month, unsigned number)
{
    return std::chrono::local_days{std::chrono::year{year} / std::chrono::month{month} /
                                   std::chrono::day{number}};
}

WorkingHours away(const char* zone, const char* from, const char* until)
{
    WorkCalendar calendar;
    calendar.away.push_back({utc(from), utc(until)});
    return WorkingHours{zone, "Etc/UTC", calendar};
}

/// "Uann Mon 2 at 2026-03-02 09:00 UTC"
std::string turn(const std::vector<TriageCandidate>& candidates,
                 const char* now,
                 std::optional<std::chrono::local_days> last = std::nullopt)
{
    const auto found = whose_turn(candidates, last, utc(now));
    if (!found) return "nobody";
    return found->person.value + " at " + utc_text(found->at);
}

/// What is raised finds nobody, and Di has dead letters.
Settings with_dead_letters()
{
    Settings settings = straight_settings();
    settings.dead_letter_owner = UserId{"Udi"};
    settings.admins = {UserId{"Ucy"}};
    for (const char* name : {"incident", "access"}) {
        Route route;
        route.name = name;
        route.about = "Something";
        route.priority = Priority::now;
        route.steps.emplace_back().targets = {UserId{"Ubo"}};
        settings.routes.emplace(route.name, route);
    }
    return settings;
}

struct TriageDesk : Workspace {
    explicit TriageDesk(Settings settings = with_dead_letters()) : Workspace(std::move(settings))
    {
        // Monday noon: the round of this week is behind them, or to come without a letter.
        advance_to(utc("2026-03-02 12:00"));
    }

    void give_up(int number, const char* typed = "incident it is down")
    {
        for (int count = 0; count < number; ++count) {
            command("Uann", "/escalate", rich(typed));
            advance(2h);
        }
    }
    [[nodiscard]] std::vector<SeenMessage> rounds(const char* person)
    {
        std::vector<SeenMessage> list;
        for (const SeenMessage& message : to(person)) {
            if (message.first.summary.find("for a cause") != std::string::npos) list.push_back(message);
        }
        return list;
    }
    [[nodiscard]] std::string cause_of(std::int64_t obligation)
    {
        const auto letter = TriageTable{*connection}.find(ObligationId{obligation});
        if (!letter) return "no dead letter";
        return letter->cause ? std::string{name_of(*letter->cause)} : "none";
    }
    [[nodiscard]] std::int64_t facts_named(const std::string& fact)
    {
        storage::Statement row = connection->prepare("SELECT count(*) FROM journal WHERE fact = $1");
        row.bind(1, fact);
        row.step();
        return row.column_int(0);
    }
    /// Di, in the newest message.
    void tap(std::int64_t obligation, const char* cause)
    {
        const SeenMessage message = rounds("Udi").back();
        const std::string value = "o" + std::to_string(obligation) + " " + cause;
        bool is_there = false;
        for (const Section& section : message.now.sections) {
            for (const Action& action : section.actions) {
                for (const Choice& choice : action.choices) is_there = is_there || choice.value == value;
            }
        }
        REQUIRE(is_there);
        name("Udi", obligation, cause, message.ref);
    }
    void name(const char* person, std::int64_t obligation, const char* cause, const MessageRef& message = {})
    {
        ActionTaken taken;
        taken.message = message;
        taken.name = "triage_cause";
        taken.value = "o" + std::to_string(obligation) + " " + cause;
        taken.person = UserId{person};
        take(taken);
    }
};

}  // namespace

TEST_CASE("triage: whose turn it is: the first who is at work this week, at their first moment in it")
{
    const TriageCandidate ann{UserId{"Uann"}, WorkingHours{"Etc/UTC"}};
    const TriageCandidate ana{UserId{"Uana"}, WorkingHours{"America/New_York"}};
    const TriageCandidate monday_off{UserId{"Uoff"}, away("Etc/UTC", "2026-03-02 00:00", "2026-03-03 00:00")};
    const TriageCandidate gone{UserId{"Ugone"}, away("Etc/UTC", "2026-03-01 00:00", "2026-03-20 00:00")};

    CHECK(turn({ann, ana}, "2026-03-02 00:00") == "Uann at 2026-03-02 09:00 UTC");
    CHECK(turn({ana, ann}, "2026-03-02 06:00") == "Uana at 2026-03-02 14:00 UTC");
    CHECK(turn({monday_off, ann}, "2026-03-02 00:00") == "Uoff at 2026-03-03 09:00 UTC");
    CHECK(turn({gone, ann}, "2026-03-02 00:00") == "Uann at 2026-03-02 09:00 UTC");
    CHECK(turn({gone}, "2026-03-02 00:00") == "nobody");
    CHECK(turn({}, "2026-03-02 00:00") == "nobody");

    SUBCASE("after an outage, late but still this week; at its end not at all")
    {
        CHECK(turn({ann}, "2026-03-05 11:00") == "Uann at 2026-03-05 11:00 UTC");
        CHECK(turn({ann}, "2026-03-07 11:00") == "nobody");
    }
    SUBCASE("once a week")
    {
        CHECK(turn({ann}, "2026-03-02 09:00", day(2026, 3, 2)) == "nobody");
        CHECK(turn({ann}, "2026-03-08 23:59", day(2026, 3, 2)) == "nobody");
        CHECK(turn({ann}, "2026-03-09 00:00", day(2026, 3, 2)) == "Uann at 2026-03-09 09:00 UTC");
    }
    SUBCASE("the week is that of who comes first, and nobody is asked on the Sunday before theirs")
    {
        // In New York it is Sunday still.
        CHECK(turn({ana, ann}, "2026-03-02 03:00", day(2026, 2, 23)) == "nobody");
        CHECK(turn({ann, ana}, "2026-03-02 03:00", day(2026, 2, 23)) == "Uann at 2026-03-02 09:00 UTC");
        const TriageCandidate west{UserId{"Uwest"}, WorkingHours{"Pacific/Honolulu"}};
        CHECK(turn({gone, west}, "2026-03-02 03:00") == "Uwest at 2026-03-02 19:00 UTC");
    }
}

TEST_CASE("triage: leads take turns by the week, also over the new year")
{
    const std::vector<UserId> leads{UserId{"Ua"}, UserId{"Ub"}, UserId{"Uc"}};
    std::string firsts;
    for (auto week = day(2026, 12, 14); week < day(2027, 1, 25); week += std::chrono::days{7})
        firsts += in_turn(leads, week).front().value + " ";
    CHECK(
        (firsts == "Ua Ub Uc Ua Ub Uc " || firsts == "Ub Uc Ua Ub Uc Ua " || firsts == "Uc Ua Ub Uc Ua Ub "));
    CHECK(in_turn({}, day(2026, 3, 2)).empty());
}

TEST_CASE("triage: a dead letter is closed after two weeks, but not before it was shown for one")
{
    DeadLetter letter;
    letter.given_up_at = utc("2026-03-02 10:00");
    CHECK(closes_at(letter) == utc("2026-03-16 10:00"));
    CHECK_FALSE(is_to_be_closed(letter, false, utc("2026-03-16 09:59")));
    CHECK(is_to_be_closed(letter, false, utc("2026-03-16 10:00")));
    // The round of this week is still to come.
    CHECK_FALSE(is_to_be_closed(letter, true, utc("2026-03-16 10:00")));
    letter.shown_at = utc("2026-03-18 09:00");
    CHECK(closes_at(letter) == utc("2026-03-25 09:00"));
    letter.shown_at = utc("2026-03-02 12:00");
    CHECK(is_to_be_closed(letter, true, utc("2026-03-16 10:00")));
}

TEST_CASE("triage: three of a kind make a proposal, and no other within thirty days")
{
    const Instant now = utc("2026-03-02 10:00");
    CHECK_FALSE(makes_proposal(2, std::nullopt, now));
    CHECK(makes_proposal(3, std::nullopt, now));
    CHECK_FALSE(makes_proposal(4, now - 29 * 24h, now));
    CHECK(makes_proposal(4, now - 30 * 24h, now));
    for (const TriageCause cause : nameable_causes) {
        CAPTURE(name_of(cause));
        CHECK_FALSE(proposal_for(cause, "incident").words.empty());
        CHECK_FALSE(proposal_for(cause, "incident").command.empty());
        CHECK(triage_cause_named(name_of(cause)) == cause);
        CHECK(triage_cause_named(words_of(cause)) == cause);
    }
    CHECK(proposal_for(TriageCause::wrong_person, "incident").command == "/ackd setup route incident");
    CHECK(proposal_for(TriageCause::wrong_person, "").command == "/ackd setup route default");
    CHECK_FALSE(triage_cause_named("nobody_looked"));
    CHECK_FALSE(triage_cause_named("kim"));
}

TEST_CASE("triage: on Monday who owns dead letters has one message with them, and one tap names a cause")
{
    TriageDesk desk;
    desk.give_up(2);
    REQUIRE(desk.count("SELECT count(*) FROM dead_letters") == 2);
    desk.advance_to(utc("2026-03-09 08:59"));
    CHECK(desk.rounds("Udi").empty());
    desk.advance_to(utc("2026-03-09 09:01"));
    REQUIRE(desk.rounds("Udi").size() == 1);
    const std::string menu =
        "[What was it? ▾: Wrong person | Wrong place | Unclear ask | Overloaded | No longer needed | "
        "Nobody owns it | Bot fault]\n";
    CHECK(
        text_of(desk.rounds("Udi").front().now) ==
        "2 dead letters wait for a cause. Each takes one tap.\n"
        "~ It is about routes and places, and about nobody: who was asked is not shown, and who names a cause "
        "is not kept. One without a cause is closed after two weeks.\n"
        "----\n"
        "> it is down\n"
        "~ #1 · route incident · now · given up Mon 2 Mar 12:15 (your time)\n" +
            menu +
            "----\n"
            "> it is down\n"
            "~ #2 · route incident · now · given up Mon 2 Mar 14:15 (your time)\n" +
            menu);

    desk.tap(1, "wrong_place");
    CHECK(desk.cause_of(1) == "wrong_place");
    desk.advance(1min);
    const std::string after = text_of(desk.rounds("Udi").front().now);
    CHECK(after.find("1 dead letter waits for a cause. It takes one tap.") == 0);
    CHECK(after.find("> it is down\n✅ wrong place\n~ #1") != std::string::npos);

    SUBCASE("another tap changes it, the same one changes nothing, and the last one is thanked for")
    {
        desk.tap(1, "wrong_place");
        CHECK(desk.facts_named("triage_cause_named") == 1);
        desk.tap(1, "overloaded");
        CHECK(desk.cause_of(1) == "overloaded");
        desk.tap(2, "bot_fault");
        desk.advance(1min);
        CHECK(text_of(desk.rounds("Udi").front().now)
                  .find("Every dead letter here has its cause. Thank you.\n----") == 0);
    }
    SUBCASE("it comes once a week, also over a restart, and not at all when nothing waits")
    {
        desk.tap(2, "bot_fault");
        desk.engine.start();
        desk.advance_to(utc("2026-03-23 12:00"));
        CHECK(desk.rounds("Udi").size() == 1);
    }
    SUBCASE("what is left comes again, and is closed two weeks after it was given up")
    {
        desk.engine.start();
        desk.advance_to(utc("2026-03-16 09:01"));
        REQUIRE(desk.rounds("Udi").size() == 2);
        CHECK(text_of(desk.rounds("Udi").back().now).find("#2") != std::string::npos);
        CHECK(text_of(desk.rounds("Udi").back().now).find("#1") == std::string::npos);
        desk.advance_to(utc("2026-03-16 14:14"));
        CHECK(desk.cause_of(2) == "none");
        desk.advance_to(utc("2026-03-16 14:16"));
        CHECK(desk.cause_of(2) == "nobody_looked");
        CHECK(desk.cause_of(1) == "wrong_place");
        CHECK(desk.facts_named("triage_closed") == 1);
        desk.advance(1min);
        CHECK(text_of(desk.rounds("Udi").back().now).find("Closed by itself: nobody looked.") !=
              std::string::npos);
        desk.tap(2, "unclear_ask");
        CHECK(desk.cause_of(2) == "unclear_ask");
    }
    SUBCASE("others cannot name one; admins can")
    {
        desk.name("Ubo", 2, "overloaded");
        CHECK(
            desk.answer() ==
            "Why it was not answered is said by who looks through dead letters this week, by who owns them, or "
            "by an admin.\n");
        CHECK(desk.cause_of(2) == "none");
        desk.name("Ucy", 2, "overloaded");
        CHECK(desk.cause_of(2) == "overloaded");
        desk.name("Ucy", 99, "overloaded");
        CHECK(desk.answer() == "I do not know this dead letter any more.\n");
        desk.name("Ucy", 2, "nobody_looked");
        CHECK(desk.answer() == "I do not know this dead letter any more.\n");
        CHECK(desk.cause_of(2) == "overloaded");
    }
    SUBCASE("what is answered after all needs none")
    {
        desk.connection->execute("UPDATE dead_letters SET answered_at_us = 5 WHERE obligation_id = 2");
        desk.name("Udi", 2, "overloaded");
        CHECK(desk.answer() == "It was settled meanwhile: it needs no cause.\n");
        desk.advance(1min);
        CHECK(text_of(desk.rounds("Udi").front().now).find("✅ Settled meanwhile: it needs no cause.\n~ #2") !=
              std::string::npos);
        CHECK(desk.cause_of(2) == "none");
    }
    SUBCASE("causes and rounds are no longer kept after ninety days")
    {
        desk.advance_to(utc("2026-06-20 12:00"));
        CHECK(desk.cause_of(1) == "no_longer_kept");
        CHECK(desk.cause_of(2) == "no_longer_kept");
        CHECK(desk.count("SELECT count(*) FROM triage_round_letters") == 0);
        CHECK(desk.rounds("Udi").size() == 2);
    }
}

TEST_CASE("triage: what was given up this week waits for the next one: its owner decides about it first")
{
    TriageDesk desk;
    desk.advance_to(utc("2026-03-08 23:00"));
    desk.give_up(1);  // at 23:15 on Sunday, and at 1:15 on Monday
    desk.give_up(1);
    desk.advance_to(utc("2026-03-09 09:01"));
    REQUIRE(desk.rounds("Udi").size() == 1);
    CHECK(text_of(desk.rounds("Udi").front().now).find("1 dead letter waits for a cause.") == 0);
    CHECK(text_of(desk.rounds("Udi").front().now).find("#1 ") != std::string::npos);
}

TEST_CASE("triage: who looks through them is on call in its rotation, and when they are out, the next one")
{
    Settings settings = with_dead_letters();
    settings.triage_rotation = "triage";
    Rotation rotation;
    rotation.name = "triage";
    rotation.starts = day(2026, 1, 5);
    rotation.parts.resize(1);
    rotation.parts.front().people = {UserId{"Uann"}, UserId{"Ubo"}, UserId{"Ucy"}};
    settings.rotations.push_back(rotation);
    TriageDesk desk{settings};
    desk.give_up(1);
    // A week each from 5 January on: Cy until 9 March at 9:00, then Ann, then Bo.

    SUBCASE("at work")
    {
        desk.advance_to(utc("2026-03-09 09:01"));
        CHECK(desk.rounds("Uann").size() == 1);
        for (const char* person : {"Ubo", "Ucy", "Udi"}) CHECK(desk.rounds(person).empty());
    }
    SUBCASE("out for the whole week")
    {
        desk.command("Uann", "/out", Workspace::rich("2026-03-08..2026-03-14"));
        desk.advance_to(utc("2026-03-09 09:01"));
        CHECK(desk.rounds("Uann").empty());
        CHECK(desk.rounds("Ubo").size() == 1);
    }
}

TEST_CASE("triage: where nobody can look through them, nothing is sent, and they are closed all the same")
{
    Settings settings = with_dead_letters();
    settings.dead_letter_owner = UserId{};
    settings.admins.clear();
    TriageDesk desk{settings};
    desk.give_up(1);
    desk.advance_to(utc("2026-03-20 12:00"));
    for (const char* person : {"Uann", "Ubo", "Ucy", "Udi"}) CHECK(desk.rounds(person).empty());
    CHECK(desk.cause_of(1) == "nobody_looked");
}

TEST_CASE("triage: after an outage of weeks they are shown once, for a week, before they are closed")
{
    TriageDesk desk;
    desk.give_up(1);
    // Nothing runs meanwhile.
    desk.clock.advance_to(utc("2026-03-25 11:00"));
    desk.engine.start();
    desk.advance(1min);
    REQUIRE(desk.rounds("Udi").size() == 1);
    CHECK(desk.cause_of(1) == "none");
    desk.advance_to(utc("2026-04-01 10:00"));
    CHECK(desk.cause_of(1) == "none");
    desk.advance_to(utc("2026-04-01 12:00"));
    CHECK(desk.cause_of(1) == "nobody_looked");
}

TEST_CASE(
    "triage: an outage that ends at a weekend takes nobody the chance to look: they are shown on Monday")
{
    TriageDesk desk;
    desk.give_up(1);
    desk.clock.advance_to(utc("2026-03-28 11:00"));
    desk.engine.start();
    desk.advance(1min);
    CHECK(desk.rounds("Udi").empty());
    CHECK(desk.cause_of(1) == "none");
    desk.advance_to(utc("2026-03-30 09:01"));
    CHECK(desk.rounds("Udi").size() == 1);
    desk.advance_to(utc("2026-04-06 12:00"));
    CHECK(desk.cause_of(1) == "nobody_looked");
}

TEST_CASE("triage: at most ten at a time, oldest first, and all of it fits into a message")
{
    TriageDesk desk;
    desk.give_up(12);
    desk.advance_to(utc("2026-03-09 09:01"));
    REQUIRE(desk.rounds("Udi").size() == 1);
    const Notice notice = desk.rounds("Udi").front().now;
    CHECK(notice.sections.size() == 11);
    CHECK(text_of(notice).find("#10 ") != std::string::npos);
    CHECK(text_of(notice).find("#11 ") == std::string::npos);
    const auto blocks = nlohmann::json::parse(
        slack::render_message(notice, OutboxId{1}, {"https://example.slack.com"}).blocks);
    CHECK(blocks.size() <= 45);
    for (const char* person : {"Bo ", "Bo\n", "Bo·", "Ann", "Di"})
        CHECK(text_of(notice).find(person) == std::string::npos);
}

TEST_CASE("triage: three of one cause on one route propose one change, once, to who decides about them")
{
    TriageDesk desk;
    desk.give_up(4);
    desk.give_up(1, "access please");
    desk.advance_to(utc("2026-03-09 09:01"));
    const std::size_t before = desk.to("Ucy").size() + desk.to("Udi").size();
    desk.tap(1, "overloaded");
    desk.tap(2, "overloaded");
    desk.tap(5, "overloaded");
    desk.advance(1min);
    CHECK(desk.facts_named("triage_proposed") == 0);
    desk.tap(3, "overloaded");
    desk.advance(1min);
    CHECK(desk.facts_named("triage_proposed") == 1);
    const std::string proposal =
        "Three times “overloaded” on route incident within a month. Add somebody to its first step, or a backup "
        "as a step of its own: `/ackd setup route incident`\n";
    const std::string shown = text_of(desk.rounds("Udi").front().now);
    CHECK(shown.substr(shown.rfind("----\n") + 5) == proposal);
    // Di, who owns dead letters, has just read it there.
    CHECK(desk.to("Ucy").size() + desk.to("Udi").size() == before);
    desk.tap(4, "overloaded");
    CHECK(desk.facts_named("triage_proposed") == 1);

    SUBCASE("by somebody else, their owner hears of it")
    {
        for (const std::int64_t number : {1, 2, 3}) desk.name("Ucy", number, "wrong_person");
        desk.advance(1min);
        CHECK(desk.facts_named("triage_proposed") == 2);
        CHECK(text_of(desk.last_to("Udi").now) ==
              "Three times “wrong person” on route incident within a month. Change who is on it: "
              "`/ackd setup route incident`\n~ Which ones: `ackd deadletters --all`\n");
    }
}
