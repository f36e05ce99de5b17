// Rules of nudging that retire themselves, in the whole bot: what a quiet one still does, what becomes a
// case, who is told, who may insist, and what is kept of those who say whether a nudge was useful.
#include "bot/courier/backoff.hpp"
#include "bot/interruptions/nudge_rule_table.hpp"
#include "tests/unit/bot_workspace.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

const NudgeRule at_75{Priority::today, NudgeKind::nudge, "75%"};
const NudgeRule at_100{Priority::today, NudgeKind::nudge, "100%"};

/// Ann is the admin.
Settings with_admin(const std::vector<std::string>& route = {"Ucy"})
{
    Settings settings = with_route(route);
    settings.admins = {UserId{"Uann"}};
    return settings;
}

NudgeRuleTable rules_of(Workspace& workspace)
{
    return NudgeRuleTable{*workspace.connection, [random = Random{5}]() mutable { return random.next(); }};
}

void set_state(Workspace& workspace, const NudgeRule& rule, RuleState state)
{
    rules_of(workspace).save(rule, {state, RuleCause::figures, workspace.clock.now(), std::nullopt});
}

/// So many cases of as many people as there are, of which the first few moved.
void add_cases(Workspace& workspace, const NudgeRule& rule, int cases, int moved, int people)
{
    for (int number = 0; number < cases; ++number) {
        const UserId person{"Uperson" + std::to_string(number % people)};
        rules_of(workspace).count_case(to_text(rule), number < moved, person, workspace.clock.now());
    }
}

std::string state_of(Workspace& workspace, const NudgeRule& rule)
{
    return std::string{name_of(rules_of(workspace).standing_of(rule).state)};
}

/// "nudge 11:30, digest 13:00".
std::string received_by(const Workspace& workspace, const char* person)
{
    std::string text;
    for (const SeenMessage& message : workspace.to(person)) {
        text += (text.empty() ? "" : ", ") + std::string{name_of(message.first.kind)} + " " +
                local_time_text(WorkingHours{"Etc/UTC"}, message.posted_at, message.posted_at);
    }
    return text;
}

bool says(const Notice& notice, std::string_view words)
{
    return text_of(notice).find(words) != std::string::npos;
}

/// Asks Bo until a nudge is one that asks back whether it was useful; that message.
SeenMessage first_that_asks(Workspace& workspace)
{
    for (int number = 1; number <= 60; ++number) {
        workspace.ack("Uann", "@Ubo please read");
        workspace.advance(1h + 35min);
        const SeenMessage message = workspace.last_to("Ubo");
        if (says(message.now, "Was this useful?")) return message;
        workspace.ackd("Ubo", "done " + std::to_string(number));
        workspace.advance_to(utc("2026-03-02 10:00") + number * 24h);
    }
    FAIL("no nudge asks");
    return {};
}

Settings every_day()
{
    Settings settings = with_admin();
    for (auto& shifts : settings.hours.days) shifts = {Shift{0min, 24h}};
    settings.interruptions_per_day = 100;
    return settings;
}

}  // namespace

TEST_CASE("retired rule: in the digest, it interrupts nobody")
{
    Workspace workspace{with_admin()};
    set_state(workspace, at_75, RuleState::digest);
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 13:01"));
    CHECK(received_by(workspace, "Ubo") == "digest Mon 13:00");
    CHECK(says(workspace.last_to("Ubo").now, "please read"));
}

TEST_CASE(
    "retired rule: off, it is not sent, and the obligation ends as it would have, with a backup and an owner")
{
    const auto end_of = [](RuleState state) {
        Workspace workspace{with_admin()};
        set_state(workspace, at_75, state);
        set_state(workspace, at_100, state);
        workspace.ack("Uann", "@Ubo please read");
        workspace.advance_to(utc("2026-03-02 12:29"));
        CHECK(received_by(workspace, "Ubo") ==
              (state == RuleState::on ? "nudge Mon 11:30, nudge Mon 12:00" : ""));
        workspace.advance_to(utc("2026-03-06 17:00"));
        CHECK_FALSE(workspace.to("Ucy").empty());
        return workspace.states() + ": " + workspace.facts();
    };
    const std::string as_usual = end_of(RuleState::on);
    CHECK(as_usual.find("dead letter") != std::string::npos);
    CHECK(end_of(RuleState::off) == as_usual);
}

TEST_CASE("retired rule: the time line says that a reminder was due and its rule is off")
{
    Workspace workspace{with_admin()};
    set_state(workspace, at_75, RuleState::off);
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 12:01"));
    CHECK(received_by(workspace, "Ubo") == "nudge Mon 12:00");
    workspace.ackd("Uann", "trace 1");
    CHECK(workspace.answer().find("Mon 11:30  Bo: a reminder was due, and its rule is off\n") !=
          std::string::npos);
}

