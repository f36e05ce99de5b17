#include "adapters/slack/workspace_listing.hpp"

#include "adapters/slack/log_text.hpp"
#include "adapters/slack/socket_pool.hpp"
#include "adapters/slack/workspace_reading.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace ackd::slack {
namespace {

/// Groups that change in quick succession are read once.
constexpr std::chrono::milliseconds group_reading_pause{2'000};

/// One sentence for a person; nothing has been posted anywhere.
std::string other_workspace(const std::string& known, const OwnIdentity& identity)
{
    return fmt::format("this database belongs to the workspace {}, and the bot token to {} ({}). Nothing was "
                       "posted. Use the tokens of {}, or a state directory of its own for {} (--state-dir)",
                       known,
                       identity.team,
                       identity.workspace_url,
                       known,
                       identity.team);
}

/// Slack will never list these to us; what we do without a list, we still do.
bool is_hopeless(std::string_view what, const Fault& fault)
{
    if (fault.kind != FaultKind::permanent) return false;
    spdlog::error("event=listing_refused what={} reason=\"{}\"", what, for_log(fault.detail));
    return true;
}

}  // namespace

WorkspaceListing::WorkspaceListing(IoExecutor executor,
                                   ListingSurroundings surroundings,
                                   std::chrono::minutes refresh_every,
                                   Listeners listeners)
    : surroundings_(surroundings),
      refresh_every_(refresh_every),
      listeners_(std::move(listeners)),
      timer_(executor)
{}

Task<bool> WorkspaceListing::begin(OwnIdentity& identity)
{
    const bool identity_known = co_await learn_identity(identity);
    if (!identity_known) co_return false;
    const bool members_listed = co_await list_members();
    if (!members_listed) co_return false;
    const bool groups_listed = co_await list_groups();
    if (!groups_listed) co_return false;
    co_return co_await list_conversations();
}

void WorkspaceListing::groups_changed()
{
    groups_stale_ = true;
    timer_.cancel();
}

void WorkspaceListing::conversations_changed()
{
    conversations_stale_ = true;
    timer_.cancel();
}

Task<bool> WorkspaceListing::wait_to_retry(Fault fault, int attempt)
{
    if (surroundings_.pauses.raised()) co_return false;
    if (fault.kind == FaultKind::configuration) {
        listeners_.on_hopeless(fault.detail);
        co_return false;
    }
    constexpr double smallest = 1.0 / 4'294'967'296.0;  // 2^-32
    constexpr std::chrono::milliseconds wait_min{200};
    const double random = static_cast<double>(randomness_()) * smallest;
    const auto wait = std::max({backoff_delay(attempt, random, PoolLimits{}), fault.retry_after, wait_min});
    spdlog::warn("event=slack_call_failed text=\"{}; trying again in {:.1f} s\"",
                 for_log(fault.detail),
                 std::chrono::duration<double>(wait).count());
    co_return co_await pause_for(surroundings_.pauses, wait);
}

Task<bool> WorkspaceListing::learn_identity(OwnIdentity& identity)
{
    for (int attempt = 0;; ++attempt) {
        auto answer = co_await read_identity(surroundings_.api);
        if (answer) {
            identity = std::move(*answer);
            break;
        }
        const bool again = co_await wait_to_retry(answer.error(), attempt);
        if (!again) co_return false;
    }
    if (!expected_.empty() && identity.team != expected_) {
        listeners_.on_hopeless(other_workspace(expected_, identity));
        co_return false;
    }
    spdlog::info("event=workspace_known team={} bot_user={} bot={}",
                 identity.team,
                 identity.bot_user.value,
                 identity.bot);
    own_team_ = identity.team;
    WorkspaceKnown known;
    known.workspace = identity.team;
    known.bot_user = identity.bot_user;
    known.bot = identity.bot;
    co_return co_await hand_over(surroundings_, std::move(known));
}

Task<bool> WorkspaceListing::list_members()
{
    std::string cursor;
    std::size_t count = 0;
    int attempt = 0;
    do {
        std::string next = cursor;
        auto members = co_await read_members(surroundings_.api, own_team_, next);
        if (!members) {
            const bool cursor_expired = members.error().detail == "invalid_cursor";
            if (cursor_expired) cursor.clear();
            if (!cursor_expired && is_hopeless("members", members.error())) co_return true;
            const bool again = co_await wait_to_retry(members.error(), attempt++);
            if (!again) co_return false;
            continue;
        }
        attempt = 0;
        cursor = std::move(next);
        count += members->size();
        MembersListed listed;
        listed.members = *members;
        const bool taken = co_await hand_over(surroundings_, std::move(listed));
        if (!taken) co_return false;
        listeners_.on_members(*members);
    } while (!cursor.empty() || attempt > 0);
    spdlog::info("event=members_listed count={}", count);
    co_return true;
}

Task<bool> WorkspaceListing::list_groups()
{
    for (int attempt = 0;; ++attempt) {
        auto groups = co_await read_groups(surroundings_.api);
        if (groups) {
            spdlog::info("event=groups_listed count={}", groups->size());
            GroupsListed listed;
            listed.groups = std::move(*groups);
            co_return co_await hand_over(surroundings_, std::move(listed));
        }
        if (is_hopeless("groups", groups.error())) co_return true;
        const bool again = co_await wait_to_retry(groups.error(), attempt);
        if (!again) co_return false;
    }
}

Task<bool> WorkspaceListing::list_conversations()
{
    ConversationsListed listed;
    std::string cursor;
    int attempt = 0;
    do {
        std::string next = cursor;
        auto page = co_await read_conversations(surroundings_.api, next);
        if (!page) {
            if (page.error().detail == "invalid_cursor") {
                cursor.clear();
                listed.conversations.clear();
            } else if (is_hopeless("conversations", page.error())) {
                co_return true;
            }
            const bool again = co_await wait_to_retry(page.error(), attempt++);
            if (!again) co_return false;
            continue;
        }
        attempt = 0;
        cursor = std::move(next);
        listed.conversations.insert(listed.conversations.end(), page->begin(), page->end());
    } while (!cursor.empty() || attempt > 0);
    spdlog::info("event=conversations_listed count={}", listed.conversations.size());
    co_return co_await hand_over(surroundings_, std::move(listed));
}

Task<void> WorkspaceListing::refresh_from_time_to_time()
{
    auto full_at = std::chrono::steady_clock::now() + refresh_every_;
    while (!surroundings_.pauses.raised()) {
        if (!groups_stale_ && !conversations_stale_) {
            timer_.expires_at(full_at);
            [[maybe_unused]] const auto [woken] = co_await timer_.async_wait(no_throw);
            if (surroundings_.pauses.raised()) co_return;
        }
        if (groups_stale_) {
            const bool waited = co_await pause_for(surroundings_.pauses, group_reading_pause);
            if (!waited) co_return;
        }
        if (std::chrono::steady_clock::now() >= full_at) {
            full_at = std::chrono::steady_clock::now() + refresh_every_;
            const bool members_listed = co_await list_members();
            if (!members_listed) co_return;
            groups_stale_ = conversations_stale_ = true;
        }
        if (std::exchange(conversations_stale_, false)) {
            const bool conversations_listed = co_await list_conversations();
            if (!conversations_listed) co_return;
        }
        if (!std::exchange(groups_stale_, false)) continue;
        const bool groups_listed = co_await list_groups();
        if (!groups_listed) co_return;
    }
}

}  // namespace ackd::slack
