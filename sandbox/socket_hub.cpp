#include "sandbox/socket_hub.hpp"

#include <algorithm>

namespace sandbox {
namespace {

constexpr std::chrono::seconds close_after_refresh{1};
constexpr std::chrono::seconds warning_before_refresh_max{10};
constexpr int usual_connection_seconds = 18060;
constexpr std::size_t tickets_max = 1000;

/// Built by hand: the payload is text already, and parsing it again for every sending would halve the
/// throughput.
std::string event_frame(const EnvelopeQueue::Attempt& attempt)
{
    std::string frame;
    frame.reserve(attempt.payload->size() + 200);
    frame += R"({"type":"events_api","envelope_id":")";
    frame += attempt.envelope_id;
    frame += R"(","accepts_response_payload":false,"retry_attempt":)";
    frame += std::to_string(attempt.number);
    frame += attempt.number == 0 ? R"(,"retry_reason":"","payload":)"
                                 : R"(,"retry_reason":"timeout","payload":)";
    frame += *attempt.payload;
    frame += '}';
    return frame;
}

Json disconnect_frame(const std::string& reason)
{
    return {{"type", "disconnect"}, {"reason", reason}, {"debug_info", {{"host", "applink-1"}}}};
}

}  // namespace

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
    void on_closed() override
    {
        if (hub != nullptr) hub->closed(*this);
    }

    void send_disconnect(const std::string& reason) const { socket->send(dump(disconnect_frame(reason))); }

    /// Closes; from now on the socket counts as gone, though the closing handshake takes a moment.
    void retire()
    {
        if (!socket) return;
        if (ready && hub != nullptr) ++hub->statistics_.sockets_closed;
        ready = false;
        socket->close();
        if (hub != nullptr) hub->notify();
    }

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

SocketHub::SocketHub(Agenda& agenda, Statistics& statistics, std::string app_id, HubPolicy policy)
    : agenda_(agenda),
      statistics_(statistics),
      app_id_(std::move(app_id)),
      policy_(std::move(policy)),
      queue_(policy_.redelivery)
{}

SocketHub::~SocketHub()
{
    for (const auto& connection : connections_) connection->hub = nullptr;
}

std::string SocketHub::issue_ticket(WallInstant now)
{
    std::erase_if(tickets_, [&](const auto& each) { return each.second < now; });
    if (tickets_.size() >= tickets_max) tickets_.clear();
    std::string ticket = "ticket-" + std::to_string(++tickets_made_) + "-" + app_id_;
    tickets_.emplace(ticket, now + policy_.ticket_lifetime);
    return ticket;
}

std::shared_ptr<WebSocketListener> SocketHub::admit(const std::string& ticket, WallInstant now)
{
    const auto found = tickets_.find(ticket);
    const bool is_valid = found != tickets_.end() && found->second >= now;
    if (found != tickets_.end()) tickets_.erase(found);
    if (!is_valid) {
        ++statistics_.sockets_refused;
        return nullptr;
    }
    auto connection = std::make_shared<Connection>(*this, ++connections_made_, now);
    connections_.push_back(connection);
    return connection;
}

std::size_t SocketHub::open_sockets() const
{
    return static_cast<std::size_t>(std::count_if(
        connections_.begin(), connections_.end(), [](const auto& each) { return each->ready; }));
}

void SocketHub::opened(Connection& connection, std::shared_ptr<WebSocket> socket)
{
    const WallInstant now = connection.admitted_at;
    connection.socket = std::move(socket);
    if (open_sockets() >= policy_.sockets_max) {
        ++statistics_.sockets_refused;
        connection.send_disconnect("too_many_websockets");
        connection.socket->close();
        return;
    }
    connection.ready = true;
    ++statistics_.sockets_opened;
    const auto lifetime = policy_.refresh_every.count() > 0 ? policy_.refresh_every.count()
                                                            : usual_connection_seconds;
    const Json hello{
        {"type", "hello"},
        {"num_connections", open_sockets()},
        {"connection_info", {{"app_id", app_id_}}},
        {"debug_info",
         {{"host", "applink-1"}, {"build_number", 1}, {"approximate_connection_time", lifetime}}}};
    connection.socket->send(dump(hello));
    ping_later(connection.shared_from_this(), now);
    if (policy_.refresh_every.count() > 0) refresh_later(connection.shared_from_this(), now);
    pump(now);
    notify();
}

