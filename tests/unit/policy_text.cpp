// The policy as a file: what is written is read back, what is wrong is told with its place.
#include "bot/policy/policy_text.hpp"

#include "bot/policy/policy_changes.hpp"
#include "bot/policy/policy_lint.hpp"
#include "tests/unit/generated_policy.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ackd;

namespace {

const NameOf nobody_knows = [](const RouteTarget&) { return std::string{}; };

std::string problems_of(const std::string& text)
{
    return problems_as_text("p", read_policy(text).problems);
}

}  // namespace

TEST_CASE("policy: what is written is read back as the same policy, and written again as the same text")
{
    // A property is tried a hundred times: a thousand policies.
    constexpr int policies_each_time = 10;
    CHECK(rc::check([] {
        for (int count = 0; count < policies_each_time; ++count) {
            const PolicyDocument document{"T012AB3CD", *rc::gen::inRange(0, 1'000), generated_policy()};
            const std::string text = to_text(document);
            const PolicyReading reading = read_policy(text);
            RC_LOG() << text << problems_as_text("p", reading.problems);
            RC_ASSERT(reading.problems.empty());
            RC_ASSERT(reading.document.policy == document.policy);
            RC_ASSERT(reading.document.workspace == document.workspace);
            RC_ASSERT(reading.document.version == document.version);
            RC_ASSERT(to_text(reading.document) == text);
        }
    }));
}

TEST_CASE("policy: comments with any name in them change nothing that is read")
{
    PolicyAnnotations annotations;
    annotations.name_of = [](const RouteTarget&) { return std::string{"Ann\n\"x\" = [\t\x01"}; };
    annotations.history = {"version 2, by Ann\nversion = 7"};
    CHECK(rc::check([&] {
        const PolicyDocument document{"T1", 3, generated_policy()};
        const PolicyReading reading = read_policy(to_text(document, annotations));
        RC_ASSERT(reading.problems.empty());
        RC_ASSERT(reading.document.policy == document.policy);
        RC_ASSERT(reading.document.version == 3);
    }));
}

TEST_CASE("policy: two policies are equal exactly when nothing is said to have changed")
{
    CHECK(rc::check([] {
        const Policy one = generated_policy();
        const Policy other = generated_policy();
        RC_ASSERT(changes_between(one, one, nobody_knows).empty());
        RC_ASSERT(changes_between(one, other, nobody_knows).empty() == (one == other));
    }));
}

TEST_CASE("policy: an empty file is the defaults")
{
    const PolicyReading reading = read_policy("");
    CHECK(reading.problems.empty());
    CHECK(reading.document.policy == Policy{});
    CHECK_FALSE(reading.document.version.has_value());
}

TEST_CASE("policy: every problem is told at once, with its place and the nearest right form")
{
    struct Row {
        const char* text;
        const char* told;
    };
    const Row rows[] = {
        {"[hors]", "p:1:2: unknown key \"hors\"; did you mean \"hours\"?\n"},
        {"[hours]\nzone = \"Europe/Berln\"\nweek = \"Mon-Fry 9-17\"",
         "p:2:8: there is no time zone \"Europe/Berln\"; a name such as \"Europe/Berlin\" is meant\n"
         "p:3:8: \"Mon-Fry 9-17\": after the hyphen belongs a day: Mon-Fri\n"},
        {"[limits]\nrecipients_max = 0", "p:2:18: recipients_max is a whole number from 1 to 2000\n"},
        {"[priority.today]\nnudges = [\"75%\", \"soon\"]",
         "p:2:18: nudges takes offsets such as \"75%\", \"10m\" or \"100%+8h\" of the time allowed\n"},
        {"[priority.today]\nnudges = []", "p:2:10: nudges is a list of 1 to 20 offsets\n"},
        {"[priority.week]\nbundling = \"digst\"",
         "p:2:12: \"digst\" is not one of them; did you mean \"digest\"?\n"},
        {"[roles]\nadmins = [\"@ada\"]",
         "p:2:11: admins takes ids such as \"U012AB3CD\", not names: copy it from the profile or the channel's "
         "details in Slack\n"},
        {"[roles]\nadmins = [\"U1\", \"U1\"]", "p:2:17: \"U1\" is listed twice in admins\n"},
        {"[[route]]\nname = \"a\"",
         "p:1:1: route \"a\" has nobody on it: write [[route.step]] under it, and people = [\"U012AB3CD\"]\n"},
        {"[[route]]\nname = \"a\"\n[[route.step]]\npeople = []",
         "p:3:1: step 1 of route \"a\" has nobody on it: people = [\"U012AB3CD\"]\n"},
        {"[escalation]\ndefault_route = \"incidnt\"\n[[route]]\nname = \"incident\"\n[[route.step]]\npeople = "
         "[\"U1\"]",
         "p:2:17: default_route names \"incidnt\", and there is no such route; did you mean \"incident\"?\n"},
        {"[[team]]\nname = \"Web\"", "p:1:1: a team's name is written in lower case, unlike \"Web\"\n"},
        {"[[team]]\nname = \"a b\"", "p:1:1: a team has a name without spaces, unlike \"a b\"\n"},
        {"[[team]]\nname = \"a\"\n[[team]]\nname = \"a\"", "p:3:1: there are two teams named \"a\"\n"},
        {"[emoji]\ndone = \"eyes\"", "p:1:1: each emoji means one thing: name three\n"},
        {"[emoji]\ndone = \":ok:\"", "p:2:8: an emoji is named without colons: \"white_check_mark\"\n"},
        {"[[channel]]\nwatch = \"questions\"",
         "p:1:1: a watched channel is named by its id: channel = \"C012AB3CD\"\n"},
        {"[[channel]]\nchannel = \"#help\"",
         "p:2:11: channel takes an id such as \"C012AB3CD\", not a name\n"},
        {"[[channel]]\nchannel = \"C1\"\n[[channel]]\nchannel = \"C1\"",
         "p:3:1: there are two sections for channel \"C1\"\n"},
        {"[[channel]]\nchannel = \"C1\"\nwach = \"all\"\npoeple = []",
         "p:3:1: unknown key \"wach\" in [channel]; did you mean \"watch\"?\n"
         "p:4:1: unknown key \"poeple\" in [channel]; did you mean \"people\"?\n"},
        {"[[channels]]", "p:1:3: unknown key \"channels\"; did you mean \"channel\"?\n"},
        {"[channel]\nchannel = \"C1\"",
         "p:1:1: each of them is written [[channel]], and there are at most 500\n"},
        {"[[channel]]\nchannel = \"C1\"\nwatch = \"question\"",
         "p:3:9: \"question\" is not one of them; did you mean \"questions\"?\n"},
        {"[[channel]]\nchannel = \"C1\"\noffer_after = \"14m\"\npass_on_after = \"11d\"",
         "p:3:15: offer_after is a duration such as \"30m\", \"2h\" or \"3d\", from 15m to 10d\n"
         "p:4:17: pass_on_after is a duration such as \"30m\", \"2h\" or \"3d\", from 15m to 10d\n"},
        {"[[channel]]\nchannel = \"C1\"\nask_after = \"3h\"\noffer_after = \"3h\"\npass_on_after = \"2h\"",
         "p:3:13: ask_after is longer than offer_after, which is 3h; this is 3h\n"
         "p:5:17: pass_on_after is longer than ask_after, which is 3h; this is 2h\n"},
        {"[[channel]]\nchannel = \"C1\"\noffer_after = \"7h\"",
         "p:3:15: ask_after is longer than offer_after, which is 7h; left out, it is 6h\n"},
        {"[[channel]]\nchannel = \"C1\"\nhours = \"Mon-Fry 9-17\"\nzone = \"Europe/Berln\"\ngroups = [\"@help\"]",
         "p:3:9: \"Mon-Fry 9-17\": after the hyphen belongs a day: Mon-Fri\n"
         "p:4:8: there is no time zone \"Europe/Berln\"; a name such as \"Europe/Berlin\" is meant\n"
         "p:5:11: groups takes ids such as \"S012AB3CD\", not names: copy it from the profile or the "
         "channel's details in Slack\n"},
        {"[[wip]]\nteam = \"a\"", "p:1:1: wip of \"a\" says how much may run at once: limit = 6\n"},
        {"[[wip]]\nteam = \"a\"\nlimit = -1\nper_person = 1000000",
         "p:3:9: limit is a whole number from 1 to 200\np:4:14: per_person is a whole number from 0 to 200\n"},
        {"[[wip]]\nteam = \"a\"\nlimit = 2\nper_person = 3",
         "p:1:1: per_person of \"a\" is more than its limit\n"},
        {"[[retro]]\nname = \"a\"\nteam = \"a\"",
         "p:1:1: retro \"a\" says when: every = \"every second monday 10:00\"\n"},
        {"[[retro]]\nname = \"note\"\nteam = \"a\"\nevery = \"every friday 15:00\"",
         "p:1:1: a retro cannot be named \"note\": /retro has that word\n"},
        {"[[retro]]\nname = \"a\"\nevery = \"every friday 15:00\"",
         "p:1:1: retro \"a\" says whose it is: team = \"platform\"\n"},
        {"[[retro]]\nname = \"a\"\nteam = \"a\"\nevery = \"every friday 15:00\"\ndots = 0\nquestions = [\"\"]",
         "p:5:8: dots is a whole number from 1 to 10\np:6:14: a question is a text that is not empty\n"},
        {"[[retro]]\nname = \"a\"\nteam = \"a\"\nevery = \"every friday 15:00\"\nopen_for = \"1h\"",
         "p:5:12: open_for is a duration such as \"30m\", \"2h\" or \"3d\", from 8h to 10d\n"},
        {"[[capacity]]\nteam = \"a\"",
         "p:1:1: nobody has to answer \"a\": [[capacity.function]] under it, with a name and people\n"},
        {"[[capacity]]\nteam = \"a\"\nanswer_within = \"1m\"\n[[capacity.function]]\nname = \"f\"\npeople = [\"@ann\"]",
         "p:3:17: answer_within is a duration such as \"30m\", \"2h\" or \"3d\", from 15m to 10d\n"
         "p:6:11: people takes ids such as \"U012AB3CD\", not names: copy it from the profile or the "
         "channel's details in Slack\n"},
        {"[[capacity]]\nteam = \"a\"\n[[capacity.function]]\nname = \"f\"",
         "p:3:1: function \"f\" has nobody in it: people = [\"U012AB3CD\"]\n"},
        {"[[capacity]]\nteam = \"a\"\nanswer_within = \"1h\"\nanswer_sooner = \"2h\"\n[[capacity.function]]\nname = "
         "\"f\"\npeople = [\"U1\"]",
         "p:1:1: answer_sooner of \"a\" is longer than answer_within\n"},
        {"[[source]]\nname = \"a\"\nkind = \"alertmanger\"\nchannel = \"#ops\"",
         "p:3:8: \"alertmanger\" is not one of them; did you mean \"alertmanager\"?\n"
         "p:4:11: channel takes an id such as \"C012AB3CD\", not a name\n"},
        {"[[source]]\nkind = \"text\"\nchannel = \"C1\"", "p:1:1: a source has a name: name = \"…\"\n"},
        {"[[source]]\nname = \"a\"\nkind = \"text\"\nwork_of = \"web\"",
         "p:1:1: only a source of kind \"github\" tells work in progress, unlike \"a\"\n"},
        {"[[source]]\nname = \"a\"\nkind = \"github\"\nwork_of = \"web\"",
         "p:1:1: source \"a\" says which issues are in progress: label = \"in progress\"\n"},
        {"[[source]]\nname = \"a\"",
         "p:1:1: source \"a\" shows its alerts in a channel: channel = \"C012AB3CD\"\n"},
        {"[[source]]\nname = \"a\"\nchannel = \"C1\"\n[[source]]\nname = \"a\"\nchannel = \"C1\"",
         "p:4:1: there are two sources named \"a\"\n"},
        {"[[source]]\nname = \"a\"\nchannel = \"C1\"\nkind = \"json\"",
         "p:1:1: source \"a\" says where the title of an alert is: [source.mapping] under it, and title = "
         "\"/summary\"\n"},
        {"[[source]]\nname = \"a\"\nchannel = \"C1\"\nkind = \"json\"\n[source.mapping]\ntitle = \"summary\"\nkey = "
         "\"/a~2\"",
         "p:6:9: \"summary\" is no JSON Pointer: a place in the body is meant, such as \"/check/name\" or "
         "\"/items/0/id\"\n"
         "p:7:7: \"/a~2\" is no JSON Pointer: a place in the body is meant, such as \"/check/name\" or "
         "\"/items/0/id\"\n"},
        {"[[source]]\nname = \"a\"\nchannel = \"C1\"\n[source.mapping]\ntitle = \"/t\"",
         "p:1:1: only a source of kind \"json\" has a mapping, unlike \"a\"\n"},
        {"[[source]]\nname = \"a\"\nchannel = \"C1\"\nlabel = \"incident\"",
         "p:1:1: only a source of kind \"github\" has a label or branches, unlike \"a\"\n"},
        {"[[source]]\nname = \"a\"\nchannel = \"C1\"\nexpect_every = \"10s\"\nrequests_per_minute = 0",
         "p:4:16: expect_every is a duration such as \"30m\", \"2h\" or \"3d\", from 1m to 1000h\n"
         "p:5:23: requests_per_minute is a whole number from 1 to 60000\n"},
        {"[[destination]]\nname = \"Pager\"\naddress = \"https://x.example\"",
         "p:1:1: a destination's name is of a to z, 0 to 9 and -, unlike \"Pager\"\n"},
        {"[[destination]]\nname = \"a\"",
         "p:1:1: destination \"a\" says where it is: address = \"https://…\"\n"},
        {"[[destination]]\nname = \"a\"\naddress = \"file:///etc/passwd\"",
         "p:1:1: \"file:///etc/passwd\" is no address of the web: address = \"https://…\"\n"},
        {"[[destination]]\nname = \"a\"\naddress = \"https://me:secret@x.example\"",
         "p:1:1: an address holds no password: that is a secret of its own\n"},
        {"[[destination]]\nname = \"a\"\naddress = \"https://x.example\"\nprivate_network = \"0.0.0.0/0\"",
         "p:1:1: \"0.0.0.0/0\" is no network, such as \"10.1.2.0/24\" or \"fd00::/8\"\n"},
        {"[[destination]]\nname = \"a\"\naddress = \"https://x.example\"\nprivate_network = \"::/8\"",
         "p:1:1: \"::/8\" is no network, such as \"10.1.2.0/24\" or \"fd00::/8\"\n"},
        {"[[destination]]\nname = \"a\"\naddress = \"https://x.example\"\nprivate_network = \"10.0.0.300/8\"",
         "p:1:1: \"10.0.0.300/8\" is no network, such as \"10.1.2.0/24\" or \"fd00::/8\"\n"},
        {"[[destination]]\nname = \"a\"\nkind = \"mail\"\naddress = \"a@b.example\\r\\nRCPT TO:<x@y>\"",
         "p:1:1: \"a@b.example\r\nRCPT TO:<x@y>\" is no mail address, such as \"oncall@example.com\"\n"},
        {"[[destination]]\nname = \"a\"\nkind = \"mail\"\naddress = \"a@b.example\"\n"
         "private_network = \"10.0.0.0/8\"",
         "p:1:1: mail goes to the server of the configuration: private_network says nothing there\n"},
        {"[[destination]]\nname = \"a\"\naddress = \"https://x.example\"\nevery = \"1m\"",
         "p:1:1: only a heartbeat has `every`, unlike \"a\"\n"},
        {"[[destination]]\nname = \"a\"\naddress = \"https://x.example\"\n"
         "[[destination]]\nname = \"a\"\naddress = \"https://y.example\"",
         "p:4:1: there are two destinations named \"a\"\n"},
        {"[[destination]]\nname = \"pager\"\naddress = \"https://x.example\"\n"
         "[[route]]\nname = \"r\"\n[[route.step]]\ndestinations = [\"pagers\"]",
         "p:6:1: route \"r\" names the destination \"pagers\", and there is no such destination; did you mean "
         "\"pager\"?\n"},
        {"version = -1", "p:1:11: version is a whole number from 0 to 9223372036854775807\n"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(problems_of(row.text) == row.told);
    }
}

TEST_CASE("policy: a file of mistakes is told in a bounded number of lines")
{
    std::string text;
    for (int count = 0; count < 190; ++count) text += "[[route]]\n";
    CHECK(read_policy(text).problems.size() == 101);
}

TEST_CASE("policy: a watched channel needs no more than its id")
{
    const PolicyReading reading = read_policy("[[channel]]\nchannel = \"C1\"\n");
    CHECK(problems_as_text("p", reading.problems) == "");
    WatchedChannel expected;
    expected.channel = ChannelId{"C1"};
    CHECK(reading.document.policy.channels == std::vector{expected});
    CHECK(expected.mode == WatchMode::questions);
}

TEST_CASE("policy: five hundred channels can be watched")
{
    std::string text;
    for (std::size_t count = 0; count < channels_max; ++count)
        text += "[[channel]]\nchannel = \"C" + std::to_string(count) + "\"\n";
    CHECK(problems_of(text) == "");
    CHECK(problems_of(text + "[[channel]]\nchannel = \"C\"\n") ==
          "p:1:1: each of them is written [[channel]], and there are at most 500\n");
}

TEST_CASE("policy: what changed in watched channels is said with their names")
{
    // Two channels may be called alike, or not be known at all.
    const NameOf name_of = [](const RouteTarget& target) -> std::string {
        if (std::holds_alternative<ChannelId>(target)) return "#help";
        return "@" + std::visit([](const auto& id) { return id.value.substr(1); }, target);
    };
    const PolicyReading before = read_policy(R"(
        [[channel]]
        channel = "C1"
        people = ["Uann", "Ubo"]
        [[channel]]
        channel = "C2"
        [[channel]]
        channel = "C3"
    )");
    const PolicyReading after = read_policy(R"(
        [[channel]]
        channel = "C2"
        watch = "off"
        [[channel]]
        channel = "C1"
        people = ["Ubo"]
        groups = ["Shelp"]
        offer_after = "1h"
        pass_on_after = "2d"
        hours = "Mon-Fri 8-18"
        zone = "Europe/Berlin"
        [[channel]]
        channel = "C4"
        watch = "all"
    )");
    REQUIRE(problems_as_text("p", before.problems) == "");
    REQUIRE(problems_as_text("p", after.problems) == "");
    std::string told;
    for (const PolicyChange& change : changes_between(before.document.policy, after.document.policy, name_of))
        told += change.words + "\n";
    CHECK(told == "channel #help: removed\n"
                  "channel #help · watch: questions → off\n"
                  "channel #help · people: without @ann\n"
                  "channel #help · groups: none → @help\n"
                  "channel #help · offer after: 4h → 1h\n"
                  "channel #help · pass on after: 8h → 2d\n"
                  "channel #help · hours: none → Mon-Fri 08:00-18:00\n"
                  "channel #help · zone: none → Europe/Berlin\n"
                  "channel #help: new\n"
                  "channel #help · watch: none → all\n"
                  "channel #help · offer after: none → 4h\n"
                  "channel #help · ask after: none → 6h\n"
                  "channel #help · pass on after: none → 8h\n"
                  "channels · order: #help, #help → #help, #help\n");
}

TEST_CASE("policy: a source needs no more than its name and a channel")
{
    const PolicyReading reading = read_policy("[[source]]\nname = \"ops\"\nchannel = \"C1\"");
    CHECK(problems_as_text("p", reading.problems) == "");
    REQUIRE(reading.document.policy.sources.size() == 1);
    const AlertSource& source = reading.document.policy.sources.front();
    CHECK(source.kind == SourceKind::alertmanager);
    CHECK(source.priority == Priority::now);
    CHECK(source.route == "");
    CHECK_FALSE(source.expect_every.has_value());
    CHECK_FALSE(source.resolve_after.has_value());
    CHECK(source.requests_per_minute == 12'000);
}

TEST_CASE("policy: what changed in sources is said, and their order too")
{
    const auto policy_of = [](const std::string& text) { return read_policy(text).document.policy; };
    const Policy before = policy_of("[[source]]\nname = \"a\"\nchannel = \"C1\"\n"
                                    "[[source]]\nname = \"b\"\nkind = \"json\"\nchannel = \"C1\"\n"
                                    "[source.mapping]\ntitle = \"/t\"\n");
    const Policy after = policy_of("[[source]]\nname = \"b\"\nkind = \"json\"\nchannel = \"C1\"\n"
                                   "priority = \"week\"\nexpect_every = \"5m\"\n"
                                   "[source.mapping]\ntitle = \"/u\"\nresolved = [\"up\", \"ok\"]\n"
                                   "[[source]]\nname = \"a\"\nchannel = \"C1\"\n"
                                   "[[source]]\nname = \"c\"\nkind = \"text\"\nchannel = \"C1\"\n");
    std::string told;
    for (const PolicyChange& change : changes_between(before, after, nobody_knows)) {
        if (change.subject.starts_with("source c · ")) continue;  // what a new one has
        told += change.words + "\n";
    }
    CHECK(told == "source b · priority: now → week\n"
                  "source b · expect every: none → 5m\n"
                  "source b · mapping title: /t → /u\n"
                  "source b · mapping resolved: with up; without resolved\n"
                  "source c: new\n"
                  "sources · order: a, b → b, a\n");
}

TEST_CASE("policy: what changed in destinations is said")
{
    const auto policy_of = [](const std::string& text) { return read_policy(text).document.policy; };
    const std::string pager = "[[destination]]\nname = \"pager\"\naddress = \"https://x.example\"\n";
    const std::string alive = "[[destination]]\nname = \"alive\"\nkind = \"heartbeat\"\n"
                              "address = \"https://y.example\"\n";
    const std::string route = "[[route]]\nname = \"r\"\n[[route.step]]\npeople = [\"U1\"]\n";
    std::string told;
    for (const PolicyChange& change :
         changes_between(policy_of(pager + alive + route),
                         policy_of(alive + "every = \"1m\"\n" + pager + "private_network = \"10.0.0.0/8\"\n" +
                                   route + "destinations = [\"pager\"]"),
                         nobody_knows))
        told += change.words + "\n";
    CHECK(told == "destination alive · every: 5m → 1m\n"
                  "destination pager · private network: none → 10.0.0.0/8\n"
                  "route r · step 1: U1 → U1, pager\n"
                  "destinations · order: pager, alive → alive, pager\n");
}

TEST_CASE("policy: what changed is said in words, by name")
{
    const NameOf name_of = [](const RouteTarget& target) {
        return "@" + std::visit([](const auto& id) { return id.value.substr(1); }, target);
    };
    const PolicyReading before = read_policy(R"(
        [hours]
        week = "Mon-Fri 9-17"
        [[team]]
        name = "platform"
        members = ["Uann", "Ubo"]
        [[team]]
        name = "web"
        [[route]]
        name = "incident"
        [[route.step]]
        people = ["Uann"]
    )");
    const PolicyReading after = read_policy(R"(
        [hours]
        week = "Mon-Thu 8-16"
        [roles]
        admins = ["Uann"]
        [[team]]
        name = "platform"
        members = ["Ucy", "Uann"]
        hours = "Sat 9-12"
        [[team]]
        name = "ops"
        leads = ["Ubo"]
        [[route]]
        name = "incident"
        [[route.step]]
        delay = "10m"
        people = ["Uann"]
        channels = ["Cops"]
    )");
    REQUIRE(before.problems.empty());
    REQUIRE(after.problems.empty());
    std::string told;
    for (const PolicyChange& change : changes_between(before.document.policy, after.document.policy, name_of))
        told += change.words + "\n";
    CHECK(told == "team web: removed\n"
                  "hours · week: Mon-Fri 09:00-17:00 → Mon-Thu 08:00-16:00\n"
                  "roles · admins: none → @ann\n"
                  "team platform · members: with @cy; without @bo\n"
                  "team platform · hours: none → Sat 09:00-12:00\n"
                  "team ops: new\n"
                  "team ops · leads: none → @bo\n"
                  "route incident · step 1: @ann → @ann, @ops after 10m\n");
}

TEST_CASE("policy: of three, what both changed is told apart from what one of them changed")
{
    Policy base;
    base.teams.push_back(Team{"web", {}, {}, {}, {}, "", {}, {}});
    Policy theirs = base;
    Policy mine = base;
    theirs.default_zone = "Europe/Berlin";
    mine.default_zone = "Asia/Kolkata";
    theirs.recipients_max = mine.recipients_max = 7;
    theirs.delivery.snoozes_max = 1;
    mine.interruptions_per_day = 2;
    theirs.teams.clear();
    mine.teams.front().zone = "Asia/Kolkata";
    CHECK(to_text(divergence_of(base, theirs, mine, nobody_knows)) ==
          "Changed by both, differently:\n"
          "  in force: hours · zone: Etc/UTC → Europe/Berlin\n"
          "  the file: hours · zone: Etc/UTC → Asia/Kolkata\n"
          "  in force: team web: removed\n"
          "  the file: team web · zone: none → Asia/Kolkata\n"
          "Changed in force since, and not in the file:\n"
          "  limits · snoozes: 3 → 1\n"
          "Changed in the file alone:\n"
          "  limits · interruptions per day: 4 → 2\n");
}

TEST_CASE("policy: the examples are right, have no holes, and say what they change")
{
    for (const char* name : {"team-of-five", "department-of-fifty", "company-of-five-hundred"}) {
        CAPTURE(name);
        const std::string text = bytes_of(std::string{ACKD_SOURCE_DIR} + "/config/policies/" + name +
                                          ".toml");
        const PolicyReading reading = read_policy(text);
        CHECK(problems_as_text(name, reading.problems) == "");
        CHECK(lint_policy(reading.document.policy, PolicyGround{}).empty());
        CHECK(reading.document.policy.teams.size() >= 1);
        CHECK(reading.document.policy.routes.contains("default"));
        CHECK(reading.document.policy.channels.size() >= 1);
    }
}
