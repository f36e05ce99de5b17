// What a look at Slack means for a person who sets ackd up: each verdict is a pure function of what was seen.
#pragma once

#include "adapters/slack/manifest.hpp"
#include "adapters/slack/workspace_probe.hpp"
#include "bot/cli/configuration.hpp"
#include "bot/cli/finding.hpp"

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace ackd::cli {

inline constexpr std::chrono::seconds clock_skew_max{30};
inline constexpr std::chrono::hours certificate_rest_min{24 * 7};

[[nodiscard]] Finding judge_tls(const Result<std::optional<slack::TlsFacts>>& tls,
                                const slack::Endpoint& api,
                                std::chrono::sys_seconds now);
[[nodiscard]] Finding judge_clock(std::optional<std::chrono::seconds> clock_ahead);
[[nodiscard]] Finding judge_bot_token(const Result<slack::BotAccount>& bot);
/// Every missing one is named with its reason.
[[nodiscard]] Finding judge_scopes(const Result<slack::BotAccount>& bot,
                                   const slack::OptionalUses& uses = {});
[[nodiscard]] Finding judge_app_token(const Result<slack::SocketLook>& socket);
[[nodiscard]] Finding judge_socket(const Result<slack::SocketLook>& socket);
[[nodiscard]] Finding judge_channels(const Result<slack::Memberships>& memberships,
                                     std::string_view bot_name);
[[nodiscard]] Finding judge_rate_limits(const Result<slack::BotAccount>& bot,
                                        const std::vector<slack::LimitedCall>& limited);

/// Whether the bot token is of the workspace that the database belongs to. `of_database`: its id; empty: no
/// database, or none that has seen a workspace yet.
[[nodiscard]] Finding judge_workspace_of_database(const Result<slack::BotAccount>& bot,
                                                  std::string_view of_database);

/// All but the last, in the order in which a person would repair them. In HTTP mode there is no app-level
/// token and no socket to be looked at.
[[nodiscard]] std::vector<Finding> judge_workspace(const slack::WorkspaceLook& look,
                                                   const slack::Endpoint& api,
                                                   std::chrono::sys_seconds now,
                                                   SlackMode mode,
                                                   const slack::OptionalUses& uses = {});

}  // namespace ackd::cli
