// Roles, and the policy changed in the chat by those who may.
#include "bot/people/roles.hpp"
#include "tests/unit/rotation_examples.hpp"
#include "tests/unit/setup_desk.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ackd;
using namespace std::chrono_literals;

TEST_CASE("roles: who may do what is one table")
{
    const auto granted = [](Permission permission) {
        std::string text;
        for (const Role role : all_roles) {
            if (is_granted(permission, role)) text += std::string{name_of(role)} + " ";
        }
        return text;
    };
    CHECK(granted(Permission::ask) == "member lead admin auditor ");
    CHECK(granted(Permission::change_team) == "lead admin ");
    CHECK(granted(Permission::change_policy) == "admin ");
    CHECK(granted(Permission::read_journal) == "auditor ");
}

TEST_CASE("roles: docs/policy.md has the same table")
{
    const std::string page = bytes_of(std::string{ACKD_SOURCE_DIR} + "/docs/policy.md");
    for (const Permission permission : all_permissions) {
        std::string row = "| " + std::string{words_of(permission)} + " |";
        for (const Role role : all_roles) row += is_granted(permission, role) ? " ✓ |" : " |";
        CAPTURE(row);
        CHECK(page.find(row + "\n") != std::string::npos);
    }
}

TEST_CASE("roles: where the policy names no admin, the chat's own administrators are")
{
    Workspace workspace;
    Member dora{UserId{"Udora"}, "Dora", "Etc/UTC", MemberKind::person, false, true};
    workspace.take(MemberChanged{dora});
    workspace.ackd("Uann", "setup limits");
    CHECK(workspace.answer() == "Only admins can do this: Dora.\n");
    CHECK(opened(workspace, "Udora", "limits").title == "Limits");

    // Who left is none any more.
    dora.deactivated = true;
    workspace.take(MemberChanged{dora});
    workspace.ackd("Uann", "setup limits");
    CHECK(workspace.answer() ==
          "Only admins can do this, and there is nobody. Whoever runs ackd can: `ackd policy`.\n");
}

TEST_CASE("roles: a refusal names who can, and leads can change their own team alone")
{
    Workspace workspace{with_web()};
    workspace.ackd("Ucy", "setup team web");
    CHECK(workspace.answer() == "Only leads of web and admins can do this: Bo, Ann.\n");
    workspace.ackd("Ubo", "setup hours");
    CHECK(workspace.answer() == "Only admins can do this: Ann.\n");
    workspace.ackd("Ubo", "setup team");
    CHECK(workspace.answer() == "Only admins can do this: Ann.\n");
    CHECK(opened(workspace, "Ubo", "team web").title == "Team");
    workspace.ackd("Ubo", "help roles");
    CHECK(
        workspace.answer().find("change a team's hours, members and leads, and how its channel is watched: a "
                                "team's leads, admins\n") != std::string::npos);
}

TEST_CASE("roles: an auditor reads the time line of a request that is not theirs")
{
    Settings settings = with_web();
    settings.auditors = {UserId{"Udi"}};
    Workspace workspace{settings};
    workspace.ack("Uann", "@Ubo please read the plan");
    workspace.ackd("Ucy", "trace 1");
    CHECK(workspace.answer() == "There is no request #1 of yours.\n");
    workspace.ackd("Udi", "trace 1");
    CHECK(workspace.answer().find("There is no request") == std::string::npos);
    workspace.ackd("Udi", "who 1");
    CHECK(workspace.answer() == "There is no request #1 of yours.\n");
}

