#include "bot/people/directory.hpp"

#include "bot/people/eligibility.hpp"
#include "storage/forgotten_table.hpp"

#include <algorithm>
#include <utility>

namespace ackd {

namespace {

/// Of somebody who asked to be forgotten, and whom somebody else names.
constexpr const char* forgotten_name = "somebody";

std::string_view without_at(std::string_view typed)
{
    if (typed.starts_with('@')) typed.remove_prefix(1);
    return typed;
}

}  // namespace

Directory::Directory(storage::Connection& connection, std::string default_zone) : connection_(connection)
{
    settings_.default_zone = std::move(default_zone);
}

void Directory::save(const Member& member)
{
    connection_
        .prepare(R"(INSERT INTO members (id, name, time_zone, kind, deactivated, is_admin)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (id) DO UPDATE
            SET name = excluded.name, time_zone = excluded.time_zone, kind = excluded.kind, deactivated =
            excluded.deactivated, is_admin = excluded.is_admin)")
        .bind_all(member.id.value,
                  member.name,
                  member.time_zone,
                  static_cast<int>(member.kind),
                  member.deactivated ? 1 : 0,
                  member.is_admin ? 1 : 0)
        .run();
    forget_hours(member.id);
}

void Directory::save(const UserGroup& group)
{
    connection_
        .prepare(R"(INSERT INTO user_groups (id, handle, disabled)
            VALUES ($1, $2, $3)
            ON CONFLICT (id) DO UPDATE
            SET handle = excluded.handle, disabled = excluded.disabled)")
        .bind_all(group.id.value, group.handle, group.disabled ? 1 : 0)
        .run();
    connection_.prepare("DELETE FROM user_group_members WHERE group_id = $1").bind(1, group.id.value).run();
    int position = 0;
    storage::Statement insert = connection_.prepare(
        "INSERT INTO user_group_members (group_id, position, member_id) VALUES ($1, $2, $3)");
    for (const UserId& member : group.members) {
        insert.bind_all(group.id.value, position++, member.value).run();
    }
    forget_all_hours();
}

std::optional<Member> Directory::find(const UserId& id) const
{
    storage::Statement row = connection_.prepare(
        "SELECT name, time_zone, kind, deactivated, is_admin FROM members WHERE id = $1");
    row.bind(1, id.value);
    if (!row.step()) {
        if (!storage::ForgottenTable{connection_}.contains(id.value)) return std::nullopt;
        // Neither asked nor called, whoever names them.
        Member forgotten;
        forgotten.id = id;
        forgotten.name = forgotten_name;
        forgotten.deactivated = true;
        return forgotten;
    }
    Member member;
    member.id = id;
    member.name = row.column_string(0);
    member.time_zone = row.column_string(1);
    member.kind = static_cast<MemberKind>(row.column_int(2));
    member.deactivated = row.column_int(3) != 0;
    member.is_admin = row.column_int(4) != 0;
    return member;
}

std::optional<UserGroup> Directory::find_group(const GroupId& id) const
{
    storage::Statement row = connection_.prepare("SELECT handle, disabled FROM user_groups WHERE id = $1");
    row.bind(1, id.value);
    if (!row.step()) return std::nullopt;
    UserGroup group;
    group.id = id;
    group.handle = row.column_string(0);
    group.disabled = row.column_int(1) != 0;
    storage::Statement members = connection_.prepare(
        "SELECT member_id FROM user_group_members WHERE group_id = $1 ORDER BY position");
    members.bind(1, id.value);
    while (members.step()) group.members.emplace_back(members.column_string(0));
    return group;
}

bool Directory::is_empty() const
{
    return !connection_.prepare("SELECT 1 FROM members LIMIT 1").step();
}

std::vector<UserId> Directory::administrators() const
{
    storage::Statement rows = connection_.prepare(
        "SELECT id FROM members WHERE is_admin = 1 AND deactivated = 0 ORDER BY id LIMIT 100");
    std::vector<UserId> ids;
    while (rows.step()) ids.emplace_back(rows.column_string(0));
    return ids;
}

std::vector<UserId> Directory::people_behind(const std::vector<UserId>& people,
                                             const std::vector<GroupId>& groups) const
{
    std::vector<UserId> all = people;
    for (const GroupId& id : groups) {
        const auto group = find_group(id);
        if (group && !group->disabled) all.insert(all.end(), group->members.begin(), group->members.end());
    }
    std::vector<UserId> present;
    for (const UserId& person : all) {
        const bool is_known = std::find(present.begin(), present.end(), person) != present.end();
        if (!is_known && is_present(find(person))) present.push_back(person);
    }
    return present;
}

std::optional<UserId> Directory::find_by_name(std::string_view typed) const
{
    const std::string_view name = without_at(typed);
    storage::Statement row = connection_.prepare(
        "SELECT id FROM members WHERE (lower(name) = lower($1) OR id = $1) AND deactivated = 0 LIMIT 2");
    row.bind(1, name);
    if (!row.step()) return std::nullopt;
    UserId id{row.column_string(0)};
    if (row.step()) return std::nullopt;
    return id;
}

std::optional<GroupId> Directory::find_group_by_handle(std::string_view typed) const
{
    const std::string_view handle = without_at(typed);
    storage::Statement row = connection_.prepare(
        "SELECT id FROM user_groups WHERE (lower(handle) = lower($1) OR id = $1) AND disabled = 0 LIMIT 2");
    row.bind(1, handle);
    if (!row.step()) return std::nullopt;
    GroupId id{row.column_string(0)};
    if (row.step()) return std::nullopt;
    return id;
}

std::vector<UserGroup> Directory::groups_to_offer(std::size_t count_max) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT id
            FROM user_groups
            WHERE disabled = 0
              AND id IN (SELECT group_id FROM user_group_members)
            ORDER BY lower(handle), id
            LIMIT $1)");
    rows.bind(1, static_cast<std::int64_t>(count_max));
    std::vector<UserGroup> groups;
    while (rows.step()) groups.push_back(find_group(GroupId{rows.column_string(0)}).value());
    return groups;
}

std::string Directory::name_of(const UserId& id) const
{
    const auto member = find(id);
    return member && !member->name.empty() ? member->name : id.value;
}

}  // namespace ackd
