// Opens one Socket Mode connection, waits for its hello, measures how long a ping takes, and closes it
// properly. What Slack sends on it in between is not confirmed, so that Slack sends it again to whoever else
// is connected; it is open for as short as that can be, because a command cannot be sent again.
#pragma once

#include "adapters/slack/byte_stream.hpp"
#include "adapters/slack/endpoint.hpp"
#include "bot/fault.hpp"

#include <chrono>
#include <string>

namespace ackd::slack {

enum class SocketSign {
    alive,             ///< hello, and the ping was answered
    not_connected,     ///< no connection, or no WebSocket handshake
    no_hello,          ///< nothing, or something else, within the limit
    no_pong,           ///< hello, and no answer to the ping
    lost,              ///< it ended before it said hello
    too_many_sockets,  ///< ten are open already
    switched_off,      ///< Socket Mode is off in the app's settings
};

struct SocketLook {
    SocketSign sign = SocketSign::not_connected;
    std::string detail;                       ///< of what went wrong, for people
    std::chrono::microseconds round_trip{0};  ///< alive
    int connections_of_app = 0;               ///< alive: this one included; 0: Slack did not say
};

struct SocketLimits {
    std::chrono::milliseconds connect{5'000};
    std::chrono::milliseconds hello{10'000};
    std::chrono::milliseconds close{1'000};
};

/// `url` is what apps.connections.open gave, and good for this one connection.
[[nodiscard]] Task<SocketLook> look_at_socket(std::string url,
                                              TlsSettings& tls,
                                              Interrupts& interrupts,
                                              SocketLimits limits);

}  // namespace ackd::slack
