// Takes an accepted HTTP upgrade over into a WebSocket. The only user is http_port.cpp; the only place
// where Beast's WebSocket is instantiated is web_socket_connection.cpp.
#pragma once

#include "sandbox/wire/web_socket.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <functional>
#include <memory>

namespace sandbox {

/// Shared by all sockets of a server, to close them when it stops.
using SocketRegistry = std::function<void(const std::shared_ptr<WebSocket>&)>;

void start_web_socket(boost::asio::ip::tcp::socket stream,
                      const boost::beast::http::request<boost::beast::http::string_body>& upgrade,
                      std::shared_ptr<WebSocketListener> listener,
                      const SocketRegistry& remember);

}  // namespace sandbox
