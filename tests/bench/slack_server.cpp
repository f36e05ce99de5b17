#include "tests/bench/slack_server.hpp"

#include "tests/bench/websocket_wire.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace ackd::bench {

namespace {

constexpr std::size_t read_size = 256 * 1024;
constexpr std::size_t request_size_max = 1024 * 1024;

void check(bool worked, const char* what)
{
    if (!worked) throw std::system_error(errno, std::generic_category(), what);
}

/// The value of a header, or "".
std::string_view header_of(std::string_view head, std::string_view name)
{
    for (auto line = head.find("\r\n"); line != std::string_view::npos; line = head.find("\r\n", line + 2)) {
        const std::string_view rest = head.substr(line + 2);
        if (rest.size() <= name.size() || rest[name.size()] != ':') continue;
        if (strncasecmp(rest.data(), name.data(), name.size()) != 0) continue;
        std::string_view value = rest.substr(name.size() + 1);
        value = value.substr(0, value.find("\r\n"));
        value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
        return value;
    }
    return {};
}

/// What ackd asks for, and a good deal more.
constexpr std::string_view granted_scopes =
    "app_mentions:read,channels:history,channels:join,channels:read,chat:write,chat:write.public,commands,"
    "dnd:read,"
    "groups:history,groups:read,im:history,im:read,im:write,mpim:history,mpim:read,mpim:write,reactions:read,"
    "reactions:write,team:read,usergroups:read,users.profile:read,users:read,users:read.email";

}  // namespace

struct SlackServer::Peer {
    int descriptor = -1;
    bool is_socket = false;
    bool is_closed = false;
    bool waits_for_room = false;
    std::string received;
    std::string message;  ///< of several frames, so far
    std::string unsent;
};

