#include "adapters/slack/socket_session.hpp"

#include <algorithm>
#include <utility>

namespace ackd::slack {

const char* name_of(SessionState state)
{
    switch (state) {
        case SessionState::idle: return "idle";
        case SessionState::fetching_url: return "fetching_url";
        case SessionState::connecting: return "connecting";
        case SessionState::waiting_hello: return "waiting_hello";
        case SessionState::ready: return "ready";
        case SessionState::draining: return "draining";
        case SessionState::closing: return "closing";
        case SessionState::closed: return "closed";
    }
    return "?";
}

const char* name_of(RetireReason reason)
{
    switch (reason) {
        case RetireReason::replaced: return "replaced";
        case RetireReason::stopped: return "stopped";
        case RetireReason::open_refused: return "open_refused";
        case RetireReason::not_connected: return "not_connected";
        case RetireReason::no_hello: return "no_hello";
        case RetireReason::closed_by_peer: return "closed_by_peer";
        case RetireReason::lost: return "lost";
        case RetireReason::silent: return "silent";
        case RetireReason::too_many_websockets: return "too_many_websockets";
        case RetireReason::link_disabled: return "link_disabled";
        case RetireReason::not_accepted: return "not_accepted";
    }
    return "?";
}

bool SocketSession::is_open() const
{
    return state_ == SessionState::waiting_hello || state_ == SessionState::ready ||
           state_ == SessionState::draining;
}

SessionActions SocketSession::retire(RetireReason reason, std::string detail, std::chrono::milliseconds wait)
{
    state_ = SessionState::closed;
    SessionActions actions;
    actions.drop = true;
    actions.retired = Retirement{reason, std::move(detail), wait};
    return actions;
}

SessionActions SocketSession::begin_close(SteadyTime now, RetireReason reason, std::string detail)
{
    state_ = SessionState::closing;
    phase_ends_at_ = now + limits_.close_timeout;
    after_close_ = Retirement{reason, std::move(detail)};
    SessionActions actions;
    actions.close = true;
    return actions;
}

SessionActions SocketSession::begin_draining(SteadyTime now)
{
    state_ = SessionState::draining;
    phase_ends_at_ = now + limits_.drain_max;
    SessionActions actions;
    actions.wants_sibling = !sibling_wanted_;
    sibling_wanted_ = true;
    return actions;
}

SessionActions SocketSession::start(SteadyTime now)
{
    if (state_ != SessionState::idle) return {};
    state_ = SessionState::fetching_url;
    phase_ends_at_ = now + limits_.url_timeout;
    SessionActions actions;
    actions.fetch_url = true;
    return actions;
}

SessionActions SocketSession::on_url(SteadyTime now, std::string url)
{
    if (state_ != SessionState::fetching_url) return {};
    state_ = SessionState::connecting;
    phase_ends_at_ = now + limits_.connect_timeout;
    SessionActions actions;
    actions.connect_to = std::move(url);
    return actions;
}

SessionActions SocketSession::on_url_refused(SteadyTime, const Fault& fault)
{
    if (state_ != SessionState::fetching_url) return {};
    const bool hopeless = fault.kind == FaultKind::configuration;
    return retire(
        hopeless ? RetireReason::not_accepted : RetireReason::open_refused, fault.detail, fault.retry_after);
}

SessionActions SocketSession::on_connected(SteadyTime now)
{
    if (state_ != SessionState::connecting) return {};
    state_ = SessionState::waiting_hello;
    phase_ends_at_ = now + limits_.hello_timeout;
    heard_at_ = now;
    ping_at_ = now + limits_.ping_every;
    return {};
}

SessionActions SocketSession::on_connect_failed(SteadyTime, std::string why)
{
    if (state_ != SessionState::connecting) return {};
    return retire(RetireReason::not_connected, std::move(why));
}

SessionActions SocketSession::on_hello(SteadyTime now, std::chrono::seconds lifetime)
{
    if (state_ != SessionState::waiting_hello) return {};
    state_ = SessionState::ready;
    if (lifetime.count() > 0) {
        constexpr std::chrono::milliseconds margin{60'000};
        const auto used = std::chrono::duration_cast<std::chrono::milliseconds>(lifetime *
                                                                                limits_.lifetime_share);
        old_at_ = now + std::max(used - margin, used / 2);
    }
    SessionActions actions;
    actions.became_ready = true;
    return actions;
}

SessionActions SocketSession::on_disconnect(SteadyTime now, DisconnectReason reason)
{
    if (!is_open()) return {};
    switch (reason) {
        case DisconnectReason::too_many_websockets:
            return begin_close(now, RetireReason::too_many_websockets, "Slack allows 10 sockets for one app");
        case DisconnectReason::link_disabled:
            return begin_close(now, RetireReason::link_disabled, "Socket Mode is switched off");
        case DisconnectReason::warning:
        case DisconnectReason::refresh_requested:
        case DisconnectReason::other: break;
    }
    if (state_ == SessionState::draining) return {};
    return begin_draining(now);
}

SessionActions SocketSession::on_closed_by_peer(SteadyTime, std::string why)
{
    if (state_ == SessionState::closing) return retire(after_close_.reason, after_close_.detail);
    if (state_ == SessionState::draining) return retire(RetireReason::replaced, std::move(why));
    if (!is_open()) return {};
    return retire(RetireReason::closed_by_peer, std::move(why));
}

SessionActions SocketSession::on_lost(SteadyTime, std::string why)
{
    if (state_ == SessionState::closing) return retire(after_close_.reason, after_close_.detail);
    if (state_ == SessionState::draining) return retire(RetireReason::replaced, std::move(why));
    if (!is_open()) return {};
    return retire(RetireReason::lost, std::move(why));
}

SessionActions SocketSession::on_sibling_ready(SteadyTime now)
{
    if (state_ == SessionState::ready) begin_draining(now);
    if (state_ == SessionState::draining) phase_ends_at_ = std::min(phase_ends_at_, now + limits_.linger);
    return {};
}

void SocketSession::on_peer_ping(SteadyTime now)
{
    heard_at_ = now;
    peer_pinged_at_ = now;
}

void SocketSession::on_reading_resumed(SteadyTime now)
{
    reading_ = true;
    heard_at_ = now;
    if (peer_pinged_at_) peer_pinged_at_ = now;
}

SteadyTime SocketSession::silent_at() const
{
    const SteadyTime unheard = heard_at_ + limits_.silence_max;
    return peer_pinged_at_ ? std::min(unheard, *peer_pinged_at_ + limits_.peer_ping_gap_max) : unheard;
}

std::optional<SteadyTime> SocketSession::next_deadline() const
{
    switch (state_) {
        case SessionState::idle:
        case SessionState::closed: return std::nullopt;
        case SessionState::fetching_url:
        case SessionState::connecting:
        case SessionState::closing: return phase_ends_at_;
        case SessionState::waiting_hello:
        case SessionState::ready:
        case SessionState::draining: break;
    }
    SteadyTime deadline = ping_at_;
    if (reading_) deadline = std::min(deadline, silent_at());
    if (state_ != SessionState::ready) deadline = std::min(deadline, phase_ends_at_);
    if (state_ == SessionState::ready && old_at_ && !sibling_wanted_) deadline = std::min(deadline, *old_at_);
    return deadline;
}

SessionActions SocketSession::on_time(SteadyTime now)
{
    const bool phase_over = now >= phase_ends_at_;
    switch (state_) {
        case SessionState::idle:
        case SessionState::closed: return {};
        case SessionState::fetching_url:
            if (!phase_over) return {};
            return retire(RetireReason::open_refused, "apps.connections.open was not answered in time");
        case SessionState::connecting:
            if (!phase_over) return {};
            return retire(RetireReason::not_connected, "the connection was not made in time");
        case SessionState::closing:
            if (!phase_over) return {};
            return retire(after_close_.reason, after_close_.detail);
        case SessionState::waiting_hello:
            if (phase_over) return retire(RetireReason::no_hello, "Slack did not say hello");
            break;
        case SessionState::draining:
            if (phase_over) return begin_close(now, RetireReason::replaced, "drained");
            break;
        case SessionState::ready: break;
    }
    if (reading_ && now >= silent_at()) return retire(RetireReason::silent, "nothing heard for too long");

    SessionActions actions;
    if (state_ == SessionState::ready && old_at_ && now >= *old_at_ && !sibling_wanted_) {
        sibling_wanted_ = true;
        actions.wants_sibling = true;
    }
    if (now >= ping_at_) {
        actions.ping = std::to_string(++pings_);
        ping_at_ = now + limits_.ping_every;
    }
    return actions;
}

SessionActions SocketSession::stop(SteadyTime now)
{
    if (is_open()) return begin_close(now, RetireReason::stopped, "asked to stop");
    if (state_ == SessionState::fetching_url || state_ == SessionState::connecting ||
        state_ == SessionState::idle)
    {
        return retire(RetireReason::stopped, "asked to stop");
    }
    return {};
}

}  // namespace ackd::slack
