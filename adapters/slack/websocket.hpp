// A client WebSocket (RFC 6455) behind a narrow interface: Beast's stream is instantiated in websocket.cpp
// only.
//
// One coroutine reads. Writing never waits: texts are gathered and leave together at the end of the event
// loop's turn. Messages are at most 16 MiB, without compression. Pings of the peer are answered while a read
// is under way.
#pragma once

#include "adapters/slack/byte_stream.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace ackd::slack {

struct WebSocketListener {
    /// All messages that one large read brought have been handed out. `hold`: read no more until
    /// `resume_reading`.
    std::function<Reading()> on_drained;
    std::function<void()> on_ping;
    std::function<void()> on_pong;
};

enum class MessageKind { text, binary };

struct ReadOutcome {
    error_code error;     ///< the connection is over; `closed` or `why` say how
    bool closed = false;  ///< by a close frame of the peer, or by ours
    std::string why;
    MessageKind kind = MessageKind::text;
};

class WebSocket {
public:
    virtual ~WebSocket() = default;

    /// The next whole message, in `message()` until the next read.
    [[nodiscard]] virtual Task<ReadOutcome> read() = 0;
    [[nodiscard]] virtual std::string_view message() const = 0;
    virtual void resume_reading() = 0;

    virtual void send_text(std::string_view text) = 0;
    virtual void send_ping(std::string_view payload) = 0;
    /// Begins the closing handshake with code 1000. The read under way ends when the peer answers.
    virtual void close() = 0;
    /// Ends the TCP connection.
    virtual void drop() = 0;
};

/// Connects and shakes hands. Faults: `temporary`, with the reason (for a refusal, the HTTP status).
[[nodiscard]] Task<Result<std::shared_ptr<WebSocket>>> open_websocket(const Endpoint& endpoint,
                                                                      TlsSettings& tls,
                                                                      Interrupts& interrupts,
                                                                      std::chrono::milliseconds limit,
                                                                      WebSocketListener listener);

}  // namespace ackd::slack
