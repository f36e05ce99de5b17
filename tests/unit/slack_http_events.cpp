// HTTP mode over real connections: Slack's side played by hand, the engine's side by an inbox that confirms
// when it is told to.
#include "adapters/slack/http_events.hpp"
#include "tests/unit/raw_client.hpp"

#include <boost/asio/post.hpp>

#include <doctest/doctest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <sstream>
#include <thread>

using namespace ackd;
using namespace ackd::slack;
using namespace std::chrono_literals;

namespace {

const std::string secret = "0123456789abcdef0123456789abcdef";
const std::string old_secret = "fedcba9876543210fedcba9876543210";
constexpr const char* json_type = "application/json";
constexpr const char* form_type = "application/x-www-form-urlencoded";
constexpr Instant start{std::chrono::seconds{1'700'000'000}};

class Inbox final : public InputSink {
public:
    bool offer(std::vector<Input>& offered) override
    {
        const std::lock_guard lock{mutex_};
        if (full) return false;
        for (Input& input : offered) inputs_.push_back(std::move(input));
        changed_.notify_all();
        return true;
    }
    void settle(EffectSettled) override {}

    /// Once that many have come: all of them.
    std::vector<Input> wait_for(std::size_t count)
    {
        std::unique_lock lock{mutex_};
        (void)changed_.wait_for(lock, 10s, [&] { return inputs_.size() >= count; });
        return inputs_;
    }

    std::atomic<bool> full = false;

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Input> inputs_;
};

class Station {
public:
    explicit Station(HttpEventsLimits limits = {}, Instant now = start)
        : clock(now), tasks_(io_.get_executor())
    {
        spdlog::set_default_logger(
            std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_)));
        identity_.team = "T1";
        identity_.workspace_url = "https://team.example.test/";
        const HttpSurroundings surroundings{
            io_.get_executor(), interrupts_, tasks_, counters_, inbox, clock, identity_};
        HttpListening listening;
        listening.address = http::ListenAddress{"127.0.0.1", 0};
        listening.secrets.current = secret;
        listening.secrets.previous = old_secret;
        HttpEvents::Listeners listeners;
        listeners.on_listening = [] {};
        listeners.on_concern = [this](AdapterConcern concern, const std::string&) { concern_ = concern; };
        events_.emplace(surroundings, std::move(listening), limits, std::move(listeners));
        events_->start();
        const std::string said = log_.str();
        const std::string before_port = "address=127.0.0.1:";
        const auto at = said.find(before_port);
        REQUIRE(at != std::string::npos);
        port = static_cast<std::uint16_t>(std::stoi(said.substr(at + before_port.size())));
        thread_ = std::thread{[this] { io_.run(); }};
    }
    ~Station()
    {
        stop();
        spdlog::set_default_logger(log_before_);
    }

    void stop()
    {
        asio::post(io_, [this] { events_->stop(); });
        if (thread_.joinable()) thread_.join();
    }

    void confirm(const Input& input, const std::string& words = "")
    {
        Confirmation confirmation;
        confirmation.receipt = input.receipt;
        if (!words.empty()) confirmation.answer.emplace<Notice>().summary = words;
        asio::post(io_, [this, confirmation] { events_->confirm({confirmation}); });
    }

    /// After `stop`.
    [[nodiscard]] AdapterStats stats() const { return counters_.snapshot(); }
    [[nodiscard]] AdapterConcern concern() const { return concern_; }
    [[nodiscard]] std::string log() const { return log_.str(); }

    Inbox inbox;
    SteppedClock clock;
    std::uint16_t port = 0;

private:
    std::ostringstream log_;
    std::shared_ptr<spdlog::logger> log_before_ = spdlog::default_logger();
    asio::io_context io_{1};
    Interrupts interrupts_;
    TaskGroup tasks_;
    AdapterCounters counters_;
    OwnIdentity identity_;
    AdapterConcern concern_ = AdapterConcern::none;
    std::optional<HttpEvents> events_;
    std::thread thread_;
};

/// A request as Slack makes it, at `start`.
std::string signed_post(const std::string& content_type,
                        const std::string& body,
                        const std::string& by = secret,
                        const std::string& more_headers = "")
{
    return "POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Type: " + content_type +
           "\r\nX-Slack-Request-Timestamp: 1700000000\r\nX-Slack-Signature: " +
           signature_of(by, "1700000000", body) + "\r\n" + more_headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string message_event(const std::string& id)
{
    return R"({"type":"event_callback","event_id":")" + id +
           R"(","event":{"type":"message","channel":"C1","user":"U1","ts":"1.000000"}})";
}

}  // namespace

