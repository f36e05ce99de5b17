#include "adapters/slack/member_listing.hpp"

#include <algorithm>

namespace ackd::slack {
namespace {

bool belongs_to(JsonValue user, std::string_view own_team)
{
    const std::string_view team = text_of(user, "team_id");
    if (own_team.empty() || team.empty() || team == own_team) return true;
    const auto enterprise_user = member_of(user, "enterprise_user");
    if (!enterprise_user) return false;
    for (const JsonValue item : items_of(*enterprise_user, "teams")) {
        std::string_view one;
        if (item.get(one) == simdjson::SUCCESS && one == own_team) return true;
    }
    return false;
}

MemberKind kind_of(JsonValue user, std::string_view own_team)
{
    constexpr std::string_view slackbot = "USLACKBOT";  // says of itself that it is no bot
    if (truth_of(user, "is_bot") || text_of(user, "id") == slackbot) return MemberKind::bot;
    if (truth_of(user, "is_stranger") || !belongs_to(user, own_team)) return MemberKind::external;
    if (truth_of(user, "is_restricted") || truth_of(user, "is_ultra_restricted")) return MemberKind::guest;
    return MemberKind::person;
}

std::string_view name_in(JsonValue user)
{
    const auto profile = member_of(user, "profile");
    for (const char* key : {"display_name", "real_name"}) {
        if (!profile) break;
        if (const std::string_view name = text_of(*profile, key); !name.empty()) return name;
    }
    const std::string_view real_name = text_of(user, "real_name");
    return real_name.empty() ? text_of(user, "name") : real_name;
}

}  // namespace

std::optional<Member> member_from(JsonValue user, std::string_view own_team)
{
    const std::string_view id = text_of(user, "id");
    if (id.empty()) return std::nullopt;
    Member member;
    member.id = UserId{std::string{id}};
    member.name = name_in(user);
    member.time_zone = text_of(user, "tz");
    member.kind = kind_of(user, own_team);
    member.deactivated = truth_of(user, "deleted");
    member.is_admin = truth_of(user, "is_admin") || truth_of(user, "is_owner");
    return member;
}

std::optional<UserGroup> group_from(JsonValue subteam)
{
    const std::string_view id = text_of(subteam, "id");
    if (id.empty()) return std::nullopt;
    UserGroup group;
    group.id = GroupId{std::string{id}};
    group.handle = text_of(subteam, "handle");
    group.disabled = number_of(subteam, "date_delete") > 0;
    for (const JsonValue item : items_of(subteam, "users")) {
        std::string_view user;
        if (item.get(user) == simdjson::SUCCESS && !user.empty())
            group.members.emplace_back(std::string{user});
    }
    return group;
}

}  // namespace ackd::slack
