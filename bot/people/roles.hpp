// Who may do what: one table, used by every command and form, and printed by `/ackd help roles`.
//
// Whoever may write the database on ackd's machine is an operator, and may do what an admin may: the command
// line asks for no role. What belongs to one request (answering it, withdrawing it) goes by who asks and who
// is asked, not by roles.
#pragma once

#include "bot/people/directory.hpp"
#include "bot/people/team.hpp"
#include "bot/settings.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

enum class Role {
    member,   ///< of the workspace
    lead,     ///< of the team that it is about
    admin,    ///< of ackd; where the policy names nobody: the chat's own administrators
    auditor,  ///< reads the journal, and changes nothing
};

inline constexpr std::array all_roles{Role::member, Role::lead, Role::admin, Role::auditor};

enum class Permission {
    ask,             ///< ask others for an answer
    look_at_policy,  ///< see what is decided
    change_team,     ///< a team's hours, members, leads, and how its channel is watched
    change_policy,   ///< everything else: hours, limits, routes, other channels
    read_journal,    ///< the time line of requests that one has no part in
    see_team_cost,   ///< what ackd costs the people of a team on average
    mute_source,     ///< for a few hours nothing is said of a source's alerts
    name_causes,     ///< say why any dead letter was not answered
};

inline constexpr std::array all_permissions{Permission::ask,
                                            Permission::look_at_policy,
                                            Permission::change_team,
                                            Permission::change_policy,
                                            Permission::read_journal,
                                            Permission::see_team_cost,
                                            Permission::mute_source,
                                            Permission::name_causes};

[[nodiscard]] std::string_view name_of(Role role);
/// "change a team's hours and members"
[[nodiscard]] std::string_view words_of(Permission permission);
/// The table.
[[nodiscard]] bool is_granted(Permission permission, Role role);

/// `team`: the one that it is about, where it is about one.
[[nodiscard]] bool may(const Policy& policy,
                       const Directory& directory,
                       const UserId& person,
                       Permission permission,
                       const Team* team = nullptr);

/// Those who have the role and are there: admins or auditors, or leads of `team`. Nobody is listed as a
/// member.
[[nodiscard]] std::vector<UserId> people_with(Role role,
                                              const Policy& policy,
                                              const Directory& directory,
                                              const Team* team = nullptr);

/// "Only leads of platform and admins can do this: Ann, Bo."
[[nodiscard]] std::string refusal_words(const Policy& policy,
                                        const Directory& directory,
                                        Permission permission,
                                        const Team* team = nullptr);

/// The table in lines of text, for `/ackd help roles` and docs/roles.md.
[[nodiscard]] std::vector<std::string> roles_as_lines();

}  // namespace ackd