void SocketHub::closed(Connection& connection)
{
    agenda_.cancel(connection.ping);
    agenda_.cancel(connection.refresh);
    if (connection.ready) ++statistics_.sockets_closed;
    connection.ready = false;
    std::erase_if(connections_, [&](const auto& each) { return each.get() == &connection; });
    notify();
}

void SocketHub::ping_later(const std::shared_ptr<Connection>& connection, WallInstant now)
{
    connection->ping = agenda_.at(now + policy_.ping_every, [this, connection](WallInstant due) {
        if (policy_.ping_every * connection->unanswered_pings >= policy_.silent_for_max) {
            ++statistics_.sockets_cut_silent;
            connection->socket->cut();
            return;
        }
        ++connection->unanswered_pings;
        connection->socket->ping("Ping from applink-1");
        ping_later(connection, due);
    });
}

void SocketHub::refresh_later(const std::shared_ptr<Connection>& connection, WallInstant now)
{
    using std::chrono::milliseconds;
    const milliseconds lifetime = policy_.refresh_every;
    const milliseconds warned_before = std::min<milliseconds>(warning_before_refresh_max, lifetime / 2);
    connection->refresh = agenda_.at(now + (lifetime - warned_before), [=, this](WallInstant warned_at) {
        connection->send_disconnect("warning");
        connection->refresh = agenda_.at(warned_at + warned_before, [=, this](WallInstant refreshed_at) {
            connection->send_disconnect("refresh_requested");
            connection->retiring = true;
            connection->refresh = agenda_.at(refreshed_at + close_after_refresh,
                                             [connection](WallInstant) { connection->retire(); });
        });
    });
}

void SocketHub::disconnect_all(const std::string& reason, WallInstant now)
{
    const auto connections = connections_;
    for (const auto& connection : connections) {
        if (!connection->ready) continue;
        connection->send_disconnect(reason);
        if (reason == "warning") continue;
        connection->retiring = true;
        agenda_.cancel(connection->refresh);
        connection->refresh = agenda_.at(now + close_after_refresh,
                                         [connection](WallInstant) { connection->retire(); });
    }
}

void SocketHub::cut_all()
{
    const auto connections = connections_;
    for (const auto& connection : connections)
        if (connection->socket) connection->socket->cut();
}

void SocketHub::close_all()
{
    const auto connections = connections_;
    for (const auto& connection : connections) connection->retire();
}

SocketHub::Connection* SocketHub::next_socket()
{
    Connection* retiring = nullptr;
    for (std::size_t tried = 0; tried < connections_.size(); ++tried) {
        Connection& candidate = *connections_[++turn_ % connections_.size()];
        if (!candidate.ready || candidate.socket->unsent_bytes() > policy_.unsent_bytes_max) continue;
        if (!candidate.retiring) return &candidate;
        retiring = &candidate;
    }
    return retiring;
}

void SocketHub::deliver_event(std::string payload, WallInstant now)
{
    ++statistics_.events_created;
    queue_.add(std::move(payload), now);
    pump(now);
}

void SocketHub::pump(WallInstant now)
{
    while (const auto attempt = queue_.next_attempt(now)) send_attempt(*attempt, now);
    const bool gave_up = statistics_.events_dropped != queue_.dropped();
    statistics_.events_dropped = queue_.dropped();
    const auto next = queue_.next_instant();
    if (next && (!pump_at_ || *next < *pump_at_)) {
        agenda_.cancel(pump_booking_);
        pump_at_ = next;
        pump_booking_ = agenda_.at(*next, [this](WallInstant due) {
            pump_at_.reset();
            pump(due);
        });
    }
    if (gave_up) notify();
}

void SocketHub::send_attempt(const EnvelopeQueue::Attempt& attempt, WallInstant now)
{
    if (open_sockets() == 0) {
        ++statistics_.attempts_without_socket;
        return;
    }
    ++statistics_.events_sent;
    if (attempt.number > 0) ++statistics_.events_redelivered;
    const EventFaults faults = faults_.draw_event();
    std::string frame = event_frame(attempt);
    if (!faults.any()) {
        write_event(frame, attempt.envelope_id, faults);
        release_held();
        return;
    }
    if (faults.drop) {
        ++statistics_.faults["drop_event"];
        return;
    }
    if (faults.duplicate) ++statistics_.faults["duplicate_event"];
    if (faults.delay.count() > 0) {
        ++statistics_.faults["delay_event"];
        agenda_.at(now + faults.delay, [this, frame, id = attempt.envelope_id, faults](WallInstant) {
            write_event(frame, id, faults);
        });
    } else if (faults.reorder) {
        ++statistics_.faults["reorder_event"];
        held_.push_back([this, frame, id = attempt.envelope_id, faults] { write_event(frame, id, faults); });
        agenda_.at(now + faults_.reorder_wait(), [this](WallInstant) { release_held(); });
    } else {
        write_event(frame, attempt.envelope_id, faults);
        release_held();
    }
}

