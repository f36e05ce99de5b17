// Slack's user and user group objects as Members and UserGroups, wherever they come from: lists or events.
#pragma once

#include "adapters/json/json_reading.hpp"
#include "bot/people/member.hpp"

#include <optional>

namespace ackd::slack {

/// Nothing when it has no id. `own_team` tells members of other organisations; empty: nobody is external by
/// team.
[[nodiscard]] std::optional<Member> member_from(JsonValue user, std::string_view own_team);

/// Nothing when it has no id.
[[nodiscard]] std::optional<UserGroup> group_from(JsonValue subteam);

}  // namespace ackd::slack
