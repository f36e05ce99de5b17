#include "adapters/slack/workspace_reading.hpp"

#include "adapters/slack/do_not_disturb_status.hpp"
#include "adapters/slack/manifest.hpp"
#include "adapters/slack/member_listing.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <utility>

namespace ackd::slack {
namespace {

/// Those among the missing scopes without which the daemon does not run.
std::vector<std::string_view> missing_to_start(std::string_view granted)
{
    std::vector<std::string_view> missing;
    for (const ScopeUse& scope : missing_scopes(granted)) {
        if (scope.need == ScopeNeed::to_start) missing.push_back(scope.name);
    }
    return missing;
}

}  // namespace

std::string next_cursor(JsonValue answer)
{
    const auto metadata = member_of(answer, "response_metadata");
    return metadata ? std::string{text_of(*metadata, "next_cursor")} : std::string{};
}

Task<Result<OwnIdentity>> read_identity(SlackApi& api)
{
    ApiCall call{"auth.test"};
    auto answer = co_await api.call(std::move(call));
    if (!answer) co_return answer.error();
    const JsonValue root = answer->root();

    const std::vector<std::string_view> missing = missing_to_start(answer->granted_scopes());
    if (!missing.empty()) {
        co_return Fault{
            FaultKind::configuration,
            fmt::format("the bot token lacks the scope{} {}. Add {} under OAuth & Permissions in the app's "
                        "settings and reinstall the app to the workspace",
                        missing.size() == 1 ? "" : "s",
                        fmt::join(missing, ", "),
                        missing.size() == 1 ? "it" : "them")};
    }
    if (truth_of(root, "is_enterprise_install")) {
        co_return Fault{FaultKind::configuration,
                        "the app is installed for a whole organisation, and ackd serves one workspace. "
                        "Install it to the workspace, and set the SLACK_BOT_TOKEN that belongs to it"};
    }
    OwnIdentity identity;
    identity.team = text_of(root, "team_id");
    identity.workspace_url = text_of(root, "url");
    if (!identity.workspace_url.empty() && identity.workspace_url.back() != '/')
        identity.workspace_url += '/';
    identity.bot_user = UserId{std::string{text_of(root, "user_id")}};
    identity.bot = text_of(root, "bot_id");
    identity.app = text_of(root, "app_id");
    if (identity.bot_user.empty()) {
        co_return Fault{FaultKind::temporary, "auth.test did not say who we are; is the API address right?"};
    }
    co_return identity;
}

Task<Result<std::vector<Member>>> read_members(SlackApi& api, std::string own_team, std::string& cursor)
{
    ApiCall call{"users.list"};
    call.with("limit", "500").with("cursor", cursor);
    auto answer = co_await api.call(std::move(call));
    if (!answer) co_return answer.error();
    std::vector<Member> members;
    for (const JsonValue user : items_of(answer->root(), "members")) {
        if (auto member = member_from(user, own_team)) members.push_back(std::move(*member));
    }
    cursor = next_cursor(answer->root());
    co_return members;
}

Task<Result<std::vector<Conversation>>> read_conversations(SlackApi& api, std::string& cursor)
{
    ApiCall call{"users.conversations"};
    call.with("types", "public_channel,private_channel").with("limit", "200").with("cursor", cursor);
    auto answer = co_await api.call(std::move(call));
    if (!answer) co_return answer.error();
    std::vector<Conversation> conversations;
    for (const JsonValue channel : items_of(answer->root(), "channels")) {
        Conversation& conversation = conversations.emplace_back();
        conversation.id = ChannelId{std::string{text_of(channel, "id")}};
        conversation.name = text_of(channel, "name");
        conversation.is_archived = truth_of(channel, "is_archived");
        conversation.is_private = !member_of(channel, "is_private") || truth_of(channel, "is_private");
        if (conversation.id.empty()) conversations.pop_back();
    }
    cursor = next_cursor(answer->root());
    co_return conversations;
}

Task<Result<std::vector<UserGroup>>> read_groups(SlackApi& api)
{
    ApiCall call{"usergroups.list"};
    call.with("include_users", "true").with("include_disabled", "true");
    auto answer = co_await api.call(std::move(call));
    std::vector<UserGroup> groups;
    if (!answer) {
        if (answer.error().detail != "plan_upgrade_required") co_return answer.error();
        spdlog::info("event=groups_unavailable reason=plan_upgrade_required");
        co_return groups;
    }
    for (const JsonValue subteam : items_of(answer->root(), "usergroups")) {
        if (auto group = group_from(subteam)) groups.push_back(std::move(*group));
    }
    co_return groups;
}

Task<Result<std::vector<DoNotDisturbChanged>>> read_do_not_disturb(SlackApi& api, std::vector<UserId> people)
{
    std::string ids;
    for (const UserId& person : people) ids += (ids.empty() ? "" : ",") + person.value;
    ApiCall call{"dnd.teamInfo"};
    call.with("users", ids);
    auto answer = co_await api.call(std::move(call));
    if (!answer) co_return answer.error();
    std::vector<DoNotDisturbChanged> told;
    const auto users = member_of(answer->root(), "users");
    for (const UserId& person : people) {
        const auto status = users ? member_of(*users, person.value) : std::nullopt;
        auto changed = status ? do_not_disturb_from(person.value, *status) : std::nullopt;
        if (changed) told.push_back(std::move(*changed));
    }
    co_return told;
}

}  // namespace ackd::slack
