// What is wrong with a policy in the workspace that it is for, and what each hole would cost.
#include "bot/policy/policy_lint.hpp"

#include "bot/policy/policy_text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace ackd;

namespace {

PolicyGround ground()
{
    PolicyGround known;
    known.knows_people = known.knows_groups = true;
    const auto add =
        [&](const char* id, const char* name, MemberKind kind = MemberKind::person, bool gone = false) {
            known.members[UserId{id}] = Member{UserId{id}, name, "Etc/UTC", kind, gone};
            known.known_ids.emplace_back(id);
        };
    add("Uann", "Ann");
    add("Ubo", "Bo");
    add("Ucy", "Cy");
    add("Ugone", "Gus", MemberKind::person, true);
    add("Ubot", "Deploy", MemberKind::bot);
    known.groups[GroupId{"Steam"}] = UserGroup{
        GroupId{"Steam"}, "team", {UserId{"Uann"}, UserId{"Ubo"}}, false};
    known.groups[GroupId{"Sempty"}] = UserGroup{GroupId{"Sempty"}, "empty", {}, false};
    known.groups[GroupId{"Soff"}] = UserGroup{GroupId{"Soff"}, "off", {UserId{"Uann"}}, true};
    known.knows_channels = true;
    known.channels[ChannelId{"Chelp"}] = Conversation{ChannelId{"Chelp"}, "help", false};
    known.channels[ChannelId{"Cold"}] = Conversation{ChannelId{"Cold"}, "old", true};
    return known;
}

std::string lint(const std::string& text)
{
    const PolicyReading reading = read_policy(text);
    REQUIRE(problems_as_text("p", reading.problems) == "");
    std::string told;
    for (const PolicyFinding& finding : lint_policy(reading.document.policy, ground()))
        told += (finding.flaw == PolicyFlaw::unknown ? "refused: " : "") + to_text(finding) + "\n";
    return told;
}

std::string route(const std::string& steps)
{
    std::string text = "[[route]]\nname = \"r\"\n";
    std::size_t at = 0;
    while (at < steps.size()) {
        const auto end = std::min(steps.find('\n', at), steps.size());
        std::string step = steps.substr(at, end - at);
        std::replace(step.begin(), step.end(), ';', '\n');
        text += "[[route.step]]\n" + step + "\n";
        at = end + 1;
    }
    return text;
}

}  // namespace

TEST_CASE("policy lint: a route is told what it would cost that somebody on it cannot be asked")
{
    struct Row {
        const char* steps;
        const char* told;
    };
    const Row rows[] = {
        {"people = [\"Uann\", \"Ubo\"]", ""},
        {"people = [\"Uann\"]\ngroups = [\"Steam\"]", ""},
        {"people = [\"Uann\"]\nchannels = [\"Cops\"]", ""},
        {"people = [\"Uann\", \"Ubo\"]; needed = 2", ""},
        {"people = [\"Uann\", \"Ubo\"]; needed = \"all\"", ""},
        {"people = [\"Uann\", \"Ubo\"]; needed = 3",
         "route r · step 1: needs 3 who take it, and 2 are on it: as many as there are will do\n"},
        {"people = [\"Uann\"]",
         "route r: hangs on Ann alone: while they are away, a problem at priority now would reach nobody\n"},
        {"people = [\"Uann\", \"Ugone\", \"Ubot\"]",
         "route r · step 1: Gus is gone\n"
         "route r · step 1: Deploy is no person\n"
         "route r: hangs on Ann alone: a problem at priority now would reach one person instead of 3\n"},
        {"people = [\"Uann\"]\npeople = [\"Ubo\", \"Ugone\"]",
         "route r · step 2: Gus is gone\n"
         "route r: 1 of those on it cannot be asked: a problem at priority now would reach 2 people instead of "
         "3\n"},
        {"groups = [\"Steam\"]\npeople = [\"Ubo\"]\npeople = [\"Ucy\"]",
         "route r · step 2: asks only people whom an earlier step has asked: it is passed over, and the next step "
         "asked in its place\n"},
        {"people = [\"Uann\", \"Ubo\"]\ngroups = [\"Sempty\"]",
         "route r · step 2: asks nobody: after the step before it, a request is given up\n"},
        {"groups = [\"Soff\"]",
         "route r · step 1: the group @off is switched off\n"
         "route r · step 1: asks nobody: after the step before it, a request is given up\n"
         "route r: asks nobody at all: a problem at priority now would reach nobody besides those named\n"},
        {"people = [\"Uann\", \"Ubo\", \"Ucyy\"]\nchannels = [\"Cops\"]",
         "refused: route r · step 1: this workspace has no member \"Ucyy\"; did you mean \"Ucy\"?\n"
         "route r: 1 of those on it cannot be asked: a problem at priority now would reach 2 people instead of "
         "3\n"},
        {"groups = [\"Stema\"]\nchannels = [\"Cops\"]",
         "refused: route r · step 1: this workspace has no user group \"Stema\"\n"
         "route r · step 1: asks nobody: it is passed over, and the next step asked in its place\n"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.steps);
        CHECK(lint(route(row.steps)) == row.told);
    }
}

