// The monitoring tax: what ackd costs people is counted where it happens, shown to whoever pays it, and to
// others as an average of five people or more.
#include "bot/interruptions/nudge_rule_table.hpp"
#include "bot/interruptions/tax_handlers.hpp"
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

/// 2026-03-02.
constexpr std::int64_t monday = 20'514;

Settings with_team(std::vector<UserId> members)
{
    Settings settings = with_route({});
    settings.admins = {UserId{"Uann"}};
    Team team;
    team.name = "platform";
    team.members = std::move(members);
    team.leads = {UserId{"Ubo"}};
    settings.teams.push_back(std::move(team));
    return settings;
}

std::vector<UserId> people(int count)
{
    std::vector<UserId> list;
    for (int number = 1; number <= count; ++number) list.emplace_back("Up" + std::to_string(number));
    return list;
}

void add_tax(Workspace& workspace, const UserId& person, const Tax& tax, std::int64_t day = monday)
{
    TaxTable{*workspace.connection}.add(person, day, tax);
}

Tax tax_of(Workspace& workspace, const char* person)
{
    return TaxTable{*workspace.connection}.since(UserId{person}, monday - 1);
}

bool is(const Tax& tax, int messages, int interruptions, int asked, int made)
{
    return tax == Tax{messages, interruptions, asked, made};
}

}  // namespace

TEST_CASE(
    "tax: messages when they have arrived, interruptions when they are spent, taps asked for and taps made")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo please read");
    CHECK(is(tax_of(workspace, "Ubo"), 0, 0, 1, 0));  // the card names him
    workspace.advance_to(utc("2026-03-02 11:31"));
    CHECK(is(tax_of(workspace, "Ubo"), 1, 1, 2, 0));
    workspace.press("Ubo", workspace.last_to("Ubo"), "got_it");
    CHECK(is(tax_of(workspace, "Ubo"), 1, 1, 2, 1));
    workspace.react("Ubo", workspace.card().ref, "white_check_mark");
    CHECK(is(tax_of(workspace, "Ubo"), 1, 1, 2, 2));
    workspace.ackd("Ubo", "undo 1");  // words are no taps
    CHECK(is(tax_of(workspace, "Ubo"), 1, 1, 2, 2));
    CHECK(is(tax_of(workspace, "Uann"), 0, 0, 0, 0));
}

TEST_CASE(
    "tax: a digest is one message, and asks for as many taps as it has new items; information asks for none")
{
    Settings settings;
    settings.interruptions_per_day = 0;
    Workspace workspace{settings};
    workspace.ack("Uann", "@Ubo one");
    workspace.ack("Uann", "@Ubo two");
    workspace.ack("Uann", "@Ubo !fyi the office is closed");
    workspace.advance(5s);  // cards of one channel come one a second
    CHECK(is(tax_of(workspace, "Ubo"), 0, 0, 2, 0));
    workspace.advance_to(utc("2026-03-02 13:01"));
    CHECK(is(tax_of(workspace, "Ubo"), 1, 0, 4, 0));
}

TEST_CASE("tax: what could not be delivered costs nobody anything; what was found again after a doubt, once")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo one");
    workspace.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* post = std::get_if<PostMessage>(&delivery.effect);
        if (post == nullptr || post->person.empty()) return std::nullopt;
        if (delivery.in_doubt) return Posted{MessageRef{ChannelId{"DUbo"}, "7.000001"}, true};
        return Fault{FaultKind::unknown, "connection lost"};
    };
    workspace.advance_to(utc("2026-03-02 11:31"));
    CHECK(tax_of(workspace, "Ubo").messages == 1);
    workspace.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
        if (std::get_if<PostMessage>(&delivery.effect) == nullptr) return std::nullopt;
        return Fault{FaultKind::permanent, "account_inactive"};
    };
    workspace.advance_to(utc("2026-03-02 12:05"));
    CHECK(tax_of(workspace, "Ubo").messages == 1);
}

TEST_CASE("/ackd tax: the last seven days, in the person's own days, with the assumption behind the minutes")
{
    Workspace workspace;
    workspace.join("Ujo", "Jo", "Pacific/Auckland");  // 23:00 there: it is still Monday
    workspace.ackd("Ujo", "tax");
    CHECK(workspace.answer() ==
          "*What ackd cost you in the last seven days*\n"
          "0 messages · 0 interruptions · 0 taps asked for, 0 made\n"
          "An estimate: under a minute, at 20 seconds for a message and 10 for a tap asked for.\n"
          "~ Only you see this. What it costs to come back to what you were doing is not in it.\n");
    add_tax(workspace, UserId{"Ujo"}, {9, 4, 12, 10});
    add_tax(workspace, UserId{"Ujo"}, {1, 1, 1, 1}, monday - 6);
    add_tax(workspace, UserId{"Ujo"}, {100, 0, 100, 0}, monday - 7);
    workspace.ackd("Ujo", "tax");
    CHECK(workspace.answer() ==
          "*What ackd cost you in the last seven days*\n"
          "10 messages · 5 interruptions · 13 taps asked for, 11 made\n"
          "An estimate: about 6 minutes, at 20 seconds for a message and 10 for a tap asked for.\n"
          "~ Only you see this. What it costs to come back to what you were doing is not in it.\n");
    workspace.advance(2h);
    workspace.ackd("Ujo", "tax");  // Tuesday there
    CHECK(workspace.answer().find("9 messages · 4 interruptions") != std::string::npos);
    workspace.ackd("Ujo", "tax Ubo");
    CHECK(workspace.answer().find("Try: `/ackd tax`") != std::string::npos);
}