TEST_CASE("slack http: an event is answered only when the engine says that it is durable")
{
    Station station;
    RawClient slack{station.port};
    slack.send(signed_post(json_type, message_event("Ev1")));
    const auto inputs = station.inbox.wait_for(1);
    REQUIRE(inputs.size() == 1);
    CHECK(inputs.front().key == "m:1.000000:C1");
    station.confirm(inputs.front());
    const auto answer = slack.read();
    CHECK(answer.status == 200);
    CHECK(answer.body.empty());
    station.stop();
    CHECK(station.stats().envelopes_received == 1);
    CHECK(station.stats().envelopes_confirmed == 1);
}

TEST_CASE("slack http: what is not durable in time is refused, so that Slack sends it again")
{
    HttpEventsLimits limits;
    limits.answer_within = 50ms;
    Station station{limits};
    RawClient slack{station.port};
    slack.send(signed_post(json_type, message_event("Ev1")));
    CHECK(slack.read().status == 503);
    const auto first = station.inbox.wait_for(1);
    REQUIRE(first.size() == 1);
    station.confirm(first.front());  // too late: nobody waits any more
    station.stop();
    CHECK(station.stats().confirmations_dropped == 1);
    CHECK(station.stats().envelopes_confirmed == 0);
}

TEST_CASE("slack http: a full inbox is 503 at once, and the retry is an ordinary delivery")
{
    Station station;
    station.inbox.full = true;
    RawClient slack{station.port};
    slack.send(signed_post(json_type, message_event("Ev1")));
    const auto refused = slack.read();
    CHECK(refused.status == 503);
    CHECK(refused.head.find("No-Retry") == std::string::npos);
    station.inbox.full = false;
    slack.send(signed_post(json_type,
                           message_event("Ev1"),
                           secret,
                           "X-Slack-Retry-Num: 1\r\nX-Slack-Retry-Reason: http_error\r\n"));
    const auto inputs = station.inbox.wait_for(1);
    REQUIRE(inputs.size() == 1);
    station.confirm(inputs.front());
    CHECK(slack.read().status == 200);
    station.stop();
    CHECK(station.stats().inbox_refusals == 1);
}

TEST_CASE("slack http: a command is answered with its words")
{
    Station station;
    RawClient slack{station.port};
    slack.send(signed_post(form_type, "command=%2Fack&text=&user_id=U1&channel_id=C1"));
    const auto inputs = station.inbox.wait_for(1);
    REQUIRE(inputs.size() == 1);
    station.confirm(inputs.front(), "heard");
    const auto answer = slack.read();
    CHECK(answer.status == 200);
    CHECK(answer.has("Content-Type: application/json; charset=utf-8"));
    CHECK(answer.body.starts_with(R"({"response_type":"ephemeral","text":"heard")"));
}

TEST_CASE("slack http: each request gets its own answer, in whatever order they are confirmed")
{
    Station station;
    RawClient one{station.port};
    one.send(signed_post(form_type, "command=%2Fack&text=one&user_id=U1&channel_id=C1"));
    (void)station.inbox.wait_for(1);
    RawClient two{station.port};
    two.send(signed_post(form_type, "command=%2Fack&text=two&user_id=U1&channel_id=C1"));
    const auto inputs = station.inbox.wait_for(2);
    REQUIRE(inputs.size() == 2);
    station.confirm(inputs[1], "second");
    CHECK(two.read().body.find("second") != std::string::npos);
    station.confirm(inputs[0], "first");
    CHECK(one.read().body.find("first") != std::string::npos);
}