TEST_CASE("setup: a form has what is there, and what is saved is a version with its author")
{
    Workspace workspace{with_web()};
    const Form form = opened(workspace, "Ubo", "team web");
    CHECK(form.context == "0 team web");
    FormValues values = values_of(form);
    CHECK(field_of(values, "members").chosen == std::vector<std::string>{"Ucy"});
    field_of(values, "hours").text = "Mon-Thu 8-16";
    field_of(values, "members").chosen = {"Ucy", "Udi"};
    submit(workspace, "Ubo", form, values, "one");
    CHECK(workspace.problems.empty());
    REQUIRE(version_of(workspace) == 1);
    const PolicyVersion version = PolicyTable{*workspace.connection}.find(1).value();
    CHECK(version.actor == UserId{"Ubo"});
    CHECK(version.source == PolicySource::chat);
    const Policy policy = policy_of(version);
    CHECK(policy.admins == std::vector{UserId{"Uann"}});
    CHECK(to_text(policy.teams.front().hours.value()) == "Mon-Thu 08:00-16:00");
    CHECK(text_of(workspace.last_to("Ubo").now) == "Saved. Version 1 of the policy is in force.\n"
                                                   "team web · members: with Di\n"
                                                   "team web · hours: none → Mon-Thu 08:00-16:00\n");

    // Sent again, it is saved once.
    submit(workspace, "Ubo", form, values, "one");
    CHECK(version_of(workspace) == 1);
}

TEST_CASE("setup: a form that is sent as it was opened changes nothing, whatever it is about")
{
    Settings settings = with_web();
    Route route;
    route.name = "incident";
    route.steps.resize(2);
    route.steps[0].targets = {UserId{"Ubo"}, GroupId{"Steam"}, ChannelId{"Cops"}};
    route.steps[1].delay = 10min;
    route.steps[1].targets = {UserId{"Ucy"}};
    settings.routes.emplace("incident", route);
    WatchedChannel watched;
    watched.channel = ChannelId{"Cops"};
    watched.mode = WatchMode::off;
    watched.people = {UserId{"Ubo"}};
    watched.groups = {GroupId{"Sops"}};
    watched.offer_after = 15min;
    watched.ask_after = 61min;
    watched.pass_on_after = 80h;
    watched.hours = default_work_week();
    watched.zone = "Europe/Berlin";
    settings.channels.push_back(watched);
    Rotation platform = rotation_of("platform", {"Ubo", "Udo", "Uann", "Ugone"}, "FREQ=MONTHLY;BYDAY=1MO");
    platform.zone = "Europe/Berlin";
    platform.hand_over = 10h + 30min;
    platform.leads = {UserId{"Ucy"}};
    platform.off_hours = true;
    Rotation sun = rotation_of("sun", {"Ubo"});
    sun.parts = {part_of("Mon-Fri 8-16", "Asia/Tokyo", {"Ucy", "Uann"}),
                 part_of("Mon-Fri 8-20; Sat 9-12", "", {"Ubo", "Uann"})};
    settings.rotations = {platform, sun};
    for (const char* text : {"hours",
                             "limits",
                             "team web",
                             "channel Cops",
                             "route incident",
                             "rotation platform",
                             "rotation sun"})
    {
        CAPTURE(text);
        const SetupPart part = setup_part_in(text).value();
        const Form form = setup_form(part, settings, 7, {}, called());
        CHECK(overfull_field_of(form) == "");
        CHECK(setup_occasion_in(form.context)->part == part);
        CHECK(setup_occasion_in(form.context)->version == 7);
        const auto read = read_setup_form(part, settings, values_of(form), called());
        REQUIRE(std::holds_alternative<Policy>(read));
        CHECK(std::get<Policy>(read) == static_cast<const Policy&>(settings));
    }
}

