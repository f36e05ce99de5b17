#include "adapters/slack/http_events.hpp"

#include "adapters/slack/confirmation_payload.hpp"
#include "adapters/slack/log_text.hpp"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <utility>

namespace ackd::slack {
namespace {

/// However many requests are refused, the log gets one line in this time.
constexpr std::chrono::seconds refusal_log_every{10};

http::Response response_of(unsigned status)
{
    http::Response response;
    response.status = status;
    return response;
}

http::Response json_response(std::string json)
{
    http::Response response;
    if (json.empty()) return response;
    response.content_type = "application/json; charset=utf-8";
    response.body = std::move(json);
    return response;
}

std::string challenge_answer(const std::string& challenge)
{
    nlohmann::json answer;
    answer["challenge"] = challenge;
    return answer.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

struct HttpEvents::Waiting {
    explicit Waiting(IoExecutor executor) : timer(executor) {}

    asio::steady_timer timer;
    bool confirmed = false;
    std::string answer;
};

HttpEvents::HttpEvents(const HttpSurroundings& surroundings,
                       HttpListening listening,
                       HttpEventsLimits limits,
                       Listeners listeners)
    : surroundings_(surroundings),
      listening_(std::move(listening)),
      limits_(limits),
      listeners_(std::move(listeners)),
      decoder_(surroundings.identity),
      server_(surroundings.executor, surroundings.interrupts, surroundings.tasks, limits.server)
{
    server_.on("POST", listening_.path, [this](const http::Request& request) { return receive(request); });
}

void HttpEvents::start()
{
    const auto address = server_.listen(listening_.address);
    if (!address) {
        listeners_.on_cannot_listen(address.error().detail);
        return;
    }
    spdlog::info("event=http_listening address={} path={}", *address, listening_.path);
    listeners_.on_listening();
}

void HttpEvents::stop()
{
    server_.stop();
    for (const auto& [serial, waiting] : waiting_) waiting->timer.cancel();
}

SignatureVerdict HttpEvents::verdict_on(const http::Request& request) const
{
    SignedRequest posted;
    posted.timestamp = request.field("X-Slack-Request-Timestamp");
    posted.signature = request.field("X-Slack-Signature");
    posted.body = request.body;
    return check_signature(listening_.secrets, posted, surroundings_.clock.now());
}

void HttpEvents::note_refusal(SignatureVerdict verdict)
{
    AdapterCounters::add(surroundings_.counters.requests_refused);
    ++refusals_unlogged_;
    const auto now = std::chrono::steady_clock::now();
    if (now - refusal_logged_at_ < refusal_log_every) return;
    const char* advice = verdict == SignatureVerdict::stale
                             ? "is this machine's clock right? A repeated request looks the same"
                             : "is SLACK_SIGNING_SECRET this app's? Anybody's request looks the same";
    spdlog::warn("event=http_request_refused signature={} count={} text=\"{}\"",
                 name_of(verdict),
                 refusals_unlogged_,
                 advice);
    refusals_unlogged_ = 0;
    refusal_logged_at_ = now;
}

Task<http::Response> HttpEvents::receive(const http::Request& request)
{
    const SignatureVerdict verdict = verdict_on(request);
    const std::string_view content_type = request.field("Content-Type");
    if (verdict == SignatureVerdict::missing && is_tls_check(content_type, request.body))
        co_return response_of(200);
    if (verdict != SignatureVerdict::valid) {
        note_refusal(verdict);
        co_return response_of(401);
    }

    PostArrival arrival;
    arrival.waiting = ++last_serial_;
    arrival.signature = request.field("X-Slack-Signature");
    arrival.at = surroundings_.clock.now();
    std::vector<Input> inputs;
    const DecodedPost post = decoder_.decode(content_type, request.body, arrival, inputs);
    AdapterCounters& counters = surroundings_.counters;
    if (!post.problem.empty()) {
        AdapterCounters::add(counters.frames_malformed);
        spdlog::warn("event=http_request_malformed reason=\"{}\"", for_log(post.problem));
    }
    switch (post.kind) {
        case PostKind::challenge: co_return json_response(challenge_answer(post.challenge));
        case PostKind::tls_check: co_return response_of(200);
        case PostKind::malformed: {
            http::Response hopeless = response_of(400);
            hopeless.fields.emplace_back("X-Slack-No-Retry", "1");
            co_return hopeless;
        }
        case PostKind::payload: break;
    }
    AdapterCounters::add(counters.envelopes_received);
    if (post.concern != AdapterConcern::none) listeners_.on_concern(post.concern, post.concerned);
    co_return co_await hand_over(arrival.waiting, std::move(inputs));
}

Task<http::Response> HttpEvents::hand_over(std::uint64_t serial, std::vector<Input> inputs)
{
    if (!surroundings_.sink.offer(inputs)) {
        AdapterCounters::add(surroundings_.counters.inbox_refusals);
        co_return response_of(503);
    }
    Waiting waiting{surroundings_.executor};
    waiting.timer.expires_after(limits_.answer_within);
    waiting_.emplace(serial, &waiting);
    [[maybe_unused]] const auto [woken] = co_await waiting.timer.async_wait(no_throw);
    waiting_.erase(serial);
    if (!waiting.confirmed) co_return response_of(503);
    co_return json_response(std::move(waiting.answer));
}

void HttpEvents::confirm(const std::vector<Confirmation>& confirmations)
{
    AdapterCounters& counters = surroundings_.counters;
    for (const Confirmation& confirmation : confirmations) {
        const std::uint64_t serial = confirmation.receipt.connection;
        if (serial == 0) continue;
        const auto found = waiting_.find(serial);
        if (found == waiting_.end()) {
            AdapterCounters::add(counters.confirmations_dropped);
            continue;
        }
        found->second->confirmed = true;
        found->second->answer = confirmation_payload(confirmation, surroundings_.identity.workspace_url);
        found->second->timer.cancel();
        AdapterCounters::add(counters.envelopes_confirmed);
    }
}

}  // namespace ackd::slack