TEST_CASE("retired rule: what is at priority now is sent, whatever the table says")
{
    Workspace workspace{with_admin()};
    for (const char* at : {"5m", "10m", "15m"})
        set_state(workspace, {Priority::now, NudgeKind::nudge, at}, RuleState::off);
    workspace.ack("Uann", "@Ubo !now it burns");
    workspace.advance(16min);
    CHECK(workspace.to("Ubo").size() == 3);
}

TEST_CASE("retired rule: a policy that says another time has another rule, which is on")
{
    Settings settings = with_admin();
    settings.delivery.of(Priority::today).nudges.front().share = 0.5;
    Workspace workspace{settings};
    set_state(workspace, at_75, RuleState::off);
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 11:01"));
    CHECK(received_by(workspace, "Ubo") == "nudge Mon 11:00");
    workspace.advance_to(utc("2026-03-03 03:01"));
    CHECK(workspace.count("SELECT count(*) FROM nudge_rules") == 0);
}

TEST_CASE("retired rule: where the policy says that rules do not retire, it is on")
{
    Settings settings = with_admin();
    settings.rules_retire = false;
    Workspace workspace{settings};
    set_state(workspace, at_75, RuleState::off);
    add_cases(workspace, at_100, 31, 0, 20);
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-03 03:01"));
    CHECK(received_by(workspace, "Ubo").starts_with("nudge Mon 11:30"));
    CHECK(state_of(workspace, at_100) == "on");
}

TEST_CASE("cases: what moved within a working day was moved by the nudge; what was called off is no case")
{
    Workspace workspace{with_admin({})};
    workspace.ack("Uann", "@Ubo one");
    workspace.ack("Uann", "@Ucy two");
    workspace.ack("Uann", "@Udi three");
    workspace.advance_to(utc("2026-03-02 11:31"));
    workspace.ackd("Ubo", "got 1");
    workspace.ackd("Uann", "withdraw 2");
    const auto figures = [&] { return rules_of(workspace).figures_of(at_75, workspace.clock.now()); };
    CHECK(figures().cases == 1);
    CHECK(figures().moved == 1);
    workspace.advance_to(utc("2026-03-04 03:01"));
    CHECK(figures().cases == 2);
    CHECK(figures().moved == 1);
    CHECK(rules_of(workspace).figures_of(at_100, workspace.clock.now()).cases == 1);
    CHECK(workspace.count("SELECT sum(sent) FROM nudge_rule_days WHERE rule = 'today nudge 75%'") == 3);
    CHECK(workspace.count("SELECT count(*) FROM nudge_samples") == 0);
}

TEST_CASE("cases: an answer after a working day moves nothing any more")
{
    Workspace workspace{with_admin({})};
    workspace.ack("Uann", "@Ubo one");
    workspace.ackd("Ubo", "got 1");
    // The question whether it is done comes on Wednesday at 10:00.
    workspace.advance_to(utc("2026-03-04 10:01"));
    REQUIRE(received_by(workspace, "Ubo") == "nudge Wed 10:00");
    workspace.advance_to(utc("2026-03-05 10:01"));
    workspace.ackd("Ubo", "done 1");
    workspace.advance_to(utc("2026-03-06 03:01"));
    const NudgeRule is_it_done{Priority::today, NudgeKind::reminder, "2d"};
    CHECK(rules_of(workspace).figures_of(is_it_done, workspace.clock.now()).cases == 1);
    CHECK(rules_of(workspace).figures_of(is_it_done, workspace.clock.now()).moved == 0);
}

TEST_CASE(
    "retiring: what seldom helps moves to the digest, after two weeks off, and the admins are told in words")
{
    Workspace workspace{with_admin()};
    add_cases(workspace, at_100, 31, 6, 20);
    workspace.advance_to(utc("2026-03-03 09:31"));
    CHECK(state_of(workspace, at_100) == "digest");
    REQUIRE(received_by(workspace, "Uann") == "digest Tue 09:30");
    CHECK(says(
        workspace.last_to("Uann").now,
        "The reminder at 100 % for today helped in 6 of 31 cases: in so few did anything move within a working "
        "day.\n"
        "I have moved it to the digest. In two weeks I switch it off, if it does not help there.\n"
        "~ Counted in 30 days, of five people or more. If you keep it, it stays as it was for 90 days.\n"
        "[Keep as it was]\n"));
    workspace.advance_to(utc("2026-03-17 02:59"));
    CHECK(state_of(workspace, at_100) == "digest");
    workspace.advance_to(utc("2026-03-17 09:31"));
    CHECK(state_of(workspace, at_100) == "off");
    CHECK(says(workspace.last_to("Uann").now, "I have switched it off. Nothing is lost"));
    CHECK(workspace.count("SELECT count(*) FROM journal WHERE fact = 'rule_moved'") == 2);
    CHECK(workspace.to("Ubo").empty());
}