TEST_CASE("/ackd tax: over ten minutes it says what most of it was about, and offers less of it")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 11:31"));
    add_tax(workspace, UserId{"Ubo"}, {24, 0, 10, 0});
    workspace.ackd("Ubo", "tax");
    CHECK(workspace.answer().find(
              "That is more than 10 minutes. Most of it was about what was asked for today. To have "
              "less of it:\n[Tell me … ▾: As usual | Quieter | In digests only | On the App Home "
              "only]\n") != std::string::npos);
    workspace.ackd("Uann", "tax");
    CHECK(workspace.answer().find("more than") == std::string::npos);
}

TEST_CASE("/ackd tax: a lead sees the average of their team, of five people or more; a member sees none")
{
    Workspace workspace{with_team(people(6))};
    for (const UserId& person : people(4)) add_tax(workspace, person, {6, 3, 9, 3});
    workspace.ackd("Ubo", "tax");
    CHECK(workspace.answer().find(
              "*Team platform*\n~ No figure: fewer than five people were sent or asked anything in "
              "seven days.\n") != std::string::npos);
    for (const UserId& person : people(6)) add_tax(workspace, person, {3, 0, 3, 3});
    workspace.ackd("Ubo", "tax");
    CHECK(workspace.answer().find(
              "*Team platform: a person's week, on average of 6*\n"
              "7 messages · 2 interruptions · 9 taps asked for, 5 made · about 4 minutes\n") !=
          std::string::npos);
    CHECK(workspace.answer().find("Workspace") == std::string::npos);
    workspace.ackd("Ucy", "tax");
    CHECK(workspace.answer().find("average") == std::string::npos);
}

TEST_CASE(
    "/ackd tax: an admin sees team and workspace, unless what is between them would be of fewer than five")
{
    Workspace workspace{with_team(people(6))};
    for (const UserId& person : people(6)) add_tax(workspace, person, {6, 3, 9, 3});
    workspace.ackd("Uann", "tax");
    CHECK(workspace.answer().find("*Team platform: a person's week, on average of 6*") != std::string::npos);
    CHECK(workspace.answer().find("*Workspace: a person's week, on average of 6*") != std::string::npos);
    add_tax(workspace, UserId{"Udi"}, {1, 1, 1, 1});
    workspace.ackd("Uann", "tax");
    CHECK(workspace.answer().find("*Team platform*\n~ No figure") != std::string::npos);
    CHECK(workspace.answer().find("*Workspace: a person's week, on average of 7*") != std::string::npos);
}

TEST_CASE(
    "/ackd tax: over ten minutes a person, the admin is offered to move what sends the most to the digest")
{
    Settings settings = with_team({});
    settings.teams.clear();
    Workspace workspace{settings};
    const NudgeRule rule{Priority::today, NudgeKind::nudge, "75%"};
    NudgeRuleTable rules{*workspace.connection, [] { return 5U; }};
    for (const UserId& person : people(12)) {
        add_tax(workspace, person, {40, 20, 0, 0});
        for (int number = 0; number < 3; ++number) rules.count_sent(rule, workspace.clock.now());
        rules.count_case(to_text(rule), true, person, workspace.clock.now());
    }
    workspace.ackd("Uann", "tax");
    CHECK(workspace.answer().find(
              "That is more than 10 minutes. The reminder at 75 % for today sends the most: 36 "
              "messages in seven days.\n[Move it to the digest]\n") != std::string::npos);
    SeenMessage shown;
    shown.now = workspace.answers.back().notice;
    workspace.press("Ubo", shown, "rule_to_digest");
    CHECK(workspace.answer() == "Only admins can do this: Ann.\n");
    workspace.press("Uann", shown, "rule_to_digest");
    CHECK(workspace.answer() ==
          "✅ The reminder at 75 % for today comes with digests from now on.\n[As it was]\n");
    CHECK(rules.standing_of(rule).state == RuleState::digest);
    workspace.ackd("Uann", "tax");
    CHECK(
        workspace.answer().find("The reminder at 75 % for today comes with digests alone.\n[As it was]\n") !=
        std::string::npos);
    workspace.advance(40 * 24h);  // no figure takes an admin's word back
    CHECK(rules.standing_of(rule).state == RuleState::digest);
    shown.now = workspace.answers.back().notice;
    workspace.press("Uann", shown, "keep_rule");
    CHECK(rules.standing_of(rule).state == RuleState::on);
}

TEST_CASE("tax: it is on the App Home and behind Less like this, and is kept for five weeks")
{
    Workspace workspace;
    add_tax(workspace, UserId{"Ubo"}, {9, 4, 12, 10});
    workspace.take(HomeOpened{UserId{"Ubo"}});
    workspace.advance(5s);
    SeenMessage home;
    home.now = workspace.homes[UserId{"Ubo"}].back();
    CHECK(text_of(home.now).find(
              "~ In the last seven days: 9 messages, 12 taps asked for, about 5 minutes.\n") !=
          std::string::npos);
    workspace.press("Ubo", home, "tax");
    CHECK(workspace.answer().find("9 messages · 4 interruptions · 12 taps asked for, 10 made") !=
          std::string::npos);
    workspace.advance_to(utc("2026-04-06 03:01"));
    CHECK(workspace.count("SELECT count(*) FROM tax_days") == 1);
    workspace.advance_to(utc("2026-04-07 03:01"));
    CHECK(workspace.count("SELECT count(*) FROM tax_days") == 0);
}
