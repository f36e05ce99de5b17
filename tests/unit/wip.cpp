// Work in progress, as people meet it: begun up to the limit, refused with the ways out, let in, finished,
// aged.
#include "bot/wip/wip_notices.hpp"
#include "bot/wip/wip_table.hpp"
#include "tests/unit/incident_desk.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

/// Ann leads platform; Bo and Cy are in it. Two at once, one of a person.
Settings limited()
{
    Settings settings = straight_settings();
    Team platform;
    platform.name = "platform";
    platform.members = {UserId{"Ubo"}, UserId{"Ucy"}};
    platform.leads = {UserId{"Uann"}};
    settings.teams = {platform};
    settings.wip = {{"platform", 2, 1, 16h}};
    return settings;
}

struct Shop : Workspace {
    explicit Shop(Settings settings = limited()) : Workspace(std::move(settings)) {}

    void wip(const char* person, const std::string& typed) { command(person, "/wip", rich(typed)); }

    /// Presses a button of the answer just given.
    void press_answer(const char* person, const char* name)
    {
        for (const Section& section : answers.back().notice.sections) {
            for (const Action& action : section.actions) {
                if (action.name != name) continue;
                ActionTaken taken;
                taken.person = UserId{person};
                taken.name = name;
                taken.value = action.value;
                taken.on_ephemeral = true;
                taken.trigger = "T1";
                take(taken);
                return;
            }
        }
        FAIL("no such button: " << name);
    }
    [[nodiscard]] std::string running()
    {
        std::string text;
        for (const WipItem& item : WipTable{*connection}.open_of("platform"))
            text += (text.empty() ? "" : ", ") + item.title +
                    (item.state == WipState::paused ? " (paused)" : "");
        return text;
    }
    void fill()
    {
        wip("Ubo", "start the importer");
        wip("Ucy", "start the exporter");
    }
};

}  // namespace

TEST_CASE("wip: what is begun is in the list of the team, with the limit and who has it")
{
    Shop shop;
    shop.wip("Ubo", "start the importer");
    CHECK(
        shop.answer() ==
        "✅ #1 the importer is in progress.\n"
        "platform: ▮▯ 1 of 2 running\n"
        "----\n"
        "#1 · Bo · the importer · 1 minute\n"
        "[Done] [Pause]\n"
        "----\n"
        "~ Nothing was finished in the last four weeks, so there is no pace yet.\n"
        "~ To begin something: `/wip start platform what it is`; with `!unplanned` where nobody had planned it\n");
    shop.advance(72h);
    shop.wip("Ubo", "done 1");
    CHECK(has(shop.answer(), "✅ #1 the importer is done.\nplatform: ▯▯ 0 of 2 running"));
    CHECK(has(shop.answer(), "half of them within 3 days"));
    CHECK(
        has(shop.answer(), "At this pace, what is begun now takes about 7 days: 1 in progress, 1.0 a week."));
    shop.wip("Ubo", "done 1");
    CHECK(has(shop.answer(), "#1 is done already."));
}

