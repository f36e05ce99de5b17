// Who the app is, in tests of what Slack says.
#pragma once

#include "adapters/slack/own_identity.hpp"

namespace ackd::slack {

inline OwnIdentity identity()
{
    OwnIdentity own;
    own.team = "T1";
    own.workspace_url = "https://team.example.test/";
    own.bot_user = UserId{"U0BOT"};
    own.bot = "B0BOT";
    own.app = "A0APP";
    return own;
}

}  // namespace ackd::slack