TEST_CASE(
    "setup: a channel is chosen to be watched, changed under its name, and switched off with all it had")
{
    Workspace workspace{with_web()};
    workspace.take(ConversationsListed{{{ChannelId{"Chelp"}, "help", false}}});
    const Form fresh = opened(workspace, "Uann", "channel");
    CHECK(fresh.title == "A channel to watch");
    FormValues values = values_of(fresh);
    CHECK(field_of(values, "watch").chosen == std::vector<std::string>{"questions"});
    CHECK(field_of(values, "offer_after").text == "4h");
    field_of(values, "channel").chosen = {"Chelp"};
    field_of(values, "people").chosen = {"Ubo", "Ucy"};
    field_of(values, "offer_after").text = "2h";
    submit(workspace, "Uann", fresh, values, "one");
    CHECK(workspace.problems.empty());
    CHECK(text_of(workspace.last_to("Uann").now) == "Saved. Version 1 of the policy is in force.\n"
                                                    "channel #help: new\n"
                                                    "channel #help · watch: none → questions\n"
                                                    "channel #help · people: none → Bo, Cy\n"
                                                    "channel #help · offer after: none → 2h\n"
                                                    "channel #help · ask after: none → 6h\n"
                                                    "channel #help · pass on after: none → 8h\n");
    workspace.ackd("Uann", "setup");
    CHECK(
        workspace.answer().find("`/ackd setup channel #help`  questions, somebody hears of it after 6h\n") !=
        std::string::npos);

    // Chosen as a new one again, it is not there twice.
    const Form again = opened(workspace, "Uann", "channel");
    submit(workspace, "Uann", again, values, "two");
    REQUIRE(workspace.problems.size() == 1);
    CHECK(workspace.problems.front().field == "channel");
    CHECK(workspace.problems.front().explanation ==
          "This one has its settings already. To change them: /ackd setup channel, and its name");

    // However its name is typed.
    for (const char* typed : {"channel #Chelp", "channel #help", "channel Chelp"}) {
        CAPTURE(typed);
        const Form form = opened(workspace, "Uann", typed);
        CHECK(form.context == "1 channel Chelp");
        CHECK(form.title == "Channel");
        FormValues there = values_of(form);
        CHECK(field_of(there, "people").chosen == std::vector<std::string>{"Ubo", "Ucy"});
    }
    const Form form = opened(workspace, "Uann", "channel #Chelp");
    FormValues off = values_of(form);
    field_of(off, "watch").chosen = {"off"};
    submit(workspace, "Uann", form, off, "three");
    workspace.advance(2s);
    CHECK(text_of(workspace.last_to("Uann").now) == "Saved. Version 2 of the policy is in force.\n"
                                                    "channel #help · watch: questions → off\n");
    const Policy policy = policy_of(PolicyTable{*workspace.connection}.find(2).value());
    REQUIRE(policy.channels.size() == 1);
    CHECK(policy.channels.front().people == std::vector{UserId{"Ubo"}, UserId{"Ucy"}});
    CHECK(find_watched(policy.channels, ChannelId{"Chelp"}) == nullptr);
    workspace.ackd("Ucy", "setup");
    CHECK(workspace.answer().find("~ channel #help: not watched\n") != std::string::npos);
}

TEST_CASE("setup: what is saved with a hole says so at once")
{
    Workspace workspace{with_web()};
    workspace.take(ConversationsListed{{{ChannelId{"Chelp"}, "help", false}}});
    const Form form = opened(workspace, "Uann", "channel #Cnew");
    CHECK(form.title == "A channel to watch");
    submit(workspace, "Uann", form, values_of(form), "one");
    CHECK(workspace.problems.empty());
    CHECK(text_of(workspace.last_to("Uann").now)
              .ends_with(
                  "channel Cnew · pass on after: none → 8h\n"
                  "~ channel Cnew: ackd is not in it: nothing that is asked there is noticed until it is "
                  "invited\n"
                  "~ channel Cnew: has nobody who answers: what asks nobody in particular would wait for "
                  "whoever comes by\n"));

    const Form nobody = opened(workspace, "Uann", "channel #Chelp");
    FormValues unknown = values_of(nobody);
    field_of(unknown, "people").chosen = {"Ubu"};
    submit(workspace, "Uann", nobody, unknown, "two");
    REQUIRE(workspace.problems.size() == 1);
    CHECK(workspace.problems.front().explanation ==
          "this workspace has no member \"Ubu\"; did you mean \"Ubo\"?");
}