TEST_CASE("wip: at the limit a start is refused, with what runs and the ways out")
{
    Shop shop;
    shop.fill();
    shop.wip("Udi", "start the fair");
    CHECK(shop.answer() == "You are in no team here, and work in progress is a team's.\n");
    shop.wip("Uann", "start the fair");
    CHECK(has(shop.answer(),
              "platform ▮▮ 2 of 2 running: \"the fair\" waits until one of these ends or pauses."));
    CHECK(has(shop.answer(), "[It's done: start mine] [Pause it: start mine]"));
    CHECK(shop.running() == "the importer, the exporter");

    SUBCASE("something is finished for it")
    {
        shop.press_answer("Uann", "wip_finish_for");
        CHECK(shop.running() == "the exporter, the fair");
    }
    SUBCASE("something is paused for it")
    {
        shop.press_answer("Uann", "wip_trade");
        CHECK(shop.running() == "the exporter, the fair, the importer (paused)");
        // Pressed twice: it runs once.
        shop.press_answer("Uann", "wip_pause");
    }
    SUBCASE("a lead lets it in, with a reason that stands with it")
    {
        shop.press_answer("Uann", "wip_let_in");
        REQUIRE(shop.forms.size() == 1);
        FormSubmitted submitted;
        submitted.name = shop.forms.back().name;
        submitted.instance = "V1";
        submitted.context = shop.forms.back().context;
        submitted.person = UserId{"Uann"};
        submitted.values.fields = {FieldValue{"reason", {}, " ", std::nullopt}};
        shop.take(submitted);
        REQUIRE(shop.problems.size() == 1);
        CHECK(shop.problems.front().explanation == "Say it in a line: it stands with it.");
        submitted.values.fields = {FieldValue{"reason", {}, "it is on Friday", std::nullopt}};
        shop.take(submitted);
        shop.take(submitted);
        CHECK(shop.running() == "the importer, the exporter, the fair");
        shop.wip("Ubo", "");
        CHECK(has(shop.answer(), "#3 · Ann · the fair"));
        CHECK(has(shop.answer(), " · let in by Ann: it is on Friday"));
        CHECK(has(shop.answer(), "▮▮ 3 of 2 running"));
    }
    SUBCASE("and who is no lead cannot, whatever they send")
    {
        FormSubmitted submitted;
        submitted.name = "let_in";
        submitted.instance = "V1";
        submitted.context = "p platform the fair";
        submitted.person = UserId{"Ubo"};
        submitted.values.fields = {FieldValue{"reason", {}, "because", std::nullopt}};
        shop.take(submitted);
        REQUIRE(shop.problems.size() == 1);
        CHECK(has(shop.problems.front().explanation, "Ann"));
        shop.wip("Ubo", "force the fair because it is on Friday");
        CHECK(has(shop.answer(), "Ann"));
        CHECK(shop.running() == "the importer, the exporter");
    }
}

TEST_CASE("wip: one person's limit asks of their own work alone")
{
    Settings settings = limited();
    settings.wip.front().limit = 5;
    Shop shop{settings};
    shop.fill();
    shop.wip("Ubo", "start the fair");
    CHECK(has(shop.answer(),
              "You have 1 running in platform, and 1 is what one person has at once: \"the fair\" waits."));
    CHECK(has(shop.answer(), "the importer"));
    CHECK_FALSE(has(shop.answer(), "the exporter"));
    CHECK(has(shop.answer(), "What cannot wait is let in by a lead, with a reason: Ann."));
    shop.press_answer("Ubo", "wip_trade");
    CHECK(shop.running() == "the exporter, the fair, the importer (paused)");
    shop.wip("Ubo", "resume 1");
    CHECK(has(shop.answer(), "There is no room for #1 yet: something has to end or pause first."));
    shop.wip("Ubo", "done 3");
    shop.wip("Ubo", "resume 1");
    CHECK(shop.running() == "the importer, the exporter");
}

TEST_CASE("wip: a trade that came too late does not push out anything else")
{
    Shop shop;
    shop.fill();
    shop.wip("Uann", "start the fair");
    const Notice refused = shop.answers.back().notice;
    shop.wip("Ubo", "done 1");
    shop.wip("Ubo", "start something else");
    SeenMessage seen;
    seen.now = refused;
    shop.press("Uann", seen, "wip_finish_for");
    CHECK(shop.running() == "the exporter, something else");
    CHECK(has(shop.answer(), "#1 is done already: nothing was begun for it."));
}

TEST_CASE("wip: both happen or neither: what would not make room is left as it is")
{
    Settings settings = limited();
    settings.wip.front().limit = 2;
    settings.wip.front().per_person = 1;
    Shop shop{settings};
    shop.fill();
    shop.wip("Ubo", "trade 2 the fair");
    CHECK(shop.running() == "the importer, the exporter");
    CHECK(has(shop.answer(), "1 is what one person has at once"));
    shop.wip("Ubo", "trade 1 the fair");
    CHECK(shop.running() == "the exporter, the fair, the importer (paused)");
}

TEST_CASE("wip: whose work somebody else has paused reads so in their digest")
{
    Shop shop;
    shop.fill();
    shop.wip("Uann", "pause 1");
    shop.advance_to(utc("2026-03-02 13:00"));
    CHECK(has(said_to(shop, "Ubo"), "#1 the importer is paused. (Ann)"));
    CHECK(shop.to("Ucy").empty());
}

TEST_CASE("wip: who has left the team may still say what became of their work")
{
    Shop shop;
    shop.fill();
    Settings settings = limited();
    settings.teams.front().members = {UserId{"Ucy"}};
    shop.engine.replace_settings(settings);
    shop.wip("Ubo", "done 1");
    CHECK(shop.running() == "the exporter");
}