SlackServer::SlackServer(ServerListener listener, std::chrono::milliseconds answer_delay)
    : listener_(std::move(listener)), answer_delay_(answer_delay), room_(read_size)
{
    epoll_ = epoll_create1(EPOLL_CLOEXEC);
    check(epoll_ >= 0, "epoll_create1");
    acceptor_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    check(acceptor_ >= 0, "socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    check(bind(acceptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0, "bind");
    check(listen(acceptor_, 64) == 0, "listen");
    socklen_t size = sizeof address;
    check(getsockname(acceptor_, reinterpret_cast<sockaddr*>(&address), &size) == 0, "getsockname");
    port_ = ntohs(address.sin_port);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = nullptr;
    check(epoll_ctl(epoll_, EPOLL_CTL_ADD, acceptor_, &event) == 0, "epoll_ctl");
}

SlackServer::~SlackServer()
{
    for (const auto& peer : peers_) close(peer->descriptor);
    close(acceptor_);
    close(epoll_);
}

std::string SlackServer::api_url() const
{
    return fmt::format("http://127.0.0.1:{}/api/", port_);
}

std::string SlackServer::response_url() const
{
    return fmt::format("http://127.0.0.1:{}/response/", port_);
}

std::string SlackServer::socket_url() const
{
    return fmt::format("ws://127.0.0.1:{}/link/?ticket=bench&app_id=A0BENCH0001", port_);
}

std::string& SlackServer::unsent_of(std::size_t socket)
{
    return sockets_[socket]->unsent;
}

void SlackServer::turn(std::chrono::nanoseconds wait_max)
{
    std::array<epoll_event, 32> events{};
    if (!delayed_.empty()) {
        const std::chrono::nanoseconds until_due = delayed_.front().due - std::chrono::steady_clock::now();
        wait_max = std::clamp(until_due, std::chrono::nanoseconds{0}, wait_max);
    }
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(wait_max);
    const timespec limit{seconds.count(), static_cast<long>((wait_max - seconds).count())};
    const int count = epoll_pwait2(epoll_, events.data(), static_cast<int>(events.size()), &limit, nullptr);
    check(count >= 0 || errno == EINTR, "epoll_pwait2");
    for (int index = 0; index < count; ++index) {
        const epoll_event& event = events[static_cast<std::size_t>(index)];
        auto* peer = static_cast<Peer*>(event.data.ptr);
        if (peer == nullptr) {
            accept_all();
            continue;
        }
        if ((event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0 && !peer->is_closed) receive(*peer);
        if ((event.events & EPOLLOUT) != 0 && !peer->is_closed) send(*peer);
    }
    answer_due();
    flush();
}

void SlackServer::flush()
{
    for (const auto& peer : peers_) {
        if (!peer->unsent.empty() && !peer->waits_for_room && !peer->is_closed) send(*peer);
    }
    forget_closed();
}

void SlackServer::accept_all()
{
    for (;;) {
        const int descriptor = accept4(acceptor_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor < 0) return;
        const int on = 1;
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        auto peer = std::make_unique<Peer>();
        peer->descriptor = descriptor;
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = peer.get();
        check(epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) == 0, "epoll_ctl");
        peers_.push_back(std::move(peer));
    }
}

void SlackServer::receive(Peer& peer)
{
    const ssize_t count = recv(peer.descriptor, room_.data(), room_.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) {
        peer.is_closed = true;
        return;
    }
    peer.received.append(room_.data(), static_cast<std::size_t>(count));
    if (!peer.is_socket) take_requests(peer);
    if (peer.is_socket) take_frames(peer);
}

void SlackServer::take_requests(Peer& peer)
{
    std::size_t taken = 0;
    while (!peer.is_socket) {
        const std::string_view rest = std::string_view{peer.received}.substr(taken);
        const auto head_end = rest.find("\r\n\r\n");
        if (head_end == std::string_view::npos) break;
        const std::string_view head = rest.substr(0, head_end);
        std::size_t body_size = 0;
        const std::string_view length = header_of(head, "Content-Length");
        std::from_chars(length.data(), length.data() + length.size(), body_size);
        if (body_size > request_size_max) throw std::runtime_error("a request of more than 1 MiB");
        if (rest.size() < head_end + 4 + body_size) break;
        taken += head_end + 4 + body_size;
        const std::string_view body = rest.substr(head_end + 4, body_size);
        if (!header_of(head, "Upgrade").empty())
            upgrade(peer, head);
        else if (answer_delay_.count() == 0)
            answer(peer, head, body);
        else
            delayed_.push_back({std::chrono::steady_clock::now() + answer_delay_,
                                &peer,
                                std::string{head},
                                std::string{body}});
    }
    peer.received.erase(0, taken);
}

void SlackServer::answer_due()
{
    while (!delayed_.empty() && delayed_.front().due <= std::chrono::steady_clock::now()) {
        const Delayed request = std::move(delayed_.front());
        delayed_.pop_front();
        if (!request.peer->is_closed) answer(*request.peer, request.head, request.body);
    }
}

void SlackServer::answer(Peer& peer, std::string_view head, std::string_view body)
{
    constexpr std::string_view prefix = "/api/";
    const auto begin = head.find(' ') + 1;
    const std::string_view target = head.substr(begin, head.find(' ', begin) - begin);
    const std::string_view method = target.starts_with(prefix) ? target.substr(prefix.size()) : target;
    const std::string text = listener_.on_call(method, body);
    peer.unsent += fmt::format("HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n"
                               "X-OAuth-Scopes: {}\r\nContent-Length: {}\r\n\r\n",
                               granted_scopes,
                               text.size());
    peer.unsent += text;
}

void SlackServer::upgrade(Peer& peer, std::string_view head)
{
    peer.unsent += fmt::format(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: {}\r\n\r\n",
        accept_key(header_of(head, "Sec-WebSocket-Key")));
    peer.is_socket = true;
    sockets_.push_back(&peer);
    const std::string hello = fmt::format(
        R"({{"type":"hello","num_connections":{},"connection_info":{{"app_id":"A0BENCH0001"}},)"
        R"("debug_info":{{"host":"applink-bench","build_number":1,"approximate_connection_time":18060}}}})",
        sockets_.size());
    append_frame_header(peer.unsent, FrameKind::text, hello.size());
    peer.unsent += hello;
    if (listener_.on_socket) listener_.on_socket();
}

void SlackServer::take_frames(Peer& peer)
{
    std::size_t taken = 0;
    while (const auto frame = take_client_frame(peer.received.data() + taken, peer.received.size() - taken)) {
        taken += frame->size;
        switch (frame->kind) {
            case FrameKind::text:
            case FrameKind::continuation:
                if (frame->is_last && peer.message.empty()) {
                    listener_.on_text(frame->payload);
                    break;
                }
                peer.message += frame->payload;
                if (!frame->is_last) break;
                listener_.on_text(peer.message);
                peer.message.clear();
                break;
            case FrameKind::ping:
                append_frame_header(peer.unsent, FrameKind::pong, frame->payload.size());
                peer.unsent += frame->payload;
                break;
            case FrameKind::close:
                append_frame_header(peer.unsent, FrameKind::close, frame->payload.size());
                peer.unsent += frame->payload;
                send(peer);
                peer.is_closed = true;
                break;
            default: break;
        }
    }
    peer.received.erase(0, taken);
}

void SlackServer::send(Peer& peer)
{
    const ssize_t count = ::send(peer.descriptor, peer.unsent.data(), peer.unsent.size(), MSG_NOSIGNAL);
    if (count < 0 && errno != EAGAIN && errno != EINTR) {
        peer.is_closed = true;
        return;
    }
    if (count > 0) peer.unsent.erase(0, static_cast<std::size_t>(count));
    const bool waits = !peer.unsent.empty();
    if (waits == peer.waits_for_room) return;
    peer.waits_for_room = waits;
    epoll_event event{};
    event.events = waits ? EPOLLIN | EPOLLOUT : EPOLLIN;
    event.data.ptr = &peer;
    check(epoll_ctl(epoll_, EPOLL_CTL_MOD, peer.descriptor, &event) == 0, "epoll_ctl");
}

void SlackServer::forget_closed()
{
    std::erase_if(sockets_, [](const Peer* peer) { return peer->is_closed; });
    std::erase_if(delayed_, [](const Delayed& request) { return request.peer->is_closed; });
    std::erase_if(peers_, [](const std::unique_ptr<Peer>& peer) {
        if (peer->is_closed) close(peer->descriptor);
        return peer->is_closed;
    });
}

}  // namespace ackd::bench
