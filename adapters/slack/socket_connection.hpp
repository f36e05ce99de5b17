// Performs what one SocketSession asks for: fetches its URL, connects, reads, decodes, hands Inputs over,
// confirms. All decisions are the session's; all that is here is I/O.
#pragma once

#include "adapters/slack/adapter_stats.hpp"
#include "adapters/slack/envelope_decoder.hpp"
#include "adapters/slack/slack_api.hpp"
#include "adapters/slack/socket_pool.hpp"
#include "adapters/slack/socket_session.hpp"
#include "adapters/slack/websocket.hpp"
#include "bot/clock.hpp"
#include "bot/courier/chat_port.hpp"

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <string>
#include <vector>

namespace ackd::slack {

/// Who hears of what a connection does. Called on the adapter's thread.
class SocketOwner {
public:
    virtual ~SocketOwner() = default;
    virtual void on_ready(std::uint64_t serial, int connections_of_app) = 0;
    virtual void on_wants_sibling(std::uint64_t serial) = 0;
    virtual void on_retired(std::uint64_t serial, const Retirement& retirement) = 0;
    virtual void on_concern(AdapterConcern concern, const std::string& concerned) = 0;
};

/// What all connections use. Outlives them.
struct SocketSurroundings {
    IoExecutor executor;
    SlackApi& api;
    TlsSettings& tls;
    Interrupts& interrupts;
    AdapterCounters& counters;
    InputSink& sink;
    const Clock& clock;
    const OwnIdentity& identity;
};

class SocketConnection final : public std::enable_shared_from_this<SocketConnection> {
public:
    SocketConnection(const SocketSurroundings& surroundings,
                     SocketOwner& owner,
                     const OpenOrder& order,
                     SessionLimits limits);
    ~SocketConnection();

    /// Ends when the connection has ended, after on_retired.
    [[nodiscard]] Task<void> run();

    /// Begins the orderly end.
    void stop();
    /// A sibling has taken over.
    void may_drain();
    /// The inbox has room again.
    void on_room();

    /// False: it is too late, the connection is gone.
    bool confirm(const Confirmation& confirmation);

    [[nodiscard]] std::uint64_t serial() const { return serial_; }

private:
    [[nodiscard]] Task<Result<std::string>> fetch_url();
    [[nodiscard]] Task<void> connect_and_read(std::string url);
    [[nodiscard]] WebSocketListener listener();
    void perform(const SessionActions& actions);
    void arm_timer();
    void on_message(const ReadOutcome& outcome);
    void note(const DecodedFrame& frame);
    /// Hands the batch over. Hold: there is no room for it.
    Reading hand_over();

    const SocketSurroundings& surroundings_;
    SocketOwner& owner_;
    std::uint64_t serial_;
    SocketSession session_;
    EnvelopeDecoder decoder_;
    Interrupts ends_;  ///< of what this connection waits for
    std::uint64_t hook_ = 0;
    std::shared_ptr<WebSocket> socket_;
    asio::steady_timer timer_;
    std::optional<SteadyTime> armed_for_;

    std::vector<Input> batch_;
    bool batch_begun_ = false;
    bool held_ = false;
    Arrival arrival_;
    std::string confirmation_;  ///< reused
};

}  // namespace ackd::slack
