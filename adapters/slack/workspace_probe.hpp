// A look at Slack from the outside, as `ackd doctor` takes it: what the tokens may do, how the connections
// are, what time it is there, where the app is a member. Reads only: nothing is posted, no call is made
// twice.
#pragma once

#include "adapters/slack/byte_stream.hpp"
#include "adapters/slack/endpoint.hpp"
#include "adapters/slack/socket_check.hpp"
#include "bot/fault.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace ackd::slack {

struct ProbeSettings {
    std::string app_token;  ///< empty: HTTP mode, no socket is looked at
    std::string bot_token;
    Endpoint api;                                 ///< its target ends in "/"
    std::chrono::milliseconds call_limit{4'000};  ///< for connecting, and again for the answer
    std::chrono::milliseconds hello_limit{10'000};
    std::chrono::milliseconds whole_limit{17'000};
};

/// What auth.test says of the bot token.
struct BotAccount {
    std::string user;
    std::string workspace;  ///< what people call it
    std::string workspace_id;
    std::string granted_scopes;  ///< comma-separated; empty: Slack did not say
};

/// The channels the app is in, public and private ones that are not archived.
struct Memberships {
    int channels = 0;
    bool more = false;  ///< there are more than were listed
};

struct LimitedCall {
    std::string method;
    std::chrono::milliseconds retry_after{0};
};

/// Each part is an answer, or the reason why there is none.
struct WorkspaceLook {
    Result<std::optional<TlsFacts>> tls;  ///< nothing: in the clear
    Result<BotAccount> bot;
    Result<SocketLook> socket;  ///< a Fault: apps.connections.open gave no URL, or it was not asked
    Result<Memberships> memberships;
    /// Slack's clock less ours, of the first answer that has a date.
    std::optional<std::chrono::seconds> clock_ahead;
    std::vector<LimitedCall> limited;

    WorkspaceLook();
};

/// Returns within `whole_limit`, and a moment to close what is open. What was not finished by then has a
/// Fault.
[[nodiscard]] WorkspaceLook look_at_workspace(const ProbeSettings& settings);

}  // namespace ackd::slack
