#include "adapters/slack/socket_check.hpp"

#include "adapters/slack/envelope_decoder.hpp"
#include "adapters/slack/websocket.hpp"

#include <boost/asio/this_coro.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace ackd::slack {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// What has been heard so far. Shared with the socket's listener, which may outlive the look.
struct Heard {
    std::optional<SteadyClock::time_point> hello_at;
    std::optional<SteadyClock::time_point> pong_at;
    std::optional<DisconnectReason> disconnect;
    int connections = 0;
    std::function<void()> close;  ///< once, when all has been heard

    void close_when_all()
    {
        const bool all = disconnect || (hello_at && pong_at);
        if (all && close) std::exchange(close, nullptr)();
    }
};

WebSocketListener listener_of(const std::shared_ptr<Heard>& heard)
{
    WebSocketListener listener;
    listener.on_drained = [] { return Reading::go_on; };
    listener.on_ping = [] {};
    listener.on_pong = [heard] {
        if (!heard->pong_at) heard->pong_at = SteadyClock::now();
        heard->close_when_all();
    };
    return listener;
}

void note(Heard& heard, const DecodedFrame& frame)
{
    if (frame.kind == FrameKind::hello && !heard.hello_at) {
        heard.hello_at = SteadyClock::now();
        heard.connections = frame.connections;
    }
    if (frame.kind == FrameKind::disconnect) heard.disconnect = frame.reason;
    heard.close_when_all();
}

SocketLook look_without(SocketSign sign, std::string detail)
{
    SocketLook look;
    look.sign = sign;
    look.detail = std::move(detail);
    return look;
}

SocketLook judge(const Heard& heard, SteadyClock::time_point pinged_at, bool in_time, const std::string& end)
{
    if (heard.disconnect == DisconnectReason::too_many_websockets)
        return look_without(SocketSign::too_many_sockets, "ten sockets of this app are open already");
    if (heard.disconnect == DisconnectReason::link_disabled)
        return look_without(SocketSign::switched_off, "Socket Mode is switched off for this app");
    if (!heard.hello_at)
        return in_time ? look_without(SocketSign::lost, "it ended before it said hello: " + end)
                       : look_without(SocketSign::no_hello, "it opened, and said no hello in time");
    if (!heard.pong_at) return look_without(SocketSign::no_pong, "it said hello, and did not answer a ping");
    SocketLook look;
    look.sign = SocketSign::alive;
    look.round_trip = std::chrono::duration_cast<std::chrono::microseconds>(*heard.pong_at - pinged_at);
    look.connections_of_app = heard.connections;
    return look;
}

}  // namespace

Task<SocketLook> look_at_socket(std::string url,
                                TlsSettings& tls,
                                Interrupts& interrupts,
                                SocketLimits limits)
{
    auto executor = co_await asio::this_coro::executor;
    const auto endpoint = parse_endpoint(url);
    if (!endpoint) co_return look_without(SocketSign::not_connected, endpoint.error().detail);
    const auto heard = std::make_shared<Heard>();
    auto opened = co_await open_websocket(*endpoint, tls, interrupts, limits.connect, listener_of(heard));
    if (!opened) co_return look_without(SocketSign::not_connected, opened.error().detail);
    const std::shared_ptr<WebSocket> socket = std::move(*opened);
    const Deadline deadline{executor, interrupts, limits.hello, [socket] { socket->drop(); }};
    std::optional<Deadline> closing;
    heard->close = [&] {
        socket->close();
        closing.emplace(executor, interrupts, limits.close, [socket] { socket->drop(); });
    };
    const auto pinged_at = SteadyClock::now();
    socket->send_ping("ackd doctor");

    EnvelopeDecoder decoder{OwnIdentity{}};
    std::vector<Input> ignored;
    std::string end;
    for (;;) {
        const ReadOutcome outcome = co_await socket->read();
        if (outcome.error) {
            end = outcome.why;
            break;
        }
        note(*heard, decoder.decode(socket->message(), Arrival{}, ignored));
        ignored.clear();
    }
    heard->close = nullptr;
    socket->drop();
    co_return judge(*heard, pinged_at, deadline.cause() == nullptr, end);
}

}  // namespace ackd::slack