TEST_CASE("retiring: by what people say as well; not by too few samples, nor by too few people")
{
    Workspace workspace{with_admin()};
    NudgeRuleTable rules = rules_of(workspace);
    for (int number = 0; number < 20; ++number) {
        const UserId person{"Uperson" + std::to_string(number)};
        rules.count_judgement(to_text(at_75),
                              number < 9 ? Judgement::useful : Judgement::not_now,
                              person,
                              workspace.clock.now());
    }
    add_cases(workspace, at_100, 30, 0, 4);
    const NudgeRule week{Priority::week, NudgeKind::nudge, "100%"};
    add_cases(workspace, week, 19, 0, 19);
    workspace.advance_to(utc("2026-03-03 09:31"));
    CHECK(state_of(workspace, at_75) == "digest");
    CHECK(says(workspace.last_to("Uann").now,
               "The reminder at 75 % for today was useful in 9 of 20 cases, say those who were asked."));
    CHECK(state_of(workspace, at_100) == "on");
    CHECK(state_of(workspace, week) == "on");
}

TEST_CASE("retiring: an admin insists once in ninety days; then the figures count again")
{
    Workspace workspace{with_admin()};
    add_cases(workspace, at_100, 31, 6, 20);
    workspace.advance_to(utc("2026-03-03 09:31"));
    REQUIRE(state_of(workspace, at_100) == "digest");
    const SeenMessage told = workspace.last_to("Uann");
    workspace.press("Ubo", told, "keep_rule");
    CHECK(workspace.answer() == "Only admins can do this: Ann.\n");
    CHECK(state_of(workspace, at_100) == "digest");
    workspace.press("Uann", told, "keep_rule");
    CHECK(workspace.answer() ==
          "✅ The reminder at 100 % for today stays as it was until Mon 1 Jun 09:31 (your time), whatever its "
          "figures say.\n");
    CHECK(state_of(workspace, at_100) == "on");
    workspace.advance(24h);
    workspace.press("Uann", told, "keep_rule");  // pressed again, it does not hold for longer
    CHECK(workspace.answer().find("until Mon 1 Jun 09:31") != std::string::npos);

    workspace.advance_to(utc("2026-05-31 12:00"));
    add_cases(workspace, at_100, 31, 6, 20);
    workspace.advance_to(utc("2026-06-01 09:00"));
    CHECK(state_of(workspace, at_100) == "on");
    workspace.advance_to(utc("2026-06-02 03:01"));
    CHECK(state_of(workspace, at_100) == "digest");
}

TEST_CASE("retiring: a night that ackd slept through is made up for, and a restart changes nothing")
{
    const StorageFolder folder;
    const std::string path = folder.file("state.db");
    {
        Workspace workspace{with_admin(), utc("2026-03-02 10:00"), path};
        add_cases(workspace, at_100, 31, 6, 20);
        workspace.ack("Uann", "@Ubo one");
        workspace.advance_to(utc("2026-03-02 12:30"));
        REQUIRE(workspace.count("SELECT count(*) FROM nudge_samples") > 0);
    }
    Workspace later{with_admin(), utc("2026-03-09 10:00"), path};
    later.turn();
    CHECK(state_of(later, at_100) == "digest");
}

TEST_CASE("useful?: one nudge in ten asks; the answer counts for the rule, once, and is nobody's")
{
    Workspace workspace{every_day()};
    const SeenMessage message = first_that_asks(workspace);
    CHECK(
        text_of(message.now)
            .ends_with("----\n"
                       "~ One reminder in ten asks this, for the rule behind it. Who says what is not kept.\n"
                       "[Was this useful? ▾: Useful | Not now | Never useful]\n"));
    const std::size_t answers = workspace.answers.size();
    workspace.press("Ubo", message, "got_it");
    CHECK(says(workspace.last_to("Ubo").now, "Was this useful?"));
    workspace.press("Ubo", workspace.last_to("Ubo"), "useful", "Not now");
    CHECK(workspace.answers.size() == answers);
    CHECK_FALSE(says(workspace.last_to("Ubo").now, "Was this useful?"));
    const auto figures = [&] { return rules_of(workspace).figures_of(at_75, workspace.clock.now()); };
    CHECK(figures().judged == 1);
    CHECK(figures().useful == 0);
    CHECK(figures().people_judging == 1);
    workspace.press("Ubo", message, "useful", "Useful");
    CHECK(workspace.answer() == "This was counted, or asked too long ago. Nothing for you to do.\n");
    CHECK(figures().judged == 1);
    CHECK(workspace.count("SELECT count(*) FROM journal WHERE detail LIKE '%not_now%'") == 0);
    CHECK(workspace.count("SELECT count(*) FROM nudge_samples WHERE is_asked = 1") == 0);
}

