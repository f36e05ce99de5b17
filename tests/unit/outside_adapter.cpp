// The door to the outside over real connections, with receivers that behave and receivers that do not.
#include "adapters/outside/outside_adapter.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <poll.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

using namespace ackd;
using namespace ackd::outside;
using namespace std::chrono_literals;

namespace {

/// Takes one connection after the other, reads a request, and does with it what it is told.
class Receiver {
public:
    using Serve = std::function<void(int connection)>;

    explicit Receiver(Serve serve)
        : serve_(std::move(serve)), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
        REQUIRE(listen(listener_, 64) == 0);
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port = ntohs(address.sin_port);
        thread_ = std::thread{[this] { run(); }};
    }
    /// Says this and ends the connection.
    explicit Receiver(std::string answer)
        : Receiver([answer = std::move(answer)](int connection) {
              send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
          })
    {}
    ~Receiver()
    {
        is_ending_ = true;
        shutdown(listener_, SHUT_RDWR);
        thread_.join();
        close(listener_);
    }
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    [[nodiscard]] std::string url(const std::string& host = "127.0.0.1") const
    {
        return "http://" + host + ":" + std::to_string(port) + "/hook?token=in-the-query";
    }
    /// What was asked, in its order.
    std::vector<std::string> requests()
    {
        const std::lock_guard lock{mutex_};
        return requests_;
    }
    /// Until the other side goes away, or this ends.
    void wait_for_end(int connection) const
    {
        char byte = 0;
        pollfd readable{connection, POLLIN, 0};
        while (!is_ending_)
            if (poll(&readable, 1, 20) > 0 && recv(connection, &byte, 1, 0) <= 0) return;
    }

    std::uint16_t port = 0;

private:
    void run()
    {
        while (!is_ending_) {
            const int connection = accept(listener_, nullptr, nullptr);
            if (connection < 0) return;
            const timeval patience{10, 0};
            setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
            const std::string request = read_request(connection);
            {
                const std::lock_guard lock{mutex_};
                requests_.push_back(request);
            }
            serve_(connection);
            close(connection);
        }
    }
    static std::string read_request(int connection)
    {
        std::string request;
        std::size_t wanted = std::string::npos;
        char bytes[4096];
        while (request.size() < wanted) {
            const auto count = recv(connection, bytes, sizeof bytes, 0);
            if (count <= 0) break;
            request.append(bytes, static_cast<std::size_t>(count));
            const std::size_t end = request.find("\r\n\r\n");
            if (end == std::string::npos) continue;
            const std::size_t length = request.find("Content-Length: ");
            wanted = end + 4 + (length < end ? std::stoul(request.substr(length + 16)) : 0);
        }
        return request;
    }

    Serve serve_;
    int listener_ = -1;
    std::atomic<bool> is_ending_ = false;
    std::mutex mutex_;
    std::vector<std::string> requests_;
    std::thread thread_;
};

class Outcomes final : public InputSink {
public:
    bool offer(std::vector<Input>&) override { return false; }
    void settle(EffectSettled settled) override
    {
        const std::lock_guard lock{mutex_};
        settled_[settled.id].push_back(std::move(settled.outcome));
        changed_.notify_all();
    }
    /// Of so many deliveries.
    std::map<OutboxId, std::vector<EffectOutcome>> wait_for(std::size_t count)
    {
        std::unique_lock lock{mutex_};
        REQUIRE(changed_.wait_for(lock, 20s, [&] { return settled_.size() >= count; }));
        return settled_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<OutboxId, std::vector<EffectOutcome>> settled_;
};

struct Station {
    explicit Station(std::chrono::milliseconds answer_within = 10s)
    {
        OutsideSettings settings;
        settings.secrets.add("ACKD_DESTINATION_HOOK", "the-secret");
        settings.answer_within = answer_within;
        adapter.emplace(std::move(settings), outcomes, clock);
    }
    void tell(std::int64_t id, const Destination& destination)
    {
        TellOutside told;
        told.destination = destination;
        told.message.event = "test";
        told.message.title = "what-is-told";
        Delivery delivery;
        delivery.id = OutboxId{id};
        delivery.effect = std::move(told);
        std::vector<Delivery> deliveries;
        deliveries.push_back(std::move(delivery));
        adapter->deliver(std::move(deliveries));
    }
    EffectOutcome outcome_of(const Destination& destination)
    {
        tell(1, destination);
        const auto settled = outcomes.wait_for(1);
        CHECK(settled.at(OutboxId{1}).size() == 1);
        return settled.at(OutboxId{1}).front();
    }
    Fault fault_of(const Destination& destination) { return std::get<Fault>(outcome_of(destination)); }

