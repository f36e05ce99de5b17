// What people see of alerts: one message that counts, who is asked, how it ends; storms, and what comes and
// goes.
#include "tests/unit/alert_desk.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

TEST_CASE("alerts: what, since when, how bad, the labels that matter, playbook, link, who is asked")
{
    AlertDesk desk;
    AlertReport report = report_of("latency");
    report.title = "High request latency on api-3";
    report.detail = "p99 above 2 s";
    report.severity = "critical";
    report.link = "https://alerts.example/7";
    report.playbook = "https://wiki.example/latency";
    report.labels = {{"severity", "critical"}, {"job", "api"}};
    desk.say({report});
    desk.settle();
    REQUIRE(desk.messages() == 1);
    CHECK(desk.shown() ==
          "*High request latency on api-3*\n"
          "~ ci · critical · since {2026-03-02 10:00 UTC}\n"
          "> p99 above 2 s\n"
          "~ job=api\n"
          "~ (Playbook→https://wiki.example/latency) · (Open at its source→https://alerts.example/7)\n"
          "⏳ Asked: Bo\n"
          "[Acknowledge] [Resolve]\n");
    CHECK(desk.raised() == 1);
    CHECK(desk.request().text == "High request latency on api-3 · critical · ci\n"
                                 "p99 above 2 s\nPlaybook: https://wiki.example/latency");
    CHECK(desk.request().subject == desk.in("Cops").front().ref);
}

TEST_CASE("alerts: one that comes before anybody is known is kept, and asked about once somebody is")
{
    AlertDesk desk;
    desk.connection->execute("DELETE FROM members; DELETE FROM conversations");
    desk.fires("disk");
    desk.settle();
    CHECK(desk.raised() == 0);
    CHECK(desk.count("SELECT count(*) FROM poisoned_inputs") == 0);
    const ConversationsListed first{{Conversation{ChannelId{"Cops"}, "ops", false, false}}};

    SUBCASE("of those on its route")
    {
        desk.join("Ubo", "Bo");
        desk.join("Uann", "Ann");
        desk.take(first);
        desk.settle();
        CHECK(desk.raised() == 1);
        CHECK(desk.messages() == 1);
        CHECK(contains(desk.shown(), "⏳ Asked: Bo"));
        desk.take(first);
        CHECK(desk.raised() == 1);
    }
    SUBCASE("of nobody, when it is over by then")
    {
        desk.is_over("disk");
        desk.join("Ubo", "Bo");
        desk.take(first);
        CHECK(desk.raised() == 0);
    }
    CHECK(desk.count("SELECT count(*) FROM outbox WHERE conversation = '@ackd'") == 0);
}

TEST_CASE("alerts: the same again only counts, in the same message, and asks nobody anew")
{
    AlertDesk desk;
    desk.fires("disk");
    for (int again = 0; again < 11; ++again) {
        desk.advance(1min);
        desk.fires("disk");
    }
    desk.settle();
    CHECK(desk.messages() == 1);
    CHECK(contains(desk.shown(), "×12, last {2026-03-02 10:11 UTC}"));
    CHECK(desk.raised() == 1);
    CHECK(desk.count("SELECT count(*) FROM alerts") == 1);
}

TEST_CASE("alerts: over is said calmly, with how long it took, and whoever was asked owes nothing")
{
    AlertDesk desk;
    desk.fires("disk");
    desk.advance(3min);
    REQUIRE(desk.open_requests() == 1);
    desk.is_over("disk");
    desk.settle();
    CHECK(desk.messages() == 1);
    CHECK(desk.shown() == "✅ Trouble with disk · over after 3 minutes\n"
                          "~ ci · since {2026-03-02 10:00 UTC}\n");
    CHECK(desk.open_requests() == 0);
}

TEST_CASE("alerts: a group of several is over when all of it is")
{
    AlertDesk desk;
    AlertReport one = report_of("a");
    AlertReport two = report_of("b");
    one.group = two.group = "{job=api}";
    desk.say({one, two});
    desk.settle();
    REQUIRE(desk.messages() == 1);
    CHECK(contains(desk.shown(), "*2 alerts of ci* · all of them there"));
    CHECK(contains(desk.shown(), "• Trouble with a\n• Trouble with b"));
    CHECK(desk.raised() == 1);
    one.status = AlertStatus::resolved;
    desk.say({one});
    desk.settle();
    CHECK(contains(desk.shown(), "1 there, 1 over"));
    CHECK(desk.open_requests() == 1);
    two.status = AlertStatus::resolved;
    desk.say({two});
    desk.settle();
    CHECK(contains(desk.shown(), "✅ 2 alerts of ci · over after"));
    CHECK(desk.open_requests() == 0);
    CHECK(desk.messages() == 1);
}

