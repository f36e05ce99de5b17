// What Slack tells the adapter itself, beside what it tells the bot.
#pragma once

namespace ackd::slack {

enum class AdapterConcern {
    none,
    group_members_stale,  ///< `concerned` is a user group that must be read again
    own_groups_stale,     ///< read all groups again
    do_not_disturb_told,  ///< of the person `concerned`, as an input as well
    own_channels_stale,   ///< we are in another channel, of which we know no more than its id
    token_revoked,
    app_uninstalled,
    events_rate_limited,  ///< Slack drops events of the current minute
};

}  // namespace ackd::slack
