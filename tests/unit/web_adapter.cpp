// The listener for what other programs send, over real connections, with an engine that confirms when it is
// told to.
#include "adapters/web/web_adapter.hpp"

#include "tests/unit/raw_client.hpp"

#include <doctest/doctest.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

using namespace ackd;
using namespace ackd::web;
using namespace std::chrono_literals;

namespace {

const std::string key = "ackd_key";
const std::string calendar_key = "ackd_calendar";

class Inbox final : public InputSink {
public:
    bool offer(std::vector<Input>& offered) override
    {
        const std::lock_guard lock{mutex_};
        if (is_full) return false;
        for (Input& input : offered) inputs_.push_back(std::move(input));
        changed_.notify_all();
        return true;
    }
    void settle(EffectSettled) override {}

    Input wait_for_one()
    {
        std::unique_lock lock{mutex_};
        REQUIRE(changed_.wait_for(lock, 10s, [&] { return !inputs_.empty(); }));
        Input first = std::move(inputs_.front());
        inputs_.erase(inputs_.begin());
        return first;
    }

    std::atomic<bool> is_full = false;

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Input> inputs_;
};

/// Keeps what is logged, and waits for the line that says where it listens.
class PortSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    std::uint16_t port() { return port_.get_future().get(); }
    bool has(const std::string& words)
    {
        const std::lock_guard lock{mutex_};
        return text_.find(words) != std::string::npos;
    }

protected:
    void sink_it_(const spdlog::details::log_msg& line) override
    {
        const std::string text{line.payload.data(), line.payload.size()};
        text_ += text + "\n";
        if (text.starts_with("event=web_listening"))
            port_.set_value(static_cast<std::uint16_t>(std::stoi(text.substr(text.rfind(':') + 1))));
    }
    void flush_() override {}

private:
    std::promise<std::uint16_t> port_;
    std::string text_;
};

/// The adapter in a thread of its own; the port is the one that it logs.
class Station {
public:
    explicit Station(std::chrono::milliseconds answer_within = 10s) : before_(spdlog::default_logger())
    {
        spdlog::set_default_logger(std::make_shared<spdlog::logger>("web", sink));
        spdlog::default_logger()->set_level(spdlog::level::trace);
        WebSettings settings;
        settings.address = {"127.0.0.1", 0};
        settings.answer_within = answer_within;
        adapter.emplace(std::move(settings), inbox, clock_);
        KnownSource known;
        known.source.name = "ops";
        known.source.kind = SourceKind::text;
        known.keys.push_back({WebKeyId{1}, hash_of_web_key(key)});
        adapter->know({{known}, {{"platform", {{WebKeyId{2}, hash_of_web_key(calendar_key)}}}}});
        thread_ = std::thread{[this] { end = adapter->run(); }};
        port = sink->port();
    }
    ~Station()
    {
        stop();
        spdlog::set_default_logger(before_);
    }
    void stop()
    {
        if (!thread_.joinable()) return;
        adapter->stop();
        thread_.join();
    }
    void confirm(const Input& input, InputAnswer answer = {})
    {
        std::vector<Confirmation> confirmations;
        Confirmation& confirmation = confirmations.emplace_back();
        confirmation.receipt = input.receipt;
        confirmation.answer = std::move(answer);
        adapter->confirm(std::move(confirmations));
    }

    std::shared_ptr<PortSink> sink = std::make_shared<PortSink>();
    Inbox inbox;
    std::optional<WebAdapter> adapter;
    std::uint16_t port = 0;
    std::string end = "still there";

private:
    SystemClock clock_;
    std::shared_ptr<spdlog::logger> before_;
    std::thread thread_;
};

std::string post(const std::string& with_key, const std::string& body)
{
    return "POST /in/" + with_key + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

}  // namespace

TEST_CASE("web adapter: nothing is accepted before the engine has committed it")
{
    Station station;
    RawClient client{station.port};
    client.send(post(key, "It rains"));
    const Input input = station.inbox.wait_for_one();
    CHECK(input.receipt.door == Door::web);
    CHECK(std::get<AlertsReceived>(input.body).reports.front().title == "It rains");
    station.confirm(input);
    CHECK(client.read().status == 202);
    client.send(post(key, "It rains still"));
    station.confirm(station.inbox.wait_for_one());
    CHECK(client.read().status == 202);
}

TEST_CASE("web adapter: a calendar is what the engine says, and no key is in the log")
{
    Station station;
    RawClient client{station.port};
    const std::string path = "/calendar/" + calendar_key + ".ics";
    const CalendarFeed feed{"BEGIN:VCALENDAR\r\n", "v1"};
    const auto ask = [&](const std::string& method, const std::string& fields = "") {
        client.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
        const Input input = station.inbox.wait_for_one();
        CHECK(input.receipt.wants_answer);
        CHECK(std::get<CalendarAsked>(input.body).rotation == "platform");
        CHECK(std::get<CalendarAsked>(input.body).key == WebKeyId{2});
        station.confirm(input, feed);
    };
    ask("GET");
    const auto whole = client.read();
    CHECK(whole.status == 200);
    CHECK(whole.body == feed.text);
    CHECK(whole.has("Content-Type: text/calendar; charset=utf-8"));
    CHECK(whole.has("ETag: W/\"v1\""));
    ask("HEAD");
    const auto head = client.read_head();
    CHECK(head.status == 200);
    CHECK(head.has("Content-Length: 17"));
    ask("GET", "If-None-Match: W/\"v1\"\r\n");
    CHECK(client.read().status == 304);

    RawClient wrong{station.port};
    wrong.send("GET /calendar/" + calendar_key + "x.ics HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(wrong.read().status == 404);
    RawClient long_path{station.port};
    long_path.send("GET /calendar/" + std::string(20'000, 'a') + ".ics HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(long_path.read().status == 431);
    station.stop();
    CHECK(station.sink->has("event=web_request_refused status=404"));
    CHECK_FALSE(station.sink->has(calendar_key));
}

TEST_CASE("web adapter: what is not confirmed in time is to be sent again")
{
    Station station{1ms};
    RawClient client{station.port};
    client.send(post(key, "It rains"));
    const auto answer = client.read();
    CHECK(answer.status == 503);
    CHECK(answer.has("Retry-After: 5"));
    station.confirm(station.inbox.wait_for_one());  // nobody waits any more
    station.inbox.is_full = true;
    client.send(post(key, "It rains"));
    CHECK(client.read().status == 503);
}

TEST_CASE("web adapter: a key that is revoked lets in no more, one that is new does")
{
    Station station;
    RawClient client{station.port};
    station.adapter->know({});
    client.send(post(key, "It rains"));
    CHECK(client.read().status == 404);
}

TEST_CASE("web adapter: when it is asked to stop, who waits is told to come again")
{
    Station station;
    RawClient client{station.port};
    client.send(post(key, "It rains"));
    station.inbox.wait_for_one();
    station.stop();
    CHECK(client.read().status == 503);
    CHECK(station.end == "");
}

TEST_CASE("web adapter: an address that is taken is a reason to end")
{
    Station station;
    SystemClock clock;
    WebSettings settings;
    settings.address = {"127.0.0.1", station.port};
    WebAdapter second{settings, station.inbox, clock};
    CHECK(second.run().find("cannot listen on 127.0.0.1:") == 0);
}
