// A small HTTP/1.1 server, meant to stand behind a reverse proxy: plain TCP, a few fixed paths (and, where
// somebody looks at the rest, any), whole requests in, whole responses out. What is asked with HEAD is
// answered as its handler answers, without the body.
//
// Everything is bounded (ServerLimits), so that a hostile peer costs at most what the limits say:
//  - a request that is not complete in time is dropped, however slowly its bytes trickle;
//  - with all connections taken, the newcomer takes the place of the one that has been reading for longest,
//  so
//    that slow ones cannot keep others out;
//  - what is not asked for (another path, another method, no key) is refused before its body is read.
//
// Runs on the thread of its executor; its connections are tasks of the group it is given. Must outlive them.
#pragma once

#include "adapters/asio/interrupts.hpp"
#include "adapters/asio/task_group.hpp"
#include "adapters/http/listen_address.hpp"
#include "bot/fault.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ackd::http {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// What of a request comes before its body.
struct RequestHead {
    std::string method;
    std::string path;  ///< without the query
    Fields fields;
    std::string peer;  ///< the address it comes from: "127.0.0.1"

    /// The first header field of that name, in upper or lower case, or "".
    [[nodiscard]] std::string_view field(std::string_view name) const;
};

struct Request : RequestHead {
    std::string body;  ///< as it came
};

struct Response {
    unsigned status = 200;
    std::string content_type;  ///< empty: there is no body
    std::string body;
    Fields fields;  ///< further header fields
};

struct ServerLimits {
    std::size_t connections_max = 64;
    std::uint32_t header_size_max = 16 * 1024;
    std::size_t body_size_max = 1024 * 1024;
    /// From the first byte of a request to its last, and from a connection to its first request.
    std::chrono::milliseconds request_within{10'000};
    /// Between two requests of a connection. Longer than what proxies keep connections for, so that it is
    /// they who close them, and no request is sent into a closing one.
    std::chrono::milliseconds idle_for{90'000};
    std::chrono::milliseconds write_within{5'000};
};

class Server {
public:
    /// Answers one request, which outlives the task. Bounds its own time.
    using Handler = std::function<Task<Response>(const Request&)>;

    Server(IoExecutor executor, Interrupts& interrupts, TaskGroup& tasks, ServerLimits limits);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// What a request is refused with, its body unread; nothing: let it be read.
    using Gate = std::function<std::optional<Response>(const RequestHead&)>;

    /// Before `listen`. A path that has no handler is 404, a method that its path does not have is 405.
    void on(std::string method, std::string path, Handler handler);
    /// Before `listen`. All that `on` does not name goes through `gate` to `handler`.
    void on_any_other(Gate gate, Handler handler);

    /// Begins to serve; returns where ("127.0.0.1:8090"). Fault `temporary`: the address is taken or not
    /// ours.
    [[nodiscard]] Result<std::string> listen(const ListenAddress& address);

    /// Accepts and reads nothing more; requests that are being answered get their answer.
    void stop();

private:
    class Session;
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace ackd::http