TEST_CASE("roles: leads decide how the channel of their team is watched, and no other")
{
    Settings settings = with_web();
    settings.teams.front().channel = ChannelId{"Cweb"};
    WatchedChannel help;
    help.channel = ChannelId{"Chelp"};
    settings.channels.push_back(help);
    Workspace workspace{settings};
    workspace.ackd("Ubo", "setup channel #Chelp");
    CHECK(workspace.answer() == "Only admins can do this: Ann.\n");
    workspace.ackd("Ucy", "setup channel #Cweb");
    CHECK(workspace.answer() == "Only leads of web and admins can do this: Bo, Ann.\n");
    workspace.ackd("Ucy", "setup channel");
    CHECK(workspace.answer() == "Only admins can do this: Ann.\n");
    CHECK(opened(workspace, "Ubo", "channel #Cweb").context == "0 channel Cweb");

    // The one that is chosen in the form is what counts.
    const Form form = opened(workspace, "Ubo", "channel");
    FormValues values = values_of(form);
    field_of(values, "people").chosen = {"Ucy"};
    field_of(values, "channel").chosen = {"Cother"};
    submit(workspace, "Ubo", form, values, "other");
    REQUIRE(workspace.problems.size() == 1);
    CHECK(workspace.problems.front().field == "channel");
    CHECK(workspace.problems.front().explanation == "Only admins can do this: Ann.");
    field_of(values, "channel").chosen = {"Cweb"};
    submit(workspace, "Ubo", form, values, "own");
    CHECK(workspace.problems.empty());
    CHECK(version_of(workspace) == 1);
}

TEST_CASE("setup: two who change the same part do not lose each other's change")
{
    Workspace workspace{with_web()};
    const Form first = opened(workspace, "Uann", "limits");
    FormValues fewer_people = values_of(first);
    field_of(fewer_people, "recipients").text = "20";
    submit(workspace, "Uann", first, fewer_people, "first");
    REQUIRE(version_of(workspace) == 1);

    const Form of_bo = opened(workspace, "Ubo", "team web");
    const Form of_ann = opened(workspace, "Uann", "team web");
    const Form limits = opened(workspace, "Uann", "limits");
    FormValues by_bo = values_of(of_bo);
    field_of(by_bo, "zone").text = "Europe/Berlin";
    submit(workspace, "Ubo", of_bo, by_bo, "bo");
    REQUIRE(version_of(workspace) == 2);

    FormValues by_ann = values_of(of_ann);
    field_of(by_ann, "hours").text = "Sat 9-12";
    submit(workspace, "Uann", of_ann, by_ann, "ann");
    REQUIRE(workspace.problems.size() == 1);
    CHECK(workspace.problems.front().explanation ==
          "This was changed while the form was open. team web · zone: none → Europe/Berlin. Copy what you "
          "need, and open the form again.");
    CHECK(version_of(workspace) == 2);

    // Another part goes through, on top of what was changed meanwhile.
    FormValues fewer = values_of(limits);
    field_of(fewer, "interruptions").text = "2";
    submit(workspace, "Uann", limits, fewer, "limits");
    CHECK(workspace.problems.empty());
    REQUIRE(version_of(workspace) == 3);
    const Policy policy = policy_of(PolicyTable{*workspace.connection}.find(3).value());
    CHECK(policy.teams.front().zone == "Europe/Berlin");
    CHECK(policy.interruptions_per_day == 2);
}

TEST_CASE("setup: what is wrong is told at its field, and nothing is saved")
{
    Workspace workspace{with_web()};
    const auto told = [&](const char* part, const char* field, const char* typed) {
        const Form form = opened(workspace, "Uann", part);
        FormValues values = values_of(form);
        field_of(values, field).text = typed;
        submit(workspace, "Uann", form, values, std::string{"f"} + part + typed);
        std::string text;
        for (const FormProblem& problem : workspace.problems)
            text += problem.field + ": " + problem.explanation + "\n";
        return text;
    };
    CHECK(told("hours", "zone", "Europe/Berln") ==
          "zone: There is no time zone \"Europe/Berln\". Try: Europe/Berlin\n");
    CHECK(told("hours", "week", "Mon 9-17, 10-11") ==
          "week: \"Mon 9-17, 10-11\": some of these hours overlap.\n");
    CHECK(told("limits", "recipients", "0") == "recipients: A whole number from 1 to 2000.\n");
    CHECK(told("team", "name", "web") == "name: There is one named \"web\" already.\n");
    CHECK(told("team", "name", "a b") == "name: a team has a name without spaces, unlike \"a b\"\n");
    CHECK(told("team", "name", "Web") == "name: a team's name is written in lower case, unlike \"Web\"\n");
    CHECK(told("route", "name", "incident") ==
          "people_1: A route asks somebody: choose people, groups or channels.\n");
    CHECK(told("channel #Chelp", "offer_after", "soon") ==
          "offer_after: \"soon\" is no duration from 15m to 10d. Try: 4h\n");
    CHECK(told("channel #Chelp", "pass_on_after", "11d") ==
          "pass_on_after: \"11d\" is no duration from 15m to 10d. Try: 8h\n");
    CHECK(told("channel #Chelp", "ask_after", "240m") ==
          "ask_after: Longer than the time before it, which is 4h.\n");
    CHECK(told("channel #Chelp", "hours", "Sat") != "");
    CHECK(told("channel #Chelp", "zone", "Berlin") ==
          "zone: There is no time zone \"Berlin\". Try: Europe/Berlin\n");
    CHECK(told("channel", "offer_after", "1h") == "channel: Choose a channel.\n");
    CHECK(told("rotation", "people_1", "Anne") ==
          "name: a rotation has a name: name = \"…\"\n"
          "starts: \"\" is no day between 2000 and 2200. Try: 2026-01-05\n"
          "people_1: \"Anne\" is nobody here, or more than one. A name of one person, or an id such as "
          "U012AB3CD, one a line.\n"
          "people_1: Somebody takes turns here: names, one a line.\n");
    CHECK(version_of(workspace) == 0);
}

