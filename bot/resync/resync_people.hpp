// Who speaks for which team in a resync.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/resync/resync.hpp"
#include "bot/resync/resync_round.hpp"

#include <map>
#include <string>
#include <vector>

namespace ackd {

/// Nothing: the policy has none of this name any more.
[[nodiscard]] const Resync* find_resync(const Policy& policy, const std::string& name);
/// Of the team, those who are there.
[[nodiscard]] std::vector<UserId> leads_of(HandlerContext& context, const std::string& team);
/// Those that take part and that the person leads, in the order of the resync.
[[nodiscard]] std::vector<std::string> teams_led(HandlerContext& context,
                                                 const Resync& resync,
                                                 const UserId& person);

/// Whoever leads a team that has not answered yet, with those teams.
[[nodiscard]] std::map<UserId, std::vector<std::string>> leads_without_answer(HandlerContext& context,
                                                                              const Resync& resync,
                                                                              const ResyncRound& round);

}  // namespace ackd