TEST_CASE("useful?: what was answered before the message left is not asked about")
{
    Workspace workspace{every_day()};
    int asked = 0;
    for (int number = 1; number <= 120; number += 2) {
        workspace.ack("Uann", "@Ubo please read");
        workspace.ack("Uann", "@Ubo and this, too");
        workspace.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
            const auto* post = std::get_if<PostMessage>(&delivery.effect);
            if (post == nullptr || post->person != UserId{"Ubo"}) return std::nullopt;
            return Fault{FaultKind::temporary, "fatal_error"};
        };
        workspace.advance(1h + 31min);
        workspace.ackd("Ubo", "done " + std::to_string(number));
        workspace.instead = {};
        workspace.advance(10min);
        const SeenMessage message = workspace.last_to("Ubo");
        REQUIRE(says(message.first, "and this, too"));
        REQUIRE_FALSE(says(message.first, "please read"));
        if (says(message.first, "Was this useful?")) {
            ++asked;
            CHECK(value_behind(message.first, "useful", "Useful") ==
                  "o" + std::to_string(number + 1) + " useful");
        }
        workspace.ackd("Ubo", "done " + std::to_string(number + 1));
        workspace.advance_to(utc("2026-03-02 10:00") + (number + 1) * 24h);
    }
    CHECK(asked > 0);
}

TEST_CASE("useful?: whoever never finds it useful is offered less of it for themselves")
{
    Workspace workspace{every_day()};
    const SeenMessage message = first_that_asks(workspace);
    workspace.press("Ubo", message, "useful", "Never useful");
    CHECK(workspace.answer() ==
          "Noted, for the rule and without your name.\n"
          "~ To have less of this yourself, at once:\n"
          "[Tell me … ▾: As usual | Quieter | In digests only | On the App Home only]\n");
    CHECK(rules_of(workspace).figures_of(at_75, workspace.clock.now()).judged == 1);
}

TEST_CASE("useful?: after a week nobody listens any more, and where the policy says so nobody asks")
{
    Workspace workspace{every_day()};
    const SeenMessage message = first_that_asks(workspace);
    workspace.advance(8 * 24h);
    workspace.press("Ubo", message, "useful", "Useful");
    CHECK(workspace.answer().find("asked too long ago") != std::string::npos);
    CHECK(rules_of(workspace).figures_of(at_75, workspace.clock.now()).judged == 0);

    Settings settings = every_day();
    settings.rules_ask = false;
    Workspace silent{settings};
    for (int number = 1; number <= 40; ++number) {
        silent.ack("Uann", "@Ubo please read");
        silent.advance(1h + 35min);
        silent.ackd("Ubo", "done " + std::to_string(number));
    }
    for (const SeenMessage& sent : silent.to("Ubo")) CHECK_FALSE(says(sent.first, "Was this useful?"));
}

TEST_CASE(
    "people behind a figure: never more than there are, nothing that names one, and all gone after 30 days")
{
    Workspace workspace{with_admin()};
    NudgeRuleTable rules = rules_of(workspace);
    for (int people = 1; people <= 40; ++people) {
        for (int again = 0; again < 3; ++again)
            rules.count_case(
                to_text(at_75), false, UserId{"Uperson" + std::to_string(people)}, workspace.clock.now());
        CHECK(rules.figures_of(at_75, workspace.clock.now()).people_nudged <= people);
    }
    CHECK(rules.figures_of(at_75, workspace.clock.now()).people_nudged > 10);
    CHECK(workspace.count("SELECT count(*) FROM nudge_rule_bins WHERE bin NOT BETWEEN 0 AND 15") == 0);
    CHECK(workspace.count("SELECT count(*) FROM settings WHERE name = 'rule_salt'") == 1);
    workspace.advance_to(utc("2026-04-02 03:01"));
    CHECK(workspace.count("SELECT count(*) FROM nudge_rule_bins") == 0);
    CHECK(workspace.count("SELECT count(*) FROM settings WHERE name = 'rule_salt'") == 0);
    CHECK(workspace.count("SELECT count(*) FROM nudge_rule_days") == 0);
}