void SocketHub::release_held()
{
    const auto held = std::exchange(held_, {});
    for (const auto& write : held) write();
}

void SocketHub::write_event(const std::string& frame,
                            const std::string& envelope_id,
                            const EventFaults& faults)
{
    Connection* connection = next_socket();
    if (connection == nullptr) return;
    connection->socket->send(frame);
    if (faults.duplicate) connection->socket->send(frame);
    constexpr std::size_t origins_max = 100'000;
    if (sent_on_.insert_or_assign(envelope_id, connection->number).second) sent_order_.push_back(envelope_id);
    if (sent_order_.size() > origins_max) {
        sent_on_.erase(sent_order_.front());
        sent_order_.pop_front();
    }
    if (faults.cut_connection) {
        ++statistics_.faults["cut_connection"];
        connection->socket->cut();
    }
}

void SocketHub::request(
    const char* type, bool accepts_payload, const Json& payload, WallInstant now, OnAnswer on_answer)
{
    Connection* connection = next_socket();
    if (connection == nullptr) {
        ++statistics_.interactions_without_socket;
        on_answer(Answer{"dispatch_failed", nullptr});
        return;
    }
    ++statistics_.interactions_sent;
    std::string envelope_id = "request-" + std::to_string(++requests_made_) + "-" + app_id_;
    const Json frame{{"type", type},
                     {"envelope_id", envelope_id},
                     {"accepts_response_payload", accepts_payload},
                     {"payload", payload}};
    const auto deadline = agenda_.at(now + policy_.answer_within, [this, envelope_id](WallInstant) {
        ++statistics_.interactions_timed_out;
        finish_request(envelope_id, Answer{"operation_timeout", nullptr});
    });
    pending_.emplace(envelope_id, Pending{std::move(on_answer), deadline});
    sent_on_.insert_or_assign(envelope_id, connection->number);
    connection->socket->send(dump(frame));
}

void SocketHub::finish_request(const std::string& envelope_id, Answer answer)
{
    const auto found = pending_.find(envelope_id);
    if (found == pending_.end()) return;
    const Pending pending = std::move(found->second);
    pending_.erase(found);
    sent_on_.erase(envelope_id);
    constexpr std::size_t remembered_max = 10'000;
    if (finished_requests_.size() >= remembered_max) finished_requests_.clear();
    finished_requests_[envelope_id] = answer.error.empty();
    agenda_.cancel(pending.deadline);
    pending.on_answer(std::move(answer));
    notify();
}

void SocketHub::malformed()
{
    ++statistics_.frames_malformed;
}

void SocketHub::received(Connection& connection, std::string_view text)
{
    const auto frame = parse_json(text);
    const std::string envelope_id = frame ? text_member(*frame, "envelope_id") : std::string{};
    if (envelope_id.empty()) return malformed();
    const auto origin = sent_on_.find(envelope_id);
    if (origin != sent_on_.end() && origin->second != connection.number)
        ++statistics_.confirmations_on_another_socket;
    if (pending_.count(envelope_id) > 0) {
        ++statistics_.interactions_confirmed;
        finish_request(envelope_id, Answer{"", member(*frame, "payload")});
        return;
    }
    if (const auto finished = finished_requests_.find(envelope_id); finished != finished_requests_.end()) {
        ++(finished->second ? statistics_.confirmations_repeated : statistics_.confirmations_late);
        finished->second = true;
        return;
    }
    switch (queue_.confirm(envelope_id)) {
        case EnvelopeQueue::Confirmation::first: ++statistics_.events_confirmed; break;
        case EnvelopeQueue::Confirmation::late: ++statistics_.confirmations_late; break;
        case EnvelopeQueue::Confirmation::repeated: ++statistics_.confirmations_repeated; break;
        case EnvelopeQueue::Confirmation::unknown: ++statistics_.confirmations_unknown; break;
    }
    notify();
}

void SocketHub::notify() const
{
    if (changed_) changed_();
}

}  // namespace sandbox