TEST_CASE(
    "wip: what nobody speaks of is asked about in the digest of whoever has it, and again after as long")
{
    Shop shop;
    shop.wip("Ubo", "start the importer");
    shop.advance_to(utc("2026-03-04 09:00"));
    CHECK(shop.to("Ubo").empty());
    shop.advance_to(utc("2026-03-04 13:00"));
    REQUIRE(shop.to("Ubo").size() == 1);
    CHECK(has(said_to(shop, "Ubo"), "Is this still in progress? #1 the importer"));
    CHECK(has(said_to(shop, "Ubo"), "[Still in progress] [Done] [Pause] [Drop it]"));
    shop.press("Ubo", shop.last_to("Ubo"), "wip_still");
    CHECK(shop.answer() == "✅ #1 the importer is running.\n");
    shop.advance_to(utc("2026-03-06 12:00"));
    CHECK(shop.to("Ubo").size() == 1);
    shop.advance_to(utc("2026-03-06 16:30"));
    CHECK(shop.to("Ubo").size() == 2);
    shop.press("Ubo", shop.last_to("Ubo"), "wip_drop");
    shop.advance(24h * 30);
    CHECK(shop.to("Ubo").size() == 2);
}

TEST_CASE("wip: what is paused is left in peace; of somebody who is gone the leads hear")
{
    Shop shop;
    shop.fill();
    shop.wip("Ucy", "pause 2");
    shop.join("Ubo", "Bo", "Etc/UTC", MemberKind::person, true);
    shop.advance_to(utc("2026-03-05 17:00"));
    CHECK(shop.to("Ucy").empty());
    CHECK(has(said_to(shop, "Uann"), "This is in progress in platform, and Bo is gone: #1 the importer"));
}

TEST_CASE("wip: in no team, in two, and in one that is not one's own")
{
    Settings settings = limited();
    Team web;
    web.name = "web";
    web.members = {UserId{"Ubo"}};
    settings.teams.push_back(web);
    Shop shop{settings};
    shop.wip("Ubo", "start the fair");
    CHECK(shop.answer() == "Which team? You are in platform, web.\nTry: `/wip start platform the fair`\n");
    shop.wip("Ubo", "start web the fair");
    CHECK(has(shop.answer(), "web: 1 running, no limit"));
    shop.wip("Ubo", "");
    CHECK(has(shop.answer(), "platform: ▯▯ 0 of 2 running\nweb: 1 running, no limit"));
    shop.wip("Ucy", "start web the fair");
    CHECK(shop.answer() == "People of web begin work of web.\n");
    shop.wip("Ucy", "done 1");
    CHECK(shop.answer() == "People of web can say that.\n");
    shop.wip("Udi", "web");
    CHECK(has(shop.answer(), "#1 · Bo · the fair"));
    shop.wip("Udi", "");
    CHECK(shop.answer() == "You are in no team here. To see a team's work in progress: /wip TEAM\n");
    shop.wip("Ubo", "done 7");
    CHECK(shop.answer() == "I know of nothing in progress with this number.\n");
}

TEST_CASE("wip: whoever is asked to make room has the list of what runs in front of them")
{
    Settings settings = limited();
    CapacityContract contract;
    contract.team = "platform";
    contract.functions = {{"product", {UserId{"Udi"}}, {}}};
    settings.capacity = {contract};
    Shop shop{settings};
    shop.fill();
    shop.command("Ubo", "/capacity", {Words{"at platform"}});
    shop.advance(2min);
    CHECK(
        has(said_to(shop, "Udi"), "~ In progress (▮▮ 2 of 2 running): #1 the importer · #2 the exporter\n"));
}

