// A resync as the policy names it: which teams take part, how often, and where the outcome is posted.
//
// What happens: its cadence comes round → the leads of each team are asked in private (a form, filled in
// with what they said last time) → when the time for answers is over one message in the channel says what
// changed and where teams disagree → each disagreement is owed by the leads of both sides until they
// are reconciled, or accept the difference, or the route is used up.
#pragma once

#include "bot/cadence/cadence.hpp"
#include "bot/ids.hpp"

#include <string>
#include <vector>

namespace ackd {

struct Resync {
    std::string name;  ///< unique
    /// Names of teams, at least two, each once.
    std::vector<std::string> teams;
    ChannelId channel;
    Cadence cadence;
    /// Working time from the question to the message in the channel, in the hours that everybody has.
    Duration answers_within = std::chrono::hours{8};
    /// Whose steps are asked when the leads do not settle a disagreement; empty: the default route.
    std::string route;
    friend bool operator==(const Resync&, const Resync&) = default;
};

/// Bounds of what a policy may say.
inline constexpr std::size_t resyncs_max = 50;
inline constexpr std::size_t resync_teams_max = 16;
inline constexpr Duration resync_answers_least = std::chrono::hours{1};
inline constexpr Duration resync_answers_most = std::chrono::hours{80};

}  // namespace ackd
