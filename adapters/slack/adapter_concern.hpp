// What Slack tells the adapter itself, beside what it tells the bot.
#pragma once

namespace ackd::slack {

enum class AdapterConcern {
    none,
    group_members_stale,  ///< `concerned` is a user group that must be read again
    own_groups_stale,     ///< read all groups again
    token_revoked,
    app_uninstalled,
    events_rate_limited,  ///< Slack drops events of the current minute
};

}  // namespace ackd::slack