TEST_CASE("policy lint: teams, admins and the owner of dead letters are there")
{
    CHECK(lint("[roles]\nadmins = [\"Ugone\"]\n[escalation]\ndead_letter_owner = \"Ugone\"\n") ==
          "roles · admins: all of them are gone: nobody in the chat could change the policy\n"
          "escalation · dead letter owner: Gus is gone: what nobody answered would be told to nobody\n");
    CHECK(lint("[[team]]\nname = \"web\"\nmembers = [\"Uann\"]\n") ==
          "team web: has no lead: only admins could change it\n");
    CHECK(lint("[[team]]\nname = \"web\"\nleads = [\"Ugone\", \"Ubo\"]\n") ==
          "team web · leads: Gus is gone\n");
    CHECK(lint("[[team]]\nname = \"web\"\nleads = [\"Uann\"]\nmembers = [\"Uan\"]\n") ==
          "refused: team web · members: this workspace has no member \"Uan\"; did you mean \"Uann\"?\n");
}

TEST_CASE("policy lint: a watched channel is one that we are in, with somebody who answers")
{
    struct Row {
        const char* channel;
        const char* told;
    };
    const Row rows[] = {
        {"channel = \"Chelp\"\npeople = [\"Uann\"]", ""},
        {"channel = \"Chelp\"\ngroups = [\"Steam\"]", ""},
        {"channel = \"Cnew\"\npeople = [\"Uann\"]",
         "channel Cnew: ackd is not in it: nothing that is asked there is noticed until it is invited\n"},
        {"channel = \"Cold\"\npeople = [\"Uann\"]",
         "channel #old: is archived: nobody can ask anything there\n"},
        {"channel = \"Chelp\"",
         "channel #help: has nobody who answers: what asks nobody in particular would wait for whoever comes by\n"},
        {"channel = \"Chelp\"\nwatch = \"mentions\"", ""},
        {"channel = \"Chelp\"\npeople = [\"Ugone\", \"Uann\"]", "channel #help · people: Gus is gone\n"},
        {"channel = \"Chelp\"\npeople = [\"Ugone\", \"Ubot\"]\ngroups = [\"Soff\", \"Sempty\"]",
         "channel #help · people: Gus is gone\n"
         "channel #help · people: Deploy is no person\n"
         "channel #help · groups: the group @off is switched off\n"
         "channel #help: none of those who answer can be asked: what asks nobody in particular would wait for "
         "whoever comes by\n"},
        {"channel = \"Chelp\"\npeople = [\"Uan\", \"Ubo\"]\ngroups = [\"Shelp\"]",
         "refused: channel #help · people: this workspace has no member \"Uan\"; did you mean \"Uann\"?\n"
         "refused: channel #help · groups: this workspace has no user group \"Shelp\"\n"},
        {"channel = \"Chelp\"\npeople = [\"Uann\"]\nzone = \"Europe/Berlin\"",
         "channel #help: has a zone, and no hours of its own: the zone counts for nothing\n"},
        // One that is switched off can have no holes, but it names nobody who is not there.
        {"channel = \"Cnew\"\nwatch = \"off\"", ""},
        {"channel = \"Cnew\"\nwatch = \"off\"\npeople = [\"Ucyy\"]",
         "refused: channel Cnew · people: this workspace has no member \"Ucyy\"; did you mean \"Ucy\"?\n"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.channel);
        CHECK(lint(std::string{"[[channel]]\n"} + row.channel + "\n") == row.told);
    }
}

TEST_CASE("policy lint: a source shows its alerts somewhere, and raises them to somebody")
{
    const auto source = [](const std::string& lines) {
        return "[[source]]\nname = \"a\"\nchannel = \"Chelp\"\n" + lines + "\n" +
               route("people = [\"Uann\", \"Ubo\"]");
    };
    CHECK(lint(source("route = \"r\"")) == "");
    CHECK(lint(source("route = \"rr\"")) == "refused: source a · route: there is no route \"rr\"\n");
    CHECK(
        lint(source("")) ==
        "source a · route: there is no route \"default\": nobody would be asked, and each of its alerts would be "
        "given up\n");
    CHECK(lint(source("priority = \"fyi\"")) == "");
    CHECK(lint("[[source]]\nname = \"a\"\nchannel = \"Cold\"\npriority = \"fyi\"\n") ==
          "source a · channel: #old is archived: its alerts would be shown nowhere\n");
    CHECK(lint("[[source]]\nname = \"a\"\nchannel = \"Cnew\"\npriority = \"fyi\"\n") ==
          "source a · channel: ackd is not in Cnew: its alerts would be shown nowhere\n");
}

TEST_CASE("policy lint: where nobody is known yet, nobody is missing")
{
    const PolicyReading reading = read_policy("[roles]\nadmins = [\"U1\"]\n"
                                              "[[channel]]\nchannel = \"C1\"\ngroups = [\"S1\"]\n" +
                                              route("groups = [\"S1\"]\npeople = [\"U2\"]"));
    CHECK(lint_policy(reading.document.policy, PolicyGround{}).empty());
}

TEST_CASE("policy lint: what shows who is on call must be there, and ackd in it")
{
    const std::string rotation = "[[rotation]]\nname = \"ops\"\npeople = [\"Uann\", \"Ubo\"]\n"
                                 "starts = \"2026-01-05\"\n";
    struct Row {
        const char* places;
        const char* found;
    };
    const Row rows[] = {
        {"topic = \"Chelp\"\ngroup = \"Steam\"\n", ""},
        {"topic = \"Cold\"\n",
         "rotation ops · topic: #old is archived: its topic would not show who is on\n"},
        {"topic = \"Cnew\"\n",
         "rotation ops · topic: ackd is not in Cnew: its topic would not show who is on\n"},
        {"group = \"Soff\"\n",
         "rotation ops · group: the group @off is switched off: it would not hold who is on\n"},
        {"group = \"Sincidents\"\n",
         "refused: rotation ops · group: this workspace has no user group \"Sincidents\"\n"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.places);
        CHECK(lint(rotation + row.places) == row.found);
    }
}
