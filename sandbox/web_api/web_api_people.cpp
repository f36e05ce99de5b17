#include "sandbox/app/app_manifest.hpp"
#include "sandbox/model/slack_objects.hpp"
#include "sandbox/web_api/web_api.hpp"

namespace sandbox {

Outcome<Json> WebApi::auth_test(Call&)
{
    const Team& team = workspace_.team();
    const User* bot = workspace_.find_user(team.bot_user);
    return Json{{"url", "https://" + team.domain + ".slack.com/"},
                {"team", team.name},
                {"team_id", team.id},
                {"user", bot == nullptr ? team.app_name : bot->name},
                {"user_id", team.bot_user.value},
                {"bot_id", team.bot_id},
                {"app_id", team.app_id},
                {"app_name", team.app_name},
                {"is_enterprise_install", false}};
}

Outcome<Json> WebApi::apps_connections_open(Call& call)
{
    const auto url = open_connection_(call.wall);
    if (!url) return Refusal{"access_denied", {"[ERROR] Socket Mode is off for this app"}};
    return Json{{"url", *url}};
}

Outcome<Json> WebApi::apps_manifest_validate(Call& call)
{
    if (!call.arguments.has("manifest")) return Refusal{"invalid_arguments"};
    static_cast<void>(call.arguments.has("app_id"));
    const auto manifest = call.arguments.structured("manifest", "invalid_manifest");
    if (!manifest) return manifest.error();
    const auto installation = read_manifest(*manifest);
    if (!installation) return installation.error();
    return Json::object();
}

Outcome<Json> WebApi::users_info(Call& call)
{
    const User* user = workspace_.find_user(UserId{call.arguments.text("user")});
    if (user == nullptr) return Refusal{"user_not_found"};
    Json object = user_object(*user, workspace_.team());
    if (!has_scope("users:read.email")) object["profile"].erase("email");
    if (call.arguments.flag("include_locale")) object["locale"] = user->locale;
    return Json{{"user", std::move(object)}};
}

Outcome<Json> WebApi::users_list(Call& call)
{
    const bool shows_email = has_scope("users:read.email");
    const bool shows_locale = call.arguments.flag("include_locale");
    static_cast<void>(call.arguments.has("team_id"));
    std::vector<Json> members;
    for (const auto& [id, user] : workspace_.users()) {
        Json object = user_object(user, workspace_.team());
        if (!shows_email) object["profile"].erase("email");
        if (shows_locale) object["locale"] = user.locale;
        members.push_back(std::move(object));
    }
    auto result = page(call, "members", members);
    if (result) (*result)["cache_ts"] = unix_seconds(call.now);
    return result;
}

Outcome<Json> WebApi::usergroups_list(Call& call)
{
    const GroupUsers users = call.arguments.flag("include_users") ? GroupUsers::included
                                                                  : GroupUsers::left_out;
    const bool shows_disabled = call.arguments.flag("include_disabled");
    const bool shows_count = call.arguments.flag("include_count");
    static_cast<void>(call.arguments.has("team_id"));
    Json groups = Json::array();
    for (const auto& [id, group] : workspace_.groups()) {
        if (group.disabled_at && !shows_disabled) continue;
        Json object = group_object(group, workspace_.team(), users);
        if (!shows_count) object.erase("user_count");
        groups.push_back(std::move(object));
    }
    return Json{{"usergroups", std::move(groups)}};
}

Outcome<Json> WebApi::usergroups_users_list(Call& call)
{
    const UserGroup* group = workspace_.find_group(GroupId{call.arguments.text("usergroup")});
    const bool is_hidden = group != nullptr && group->disabled_at && !call.arguments.flag("include_disabled");
    if (group == nullptr || is_hidden) return Refusal{"no_such_subteam"};
    Json users = Json::array();
    for (const UserId& user : group->users) users.push_back(user.value);
    return Json{{"users", std::move(users)}};
}

Outcome<Json> WebApi::usergroups_users_update(Call& call)
{
    static_cast<void>(call.arguments.has("team_id"));
    std::vector<UserId> users;
    for (const std::string& id : call.arguments.list("users")) users.emplace_back(id);
    const auto group = workspace_.change_members(GroupId{call.arguments.text("usergroup")}, users, call.now);
    if (!group) return group.error();
    Json object = group_object(*workspace_.find_group(*group), workspace_.team(), GroupUsers::included);
    if (!call.arguments.flag("include_count")) object.erase("user_count");
    return Json{{"usergroup", std::move(object)}};
}

Outcome<Json> WebApi::team_info(Call& call)
{
    const Team& team = workspace_.team();
    if (call.arguments.has("team") && call.arguments.text("team") != team.id)
        return Refusal{"team_not_found"};
    return Json{{"team",
                 {{"id", team.id},
                  {"name", team.name},
                  {"domain", team.domain},
                  {"email_domain", ""},
                  {"url", "https://" + team.domain + ".slack.com/"},
                  {"icon", {{"image_default", true}}}}}};
}

Outcome<Json> WebApi::dnd_info(Call& call)
{
    static_cast<void>(call.arguments.has("team_id"));
    const UserId id = call.arguments.has("user") ? UserId{call.arguments.text("user")}
                                                 : workspace_.team().bot_user;
    const User* user = workspace_.find_user(id);
    if (user == nullptr) return Refusal{"user_not_found"};
    return dnd_object(*user, call.now);
}

Outcome<Json> WebApi::dnd_team_info(Call& call)
{
    constexpr std::size_t people_max = 50;
    static_cast<void>(call.arguments.has("team_id"));
    const auto people = call.arguments.list("users");
    if (people.empty()) return Refusal{"no_users_provided"};
    if (people.size() > people_max) return Refusal{"too_many_users"};
    Json users = Json::object();
    for (const std::string& id : people) {
        const User* user = workspace_.find_user(UserId{id});
        if (user != nullptr && !user->deleted) users[id] = dnd_object(*user, call.now);
    }
    return Json{{"users", std::move(users)}};
}

}  // namespace sandbox
