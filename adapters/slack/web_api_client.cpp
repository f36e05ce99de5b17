#include "adapters/slack/web_api_client.hpp"

#include "adapters/slack/log_text.hpp"

#include <boost/asio/steady_timer.hpp>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace ackd::slack {
namespace {

/// Slack answers within a tenth of a second or two; people press buttons a hundred times a second at nine
/// o'clock.
constexpr std::size_t connections_max = 32;
constexpr std::size_t unhurried_max = 12;

}  // namespace

class WebApiClient::Turn {
public:
    Turn(CallTurns& turns, CallUrgency urgency) : turns_(turns), urgency_(urgency) {}
    ~Turn() { turns_.end(urgency_); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    CallTurns& turns_;
    CallUrgency urgency_;
};

WebApiClient::WebApiClient(IoExecutor executor,
                           WebApiSettings settings,
                           TlsSettings& tls,
                           Interrupts& interrupts,
                           AdapterCounters& counters)
    : executor_(executor),
      settings_(std::move(settings)),
      tls_(tls),
      interrupts_(interrupts),
      counters_(counters),
      turns_(unhurried_max, connections_max)
{}

const std::string& WebApiClient::secret(TokenKind token) const
{
    return token == TokenKind::app ? settings_.app_token : settings_.bot_token;
}

/// A timer that never ends by itself is what waits; our turn cancels it.
Task<bool> WebApiClient::wait_for_turn(CallUrgency urgency)
{
    if (interrupts_.raised()) co_return false;
    if (turns_.take(urgency)) co_return true;
    struct Waiting {
        asio::steady_timer timer;
        bool is_our_turn = false;
    };
    const auto waiting = std::make_shared<Waiting>(
        Waiting{asio::steady_timer{executor_, asio::steady_timer::time_point::max()}});
    const auto place = turns_.wait(urgency, [waiting] {
        waiting->is_our_turn = true;
        waiting->timer.cancel();
    });
    const std::uint64_t hook = interrupts_.add([waiting] { waiting->timer.cancel(); });
    [[maybe_unused]] const auto [error] = co_await waiting->timer.async_wait(no_throw);
    interrupts_.remove(hook);
    if (!waiting->is_our_turn) turns_.leave(urgency, place);
    co_return waiting->is_our_turn;
}

std::unique_ptr<HttpConnection> WebApiClient::take_idle(const Endpoint& endpoint)
{
    std::erase_if(idle_, [](const auto& connection) { return !connection->is_usable(); });
    for (auto& connection : idle_) {
        if (!connection->endpoint().same_peer(endpoint)) continue;
        auto taken = std::move(connection);
        std::erase(idle_, nullptr);
        return taken;
    }
    return nullptr;
}

Task<Result<HttpAnswer>> WebApiClient::post(Endpoint endpoint,
                                            std::string what,
                                            CallUrgency urgency,
                                            HttpRequest request)
{
    const bool my_turn = co_await wait_for_turn(urgency);
    if (!my_turn) co_return Fault{FaultKind::temporary, what + ": stopped before it was sent"};
    const Turn turn{turns_, urgency};
    AdapterCounters::add(counters_.api_calls);

    std::unique_ptr<HttpConnection> connection = take_idle(endpoint);
    if (!connection) {
        auto opened = co_await open_http(endpoint, tls_, interrupts_, settings_.connect_limit);
        if (!opened) co_return opened.error();
        connection = std::move(*opened);
    }
    auto answer = co_await connection->post(request, settings_.answer_limit);
    if (!answer) co_return lost_answer(what, answer.error().detail);
    if (connection->is_usable()) {
        if (idle_.size() == connections_max) idle_.erase(idle_.begin());
        idle_.push_back(std::move(connection));
    }
    co_return std::move(*answer);
}

Task<Result<ApiAnswer>> WebApiClient::call(ApiCall call)
{
    Endpoint endpoint = settings_.api;
    HttpRequest request;
    request.target = endpoint.target + call.method();
    request.content_type = "application/x-www-form-urlencoded";
    request.bearer = secret(call.token());
    request.body = call.form();
    auto answer = co_await post(std::move(endpoint), call.method(), call.urgency(), std::move(request));
    if (!answer) {
        AdapterCounters::add(counters_.api_faults);
        co_return answer.error();
    }
    ApiVerdict verdict = classify_answer(call.method(), call.token(), std::move(*answer));
    if (!verdict.warnings.empty()) {
        spdlog::warn("event=api_warning method={} text=\"{}\"", call.method(), for_log(verdict.warnings));
    }
    if (!verdict.result) {
        AdapterCounters::add(counters_.api_faults);
        if (is_token_refusal(verdict.code) && token_refused_) token_refused_(verdict.result.error());
    }
    co_return std::move(verdict.result);
}

Task<Result<HttpAnswer>> WebApiClient::post_json(std::string url, std::string body)
{
    const std::string what = "response_url";
    auto endpoint = parse_endpoint(url);
    if (!endpoint) co_return Fault{FaultKind::permanent, what + ": " + endpoint.error().detail};
    HttpRequest request;
    request.target = endpoint->target;
    request.content_type = "application/json; charset=utf-8";
    request.body = std::move(body);
    auto answer = co_await post(std::move(*endpoint), what, CallUrgency::urgent, std::move(request));
    if (!answer) {
        AdapterCounters::add(counters_.api_faults);
        co_return answer.error();
    }
    if (answer->status >= 200 && answer->status < 300) co_return std::move(*answer);
    AdapterCounters::add(counters_.api_faults);
    const std::string status = fmt::format("{}: HTTP status {}", what, answer->status);
    if (answer->status == 429) {
        constexpr std::chrono::seconds usual_pause{1};
        co_return Fault{FaultKind::rate_limited, status, answer->retry_after.value_or(usual_pause)};
    }
    if (answer->status >= 500) co_return Fault{FaultKind::unknown, status};
    co_return Fault{FaultKind::permanent, status};
}

}  // namespace ackd::slack
