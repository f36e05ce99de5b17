// A hub's view of one socket of the app. Private to socket_hub.cpp and socket_lifecycle.cpp.
#pragma once

#include "sandbox/wire/socket_hub.hpp"

namespace sandbox {

/// One socket of the app, from its ticket to its end.
class SocketHub::Connection : public WebSocketListener, public std::enable_shared_from_this<Connection> {
public:
    Connection(SocketHub& owner, std::uint64_t given_number, WallInstant now)
        : hub(&owner), number(given_number), admitted_at(now)
    {}

    void on_open(std::shared_ptr<WebSocket> opened) override
    {
        if (hub != nullptr) hub->opened(*this, std::move(opened));
    }
    void on_text(std::string_view text) override
    {
        if (hub != nullptr) hub->received(*this, text);
    }
    void on_binary() override
    {
        if (hub != nullptr) hub->malformed();
    }
    void on_pong() override { unanswered_pings = 0; }
    void on_sent() override
    {
        if (hub != nullptr) hub->room_again();
    }
    void on_closed() override
    {
        if (hub != nullptr) hub->closed(*this);
    }

    void send_disconnect(const std::string& reason) const;
    /// Closes; from now on the socket counts as gone, though the closing handshake takes a moment.
    void retire();

    SocketHub* hub;  ///< null once the hub is gone
    std::uint64_t number;
    WallInstant admitted_at;
    std::shared_ptr<WebSocket> socket;
    bool ready = false;     ///< said hello
    bool retiring = false;  ///< asked to go: gets new envelopes only when no other socket is there
    int unanswered_pings = 0;
    Agenda::Booking ping = 0;
    Agenda::Booking refresh = 0;
};

}  // namespace sandbox
