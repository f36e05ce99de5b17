// What the adapter reads of the workspace by itself: who we are, all members, all groups. Each call is one
// round of Web API calls without retries; the faults are those of slack_api.hpp.
#pragma once

#include "adapters/slack/own_identity.hpp"
#include "adapters/slack/slack_api.hpp"
#include "bot/input.hpp"

#include <string>
#include <vector>

namespace ackd::slack {

/// auth.test. A Fault `configuration` also when scopes that we cannot start without were not
/// granted; it names them all.
[[nodiscard]] Task<Result<OwnIdentity>> read_identity(SlackApi& api);

/// One page of users.list; `cursor` is empty for the first, and empties for the last.
[[nodiscard]] Task<Result<std::vector<Member>>> read_members(SlackApi& api,
                                                             std::string own_team,
                                                             std::string& cursor);

/// usergroups.list. A workspace whose plan has no groups has none.
[[nodiscard]] Task<Result<std::vector<UserGroup>>> read_groups(SlackApi& api);

/// One page of users.conversations: the channels, public and private, that we are in. `cursor` as above.
[[nodiscard]] Task<Result<std::vector<Conversation>>> read_conversations(SlackApi& api, std::string& cursor);

/// dnd.teamInfo of these people, at most 50 of them. Those of whom Slack says nothing that can be are left
/// out; `told_at` is left to who asks.
[[nodiscard]] Task<Result<std::vector<DoNotDisturbChanged>>> read_do_not_disturb(SlackApi& api,
                                                                                 std::vector<UserId> people);

/// `response_metadata.next_cursor`; empty at the end.
[[nodiscard]] std::string next_cursor(JsonValue answer);

}  // namespace ackd::slack
