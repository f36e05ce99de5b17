#include "sandbox/wire/http_port.hpp"

#include "sandbox/wire/web_socket_connection.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <csignal>
#include <list>
#include <optional>

namespace sandbox {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;

constexpr std::uint64_t body_bytes_max = 1U << 20U;
constexpr std::uint32_t header_bytes_max = 16U << 10U;
constexpr std::size_t connections_max = 500;
constexpr std::chrono::seconds idle_max{120};

class HttpSession;

}  // namespace

struct HttpPort::State {
    State(Agenda& given_agenda, Host given_host, const std::string& address, std::uint16_t port)
        : agenda(given_agenda),
          host(std::move(given_host)),
          acceptor(io),
          timer(io),
          signals(io, SIGINT, SIGTERM)
    {
        const tcp::endpoint endpoint{asio::ip::make_address(address), port};
        acceptor.open(endpoint.protocol());
        acceptor.set_option(tcp::acceptor::reuse_address(true));
        acceptor.bind(endpoint);
        acceptor.listen();
    }

    Agenda& agenda;
    Host host;
    asio::io_context io{1};
    tcp::acceptor acceptor;
    asio::steady_timer timer;
    asio::signal_set signals;
    std::list<std::weak_ptr<HttpSession>> sessions;
    std::list<std::weak_ptr<WebSocket>> sockets;
    std::size_t connections = 0;
    bool stopping = false;
};

namespace {

using State = HttpPort::State;

/// One HTTP connection with keep-alive: reads, lets the host answer, writes, one request at a time.
class HttpSession : public std::enable_shared_from_this<HttpSession> {
public:
    HttpSession(tcp::socket socket, std::shared_ptr<State> server)
        : server_(std::move(server)), stream_(std::move(socket))
    {
        ++server_->connections;
    }
    HttpSession(const HttpSession&) = delete;
    HttpSession& operator=(const HttpSession&) = delete;
    ~HttpSession() { --server_->connections; }

    void start()
    {
        error_code ignored;
        stream_.socket().set_option(tcp::no_delay{true}, ignored);
        read();
    }

    void close()
    {
        error_code ignored;
        stream_.socket().close(ignored);
    }

private:
    void read()
    {
        parser_.emplace();
        parser_->body_limit(body_bytes_max);
        parser_->header_limit(header_bytes_max);
        stream_.expires_after(idle_max);
        http::async_read(
            stream_, buffer_, *parser_, [self = shared_from_this()](error_code error, std::size_t) {
                if (!error) return self->dispatch();
                if (error == http::error::body_limit || error == http::error::header_limit)
                    return self->write(HttpAnswer{413, "text/plain; charset=utf-8", {}, "too large\n"});
                self->close();
            });
    }

    void dispatch()
    {
        stream_.expires_never();
        const auto& message = parser_->get();
        keeps_alive_ = message.keep_alive();
        HttpRequest request;
        const auto text = [](boost::beast::string_view part) {
            return std::string{part.data(), part.size()};
        };
        request.verb = text(message.method_string());
        const std::string target = text(message.target());
        const auto mark = std::min(target.find('?'), target.size());
        request.path = target.substr(0, mark);
        request.query = target.substr(std::min(mark + 1, target.size()));
        request.authorization = text(message[http::field::authorization]);
        request.content_type = text(message[http::field::content_type]);
        request.host = text(message[http::field::host]);
        request.origin = text(message[http::field::origin]);
        request.accepts_gzip = text(message[http::field::accept_encoding]).find("gzip") != std::string::npos;
        request.is_local = is_from_this_machine() && message[http::field::forwarded].empty() &&
                           message["X-Forwarded-For"].empty();
        if (boost::beast::websocket::is_upgrade(message)) return upgrade(request);
        request.body = std::move(parser_->get().body());
        server_->host.on_request(request, HttpReply{[self = shared_from_this()](const HttpAnswer* answer) {
                                     if (answer == nullptr) return self->close();
                                     self->write(*answer);
                                 }});
    }

