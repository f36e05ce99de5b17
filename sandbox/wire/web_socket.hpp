// One WebSocket as the sandbox sees it, without the library that speaks it.
//
// All calls and callbacks happen on the server's one thread. After on_closed() nothing more is called, and
// calling the socket is harmless.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sandbox {

class WebSocket {
public:
    virtual ~WebSocket() = default;

    virtual void send(std::string frame) = 0;
    virtual void ping(const std::string& payload) = 0;
    /// The closing handshake, after what was sent before; the TCP stream is dropped a second later at the
    /// latest.
    virtual void close() = 0;
    /// Drops the TCP stream at once, without a closing handshake, as a broken network does.
    virtual void cut() = 0;
    [[nodiscard]] virtual std::size_t unsent_bytes() const = 0;
};

class WebSocketListener {
public:
    virtual ~WebSocketListener() = default;

    virtual void on_open(std::shared_ptr<WebSocket> socket) = 0;
    virtual void on_text(std::string_view text) = 0;
    virtual void on_binary() = 0;
    virtual void on_pong() = 0;
    /// A frame left, so that unsent_bytes() is less than before.
    virtual void on_sent() = 0;
    virtual void on_closed() = 0;
};

}  // namespace sandbox