    SystemClock clock;
    Outcomes outcomes;
    std::optional<OutsideAdapter> adapter;
};

Destination hook(std::string address, std::string private_network = "127.0.0.0/8")
{
    return {"hook", DestinationKind::webhook, std::move(address), std::move(private_network)};
}

const std::string taken = "HTTP/1.1 204 No Content\r\n\r\n";

/// What the log says while this lives.
class LogHeard {
public:
    LogHeard() : before_(spdlog::default_logger())
    {
        auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(text_);
        auto logger = std::make_shared<spdlog::logger>("outside", sink);
        logger->set_level(spdlog::level::info);
        spdlog::set_default_logger(logger);
    }
    ~LogHeard() { spdlog::set_default_logger(before_); }
    std::string text() { return text_.str(); }

private:
    std::ostringstream text_;
    std::shared_ptr<spdlog::logger> before_;
};

}  // namespace

TEST_CASE("outside adapter: a webhook that is taken is done, and holds what it should")
{
    Receiver receiver{taken};
    Station station;
    CHECK(std::holds_alternative<Done>(station.outcome_of(hook(receiver.url()))));
    const auto requests = receiver.requests();
    REQUIRE(requests.size() == 1);
    CHECK(requests[0].starts_with("POST /hook?token=in-the-query HTTP/1.1\r\n"));
    for (const char* part : {"\r\nwebhook-id: ackd-1-",
                             "\r\nwebhook-signature: v1,",
                             "\r\nUser-Agent: ackd\r\n",
                             "\r\nContent-Type: application/json\r\n",
                             "\"title\":\"what-is-told\""})
        CHECK(requests[0].find(part) != std::string::npos);
    CHECK(requests[0].find("Expect:") == std::string::npos);
}

TEST_CASE("outside adapter: a heartbeat and a push go out as they should")
{
    Receiver receiver{taken};
    Station station;
    station.tell(1, {"beat", DestinationKind::heartbeat, receiver.url(), "127.0.0.1/32"});
    station.outcomes.wait_for(1);
    station.tell(2, {"phone", DestinationKind::push, receiver.url(), "127.0.0.1/32"});
    for (const auto& [id, outcomes] : station.outcomes.wait_for(2))
        CHECK(std::holds_alternative<Done>(outcomes.front()));
    const auto requests = receiver.requests();
    REQUIRE(requests.size() == 2);
    CHECK(requests[0].starts_with("GET "));
    CHECK(requests[1].starts_with("POST "));
    CHECK(requests[1].ends_with("\r\n\r\nwhat-is-told"));
}

TEST_CASE("outside adapter: a redirect is followed nowhere")
{
    Receiver inner{taken};
    Receiver receiver{"HTTP/1.1 302 Found\r\nLocation: " + inner.url() + "\r\nContent-Length: 0\r\n\r\n"};
    Station station;
    CHECK(station.fault_of(hook(receiver.url())) ==
          Fault{FaultKind::permanent, "redirects to another address"});
    CHECK(inner.requests().empty());
}

TEST_CASE("outside adapter: who is busy is asked again when it said")
{
    Receiver receiver{"HTTP/1.1 429 Slow down\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n"};
    Station station;
    CHECK(station.fault_of(hook(receiver.url())) == Fault{FaultKind::temporary, "answered 429", 120s});
}

TEST_CASE("outside adapter: trouble there is trouble for now, a refusal is for good")
{
    for (const auto& [answer, expected] : std::vector<std::pair<std::string, Fault>>{
             {"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", {FaultKind::temporary, "answered 500"}},
             {"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n",
              {FaultKind::permanent, "answered 410: it is gone for good"}},
             {"",
              {FaultKind::temporary, "the connection broke: Server returned nothing (no headers, no data)"}},
             {"220 mail.example.com\r\n", {FaultKind::temporary, "what answers there does not speak HTTP"}}})
    {
        Receiver receiver{answer};
        Station station;
        CHECK(station.fault_of(hook(receiver.url())) == expected);
    }
}

TEST_CASE("outside adapter: who never answers is not waited for")
{
    Receiver* itself = nullptr;
    Receiver receiver{[&itself](int connection) { itself->wait_for_end(connection); }};
    itself = &receiver;
    Station station{50ms};
    CHECK(station.fault_of(hook(receiver.url())) ==
          Fault{FaultKind::temporary, "there was no answer in time"});
}

TEST_CASE("outside adapter: of an answer without an end only the beginning is read")
{
    Receiver receiver{[](int connection) {
        const std::string head = "HTTP/1.1 200 OK\r\n\r\n";
        const std::string more(64 * 1024, 'x');
        auto sent = send(connection, head.data(), head.size(), MSG_NOSIGNAL);
        while (sent > 0) sent = send(connection, more.data(), more.size(), MSG_NOSIGNAL);
    }};
    Station station;
    CHECK(std::holds_alternative<Done>(station.outcome_of(hook(receiver.url()))));
}

TEST_CASE("outside adapter: a host that is down, and a name that nobody has, are tried again")
{
    std::uint16_t port = 0;
    {
        Receiver gone{taken};
        port = gone.port;
    }
    Station station;
    CHECK(station.fault_of(hook("http://127.0.0.1:" + std::to_string(port) + "/")) ==
          Fault{FaultKind::temporary, "nobody answered at its address"});
}

