// Who is in the workspace: members with their time zones, and user groups. Kept in step with the chat by
// inputs; read by every handler that resolves or names people.
#pragma once

#include "bot/people/availability.hpp"
#include "bot/people/member.hpp"
#include "storage/connection.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ackd {

class Directory {
public:
    Directory(storage::Connection& connection, std::string default_zone);

    void save(const Member& member);
    void save(const UserGroup& group);

    [[nodiscard]] std::optional<Member> find(const UserId& id) const;
    [[nodiscard]] std::optional<UserGroup> find_group(const GroupId& id) const;

    /// The chat's own administrators who are there, by id; at most a hundred.
    [[nodiscard]] std::vector<UserId> administrators() const;

    /// By what people type: "@name", "name" or an id. Nothing when no one or more than one fits.
    [[nodiscard]] std::optional<UserId> find_by_name(std::string_view typed) const;
    [[nodiscard]] std::optional<GroupId> find_group_by_handle(std::string_view typed) const;
    /// Those with somebody in them, by handle.
    [[nodiscard]] std::vector<UserGroup> groups_to_offer(std::size_t count_max) const;

    /// What people call them; the id when the chat told us no name.
    [[nodiscard]] std::string name_of(const UserId& id) const;
    /// Unknown people have the workspace's default zone.
    [[nodiscard]] WorkingHours working_hours_of(const UserId& id) const;

    void set_default_zone(std::string zone);

private:
    storage::Connection& connection_;
    std::string default_zone_;
    /// Zones looked up before: a search in the tz database costs more than everything else a rule does.
    mutable std::map<std::string, WorkingHours, std::less<>> zones_;
};

}  // namespace ackd
