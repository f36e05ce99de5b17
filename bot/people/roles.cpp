#include "bot/people/roles.hpp"

#include "bot/people/eligibility.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

struct PermissionRow {
    Permission permission;
    std::string_view words;
    /// In the order of all_roles.
    std::array<bool, all_roles.size()> is_granted;
};

constexpr std::array<PermissionRow, all_permissions.size()> table{{
    //                                                                 member lead   admin  auditor
    {Permission::ask, "ask others for an answer", {true, true, true, true}},
    {Permission::look_at_policy, "see the policy", {true, true, true, true}},
    {Permission::change_team,
     "change a team's hours, members and leads, and how its channel is watched",
     {false, true, true, false}},
    {Permission::change_policy,
     "change hours, limits, routes, rotations and other channels, add a team",
     {false, false, true, false}},
    {Permission::read_journal, "read the time line of any request", {false, false, false, true}},
    {Permission::see_team_cost, "see what ackd costs a team, on average", {false, true, true, false}},
    {Permission::mute_source, "mute a source of alerts for some hours", {true, true, true, true}},
    {Permission::name_causes, "say why a dead letter was not answered", {false, false, true, false}},
}};

const PermissionRow& row_of(Permission permission)
{
    return *std::find_if(table.begin(), table.end(), [permission](const PermissionRow& row) {
        return row.permission == permission;
    });
}

bool contains(const std::vector<UserId>& people, const UserId& person)
{
    return std::find(people.begin(), people.end(), person) != people.end();
}

std::vector<UserId> admins_of(const Policy& policy, const Directory& directory)
{
    return policy.admins.empty() ? directory.administrators() : policy.admins;
}

/// Guests, people of other organisations, bots and who has left have no role at all.
bool may_have_a_role(const Directory& directory, const UserId& person)
{
    const auto member = directory.find(person);
    return may_start(member) && is_present(member);
}

bool has_role(
    const Policy& policy, const Directory& directory, const UserId& person, Role role, const Team* team)
{
    switch (role) {
        case Role::member: return true;
        case Role::lead: return team != nullptr && contains(team->leads, person);
        case Role::admin: return contains(admins_of(policy, directory), person);
        case Role::auditor: return contains(policy.auditors, person);
    }
    return false;
}

std::string plural_of(Role role, const Team* team)
{
    if (role == Role::lead) return team == nullptr ? "a team's leads" : "leads of " + team->name;
    return fmt::format("{}s", name_of(role));
}

}  // namespace

std::string_view name_of(Role role)
{
    switch (role) {
        case Role::member: return "member";
        case Role::lead: return "lead";
        case Role::admin: return "admin";
        case Role::auditor: return "auditor";
    }
    return "?";
}

std::string_view words_of(Permission permission)
{
    return row_of(permission).words;
}

bool is_granted(Permission permission, Role role)
{
    return row_of(permission).is_granted[static_cast<std::size_t>(role)];
}

bool may(const Policy& policy,
         const Directory& directory,
         const UserId& person,
         Permission permission,
         const Team* team)
{
    if (!may_have_a_role(directory, person)) return false;
    return std::any_of(all_roles.begin(), all_roles.end(), [&](Role role) {
        return is_granted(permission, role) && has_role(policy, directory, person, role, team);
    });
}

std::vector<UserId> people_with(Role role, const Policy& policy, const Directory& directory, const Team* team)
{
    std::vector<UserId> people;
    switch (role) {
        case Role::member: break;
        case Role::lead:
            if (team != nullptr) people = team->leads;
            break;
        case Role::admin: people = admins_of(policy, directory); break;
        case Role::auditor: people = policy.auditors; break;
    }
    std::erase_if(people, [&](const UserId& person) { return !may_have_a_role(directory, person); });
    return people;
}

std::string refusal_words(const Policy& policy,
                          const Directory& directory,
                          Permission permission,
                          const Team* team)
{
    constexpr std::size_t names_max = 10;
    std::vector<std::string> roles;
    std::vector<UserId> people;
    for (const Role role : all_roles) {
        if (!is_granted(permission, role) || (role == Role::lead && team == nullptr)) continue;
        roles.push_back(plural_of(role, team));
        for (const UserId& person : people_with(role, policy, directory, team)) {
            if (!contains(people, person)) people.push_back(person);
        }
    }
    std::vector<std::string> names;
    for (const UserId& person : people) {
        if (names.size() < names_max) names.push_back(directory.name_of(person));
    }
    if (people.size() > names_max) names.push_back(fmt::format("and {} more", people.size() - names_max));
    return names.empty()
               ? fmt::format("Only {} can do this, and there is nobody. Whoever runs ackd can: "
                             "`ackd policy`.",
                             fmt::join(roles, " and "))
               : fmt::format("Only {} can do this: {}.", fmt::join(roles, " and "), fmt::join(names, ", "));
}

std::vector<std::string> roles_as_lines()
{
    std::vector<std::string> lines;
    for (const PermissionRow& row : table) {
        std::vector<std::string> roles;
        const bool is_for_all = row.is_granted[static_cast<std::size_t>(Role::member)];
        for (const Role role : all_roles) {
            if (is_granted(row.permission, role)) roles.push_back(plural_of(role, nullptr));
        }
        lines.push_back(fmt::format("{}: {}",
                                    row.words,
                                    is_for_all ? std::string{"every member"}
                                               : fmt::format("{}", fmt::join(roles, ", "))));
    }
    return lines;
}

}  // namespace ackd
