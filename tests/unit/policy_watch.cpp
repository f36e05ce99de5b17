// Holes in the policy are told to the admins, once.
#include "bot/policy/policy_handlers.hpp"
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

Settings with_incident_route()
{
    Settings settings;
    settings.admins = {UserId{"Uann"}};
    Route route;
    route.name = "incident";
    route.steps.resize(1);
    route.steps[0].targets = {UserId{"Ubo"}, UserId{"Ucy"}, UserId{"Udi"}};
    settings.routes.emplace("incident", route);
    return settings;
}

}  // namespace

TEST_CASE("policy watch: who left a route is told to the admins the next morning, with what it costs, once")
{
    Workspace workspace{with_incident_route()};
    workspace.advance_to(utc("2026-03-04 12:00"));
    CHECK(workspace.to("Uann").empty());

    workspace.join("Ubo", "Bo", "Etc/UTC", MemberKind::person, true);
    workspace.join("Ucy", "Cy", "Etc/UTC", MemberKind::person, true);
    workspace.advance_to(utc("2026-03-05 08:59"));
    CHECK(workspace.to("Uann").empty());
    workspace.advance_to(utc("2026-03-05 09:00"));
    REQUIRE(workspace.to("Uann").size() == 1);
    CHECK(text_of(workspace.last_to("Uann").now) ==
          "The policy has holes that were not there before:\n"
          "route incident · step 1: Bo is gone\n"
          "route incident · step 1: Cy is gone\n"
          "route incident: hangs on Di alone: a problem at priority now would reach one person instead of 3\n"
          "~ To mend it: `/ackd setup`\n");
    CHECK(workspace.to("Udi").empty());
    workspace.advance_to(utc("2026-03-10 12:00"));
    CHECK(workspace.to("Uann").size() == 1);

    // Mended and broken anew, it is told anew.
    workspace.join("Ubo", "Bo");
    workspace.advance_to(utc("2026-03-11 12:00"));
    CHECK(workspace.to("Uann").size() == 2);  // now 1 of 3 is gone: another hole than before
    workspace.join("Ubo", "Bo", "Etc/UTC", MemberKind::person, true);
    workspace.advance_to(utc("2026-03-12 12:00"));
    CHECK(workspace.to("Uann").size() == 3);
}

TEST_CASE("policy watch: where nobody is admin, it is told once somebody is")
{
    Settings settings = with_incident_route();
    settings.admins.clear();
    Workspace workspace{settings};
    workspace.join("Ubo", "Bo", "Etc/UTC", MemberKind::person, true);
    workspace.advance_to(utc("2026-03-04 12:00"));
    CHECK(workspace.posts.empty());
    workspace.take(MemberChanged{Member{UserId{"Uann"}, "Ann", "Etc/UTC", MemberKind::person, false, true}});
    workspace.advance_to(utc("2026-03-05 12:00"));
    CHECK(workspace.to("Uann").size() == 1);
}
