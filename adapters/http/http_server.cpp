#include "adapters/http/http_server.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <optional>

namespace ackd::http {
namespace {

namespace beast = boost::beast;
using tcp = asio::ip::tcp;
using Socket = asio::basic_stream_socket<tcp, IoExecutor>;
using Acceptor = asio::basic_socket_acceptor<tcp, IoExecutor>;
using Parser = beast::http::request_parser<beast::http::string_body>;
using SteadyTime = std::chrono::steady_clock::time_point;

/// How long a peer that was refused in mid-sentence may go on talking, so that it finds our answer.
constexpr std::chrono::seconds drain_for{1};
constexpr std::chrono::milliseconds accept_pause{100};

std::string text_of(beast::string_view part)
{
    return std::string{part.data(), part.size()};
}

bool same_ignoring_case(std::string_view one, std::string_view other)
{
    return beast::iequals(beast::string_view{one.data(), one.size()},
                          beast::string_view{other.data(), other.size()});
}

Response empty_response(unsigned status)
{
    Response response;
    response.status = status;
    return response;
}

/// What to say to a peer whose request could not be read; nothing: the connection is gone or was empty.
std::optional<unsigned> status_for(const error_code& error)
{
    if (error == beast::http::error::end_of_stream || error == beast::http::error::partial_message)
        return std::nullopt;
    if (error == beast::http::error::body_limit) return 413;
    if (error == beast::http::error::header_limit || error == beast::http::error::buffer_overflow) return 431;
    const auto& http_errors = beast::http::make_error_code(beast::http::error::bad_version).category();
    if (error.category() == http_errors) return 400;
    return std::nullopt;
}

}  // namespace

std::string_view RequestHead::field(std::string_view name) const
{
    for (const auto& [known, value] : fields) {
        if (same_ignoring_case(known, name)) return value;
    }
    return {};
}

struct Server::State {
    struct Route {
        std::string method;
        std::string path;
        Handler handler;
    };

    State(IoExecutor io, Interrupts& ends, TaskGroup& group, ServerLimits bounds)
        : executor(io), interrupts(ends), tasks(group), limits(bounds), acceptor(io), room(io)
    {}

    [[nodiscard]] Task<void> accept_all();
    [[nodiscard]] Task<void> run(std::shared_ptr<Session> session);
    void displace_slowest();

    IoExecutor executor;
    Interrupts& interrupts;
    TaskGroup& tasks;
    const ServerLimits limits;
    std::vector<Route> routes;
    Gate gate;  ///< to `any_other`; none: there is nothing else
    Handler any_other;
    Acceptor acceptor;
    asio::steady_timer room;  ///< waited for while all connections are taken; cancelled when one ends
    std::vector<std::shared_ptr<Session>> sessions;
    bool stopping = false;
};

/// One connection, one request at a time.
class Server::Session {
public:
    Session(Socket socket, State& server)
        : server_(server),
          socket_(std::move(socket)),
          buffer_(server.limits.header_size_max + most_read_at_once),
          reading_since_(std::chrono::steady_clock::now())
    {}

    [[nodiscard]] Task<void> serve();

    void close()
    {
        error_code ignored;
        socket_.close(ignored);
        reading_ = false;
    }
    /// Waiting for a request or in the middle of one; not while it is answered.
    [[nodiscard]] bool is_reading() const { return reading_; }
    [[nodiscard]] SteadyTime reading_since() const { return reading_since_; }

private:
    static constexpr std::size_t most_read_at_once = 64 * 1024;

    [[nodiscard]] Task<bool> wait_for_request(std::chrono::milliseconds limit);
    /// The response to what was refused before it was read, or nothing: `request` is complete, or the peer
    /// gone.
    [[nodiscard]] Task<std::optional<Response>> read(Parser& parser);
    [[nodiscard]] RequestHead head_of(const Parser& parser) const;
    /// Who answers, or null and the refusal.
    [[nodiscard]] const Handler* handler_of(const RequestHead& head, std::optional<Response>& refusal) const;
    /// Without its body when it answers a HEAD request.
    [[nodiscard]] Task<bool> write(Response response, unsigned version, bool keep_alive);
    [[nodiscard]] Task<void> drain();

