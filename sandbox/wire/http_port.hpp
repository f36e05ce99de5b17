// The port: HTTP and WebSockets, one thread, and the timer that drives the agenda.
//
// Knows nothing of Slack; requests and sockets go to a Visitor's host through the interfaces of http_message
// and web_socket. Limits are the server's: bodies and frames of 1 MiB, headers of 16 KiB, 500 connections.
#pragma once

#include "sandbox/time/agenda.hpp"
#include "sandbox/wire/http_message.hpp"
#include "sandbox/wire/web_socket.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace boost::asio {
class io_context;
}

namespace sandbox {

struct Host {
    std::function<void(const HttpRequest&, const HttpReply&)> on_request;
    /// Null refuses the socket.
    std::function<std::shared_ptr<WebSocketListener>(const HttpRequest&)> on_socket;
    /// After the first SIGTERM or SIGINT, or stop(): close what the host keeps open.
    std::function<void()> on_stop;
};

class HttpPort {
public:
    /// Opens the port (0: any free one) at an address of this machine ("127.0.0.1", "::1", "0.0.0.0"). Throws
    /// std::system_error when that cannot be had.
    HttpPort(Agenda& agenda, Host host, const std::string& address, std::uint16_t port);
    ~HttpPort();
    HttpPort(const HttpPort&) = delete;
    HttpPort& operator=(const HttpPort&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// Serves until a signal comes or stop() is called, and until what was open then has ended.
    void run();
    void stop();
    /// What else of this machine's network belongs to the same thread.
    [[nodiscard]] boost::asio::io_context& io();

    struct State;  ///< the library's side, known to http_port.cpp only

private:
    std::shared_ptr<State> state_;
};

}  // namespace sandbox