TEST_CASE("outside adapter: however a private address is written, it is refused")
{
    Receiver receiver{taken};
    for (const char* host : {"localhost",
                             "127.0.0.1",
                             "127.1",
                             "2130706433",
                             "0x7f000001",
                             "0177.0.0.1",
                             "[::1]",
                             "[::ffff:127.0.0.1]",
                             "0.0.0.0",
                             "169.254.169.254"})
    {
        CAPTURE(host);
        Station station;
        CHECK(station.fault_of(hook(receiver.url(host), "")) ==
              Fault{FaultKind::permanent, "lies in a private network"});
        CHECK(receiver.requests().empty());
    }
    // Allowed for one destination is not allowed for the other, also where a connection was.
    Station station;
    station.tell(1, hook(receiver.url()));
    CHECK(std::holds_alternative<Done>(station.outcomes.wait_for(1).at(OutboxId{1}).front()));
    station.tell(2, hook(receiver.url(), "10.0.0.0/8"));
    CHECK(std::get<Fault>(station.outcomes.wait_for(2).at(OutboxId{2}).front()).kind == FaultKind::permanent);
}

TEST_CASE("outside adapter: only http and https")
{
    for (const char* url : {"file:///etc/passwd",
                            "gopher://127.0.0.1:1/_x",
                            "ftp://127.0.0.1/",
                            "http://user:hidden@127.0.0.1/"})
    {
        CAPTURE(url);
        Station station;
        const Fault fault = station.fault_of(hook(url));
        CHECK(fault.kind == FaultKind::permanent);
        CHECK(fault.detail.find("hidden") == std::string::npos);
    }
}

TEST_CASE("outside adapter: without a mail server mail waits for the configuration")
{
    Station station;
    CHECK(station.fault_of({"mail", DestinationKind::mail, "oncall@example.com"}).kind ==
          FaultKind::configuration);
}

TEST_CASE("outside adapter: a slow receiver holds up no other, and more than may run at once all end")
{
    Receiver* itself = nullptr;
    Receiver slow{[&itself](int connection) { itself->wait_for_end(connection); }};
    itself = &slow;
    Receiver quick{taken};
    Station station{10s};
    station.tell(1'000, hook(slow.url()));
    for (std::int64_t id = 1; id <= 40; ++id) station.tell(id, hook(quick.url()));
    const auto settled = station.outcomes.wait_for(40);
    CHECK_FALSE(settled.contains(OutboxId{1'000}));
    for (const auto& [id, outcomes] : settled) {
        CHECK(outcomes.size() == 1);
        CHECK(std::holds_alternative<Done>(outcomes.front()));
    }
    station.adapter->stop();
    const auto all = station.outcomes.wait_for(41);
    CHECK(std::get<Fault>(all.at(OutboxId{1'000}).front()) ==
          Fault{FaultKind::temporary, "ackd is stopping"});
    station.tell(2'000, hook(quick.url()));
    CHECK(std::get<Fault>(station.outcomes.wait_for(42).at(OutboxId{2'000}).front()).kind ==
          FaultKind::temporary);
}

TEST_CASE("outside adapter: what has been overtaken is not told any more")
{
    Receiver receiver{taken};
    Station station;
    TellOutside told;
    told.destination = hook(receiver.url());
    Delivery delivery;
    delivery.id = OutboxId{1};
    delivery.in_doubt = delivery.only_look = true;
    delivery.effect = told;
    std::vector<Delivery> deliveries;
    deliveries.push_back(std::move(delivery));
    station.adapter->deliver(std::move(deliveries));
    CHECK(std::holds_alternative<Done>(station.outcomes.wait_for(1).at(OutboxId{1}).front()));
    CHECK(receiver.requests().empty());
}

TEST_CASE("outside adapter: neither a secret nor what was said nor an address is in the log")
{
    LogHeard log;
    Receiver receiver{"HTTP/1.1 500 the-secret\r\nX: the-secret\r\nContent-Length: 10\r\n\r\nthe-secret"};
    {
        Station station;
        static_cast<void>(station.outcome_of(hook(receiver.url())));
    }
    const std::string text = log.text();
    CHECK(text.find("destination=\"hook\"") != std::string::npos);
    CHECK(text.find("answered 500") != std::string::npos);
    for (const char* part : {"the-secret", "in-the-query", "what-is-told", "127.0.0.1"})
        CHECK(text.find(part) == std::string::npos);
}

TEST_CASE("outside adapter: one may be told here and now, for somebody who watches")
{
    Receiver receiver{taken};
    OutsideSettings settings;
    settings.secrets.add("ACKD_DESTINATION_HOOK", "the-secret");
    TellOutside told;
    told.destination = hook(receiver.url());
    Delivery delivery;
    delivery.effect = told;
    const OutsideReport report = tell_once(settings, delivery, SystemClock{}.now());
    CHECK(std::holds_alternative<Done>(report.outcome));
    CHECK(report.status == 204);
}