TEST_CASE("alerts: at fyi they are shown, and nobody is asked")
{
    AlertSource source;
    source.priority = Priority::fyi;
    AlertDesk desk{with_source(source)};
    desk.fires("disk");
    desk.settle();
    CHECK(contains(desk.shown(), "*Trouble with disk*"));
    CHECK(desk.raised() == 0);
    desk.press("Ucy", desk.in("Cops").front(), "take_alerts");
    desk.settle();
    CHECK(contains(desk.shown(), "✅ Cy has it"));
}

TEST_CASE("alerts: who acknowledges on the message takes the request, and newcomers of the group are theirs")
{
    AlertDesk desk;
    AlertReport one = report_of("a");
    one.group = "g";
    desk.say({one});
    desk.settle();
    desk.press("Ucy", desk.in("Cops").front(), "take_alerts");
    desk.settle();
    CHECK(contains(desk.shown(), "✅ Cy has it, since {2026-03-02 10:00 UTC}"));
    CHECK_FALSE(contains(desk.shown(), "[Acknowledge]"));
    CHECK(desk.group().taken_by == UserId{"Ucy"});
    CHECK(contains(desk.states(), "received"));
    AlertReport two = report_of("b");
    two.group = "g";
    desk.say({two});
    CHECK(desk.group().acknowledged == 2);
    CHECK(desk.raised() == 1);
}

TEST_CASE("alerts: who resolves on the message ends it, and that is recorded for its source")
{
    AlertDesk desk;
    desk.fires("disk");
    desk.advance(2min);
    desk.press("Ubo", desk.in("Cops").front(), "resolve_alerts");
    desk.settle();
    CHECK(contains(desk.shown(), "✅ Trouble with disk · over after 2 minutes"));
    CHECK(contains(desk.shown(), "Bo said so"));
    CHECK(desk.open_requests() == 0);
    CHECK(desk.alerts().find(AlertId{1})->resolved_by == UserId{"Ubo"});
    SUBCASE("its source says that it is there all the same")
    {
        desk.advance(1min);
        desk.fires("disk");
        desk.settle();
        CHECK(contains(desk.shown(), "*Trouble with disk*"));
        CHECK(desk.open_requests() == 1);
        CHECK(desk.messages() == 1);
    }
}

TEST_CASE("alerts: acknowledged at its source, nobody is asked here")
{
    AlertDesk desk;
    desk.fires("disk");
    desk.say({report_of("disk", AlertStatus::acknowledged)});
    desk.settle();
    CHECK(contains(desk.shown(), "✅ Somebody has it, at its source."));
    CHECK(desk.open_requests() == 0);
}