TEST_CASE("slack http: only what Slack has signed, and lately, is taken")
{
    const std::string body = message_event("Ev1");
    const std::string good = signed_post(json_type, body);
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string changed = good;
        changed.replace(changed.find(from), from.size(), to);
        return changed;
    };
    struct Row {
        const char* what;
        std::string request;
        Duration later{0};
    };
    const Row rows[] = {
        {"no signature", with("X-Slack-Signature", "X-Slack-Signed")},
        {"no timestamp", with("X-Slack-Request-Timestamp", "X-Slack-Request-Time")},
        {"another body", with("Ev1", "Ev2")},
        {"another timestamp", with("1700000000", "1700000001")},
        {"another secret", signed_post(json_type, body, "00000000000000000000000000000000")},
        {"overheard six minutes ago", good, 360s},
        {"unsigned, and says that it is a test of the way, in JSON",
         with("X-Slack-Signature: v0=", "X-Nothing: ssl_check=1&")},
    };
    for (const Row& row : rows) {
        CAPTURE(row.what);
        Station station{HttpEventsLimits{}, start + row.later};
        RawClient client{station.port};
        client.send(row.request);
        const auto answer = client.read();
        CHECK(answer.status == 401);
        CHECK(answer.body.empty());
        station.stop();
        CHECK(station.inbox.wait_for(0).empty());
        CHECK(station.stats().requests_refused == 1);
        CHECK(station.log().find("event=http_request_refused") != std::string::npos);
        CHECK(station.log().find("v0=") == std::string::npos);
    }
}

TEST_CASE("slack http: while the secret is replaced, the old one holds as well")
{
    Station station;
    RawClient slack{station.port};
    slack.send(signed_post(json_type, R"({"type":"url_verification","challenge":"c"})", old_secret));
    CHECK(slack.read().status == 200);
}

TEST_CASE("slack http: a flood of strangers fills neither the inbox nor the log")
{
    Station station;
    RawClient stranger{station.port};
    for (int count = 0; count < 200; ++count) {
        stranger.send("POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
        CHECK(stranger.read().status == 401);
    }
    station.stop();
    CHECK(station.inbox.wait_for(0).empty());
    CHECK(station.stats().requests_refused == 200);
    const std::string log = station.log();
    const auto first = log.find("event=http_request_refused");
    REQUIRE(first != std::string::npos);
    CHECK(log.find("event=http_request_refused", first + 1) == std::string::npos);
}

TEST_CASE("slack http: an address verification gets its challenge back, without the engine")
{
    Station station;
    RawClient slack{station.port};
    slack.send(signed_post(json_type, R"({"type":"url_verification","token":"x","challenge":"3eZ\"brw"})"));
    const auto answer = slack.read();
    CHECK(answer.status == 200);
    CHECK(answer.body == R"({"challenge":"3eZ\"brw"})");
    CHECK(station.inbox.wait_for(0).empty());
}

TEST_CASE("slack http: a test of the way is fine, also unsigned, and does nothing")
{
    Station station;
    RawClient slack{station.port};
    const std::string body = "ssl_check=1&command=%2Fack&user_id=U1&token=x";
    slack.send("POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Type: " + std::string{form_type} +
               "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    CHECK(slack.read().status == 200);
    slack.send(signed_post(form_type, body));
    CHECK(slack.read().status == 200);
    station.stop();
    CHECK(station.inbox.wait_for(0).empty());
    CHECK(station.stats().requests_refused == 0);
}

TEST_CASE("slack http: what Slack has signed and nobody can read is not asked for again")
{
    Station station;
    RawClient slack{station.port};
    slack.send(signed_post(json_type, "{"));
    const auto answer = slack.read();
    CHECK(answer.status == 400);
    CHECK(answer.has("X-Slack-No-Retry: 1"));
    station.stop();
    CHECK(station.stats().frames_malformed == 1);
}

TEST_CASE("slack http: what concerns the adapter itself is told to it, and confirmed like anything")
{
    Station station;
    RawClient slack{station.port};
    slack.send(signed_post(
        json_type, R"({"type":"event_callback","event_id":"Ev1","event":{"type":"app_uninstalled"}})"));
    const auto inputs = station.inbox.wait_for(1);
    REQUIRE(inputs.size() == 1);
    station.confirm(inputs.front());
    CHECK(slack.read().status == 200);
    station.stop();
    CHECK(station.concern() == AdapterConcern::app_uninstalled);
}

TEST_CASE("slack http: at its stop those who wait are refused, so that Slack sends it again")
{
    Station station;
    RawClient slack{station.port};
    slack.send(signed_post(json_type, message_event("Ev1")));
    (void)station.inbox.wait_for(1);
    station.stop();
    CHECK(slack.read().status == 503);
    CHECK(slack.wait_for_end());
}

TEST_CASE("slack http: only POST on the one path is served")
{
    Station station;
    RawClient client{station.port};
    client.send("GET /slack/events HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(client.read().status == 405);
    RawClient other{station.port};
    other.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    CHECK(other.read().status == 404);
}
