// How sockets come and go: tickets, hello, pings, refreshes, the end.
#include "sandbox/wire/socket_hub_connection.hpp"

#include <algorithm>

namespace sandbox {
namespace {

constexpr std::chrono::seconds close_after_refresh{1};
constexpr std::chrono::seconds warning_before_refresh_max{10};
constexpr int usual_connection_seconds = 18060;
constexpr std::size_t tickets_max = 1000;

Json disconnect_frame(const std::string& reason)
{
    return {{"type", "disconnect"}, {"reason", reason}, {"debug_info", {{"host", "applink-1"}}}};
}

}  // namespace

void SocketHub::Connection::send_disconnect(const std::string& reason) const
{
    socket->send(dump(disconnect_frame(reason)));
}

void SocketHub::Connection::retire()
{
    if (!socket) return;
    if (ready && hub != nullptr) ++hub->statistics_.sockets_closed;
    ready = false;
    socket->close();
    if (hub == nullptr) return;
    hub->room_again();
    hub->notify();
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
    wire_.note("socket", "opened", "");
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
    wire_.note("socket", "closed", "");
    std::erase_if(connections_, [&](const auto& each) { return each.get() == &connection; });
    room_again();
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

void SocketHub::set_offline(bool is_offline, WallInstant now)
{
    is_offline_ = is_offline;
    if (is_offline)
        cut_all();
    else
        pump(now);
}

void SocketHub::close_all()
{
    const auto connections = connections_;
    for (const auto& connection : connections) connection->retire();
}

}  // namespace sandbox