TEST_CASE("wip: issues with a label come from GitHub, are counted, taken by somebody, and end there")
{
    Settings settings = limited();
    AlertSource board;
    board.name = "board";
    board.kind = SourceKind::github;
    board.label = "in progress";
    board.work_of = "platform";
    settings.sources = {board};
    Shop shop{settings};
    const auto told = [&](const char* key, AlertStatus status, Instant began, const char* label = "issue") {
        AlertsReceived received;
        received.source = "board";
        AlertReport report;
        report.key = key;
        report.status = status;
        report.title = std::string{"issue "} + key;
        report.link = "https://git.example.org/" + std::string{key};
        report.labels = {{label, "1"}};
        report.began_at = began;
        received.reports = {report};
        shop.take(received);
    };
    told("a", AlertStatus::firing, shop.clock.now());
    told("a", AlertStatus::firing, shop.clock.now());
    told("b", AlertStatus::firing, shop.clock.now());
    told("c", AlertStatus::firing, shop.clock.now());
    told("check", AlertStatus::firing, shop.clock.now(), "branch");
    CHECK(shop.running() == "issue a, issue b, issue c");
    CHECK(shop.posts.empty());
    shop.wip("Ubo", "start the importer");
    CHECK(has(shop.answer(), "platform ▮▮ 3 of 2 running"));
    shop.wip("Ubo", "");
    CHECK(has(shop.answer(),
              "#1 · nobody yet · issue a · 1 minute · (board→https://git.example.org/a)\n[I have it]"));
    shop.press_answer("Ubo", "wip_still");
    shop.wip("Ubo", "");
    CHECK(has(shop.answer(), "#1 · Bo · issue a"));

    shop.advance(1h);
    told("a", AlertStatus::resolved, shop.clock.now());
    CHECK(shop.running() == "issue b, issue c");
    SUBCASE("opened again it is in progress again")
    {
        told("a", AlertStatus::firing, utc("2026-03-01 10:00"));
        CHECK(shop.running() == "issue b, issue c, issue a");
    }
    SUBCASE("what nobody takes is told to the leads")
    {
        shop.advance_to(utc("2026-03-05 17:00"));
        CHECK(has(said_to(shop, "Uann"), "This is in progress in platform, and nobody has it: #2 issue b"));
    }
}

TEST_CASE("wip: new work travels with a button as it is, and nothing else is taken for it")
{
    const NewWork work{"platform", "the p u thing", true};
    CHECK(new_work_in(wip_value(work)) == work);
    CHECK_FALSE(new_work_in(""));
    CHECK_FALSE(new_work_in("p"));
    CHECK_FALSE(new_work_in("x platform title"));
    CHECK_FALSE(new_work_in("p platform"));
    CHECK_FALSE(new_work_in("p platform "));
    CHECK(wip_value({"platform", std::string(5'000, 'x'), false}).size() < 300);
    CHECK(wip_bar(3, 5) == "▮▮▮▯▯ 3 of 5 running");
    CHECK(wip_bar(30, 100) == "30 of 100 running");
    CHECK(wip_bar(7, 5) == "▮▮▮▮▮ 7 of 5 running");
}

TEST_CASE("wip: how much ran at once is told by day, against the limit")
{
    Shop shop;
    shop.fill();
    CHECK_FALSE(has(shop.answer(), "Most at once"));
    shop.advance(24h);
    shop.wip("Ubo", "done 1");
    CHECK(has(shop.answer(), "Most at once, a day, for 2 days (limit now 2): ██ 2 2+\n"));
    shop.advance(48h);
    shop.wip("Ubo", "pause 2");
    shop.advance(24h);
    shop.wip("Uann", "");
    CHECK(has(shop.answer(), "Most at once, a day, for 5 days (limit now 2): ██▄▄▁ 2 2 1 1 0+\n"));
    // Of many days several share a bar, and it says so.
    shop.advance(24h * 20);
    shop.wip("Uann", "");
    CHECK(has(shop.answer(), "Most at once, a day, for 25 days (limit now 2, each bar the most of 2): █▄▁▁"));
    // What was traded did not run beside what came for it.
    shop.wip("Ubo", "start the fair");
    shop.wip("Ubo", "trade 3 the show");
    CHECK(has(shop.answer(), " 0 0 0 1+\n"));
}

TEST_CASE("wip: where the chat fetches pictures, it is one, and then the answer comes by itself")
{
    Settings settings = limited();
    settings.shows_pictures = true;
    Shop shop{settings};
    shop.fill();
    shop.advance(24h);
    shop.wip("Uann", "");
    REQUIRE(has_chart(shop.answers.back().notice));
    const Line* line = nullptr;
    for (const Section& section : shop.answers.back().notice.sections) {
        for (const Line& each : section.lines) line = each.chart ? &each : line;
    }
    CHECK(line->chart->title == "Most at once, a day, for 2 days");
    CHECK(line->chart->unit == "running at once, by day");
    CHECK(line->chart->limit == 2);
    REQUIRE(line->chart->columns.size() == 2);
    CHECK(line->chart->columns[0].value == 2);
    CHECK_FALSE(line->chart->columns[0].is_open);
    CHECK(line->chart->columns[1].is_open);
    // A confirmation is said once, and a chat that cannot fetch the picture would show nothing.
    CHECK(std::holds_alternative<std::monostate>(shop.port.confirmations.back().answer));
}
