// The server over real connections, with peers that mean no good.
#include "adapters/http/http_server.hpp"

#include "tests/unit/raw_client.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <doctest/doctest.h>

#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

/// A server in a thread of its own: POST /echo gives the body back, POST /wait answers when it is let go.
class Station {
public:
    explicit Station(http::ServerLimits limits = {}, http::Server::Gate gate = nullptr)
        : tasks_(io_.get_executor()),
          server_(io_.get_executor(), interrupts_, tasks_, limits),
          gate_(io_.get_executor())
    {
        gate_.expires_at(std::chrono::steady_clock::time_point::max());
        server_.on("POST", "/echo", [](const http::Request& request) { return echo(request); });
        server_.on("POST", "/wait", [this](const http::Request&) { return wait(); });
        server_.on("GET", "/both", [](const http::Request& request) { return echo(request); });
        server_.on("POST", "/both", [](const http::Request& request) { return echo(request); });
        server_.on("HEAD", "/both", [](const http::Request&) { return five_bytes(200); });
        server_.on("GET", "/same", [](const http::Request&) { return five_bytes(304); });
        if (gate) {
            server_.on_any_other(std::move(gate), [](const http::Request& request) { return echo(request); });
        }
        const auto address = server_.listen(http::ListenAddress{"127.0.0.1", 0});
        REQUIRE(address.has_value());
        port = static_cast<std::uint16_t>(std::stoi(address->substr(address->rfind(':') + 1)));
        thread_ = std::thread{[this] { io_.run(); }};
    }
    ~Station() { stop(); }

    /// Returns when every connection has ended: a test hangs here when one does not.
    void stop()
    {
        asio::post(io_, [this] { server_.stop(); });
        if (thread_.joinable()) thread_.join();
    }
    void begin_stop()
    {
        asio::post(io_, [this] { server_.stop(); });
    }
    void let_go()
    {
        asio::post(io_, [this] { gate_.cancel(); });
    }
    /// Until this many requests for /wait are being answered.
    void wait_for_waiting(int count)
    {
        for (;;) {
            std::promise<int> seen;
            asio::post(io_, [&] { seen.set_value(waiting_); });
            if (seen.get_future().get() == count) return;
            std::this_thread::yield();
        }
    }

    std::uint16_t port = 0;

private:
    static Task<http::Response> echo(const http::Request& request)
    {
        http::Response response;
        response.content_type = "text/plain";
        response.body = request.body;
        response.fields.emplace_back("X-Seen", request.field("x-marked"));
        co_return response;
    }
    static Task<http::Response> five_bytes(unsigned status)
    {
        http::Response response;
        response.status = status;
        if (status == 200) {
            response.content_type = "text/plain";
            response.body = "12345";
        }
        co_return response;
    }
    Task<http::Response> wait()
    {
        ++waiting_;
        [[maybe_unused]] const auto [woken] = co_await gate_.async_wait(no_throw);
        --waiting_;
        co_return http::Response{};
    }

    asio::io_context io_{1};
    Interrupts interrupts_;
    TaskGroup tasks_;
    http::Server server_;
    asio::steady_timer gate_;
    int waiting_ = 0;
    std::thread thread_;
};

