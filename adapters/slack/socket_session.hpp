// The life of one Socket Mode connection as a state machine without I/O: what happened and the time go in,
// what to do comes out. socket_connection.hpp performs it; socket_pool.hpp decides when there is another one.
//
//   idle ─► fetching_url ─► connecting ─► waiting_hello ─► ready ─► draining ─► closing ─► closed
//                │               │              │            │          │           ▲          ▲
//                │               │              │            └──────────┴── stop ───┘          │
//                └───────────────┴──────────────┴── failed, silent, lost, closed by Slack ─────┘
//
// Every way out ends in exactly one Retirement; after it, nothing is asked for any more. There is one
// deadline at a time, `next_deadline`. A draining session still reads and confirms.
#pragma once

#include "adapters/slack/envelope_decoder.hpp"
#include "bot/fault.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace ackd::slack {

using SteadyTime = std::chrono::steady_clock::time_point;

enum class SessionState { idle, fetching_url, connecting, waiting_hello, ready, draining, closing, closed };

enum class RetireReason {
    replaced,       ///< a sibling has taken over
    stopped,        ///< we were asked to stop
    open_refused,   ///< apps.connections.open did not give a URL
    not_connected,  ///< no connection, or no WebSocket handshake
    no_hello,
    closed_by_peer,
    lost,    ///< the connection broke
    silent,  ///< nothing heard for too long
    too_many_websockets,
    link_disabled,  ///< Socket Mode was switched off
    not_accepted,   ///< the app token is not accepted: nothing but a person can help
};

struct Retirement {
    RetireReason reason = RetireReason::lost;
    std::string detail;
    std::chrono::milliseconds retry_after{0};  ///< at least this long before another attempt

    Retirement() = default;
    Retirement(RetireReason why,
               std::string what,
               std::chrono::milliseconds wait = std::chrono::milliseconds{0})
        : reason(why), detail(std::move(what)), retry_after(wait)
    {}
};

/// What to do now, in this order.
struct SessionActions {
    bool fetch_url = false;
    std::string connect_to;  ///< a WebSocket address, good for one connection
    bool became_ready = false;
    bool wants_sibling = false;  ///< a successor must be opened while this one still works
    std::string ping;            ///< payload of a ping to send
    bool close = false;          ///< begin the closing handshake (1000)
    bool drop = false;           ///< end the TCP connection, or whatever is being waited for
    std::optional<Retirement> retired;
};

struct SessionLimits {
    std::chrono::milliseconds url_timeout{20'000};
    std::chrono::milliseconds connect_timeout{20'000};
    std::chrono::milliseconds hello_timeout{10'000};
    std::chrono::milliseconds ping_every{5'000};
    std::chrono::milliseconds silence_max{20'000};  ///< nothing at all heard
    std::chrono::milliseconds peer_ping_gap_max{
        45'000};  ///< no ping by Slack, once it has begun to send them
    std::chrono::milliseconds drain_max{30'000};
    std::chrono::milliseconds linger{3'000};  ///< after the sibling took over: Slack's deadline to confirm
    std::chrono::milliseconds close_timeout{1'000};
    /// How much of the lifetime that Slack announces is used; below 1 so that two sockets do not age
    /// together.
    double lifetime_share = 1.0;
};

[[nodiscard]] const char* name_of(SessionState state);
[[nodiscard]] const char* name_of(RetireReason reason);

class SocketSession {
public:
    explicit SocketSession(SessionLimits limits) : limits_(limits) {}

    SessionActions start(SteadyTime now);
    SessionActions on_url(SteadyTime now, std::string url);
    SessionActions on_url_refused(SteadyTime now, const Fault& fault);
    SessionActions on_connected(SteadyTime now);
    SessionActions on_connect_failed(SteadyTime now, std::string why);
    SessionActions on_hello(SteadyTime now, std::chrono::seconds lifetime);
    SessionActions on_disconnect(SteadyTime now, DisconnectReason reason);
    SessionActions on_closed_by_peer(SteadyTime now, std::string why);
    SessionActions on_lost(SteadyTime now, std::string why);
    SessionActions on_sibling_ready(SteadyTime now);
    SessionActions on_time(SteadyTime now);
    SessionActions stop(SteadyTime now);

    /// Something was received.
    void on_traffic(SteadyTime now) { heard_at_ = now; }
    void on_peer_ping(SteadyTime now);
    /// While we do not read (the inbox is full), nothing can be heard: silence means nothing then.
    void on_reading_paused() { reading_ = false; }
    void on_reading_resumed(SteadyTime now);

    [[nodiscard]] SessionState state() const { return state_; }
    /// When on_time must be called, if nothing else happens before. It may be called earlier.
    [[nodiscard]] std::optional<SteadyTime> next_deadline() const;

private:
    [[nodiscard]] bool is_open() const;
    [[nodiscard]] SteadyTime silent_at() const;
    SessionActions retire(RetireReason reason, std::string detail, std::chrono::milliseconds wait = {});
    SessionActions begin_close(SteadyTime now, RetireReason reason, std::string detail);
    SessionActions begin_draining(SteadyTime now);

    SessionLimits limits_;
    SessionState state_ = SessionState::idle;
    SteadyTime phase_ends_at_{};  ///< of fetching_url, connecting, waiting_hello, draining, closing
    SteadyTime heard_at_{};
    std::optional<SteadyTime> peer_pinged_at_;
    SteadyTime ping_at_{};
    std::optional<SteadyTime> old_at_;  ///< ready: when a successor is wanted
    bool sibling_wanted_ = false;
    bool reading_ = true;
    std::uint64_t pings_ = 0;
    Retirement after_close_;
};

}  // namespace ackd::slack
