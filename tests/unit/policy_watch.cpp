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
    Settings settings = straight_settings();
    settings.admins = {UserId{"Uann"}};
    Route route;
    route.name = "incident";
    route.steps.resize(1);
    route.steps[0].targets = {UserId{"Ubo"}, UserId{"Ucy"}, UserId{"Udi"}};
    settings.routes.emplace("incident", route);
    return settings;
}

/// How many messages to the person said so when they came.
int times_told(const Workspace& workspace, const char* person, const char* words)
{
    int count = 0;
    for (const SeenMessage& message : workspace.to(person)) {
        if (text_of(message.first).find(words) != std::string::npos) ++count;
    }
    return count;
}

constexpr const char* one_left =
    "route incident: hangs on Di alone: a problem at priority now would reach one "
    "person instead of 3\n";

}  // namespace

TEST_CASE(
    "policy watch: who left a route is told to the admins with their next digest, with what it costs, once")
{
    Workspace workspace{with_incident_route()};
    workspace.advance_to(utc("2026-03-04 12:00"));
    CHECK(workspace.to("Uann").empty());

    workspace.join("Ubo", "Bo", "Etc/UTC", MemberKind::person, true);
    workspace.join("Ucy", "Cy", "Etc/UTC", MemberKind::person, true);
    workspace.advance_to(utc("2026-03-05 09:29"));
    CHECK(workspace.to("Uann").empty());
    workspace.advance_to(utc("2026-03-05 09:30"));
    CHECK(times_told(workspace, "Uann", one_left) == 1);
    CHECK(times_told(workspace,
                     "Uann",
                     "The policy has holes that were not there before:\n"
                     "route incident · step 1: Bo is gone\n"
                     "route incident · step 1: Cy is gone\n") == 1);
    CHECK(workspace.to("Udi").empty());
    workspace.advance_to(utc("2026-03-10 12:00"));
    CHECK(times_told(workspace, "Uann", one_left) == 1);

    // Mended and broken anew, it is told anew.
    workspace.join("Ubo", "Bo");
    workspace.advance_to(utc("2026-03-11 12:00"));
    CHECK(times_told(workspace, "Uann", "1 of those on it cannot be asked") == 1);
    workspace.join("Ubo", "Bo", "Etc/UTC", MemberKind::person, true);
    workspace.advance_to(utc("2026-03-12 12:00"));
    CHECK(times_told(workspace, "Uann", one_left) == 2);
}

TEST_CASE("policy watch: where nobody is admin, it is told once somebody is")
{
    Settings settings = with_incident_route();
    settings.admins.clear();
    Workspace workspace{settings};
    workspace.join("Ubo", "Bo", "Etc/UTC", MemberKind::person, true);
    workspace.join("Ucy", "Cy", "Etc/UTC", MemberKind::person, true);
    workspace.advance_to(utc("2026-03-04 12:00"));
    CHECK(workspace.posts.empty());
    workspace.take(MemberChanged{Member{UserId{"Uann"}, "Ann", "Etc/UTC", MemberKind::person, false, true}});
    workspace.advance_to(utc("2026-03-05 12:00"));
    CHECK(times_told(workspace, "Uann", one_left) == 1);
}
