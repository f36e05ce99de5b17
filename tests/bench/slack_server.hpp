// Slack's server side, just far enough to put the daemon under load: the Web API over HTTP and Socket Mode
// over WebSockets, on loopback, in one thread that waits with epoll. It checks nothing: for that there is the
// sandbox.
//
// All that is sent within one turn leaves in one write a socket, and reads are large, so that most of the
// machine is left to the daemon.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ackd::bench {

struct ServerListener {
    /// The body of the answer to a Web API call, or to a post to another address ("/response/…"); `form` is
    /// as it was sent.
    std::function<std::string(std::string_view method, std::string_view form)> on_call;
    /// A socket was opened and has been sent its hello.
    std::function<void()> on_socket;
    /// A text frame of the daemon: a confirmation.
    std::function<void(std::string_view text)> on_text;
};

class SlackServer {
public:
    /// `answer_delay`: how long each HTTP request is on its way, before it counts as having come.
    explicit SlackServer(ServerListener listener, std::chrono::milliseconds answer_delay);
    ~SlackServer();
    SlackServer(const SlackServer&) = delete;
    SlackServer& operator=(const SlackServer&) = delete;

    /// "http://127.0.0.1:PORT/api/", for SLACK_API_URL.
    [[nodiscard]] std::string api_url() const;
    [[nodiscard]] std::string socket_url() const;
    /// "http://127.0.0.1:PORT/response/", to which something is appended.
    [[nodiscard]] std::string response_url() const;

    /// Waits at most this long for something to arrive, takes it in, and sends what was put out.
    void turn(std::chrono::nanoseconds wait_max);
    /// Sends what was put out since the last turn.
    void flush();

    [[nodiscard]] std::size_t sockets_open() const { return sockets_.size(); }
    /// Where frames for one of the open sockets are appended, header included. Valid until the next turn.
    [[nodiscard]] std::string& unsent_of(std::size_t socket);

private:
    struct Peer;
    /// A request on its way.
    struct Delayed {
        std::chrono::steady_clock::time_point due;
        Peer* peer = nullptr;
        std::string head;
        std::string body;
    };
    void accept_all();
    void receive(Peer& peer);
    void take_requests(Peer& peer);
    void answer_due();
    void answer(Peer& peer, std::string_view head, std::string_view body);
    void upgrade(Peer& peer, std::string_view head);
    void take_frames(Peer& peer);
    void send(Peer& peer);
    void forget_closed();

    ServerListener listener_;
    std::chrono::milliseconds answer_delay_;
    std::deque<Delayed> delayed_;
    int epoll_ = -1;
    int acceptor_ = -1;
    std::uint16_t port_ = 0;
    std::vector<std::unique_ptr<Peer>> peers_;
    std::vector<Peer*> sockets_;
    std::vector<char> room_;
};

}  // namespace ackd::bench
