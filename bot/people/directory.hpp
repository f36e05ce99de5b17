// Who is in the workspace: members with their time zones and hours, and user groups. Kept in step with the
// chat by inputs; read by every handler that resolves or names people.
//
// Somebody's working hours are put together from their zone, their own hours or else their team's or else the
// workspace's, the holidays of the workspace and of their teams, their absences and do-not-disturb. Rules ask
// for them all the time, so they are remembered until one of these changes.
#pragma once

#include "bot/people/availability.hpp"
#include "bot/people/do_not_disturb.hpp"
#include "bot/people/member.hpp"
#include "bot/settings.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace ackd {

class Directory {
public:
    Directory(storage::Connection& connection, std::string default_zone);

    void save(const Member& member);
    void save(const UserGroup& group);

    [[nodiscard]] std::optional<Member> find(const UserId& id) const;
    [[nodiscard]] std::optional<UserGroup> find_group(const GroupId& id) const;

    /// The chat has not told of anybody yet: this is its first start.
    [[nodiscard]] bool is_empty() const;

    /// The chat's own administrators who are there, by id; at most a hundred.
    [[nodiscard]] std::vector<UserId> administrators() const;

    /// By what people type: "@name", "name" or an id. Nothing when no one or more than one fits.
    [[nodiscard]] std::optional<UserId> find_by_name(std::string_view typed) const;
    [[nodiscard]] std::optional<GroupId> find_group_by_handle(std::string_view typed) const;
    /// Those with somebody in them, by handle.
    [[nodiscard]] std::vector<UserGroup> groups_to_offer(std::size_t count_max) const;

    /// Those they belong to, by name or by a group, or lead, in the order of the policy.
    [[nodiscard]] std::vector<Team> teams_of(const UserId& id) const;
    /// By name or by a group; leading it is not enough.
    [[nodiscard]] bool is_in(const Team& team, const UserId& id) const;
    /// Everybody behind these names, each once: those who are there.
    [[nodiscard]] std::vector<UserId> people_behind(const std::vector<UserId>& people,
                                                    const std::vector<GroupId>& groups) const;

    /// What people call them; the id when the chat told us no name.
    [[nodiscard]] std::string name_of(const UserId& id) const;
    /// Unknown people have the workspace's default zone.
    [[nodiscard]] WorkingHours working_hours_of(const UserId& id) const;
    /// As they would be without any absence, and with no do-not-disturb.
    [[nodiscard]] WorkingHours working_hours_when_here(const UserId& id) const;

    /// The week they work: their own hours, else their team's, else the workspace's.
    [[nodiscard]] WorkWeek week_of(const UserId& id) const;
    /// Hours of their own; nothing: those of their team or of the workspace again.
    void save_hours(const UserId& id, const std::optional<WorkWeek>& week);
    /// What the chat told last; saved anew, what has passed of it by then stays part of their hours.
    [[nodiscard]] std::optional<DoNotDisturb> do_not_disturb_of(const UserId& id) const;
    void save(const UserId& id, const DoNotDisturb& told);

    /// Zone, hours, holidays and teams of the workspace. Those of the constructor hold until then.
    void use(const Settings& settings);
    /// What was remembered of somebody's hours is put together again: their absences changed.
    void forget_hours(const UserId& id);
    /// The same for everybody: of a transaction that was rolled back, say.
    void forget_all_hours();

private:
    enum class Away { counted, not_counted };
    [[nodiscard]] WorkingHours put_together(const UserId& id, Away away) const;

    storage::Connection& connection_;
    Settings settings_;
    mutable std::unordered_map<UserId, WorkingHours> hours_;
};

}  // namespace ackd
