#include "adapters/slack/socket_connection.hpp"

#include "adapters/slack/confirmation_payload.hpp"
#include "adapters/slack/log_text.hpp"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace ackd::slack {
namespace {

SteadyTime now()
{
    return std::chrono::steady_clock::now();
}

bool needs_no_escape(std::string_view id)
{
    return std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '_' || c == '.' || c == ':';
    });
}

}  // namespace

SocketConnection::SocketConnection(const SocketSurroundings& surroundings,
                                   SocketOwner& owner,
                                   const OpenOrder& order,
                                   SessionLimits limits)
    : surroundings_(surroundings),
      owner_(owner),
      serial_(order.serial),
      session_(limits),
      decoder_(surroundings.identity),
      timer_(surroundings.executor)
{
    arrival_.connection = serial_;
    hook_ = surroundings_.interrupts.add([this] { ends_.raise(); });
}

SocketConnection::~SocketConnection()
{
    surroundings_.interrupts.remove(hook_);
}

Task<void> SocketConnection::run()
{
    const auto self = shared_from_this();
    perform(session_.start(now()));
    const auto url = co_await fetch_url();
    if (url) {
        const SessionActions actions = session_.on_url(now(), *url);
        perform(actions);
        if (!actions.connect_to.empty()) co_await connect_and_read(actions.connect_to);
    } else {
        perform(session_.on_url_refused(now(), url.error()));
    }
    timer_.cancel();
}

Task<Result<std::string>> SocketConnection::fetch_url()
{
    ApiCall call{"apps.connections.open", TokenKind::app};
    call.at(CallUrgency::urgent);
    auto answer = co_await surroundings_.api.call(std::move(call));
    if (!answer) co_return answer.error();
    std::string url{text_of(answer->root(), "url")};
    if (url.empty()) co_return Fault{FaultKind::temporary, "apps.connections.open: an answer without a url"};
    co_return url;
}

WebSocketListener SocketConnection::listener()
{
    WebSocketListener listener;
    listener.on_drained = [this] { return hand_over(); };
    listener.on_ping = [this] { session_.on_peer_ping(now()); };
    listener.on_pong = [this] { session_.on_traffic(now()); };
    return listener;
}

Task<void> SocketConnection::connect_and_read(std::string url)
{
    const auto endpoint = parse_endpoint(url);
    if (!endpoint) {
        perform(session_.on_connect_failed(now(), "the WebSocket address: " + endpoint.error().detail));
        co_return;
    }
    constexpr std::chrono::seconds handshake_limit{15};
    auto opened = co_await open_websocket(*endpoint, surroundings_.tls, ends_, handshake_limit, listener());
    if (!opened) {
        perform(session_.on_connect_failed(now(), opened.error().detail));
        co_return;
    }
    socket_ = std::move(*opened);
    perform(session_.on_connected(now()));
    if (session_.state() == SessionState::closed) socket_->drop();
    // Until it fails: what has been dropped fails at the next read.
    for (;;) {
        const ReadOutcome outcome = co_await socket_->read();
        if (outcome.error) {
            hand_over();
            perform(outcome.closed ? session_.on_closed_by_peer(now(), outcome.why)
                                   : session_.on_lost(now(), outcome.why));
            break;
        }
        on_message(outcome);
    }
    socket_->drop();
    socket_.reset();
}

void SocketConnection::perform(const SessionActions& actions)
{
    const auto self = shared_from_this();
    if (actions.became_ready) AdapterCounters::add(surroundings_.counters.sockets_opened);
    if (actions.wants_sibling) owner_.on_wants_sibling(serial_);
    if (socket_ && !actions.ping.empty()) socket_->send_ping(actions.ping);
    if (socket_ && actions.close) socket_->close();
    if (actions.drop) {
        ends_.raise();
        if (socket_) socket_->drop();
    }
    if (actions.retired) owner_.on_retired(serial_, *actions.retired);
    arm_timer();
}

/// A timer that runs earlier than needed does no harm, so it is only ever moved forward.
void SocketConnection::arm_timer()
{
    const auto deadline = session_.next_deadline();
    if (!deadline) {
        timer_.cancel();
        return;
    }
    if (armed_for_ && *armed_for_ <= *deadline) return;
    armed_for_ = deadline;
    timer_.expires_at(*deadline);
    timer_.async_wait([self = shared_from_this()](error_code error) {
        if (error) return;
        self->armed_for_.reset();
        self->perform(self->session_.on_time(now()));
    });
}

void SocketConnection::on_message(const ReadOutcome& outcome)
{
    if (session_.state() == SessionState::closed) return;
    if (!batch_begun_) {
        batch_begun_ = true;
        arrival_.at = surroundings_.clock.now();
        session_.on_traffic(now());
    }
    if (outcome.kind == MessageKind::binary) {
        AdapterCounters::add(surroundings_.counters.frames_unknown);
        spdlog::warn("event=binary_frame_ignored connection={} bytes={}", serial_, socket_->message().size());
        return;
    }
    note(decoder_.decode(socket_->message(), arrival_, batch_));
}

void SocketConnection::note(const DecodedFrame& frame)
{
    AdapterCounters& counters = surroundings_.counters;
    switch (frame.kind) {
        case FrameKind::envelope: AdapterCounters::add(counters.envelopes_received); break;
        case FrameKind::hello: {
            const SessionActions actions = session_.on_hello(now(), frame.lifetime);
            perform(actions);
            if (actions.became_ready) owner_.on_ready(serial_, frame.connections);
            break;
        }
        case FrameKind::disconnect: perform(session_.on_disconnect(now(), frame.reason)); break;
        case FrameKind::unknown: AdapterCounters::add(counters.frames_unknown); break;
        case FrameKind::malformed: break;
    }
    if (!frame.problem.empty()) {
        AdapterCounters::add(counters.frames_malformed);
        spdlog::warn("event=frame_malformed connection={} reason=\"{}\"", serial_, for_log(frame.problem));
    }
    if (frame.concern != AdapterConcern::none) owner_.on_concern(frame.concern, frame.concerned);
}

Reading SocketConnection::hand_over()
{
    batch_begun_ = false;
    if (batch_.empty()) return Reading::go_on;
    if (surroundings_.sink.offer(batch_)) {
        batch_.clear();
        return Reading::go_on;
    }
    if (!held_) {
        held_ = true;
        AdapterCounters::add(surroundings_.counters.inbox_refusals);
        session_.on_reading_paused();
    }
    return Reading::hold;
}

void SocketConnection::on_room()
{
    if (!held_ || hand_over() == Reading::hold) return;
    held_ = false;
    session_.on_reading_resumed(now());
    arm_timer();
    if (socket_) socket_->resume_reading();
}

bool SocketConnection::confirm(const Confirmation& confirmation)
{
    const SessionState state = session_.state();
    if (!socket_ || state == SessionState::closing || state == SessionState::closed) return false;
    const std::string& id = confirmation.receipt.envelope;
    confirmation_ = R"({"envelope_id":)";
    if (needs_no_escape(id)) {
        confirmation_ += '"';
        confirmation_ += id;
        confirmation_ += '"';
    } else {
        confirmation_ += nlohmann::json(id).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }
    const std::string payload = confirmation_payload(confirmation, surroundings_.identity.workspace_url);
    if (!payload.empty()) confirmation_ += R"(,"payload":)" + payload;
    confirmation_ += '}';
    socket_->send_text(confirmation_);
    return true;
}

void SocketConnection::stop()
{
    perform(session_.stop(now()));
}

void SocketConnection::may_drain()
{
    perform(session_.on_sibling_ready(now()));
}

}  // namespace ackd::slack