std::string post(const std::string& path, const std::string& body, const std::string& headers = "")
{
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

TEST_CASE("http server: a request is answered with what its handler says, and another can follow")
{
    Station station;
    RawClient client{station.port};
    client.send(post("/echo?x=1", "hello", "X-MARKED: yes\r\n"));
    const auto answer = client.read();
    CHECK(answer.status == 200);
    CHECK(answer.body == "hello");
    CHECK(answer.has("X-Seen: yes"));
    CHECK(answer.has("Content-Type: text/plain"));
    client.send(post("/echo", "again"));
    CHECK(client.read().body == "again");
    client.send(post("/echo", "one") + post("/echo", "two"));
    CHECK(client.read().body == "one");
    CHECK(client.read().body == "two");
}

TEST_CASE("http server: a peer that wants no other request, or knows only HTTP/1.0, is hung up on")
{
    Station station;
    RawClient closing{station.port};
    closing.send(post("/echo", "hello", "Connection: close\r\n"));
    CHECK(closing.read().body == "hello");
    CHECK(closing.wait_for_end());
    RawClient old{station.port};
    old.send("POST /echo HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello");
    CHECK(old.read().body == "hello");
    CHECK(old.wait_for_end());
}

TEST_CASE(
    "http server: HEAD is answered as GET would be, without the body, and the next request finds its place")
{
    Station station;
    RawClient client{station.port};
    client.send("HEAD /both HTTP/1.1\r\nHost: x\r\n\r\n" + post("/echo", "hello"));
    const auto head = client.read_head();
    CHECK(head.status == 200);
    CHECK(head.has("Content-Length: 5"));
    CHECK(head.has("Content-Type: text/plain"));
    CHECK(client.read().body == "hello");
}

TEST_CASE("http server: that nothing has changed says nothing of a length, and the connection stays")
{
    Station station;
    RawClient client{station.port};
    client.send("GET /same HTTP/1.1\r\nHost: x\r\n\r\n" + post("/echo", "hello"));
    const auto same = client.read();
    CHECK(same.status == 304);
    CHECK(same.head.find("Content-Length") == std::string::npos);
    CHECK(client.read().body == "hello");
}

TEST_CASE("http server: a body in pieces is one body")
{
    Station station;
    RawClient client{station.port};
    client.send(
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");
    CHECK(client.read().body == "hello");
    for (const char byte : post("/echo", "drop by drop")) client.send(std::string{byte});
    CHECK(client.read().body == "drop by drop");
}

TEST_CASE("http server: what is not asked for is refused before its body is read, and the connection ends")
{
    struct Row {
        const char* what;
        std::string request;
        int status;
    };
    http::ServerLimits limits;
    limits.body_size_max = 1'000;
    limits.header_size_max = 2'000;
    const Row rows[] = {
        {"another path", "POST /elsewhere HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n", 404},
        {"a longer path", "POST /echo/more HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 404},
        {"another method", "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n", 405},
        {"a body beyond the limit, announced",
         "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n",
         413},
        {"a body beyond the limit, in pieces",
         "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" +
             std::string(2'000, 'x'),
         413},
        {"a header beyond the limit",
         "POST /echo HTTP/1.1\r\nX: " + std::string(3'000, 'x') + "\r\n\r\n",
         431},
        {"a first line without an end", "POST /" + std::string(5'000, 'x'), 431},
        {"no HTTP", "hello\r\n\r\n", 400},
        {"no HTTP at all", std::string{"\x16\x03\x01\x00\xFC\r\n\r\n", 9}, 400},
        {"another version", "POST /echo HTTP/2.0\r\nHost: x\r\n\r\n", 400},
        {"two lengths",
         "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
         400},
        {"a length and pieces",
         "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
        {"a negative length", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400},
        {"a piece of no size",
         "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
         400},
    };
    Station station{limits};
    for (const Row& row : rows) {
        CAPTURE(row.what);
        RawClient client{station.port};
        client.send(row.request);
        const auto answer = client.read();
        CHECK(answer.status == row.status);
        CHECK(answer.body.empty());
        client.half_close();
        CHECK(client.wait_for_end());
    }
    RawClient client{station.port};
    client.send("PUT /both HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(client.read().has("Allow: GET, POST, HEAD"));
}

TEST_CASE("http server: who looks at all other paths sees a request before its body, and may refuse it")
{
    http::ServerLimits limits;
    limits.body_size_max = 1'000;
    Station station{limits, [](const http::RequestHead& head) -> std::optional<http::Response> {
                        if (head.path == "/in/key" && head.peer == "127.0.0.1" && head.method == "POST")
                            return std::nullopt;
                        http::Response refusal;
                        refusal.status = 403;
                        return refusal;
                    }};
    RawClient client{station.port};
    client.send(post("/in/key?x=1", "hello"));
    CHECK(client.read().body == "hello");
    client.send(post("/echo", "as ever"));
    CHECK(client.read().body == "as ever");
    RawClient unread{station.port};
    unread.send("POST /in/other HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n");
    CHECK(unread.read().status == 403);
    unread.half_close();
    CHECK(unread.wait_for_end());
    RawClient other_method{station.port};
    other_method.send("PUT /both HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(other_method.read().status == 405);
}

TEST_CASE("http server: a peer that goes away in the middle of anything does no harm")
{
    Station station;
    const std::string whole = post("/echo", "hello");
    for (std::size_t length = 0; length < whole.size(); ++length) {
        CAPTURE(length);
        RawClient client{station.port};
        client.send(whole.substr(0, length));
        client.half_close();
        CHECK(client.wait_for_end());
    }
    {
        RawClient impatient{station.port};
        impatient.send(post("/wait", ""));
        station.wait_for_waiting(1);
    }
    station.let_go();
    RawClient client{station.port};
    client.send(whole);
    CHECK(client.read().body == "hello");
}

TEST_CASE("http server: a request that is not complete in time is dropped, however slowly it trickles")
{
    http::ServerLimits limits;
    limits.request_within = 500ms;
    limits.idle_for = 500ms;
    Station station{limits};
    RawClient silent{station.port};
    RawClient trickling{station.port};
    RawClient half_a_body{station.port};
    half_a_body.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhe");
    RawClient idle{station.port};
    idle.send(post("/echo", "hello"));
    CHECK(idle.read().body == "hello");
    while (trickling.send("X")) std::this_thread::sleep_for(5ms);  // until the server has hung up
    CHECK(silent.wait_for_end());
    CHECK(half_a_body.wait_for_end());
    CHECK(idle.wait_for_end());
}

TEST_CASE("http server: with all connections taken, a newcomer takes the place of the slowest reader")
{
    http::ServerLimits limits;
    limits.connections_max = 3;
    Station station{limits};
    RawClient served{station.port};
    served.send(post("/wait", ""));
    station.wait_for_waiting(1);
    RawClient slowest{station.port};
    slowest.send("POST /echo HTTP/1.1\r\n");
    RawClient slow{station.port};
    slow.send("POST /echo HTTP/1.1\r\n");
    RawClient newcomer{station.port};
    newcomer.send(post("/echo", "hello"));
    CHECK(newcomer.read().body == "hello");
    CHECK(slowest.wait_for_end());
    station.let_go();
    CHECK(served.read().status == 200);
    slow.send("Host: x\r\nContent-Length: 2\r\n\r\nhi");
    CHECK(slow.read().body == "hi");
}

TEST_CASE("http server: a hundred slow peers do not keep anybody out")
{
    http::ServerLimits limits;
    limits.connections_max = 8;
    Station station{limits};
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int count = 0; count < 100; ++count) {
        slow.push_back(std::make_unique<RawClient>(station.port));
        slow.back()->send("POST /echo HTTP/1.1\r\nX-Slow: ");
        if (count % 10 != 9) continue;
        RawClient client{station.port};
        client.send(post("/echo", "hello"));
        CHECK(client.read().body == "hello");
    }
}

TEST_CASE("http server: while all are being answered, a newcomer waits for the first to end")
{
    http::ServerLimits limits;
    limits.connections_max = 2;
    Station station{limits};
    RawClient first{station.port};
    RawClient second{station.port};
    first.send(post("/wait", ""));
    second.send(post("/wait", "", "Connection: close\r\n"));
    station.wait_for_waiting(2);
    RawClient newcomer{station.port};
    newcomer.send(post("/echo", "hello"));
    station.let_go();
    CHECK(newcomer.read().body == "hello");
}

TEST_CASE("http server: at its stop those who are being answered get their answer, all others are hung up on")
{
    Station station;
    RawClient served{station.port};
    served.send(post("/wait", ""));
    station.wait_for_waiting(1);
    RawClient idle{station.port};
    idle.send(post("/echo", "hello"));
    CHECK(idle.read().body == "hello");
    RawClient half{station.port};
    half.send("POST /echo HTTP/1.1\r\n");
    station.begin_stop();
    CHECK(idle.wait_for_end());
    CHECK(half.wait_for_end());
    station.let_go();
    CHECK(served.read().status == 200);
    CHECK(served.wait_for_end());
}

TEST_CASE("http server: an address that is taken is said so")
{
    const Station station;
    asio::io_context io;
    Interrupts interrupts;
    TaskGroup tasks{io.get_executor()};
    http::Server second{io.get_executor(), interrupts, tasks, http::ServerLimits{}};
    const auto address = second.listen(http::ListenAddress{"127.0.0.1", station.port});
    REQUIRE_FALSE(address.has_value());
    CHECK(address.error().kind == FaultKind::temporary);
    CHECK(address.error().detail ==
          "cannot listen on 127.0.0.1:" + std::to_string(station.port) + ": Address already in use");
}