TEST_CASE("alerts: 10,000 of them in a minute are three messages, and all are counted")
{
    for (const bool is_grouped : {false, true}) {
        CAPTURE(is_grouped);
        AlertDesk desk;
        for (int minute_part = 0; minute_part < 100; ++minute_part) {
            std::vector<AlertReport> reports;
            for (int index = 0; index < 100; ++index) {
                reports.push_back(report_of("k" + std::to_string(100 * minute_part + index)));
                if (is_grouped) reports.back().group = reports.back().key;
            }
            desk.say(std::move(reports));
            desk.advance(600ms);
        }
        desk.settle();
        CHECK(desk.messages() == 3);
        CHECK(desk.raised() == 3);
        CHECK(desk.count("SELECT count(*) FROM alerts WHERE status = 1") == 10'000);
        CHECK(desk.count("SELECT sum(firing) FROM alert_groups") == 10'000);
        CHECK(contains(desk.shown(2), "*9998 alerts of ci* · all of them there"));
        CHECK(contains(desk.shown(2), "… and 9993 more."));
        // Drawn again every five seconds, not with every request.
        CHECK(desk.in("Cops").back().updates <= 16);
    }
}

TEST_CASE("alerts: two things of a source have a message each; what follows soon joins, later it does not")
{
    AlertDesk desk;
    desk.fires("a");
    desk.fires("b");
    desk.fires("c");
    desk.fires("d");
    desk.settle();
    CHECK(desk.messages() == 3);
    desk.advance(6min);
    desk.fires("e");
    desk.settle();
    CHECK(desk.messages() == 4);
}

TEST_CASE("alerts: what comes and goes three times in an hour is quiet until it has been still for an hour")
{
    AlertDesk desk;
    for (int times = 0; times < 3; ++times) {
        desk.fires("link");
        desk.advance(2min);
        desk.is_over("link");
        desk.advance(2min);
    }
    REQUIRE(desk.messages() == 2);
    CHECK(desk.shown(1) == "💤 Trouble with link comes and goes. No more about it until it has been still for "
                           "an hour. (open→)\n");
    CHECK(contains(desk.shown(0), "💤 *Trouble with link*"));
    CHECK(desk.raised() == 3);
    CHECK(desk.open_requests() == 0);

    for (int times = 0; times < 10; ++times) {
        desk.fires("link");
        desk.advance(10min);
        desk.is_over("link");
        desk.advance(10min);
    }
    CHECK(desk.messages() == 2);
    CHECK(desk.raised() == 3);
    SUBCASE("and then it is over")
    {
        desk.advance(1h);
        REQUIRE(desk.messages() == 3);
        CHECK(contains(desk.shown(2), "✅ Trouble with link is over, and stays so."));
        CHECK(desk.raised() == 3);
    }
    SUBCASE("and then it is there")
    {
        desk.fires("link");
        desk.advance(59min);
        CHECK(desk.messages() == 2);
        desk.advance(2min);
        REQUIRE(desk.messages() == 3);
        CHECK(contains(desk.shown(2), "Trouble with link is there, and stays."));
        CHECK(desk.raised() == 4);
        CHECK(desk.open_requests() == 1);
    }
}

TEST_CASE("alerts: one of which nothing is heard for long enough is over, where its source says so")
{
    AlertSource source;
    source.resolve_after = 30min;
    AlertDesk desk{with_source(source)};
    desk.fires("disk");
    desk.advance(20min);
    desk.fires("disk");
    desk.advance(20min);
    CHECK(contains(desk.shown(), "*Trouble with disk*"));
    desk.advance(11min);
    CHECK(contains(desk.shown(), "✅ Trouble with disk · over after 50 minutes"));
    CHECK(desk.open_requests() == 0);
}

TEST_CASE("alerts: the last similar one is named, with how long it was and who had it")
{
    AlertDesk desk;
    desk.fires("disk");
    desk.settle();
    desk.press("Ucy", desk.in("Cops").front(), "take_alerts");
    desk.advance(30min);
    desk.is_over("disk");
    desk.advance(24h);
    desk.fires("disk");
    desk.settle();
    REQUIRE(desk.messages() == 2);
    CHECK(
        contains(desk.shown(1), "~ Last similar: {2026-03-02 10:00 UTC}, over after 30 minutes; Cy had it."));
}

TEST_CASE("alerts: over before anybody heard of it is counted, and nothing is shown")
{
    AlertDesk desk;
    desk.is_over("disk");
    desk.settle();
    CHECK(desk.messages() == 0);
    CHECK(desk.count("SELECT count(*) FROM journal WHERE fact = 'alerts_counted'") == 1);
}

TEST_CASE("alerts: of a source that the policy has no more, what is there is raised all the same")
{
    AlertDesk desk;
    desk.say({report_of("disk")}, "gone");
    desk.settle();
    CHECK(desk.messages() == 0);
    CHECK(desk.raised() == 1);
}

TEST_CASE("alerts: where nothing can be posted, people are asked all the same")
{
    AlertDesk desk;
    desk.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* post = std::get_if<PostMessage>(&delivery.effect);
        if (post == nullptr || post->channel.value != "Cops") return std::nullopt;
        return Fault{FaultKind::not_a_member, "not_in_channel"};
    };
    desk.fires("disk");
    desk.settle();
    CHECK(desk.messages() == 0);
    CHECK(desk.open_requests() == 1);
}

TEST_CASE("alerts: what is over is kept for ninety days as an excerpt, and then gone")
{
    AlertDesk desk;
    AlertReport report = report_of("disk");
    report.detail = "much of it";
    desk.say({report});
    desk.advance(1h);
    desk.is_over("disk");
    CHECK(desk.count("SELECT count(*) FROM alerts WHERE detail = '' AND title != ''") == 1);
    desk.advance(89 * 24h);
    CHECK(desk.count("SELECT count(*) FROM alerts") == 1);
    desk.advance(2 * 24h);
    CHECK(desk.count("SELECT count(*) FROM alerts") == 0);
    CHECK(desk.count("SELECT count(*) FROM alert_groups") == 0);
}
