// A rotation made and changed in the chat: names in their order, parts that follow the sun, and what is wrong
// at its field.
#include "tests/unit/rotation_examples.hpp"
#include "tests/unit/setup_desk.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ackd;
using namespace std::chrono_literals;

TEST_CASE("setup: a rotation is made of names in their order, and changed under its name")
{
    Workspace workspace{with_web()};
    const Form fresh = opened(workspace, "Uann", "rotation");
    CHECK(fresh.title == "A new rotation");
    FormValues values = values_of(fresh);
    CHECK(field_of(values, "turn").text == "weekly on monday");
    CHECK(field_of(values, "hand_over").text == "09:00");
    field_of(values, "name").text = "platform";
    field_of(values, "people_1").text = "Cy\n  @ann \n\nUbo\n";
    field_of(values, "turn").text = "daily";
    field_of(values, "starts").text = "2026-03-02";
    submit(workspace, "Uann", fresh, values, "one");
    CHECK(workspace.problems.empty());
    const Policy made = policy_of(PolicyTable{*workspace.connection}.find(1).value());
    REQUIRE(made.rotations.size() == 1);
    CHECK(made.rotations.front().name == "platform");
    CHECK(made.rotations.front().parts.front().people == people_named({"Ucy", "Uann", "Ubo"}));
    CHECK(text_of(workspace.last_to("Uann").now).find("rotation platform: new\n") != std::string::npos);
    workspace.ackd("Uann", "setup");
    CHECK(workspace.answer().find("`/ackd setup rotation platform`  daily, 3 people\n") != std::string::npos);

    const Form form = opened(workspace, "Uann", "rotation platform");
    CHECK(form.title == "Rotation");
    FormValues other_order = values_of(form);
    CHECK(field_of(other_order, "people_1").text == "Cy\nAnn\nBo");
    field_of(other_order, "people_1").text = "Ann\nCy\nBo";
    field_of(other_order, "off_hours").chosen = {"yes"};
    submit(workspace, "Uann", form, other_order, "two");
    workspace.advance(2s);
    CHECK(workspace.problems.empty());
    const Policy changed = policy_of(PolicyTable{*workspace.connection}.find(2).value());
    Rotation expected = made.rotations.front();
    expected.parts.front().people = people_named({"Uann", "Ucy", "Ubo"});
    expected.off_hours = true;
    CHECK(changed.rotations == std::vector{expected});
    workspace.ackd("Ubo", "setup rotation platform");
    CHECK(workspace.answer() == "Only admins can do this: Ann.\n");
}

TEST_CASE("setup: parts of a rotation are added, moved up when one is emptied, and never lost")
{
    Settings settings = with_web();
    Rotation sun = rotation_of("sun", {"Ubo"});
    sun.parts = {part_of("Mon-Fri 8-16", "Asia/Tokyo", {"Ucy"}),
                 part_of("Mon-Fri 8-16", "Europe/Berlin", {"Uann"}),
                 part_of("Mon-Fri 8-16", "America/New_York", {"Ubo"})};
    settings.rotations = {sun};
    const SetupPart part{SetupKind::rotation, "sun"};
    const Form form = setup_form(part, settings, 1, {}, called());
    FormValues values = values_of(form);
    for (const char* field : {"people_2", "hours_2", "zone_2"}) field_of(values, field).text = "";
    field_of(values, "people_4").text = "Ann\nCy";
    field_of(values, "hours_4").text = "Sat 9-12";
    const auto read = read_setup_form(part, settings, values, called());
    REQUIRE(std::holds_alternative<Policy>(read));
    sun.parts = {sun.parts[0], sun.parts[2], part_of("Sat 9-12", "", {"Uann", "Ucy"})};
    CHECK(std::get<Policy>(read).rotations == std::vector{sun});

    // All that there may be are shown, and no empty one.
    sun.parts.assign(rotation_parts_max, part_of("Mon-Fri 8-16", "", {"Uann"}));
    settings.rotations = {sun};
    const Form full = setup_form(part, settings, 1, {}, called());
    CHECK(full.fields.back().name == "zone_12");
    const auto same = read_setup_form(part, settings, values_of(full), called());
    REQUIRE(std::holds_alternative<Policy>(same));
    CHECK(std::get<Policy>(same).rotations == settings.rotations);
}