    bool is_from_this_machine() const
    {
        error_code error;
        const auto peer = stream_.socket().remote_endpoint(error).address();
        if (error) return false;
        return peer.is_loopback() || peer == stream_.socket().local_endpoint(error).address();
    }

    void upgrade(const HttpRequest& request)
    {
        auto listener = server_->stopping ? nullptr : server_->host.on_socket(request);
        if (!listener)
            return write(HttpAnswer{408, "text/plain; charset=utf-8", {}, "ticket expired or used\n"});
        const auto message = parser_->release();
        start_web_socket(stream_.release_socket(),
                         message,
                         std::move(listener),
                         [this](const std::shared_ptr<WebSocket>& socket) {
                             server_->sockets.remove_if([](const auto& each) { return each.expired(); });
                             server_->sockets.push_back(socket);
                         });
    }

    void write(const HttpAnswer& answer)
    {
        if (!stream_.socket().is_open()) return;
        response_ = {};
        response_.version(11);
        response_.result(static_cast<unsigned>(answer.status));
        response_.set(http::field::server, "ackd-sandbox");
        response_.set(http::field::content_type, answer.content_type);
        for (const auto& [name, value] : answer.headers) response_.set(name, value);
        response_.body() = answer.body;
        keeps_alive_ = keeps_alive_ && answer.status != 413 && !server_->stopping;
        response_.keep_alive(keeps_alive_);
        response_.prepare_payload();
        stream_.expires_after(idle_max);
        http::async_write(stream_, response_, [self = shared_from_this()](error_code error, std::size_t) {
            if (error || !self->keeps_alive_) return self->close();
            self->read();
        });
    }

    // Declared first: the stream's executor lives in the server's state.
    std::shared_ptr<State> server_;  ///< a held reply may outlive the server
    boost::beast::tcp_stream stream_;
    boost::beast::flat_buffer buffer_{body_bytes_max + header_bytes_max};
    std::optional<http::request_parser<http::string_body>> parser_;
    http::response<http::string_body> response_;
    bool keeps_alive_ = false;
};

void accept(const std::shared_ptr<State>& state)
{
    state->acceptor.async_accept([state](error_code error, tcp::socket socket) {
        if (state->stopping || error == asio::error::operation_aborted) return;
        if (!error && state->connections < connections_max) {
            const auto session = std::make_shared<HttpSession>(std::move(socket), state);
            state->sessions.remove_if([](const auto& each) { return each.expired(); });
            state->sessions.push_back(session);
            session->start();
        }
        accept(state);
    });
}

void set_timer(State& state)
{
    const auto next = state.agenda.next();
    if (!next || state.stopping) return;
    state.timer.expires_at(*next);
    state.timer.async_wait([&state](error_code error) {
        if (error || state.stopping) return;
        state.agenda.run_due(std::chrono::steady_clock::now());
        set_timer(state);
    });
}

void begin_stop(State& state)
{
    if (std::exchange(state.stopping, true)) return;
    state.host.on_stop();
    error_code ignored;
    state.acceptor.close(ignored);
    state.timer.cancel();
    state.signals.cancel(ignored);
    for (const auto& each : state.sockets)
        if (const auto socket = each.lock()) socket->close();
    for (const auto& each : state.sessions)
        if (const auto session = each.lock()) session->close();
}

}  // namespace

HttpPort::HttpPort(Agenda& agenda, Host host, const std::string& address, std::uint16_t port)
    : state_(std::make_shared<State>(agenda, std::move(host), address, port))
{
    agenda.on_change([state = state_.get()] { set_timer(*state); });
}

HttpPort::~HttpPort()
{
    state_->agenda.on_change(nullptr);
}

std::uint16_t HttpPort::port() const
{
    return state_->acceptor.local_endpoint().port();
}

asio::io_context& HttpPort::io()
{
    return state_->io;
}

void HttpPort::run()
{
    state_->signals.async_wait([state = state_.get()](error_code error, int) {
        if (!error) begin_stop(*state);
    });
    accept(state_);
    set_timer(*state_);
    state_->io.run();
}

void HttpPort::stop()
{
    begin_stop(*state_);
}

}  // namespace sandbox