    State& server_;
    Socket socket_;
    beast::flat_buffer buffer_;
    bool reading_ = true;
    SteadyTime reading_since_;
    const Handler* handler_ = nullptr;
    bool is_head_ = false;
    Request request_;
};

Task<bool> Server::Session::wait_for_request(std::chrono::milliseconds limit)
{
    if (buffer_.size() > 0) co_return true;
    const Deadline deadline{server_.executor, server_.interrupts, limit, [this] { close(); }};
    const auto [error] = co_await socket_.async_wait(Socket::wait_read, no_throw);
    co_return !error;
}

RequestHead Server::Session::head_of(const Parser& parser) const
{
    RequestHead head;
    head.method = text_of(parser.get().method_string());
    head.path = text_of(parser.get().target());
    head.path.resize(std::min(head.path.find('?'), head.path.size()));
    for (const auto& field : parser.get())
        head.fields.emplace_back(text_of(field.name_string()), text_of(field.value()));
    error_code ignored;
    head.peer = socket_.remote_endpoint(ignored).address().to_string();
    return head;
}

const Server::Handler* Server::Session::handler_of(const RequestHead& head,
                                                   std::optional<Response>& refusal) const
{
    std::string allowed;
    for (const State::Route& route : server_.routes) {
        if (route.path != head.path) continue;
        if (route.method == head.method) return &route.handler;
        allowed += (allowed.empty() ? "" : ", ") + route.method;
    }
    if (allowed.empty() && server_.gate) {
        refusal = server_.gate(head);
        return refusal ? nullptr : &server_.any_other;
    }
    refusal = empty_response(allowed.empty() ? 404 : 405);
    if (!allowed.empty()) refusal->fields.emplace_back("Allow", allowed);
    return nullptr;
}

Task<std::optional<Response>> Server::Session::read(Parser& parser)
{
    parser.header_limit(server_.limits.header_size_max);
    parser.body_limit(server_.limits.body_size_max);
    const Deadline deadline{
        server_.executor, server_.interrupts, server_.limits.request_within, [this] { close(); }};
    std::optional<Response> refusal;
    const auto [head_error,
                head_size] = co_await beast::http::async_read_header(socket_, buffer_, parser, no_throw);
    if (head_error) {
        if (const auto status = status_for(head_error)) refusal = empty_response(*status);
        co_return refusal;
    }
    static_cast<RequestHead&>(request_) = head_of(parser);
    is_head_ = request_.method == "HEAD";
    handler_ = handler_of(request_, refusal);
    if (refusal) co_return refusal;
    const auto [body_error, body_size] = co_await beast::http::async_read(socket_, buffer_, parser, no_throw);
    if (body_error) {
        handler_ = nullptr;
        if (const auto status = status_for(body_error)) refusal = empty_response(*status);
    }
    co_return refusal;
}

Task<bool> Server::Session::write(Response response, unsigned version, bool keep_alive)
{
    beast::http::response<beast::http::string_body> message{static_cast<beast::http::status>(response.status),
                                                            version};
    for (const auto& [name, value] : response.fields) message.set(name, value);
    std::size_t length = 0;
    if (!response.content_type.empty()) {
        message.set(beast::http::field::content_type, response.content_type);
        length = response.body.size();
        if (!is_head_) message.body() = std::move(response.body);
    }
    message.keep_alive(keep_alive);
    // That nothing has changed says nothing of how long it is.
    if (message.result() != beast::http::status::not_modified) message.content_length(length);
    const Deadline deadline{
        server_.executor, server_.interrupts, server_.limits.write_within, [this] { close(); }};
    const auto [error, size] = co_await beast::http::async_write(socket_, message, no_throw);
    co_return !error;
}

Task<void> Server::Session::drain()
{
    error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    const Deadline deadline{server_.executor, server_.interrupts, drain_for, [this] { close(); }};
    std::array<char, 4096> unread;
    const asio::mutable_buffer room = asio::buffer(unread);
    for (std::size_t total = 0; total < server_.limits.body_size_max;) {
        const auto [error, count] = co_await socket_.async_read_some(room, no_throw);
        if (error) break;
        total += count;
    }
}

Task<void> Server::Session::serve()
{
    auto patience = server_.limits.request_within;
    for (bool again = true; again && !server_.stopping; patience = server_.limits.idle_for) {
        reading_ = true;
        reading_since_ = std::chrono::steady_clock::now();
        handler_ = nullptr;
        is_head_ = false;
        const bool begun = co_await wait_for_request(patience);
        if (!begun) break;
        Parser parser;
        std::optional<Response> refusal = co_await read(parser);
        if (!refusal && handler_ == nullptr) break;

        reading_ = false;
        const unsigned version = parser.get().version() == 10 ? 10 : 11;
        if (refusal) {
            const bool told = co_await write(std::move(*refusal), version, false);
            if (told) co_await drain();
            break;
        }
        const bool peer_stays = parser.get().keep_alive();
        request_.body = std::move(parser.get().body());
        Response response = co_await (*handler_)(request_);
        request_ = {};
        const bool stays = peer_stays && !server_.stopping;
        const bool told = co_await write(std::move(response), version, stays);
        again = told && stays;
    }
    close();
}

Task<void> Server::State::run(std::shared_ptr<Session> session)
{
    co_await session->serve();
    std::erase(sessions, session);
    room.cancel();
}

/// The one that has been reading for longest; none, when all are being answered.
void Server::State::displace_slowest()
{
    Session* slowest = nullptr;
    for (const auto& session : sessions) {
        if (!session->is_reading()) continue;
        if (slowest == nullptr || session->reading_since() < slowest->reading_since())
            slowest = session.get();
    }
    if (slowest == nullptr) return;
    spdlog::debug("event=http_connection_displaced connections={}", sessions.size());
    slowest->close();
}

Task<void> Server::State::accept_all()
{
    while (!stopping) {
        Socket socket{executor};
        const auto [error] = co_await acceptor.async_accept(socket, no_throw);
        if (stopping) co_return;
        if (error) {
            spdlog::warn("event=http_accept_failed reason=\"{}\"", error.message());
            const bool waited = co_await pause_for(interrupts, accept_pause);
            if (!waited) co_return;
            continue;
        }
        while (sessions.size() >= limits.connections_max) {
            displace_slowest();
            room.expires_at(SteadyTime::max());
            [[maybe_unused]] const auto [woken] = co_await room.async_wait(no_throw);
            if (stopping) co_return;
        }
        error_code ignored;
        socket.set_option(tcp::no_delay{true}, ignored);
        auto session = std::make_shared<Session>(std::move(socket), *this);
        sessions.push_back(session);
        tasks.spawn(run(std::move(session)));
    }
}

Server::Server(IoExecutor executor, Interrupts& interrupts, TaskGroup& tasks, ServerLimits limits)
    : state_(std::make_unique<State>(executor, interrupts, tasks, limits))
{}

Server::~Server() = default;

void Server::on(std::string method, std::string path, Handler handler)
{
    State::Route& route = state_->routes.emplace_back();
    route.method = std::move(method);
    route.path = std::move(path);
    route.handler = std::move(handler);
}

void Server::on_any_other(Gate gate, Handler handler)
{
    state_->gate = std::move(gate);
    state_->any_other = std::move(handler);
}

Result<std::string> Server::listen(const ListenAddress& address)
{
    error_code error;
    const tcp::endpoint endpoint{asio::ip::make_address(address.host, error), address.port};
    Acceptor& acceptor = state_->acceptor;
    if (!error) acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(Acceptor::reuse_address{true}, error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(Acceptor::max_listen_connections, error);
    if (error) {
        return Fault{FaultKind::temporary,
                     fmt::format("cannot listen on {}:{}: {}", address.host, address.port, error.message())};
    }
    state_->tasks.spawn(state_->accept_all());
    const tcp::endpoint bound = acceptor.local_endpoint();
    const std::string host = bound.address().to_string();
    return fmt::format("{}:{}", bound.address().is_v6() ? "[" + host + "]" : host, bound.port());
}

void Server::stop()
{
    if (std::exchange(state_->stopping, true)) return;
    error_code ignored;
    state_->acceptor.close(ignored);
    state_->room.cancel();
    for (const auto& session : state_->sessions) {
        if (session->is_reading()) session->close();
    }
}

}  // namespace ackd::http