TEST_CASE("setup: what a form cannot hold is not opened, and it is said where it is changed")
{
    Settings settings = with_web();
    std::vector<std::string> many;
    for (int number = 10; number < 100; ++number)
        many.push_back("U" + std::string(40, 'x') + std::to_string(number));
    settings.rotations = {rotation_of("platform", many)};
    Workspace workspace{settings};
    workspace.ackd("Uann", "setup rotation platform");
    CHECK(workspace.forms.empty());
    CHECK(workspace.answer() ==
          "\"People, in the order of their turns\" is more than a form holds. By file nothing of it is lost: "
          "`ackd policy export`, then `ackd policy apply`.\n");
}

TEST_CASE(
    "setup: a rotation shows who is on in a channel's topic and by one user group, which no other one has")
{
    Settings settings = with_web();
    settings.rotations = {rotation_of("platform", {"Uann"}), rotation_of("web", {"Ubo"})};
    settings.rotations.back().group = GroupId{"Sweb"};
    const SetupPart part{SetupKind::rotation, "platform"};
    const std::vector<UserGroup> groups{UserGroup{GroupId{"Sops"}, "ops", {}, false},
                                        UserGroup{GroupId{"Sweb"}, "web", {}, false}};
    FormValues values = values_of(setup_form(part, settings, 1, groups, called()));
    field_of(values, "topic").chosen = {"Cops"};
    field_of(values, "group").chosen = {"Sops"};
    const auto read = read_setup_form(part, settings, values, called());
    REQUIRE(std::holds_alternative<Policy>(read));
    CHECK(std::get<Policy>(read).rotations.front().topic == ChannelId{"Cops"});
    CHECK(std::get<Policy>(read).rotations.front().group == GroupId{"Sops"});
    const auto problem_with = [&](std::vector<std::string> chosen) {
        field_of(values, "group").chosen = std::move(chosen);
        return std::get<FormProblems>(read_setup_form(part, settings, values, called())).front().explanation;
    };
    CHECK(problem_with({"Sops", "Sweb"}) == "One group, or none.");
    CHECK(problem_with({"Sweb"}) == "It holds who is on call for \"web\" already.");
    for (const char* field : {"topic", "group"}) field_of(values, field).chosen.clear();
    CHECK(std::get<Policy>(read_setup_form(part, settings, values, called())).rotations.front() ==
          settings.rotations.front());
}

TEST_CASE("setup: what is wrong in a rotation is told at its field")
{
    Settings settings = with_web();
    settings.rotations = {rotation_of("platform", {"Uann", "Ubo"})};
    Workspace workspace{settings};
    const auto told = [&](const char* field, const char* typed) {
        const Form form = opened(workspace, "Uann", "rotation platform");
        FormValues values = values_of(form);
        field_of(values, field).text = typed;
        submit(workspace, "Uann", form, values, std::string{field} + typed);
        std::string text;
        for (const FormProblem& problem : workspace.problems)
            text += problem.field + ": " + problem.explanation + "\n";
        return text;
    };
    CHECK(told("hand_over", "9 o'clock") == "hand_over: \"9 o'clock\" is no time of day. Try: 09:00\n");
    CHECK(told("starts", "monday") ==
          "starts: \"monday\" is no day between 2000 and 2200. Try: 2026-01-05\n");
    CHECK(told("zone", "Berlin") == "zone: There is no time zone \"Berlin\". Try: Europe/Berlin\n");
    CHECK(told("turn", "fortnightly").find("turn: ") == 0);
    CHECK(told("turn", "FREQ=HOURLY").find("turn: ") == 0);
    CHECK(told("people_1", "Ann\n@Ann") == "people_1: \"@Ann\" is there twice: everybody has one turn.\n");
    CHECK(told("people_1", "") ==
          "people_1: A rotation is of somebody: names in the order of their turns, one a line.\n");
    CHECK(told("hours_1", "Mon 9") != "");
    CHECK(told("zone_1", "Asia/Tokyo") ==
          "zone_1: Without hours the time zone of the rotation counts: leave this one empty.\n");
    CHECK(told("people_2", "Cy") ==
          "hours_1: Where there are several parts, each says what it covers. Try: Mon-Fri 8-16\n"
          "hours_2: Where there are several parts, each says what it covers. Try: Mon-Fri 8-16\n");
    CHECK(told("hours_2", "Mon-Fri 8-16").find("people_2: Somebody takes turns here: names, one a line.\n") !=
          std::string::npos);
    CHECK(version_of(workspace) == 0);
}
