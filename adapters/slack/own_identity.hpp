// Who we are in the workspace, as `auth.test` tells at start.
#pragma once

#include "bot/ids.hpp"

#include <string>

namespace ackd::slack {

struct OwnIdentity {
    std::string team;           ///< `T…` (or `E…` in an organisation's installation)
    std::string workspace_url;  ///< "https://example.slack.com/", with the slash
    UserId bot_user;            ///< `U…`
    std::string bot;            ///< `B…`
    std::string app;            ///< `A…`, empty when Slack did not say
};

}  // namespace ackd::slack
