// The form of a team.
#include "bot/policy/setup_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

void team_fields(FormMaker& make, const Team& team)
{
    if (team.name.empty()) make.text("name", "Name", "", "Lower case, without spaces");
    make.channel("channel", "Home channel", team.channel);
    make.people("members", "Members", team.members);
    make.groups("groups", "Members by user group", team.groups);
    make.people("leads", "Leads", team.leads);
    make.text("hours",
              "Working hours",
              team.hours ? to_text(*team.hours) : "",
              fmt::format("{}. Left empty: those of everybody", week_hint),
              true);
    make.text("zone", "Time zone", team.zone, "For the team's own times, such as Europe/Berlin", true);
    make.text("holidays", "Holidays", fmt::format("{}", fmt::join(team.holidays, ", ")), holidays_hint, true);
}

void take_team(FormTaker& take, const SetupPart& part, Policy& policy)
{
    const auto find = [&policy](const std::string& name) {
        return std::find_if(
            policy.teams.begin(), policy.teams.end(), [&](const Team& team) { return team.name == name; });
    };
    Team team;
    if (part.name.empty())
        team.name = take.name("a team", find(take.text("name")) != policy.teams.end());
    else
        team.name = part.name;
    const auto channel = take.ids<ChannelId>("channel");
    if (!channel.empty()) team.channel = channel.front();
    team.members = take.ids<UserId>("members");
    team.groups = take.ids<GroupId>("groups");
    team.leads = take.ids<UserId>("leads");
    take.zone("zone", team.zone, true);
    if (!take.text("hours").empty()) team.hours = take.week("hours");
    team.holidays = names_in_text(take.text("holidays"));
    const auto known = find(part.name);
    if (!part.name.empty() && known != policy.teams.end())
        *known = std::move(team);
    else
        policy.teams.push_back(std::move(team));
}

}  // namespace ackd