TEST_CASE("setup: a person who lost the right while the form was open is refused")
{
    Workspace workspace{with_web()};
    const Form form = opened(workspace, "Ubo", "team web");
    const Form by_admin = opened(workspace, "Uann", "team web");
    FormValues without_bo = values_of(by_admin);
    field_of(without_bo, "leads").chosen = {"Ucy"};
    submit(workspace, "Uann", by_admin, without_bo, "ann");
    submit(workspace, "Ubo", form, values_of(form), "bo");
    REQUIRE(workspace.problems.size() == 1);
    CHECK(workspace.problems.front().explanation == "Only leads of web and admins can do this: Cy, Ann.");
}

TEST_CASE("setup: a saved policy counts for the next input of the same batch, and for what is open")
{
    Workspace workspace{with_web()};
    workspace.ack("Ucy", "@Ubo please read the plan");
    const Form form = opened(workspace, "Uann", "limits");
    FormValues values = values_of(form);
    field_of(values, "recipients").text = "1";
    Input saved;
    saved.body = FormSubmitted{form.name, "limits", form.context, UserId{"Uann"}, values};
    CommandGiven given;
    given.command = "/ack";
    given.text = Workspace::rich("@Ubo @Udi please read it");
    given.person = UserId{"Ucy"};
    given.channel = ChannelId{"Cwork"};
    Input asked;
    asked.body = given;
    std::vector<Input> inputs{saved, asked};
    std::vector<EffectSettled> none;
    workspace.engine.cycle(inputs, none);
    CHECK(workspace.count("SELECT count(*) FROM requests") == 1);
}

TEST_CASE("setup: what is mistyped is answered with the nearest part")
{
    Workspace workspace{with_web()};
    workspace.ackd("Uann", "setup tema web");
    CHECK(workspace.answer() ==
          "I did not understand \"/ackd setup tema web\".\nTry: `/ackd setup team web`\n");
    workspace.ackd("Uann", "setup team wbe");
    CHECK(workspace.answer() ==
          "I did not understand \"/ackd setup team wbe\".\nTry: `/ackd setup team web`\n");
    workspace.ackd("Uann", "setup channels");
    CHECK(workspace.answer() ==
          "I did not understand \"/ackd setup channels\".\nTry: `/ackd setup channel`\n");
    workspace.ackd("Uann", "setup channel nowhere");
    CHECK(workspace.answer().find("I did not understand \"/ackd setup channel nowhere\".\n") == 0);
    workspace.ackd("Ucy", "setup");
    CHECK(workspace.answer() == "What your team decides. So far these are the defaults.\n"
                                "~ hours: Mon-Fri 09:00-17:00, Etc/UTC\n"
                                "~ limits: 4 interruptions a person and day, 500 people a request\n"
                                "~ team web: the hours of everybody\n"
                                "~ Only admins can do this: Ann.\n");
}
