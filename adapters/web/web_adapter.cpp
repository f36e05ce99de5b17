#include "adapters/web/web_adapter.hpp"

#include "adapters/asio/task_group.hpp"
#include "adapters/web/alert_door.hpp"
#include "adapters/web/calendar_door.hpp"
#include "adapters/web/chart_door.hpp"
#include "adapters/web/web_responses.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <spdlog/spdlog.h>

#include <map>
#include <utility>

namespace ackd::web {

namespace {

/// However many requests are refused, the log gets one line in this time.
constexpr std::chrono::seconds refusal_log_every{10};
constexpr std::chrono::milliseconds stop_grace{1'500};

}  // namespace

class WebAdapter::Service {
public:
    Service(WebSettings settings, InputSink& sink, const Clock& clock)
        : settings_(std::move(settings)),
          sink_(sink),
          clock_(clock),
          tasks_(io_.get_executor()),
          grace_timer_(io_.get_executor()),
          server_(io_.get_executor(), interrupts_, tasks_, settings_.server),
          alert_door_(settings_.github_secrets, strangers_),
          calendar_door_(strangers_),
          chart_door_(strangers_, settings_.picture_key)
    {
        server_.on_any_other([this](const http::RequestHead& head) { return refuse(head); },
                             [this](const http::Request& request) { return answer(request); });
    }

    std::string run();
    void stop()
    {
        asio::post(io_, [this] { begin_end(""); });
    }
    void know(WebRoster roster);
    void confirm(std::vector<Confirmation> confirmations);
    void settle_undone(const std::vector<Delivery>& deliveries);

private:
    /// A request between its offer to the inbox and its answer. Lives in the task that answers it.
    struct Waiting {
        explicit Waiting(IoExecutor executor) : timer(executor) {}
        asio::steady_timer timer;
        /// Nothing: not confirmed.
        std::optional<InputAnswer> answer;
    };

    [[nodiscard]] std::optional<http::Response> refuse(const http::RequestHead& head);
    [[nodiscard]] Task<http::Response> answer(const http::Request& request);
    [[nodiscard]] Task<http::Response> take_alerts(const http::Request& request);
    [[nodiscard]] Task<http::Response> show_calendar(const http::Request& request);
    [[nodiscard]] Task<http::Response> show_chart(const http::Request& request);
    /// What the engine says to it, once that is durable; nothing: it has not in time, or its inbox is full.
    [[nodiscard]] Task<std::optional<InputAnswer>> tell_engine(Input input);
    void begin_end(std::string reason);
    void note_refusal(unsigned status, const std::string& source);

    WebSettings settings_;
    InputSink& sink_;
    const Clock& clock_;
    asio::io_context io_{1};
    Interrupts interrupts_;
    TaskGroup tasks_;
    asio::steady_timer grace_timer_;
    http::Server server_;
    std::shared_ptr<Strangers> strangers_ = std::make_shared<Strangers>();
    AlertDoor alert_door_;
    CalendarDoor calendar_door_;
    ChartDoor chart_door_;
    std::map<std::uint64_t, Waiting*> waiting_;
    std::uint64_t last_serial_ = 0;
    std::uint64_t refusals_unlogged_ = 0;
    std::chrono::steady_clock::time_point refusal_logged_at_{};
    bool ending_ = false;
    std::string reason_;
};

std::string WebAdapter::Service::run()
{
    tasks_.on_failed([this](std::exception_ptr failure) {
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            begin_end(error.what());
        }
    });
    tasks_.on_emptied([this] { grace_timer_.cancel(); });
    const auto address = server_.listen(settings_.address);
    if (!address) return address.error().detail;
    spdlog::info("event=web_listening address={}", *address);
    io_.run();
    return reason_;
}

void WebAdapter::Service::begin_end(std::string reason)
{
    if (std::exchange(ending_, true)) return;
    reason_ = std::move(reason);
    server_.stop();
    for (const auto& [serial, waiting] : waiting_) waiting->timer.cancel();
    if (tasks_.running() == 0) return;
    grace_timer_.expires_after(stop_grace);
    grace_timer_.async_wait([this](error_code) { interrupts_.raise(); });
}

void WebAdapter::Service::know(WebRoster roster)
{
    asio::post(io_, [this, roster = std::move(roster)]() mutable {
        for (const KnownSource& known : roster.sources) {
            if (known.source.kind == SourceKind::github && settings_.github_secrets.current.empty())
                spdlog::error("event=github_secret_missing source=\"{}\" text=\"set GITHUB_WEBHOOK_SECRET\"",
                              known.source.name);
        }
        alert_door_.know(std::move(roster.sources));
        calendar_door_.know(std::move(roster.feeds));
    });
}

void WebAdapter::Service::note_refusal(unsigned status, const std::string& source)
{
    ++refusals_unlogged_;
    const auto now = std::chrono::steady_clock::now();
    if (now - refusal_logged_at_ < refusal_log_every) return;
    spdlog::warn(
        "event=web_request_refused status={} source=\"{}\" count={}", status, source, refusals_unlogged_);
    refusals_unlogged_ = 0;
    refusal_logged_at_ = now;
}

std::optional<http::Response> WebAdapter::Service::refuse(const http::RequestHead& head)
{
    const auto now = std::chrono::steady_clock::now();
    auto refusal = CalendarDoor::is_for(head) ? calendar_door_.refuse(head, now)
                   : ChartDoor::is_for(head)  ? chart_door_.refuse(head, now)
                                              : alert_door_.refuse(head, now);
    if (refusal) note_refusal(refusal->status, "");
    return refusal;
}

Task<std::optional<InputAnswer>> WebAdapter::Service::tell_engine(Input input)
{
    const std::uint64_t serial = ++last_serial_;
    input.receipt.door = Door::web;
    input.receipt.connection = serial;
    std::vector<Input> inputs;
    inputs.push_back(std::move(input));
    if (!sink_.offer(inputs)) co_return std::nullopt;
    Waiting waiting{io_.get_executor()};
    waiting.timer.expires_after(settings_.answer_within);
    waiting_.emplace(serial, &waiting);
    [[maybe_unused]] const auto [woken] = co_await waiting.timer.async_wait(no_throw);
    waiting_.erase(serial);
    co_return std::move(waiting.answer);
}

Task<http::Response> WebAdapter::Service::answer(const http::Request& request)
{
    if (CalendarDoor::is_for(request)) return show_calendar(request);
    if (ChartDoor::is_for(request)) return show_chart(request);
    return take_alerts(request);
}

Task<http::Response> WebAdapter::Service::take_alerts(const http::Request& request)
{
    AlertDoor::Taken taken = alert_door_.take(request, clock_.now());
    if (!taken.input) {
        note_refusal(taken.answer.status, taken.source);
        co_return std::move(taken.answer);
    }
    const std::optional<InputAnswer> answer = co_await tell_engine(std::move(*taken.input));
    if (answer) co_return std::move(taken.answer);
    note_refusal(503, taken.source);
    co_return AlertDoor::come_again();
}

Task<http::Response> WebAdapter::Service::show_calendar(const http::Request& request)
{
    std::optional<Input> input = calendar_door_.ask(request, clock_.now());
    if (!input) {
        note_refusal(404, "");
        co_return not_found();
    }
    input->receipt.wants_answer = true;
    std::optional<InputAnswer> answer = co_await tell_engine(std::move(*input));
    if (answer) co_return CalendarDoor::answer(request, std::move(*answer));
    note_refusal(503, "");
    co_return CalendarDoor::come_again();
}

Task<http::Response> WebAdapter::Service::show_chart(const http::Request& request)
{
    co_return chart_door_.answer(request);
}

void WebAdapter::Service::confirm(std::vector<Confirmation> confirmations)
{
    asio::post(io_, [this, confirmations = std::move(confirmations)]() mutable {
        for (Confirmation& confirmation : confirmations) {
            const auto found = waiting_.find(confirmation.receipt.connection);
            if (found == waiting_.end()) continue;
            found->second->answer = std::move(confirmation.answer);
            found->second->timer.cancel();
        }
    });
}

void WebAdapter::Service::settle_undone(const std::vector<Delivery>& deliveries)
{
    for (const Delivery& delivery : deliveries) {
        EffectSettled settled;
        settled.id = delivery.id;
        settled.outcome = Fault{FaultKind::permanent, "nothing goes out by this door"};
        sink_.settle(std::move(settled));
    }
}

WebAdapter::WebAdapter(WebSettings settings, InputSink& sink, const Clock& clock)
    : service_(std::make_unique<Service>(std::move(settings), sink, clock))
{}

WebAdapter::~WebAdapter() = default;

std::string WebAdapter::run()
{
    return service_->run();
}

void WebAdapter::stop()
{
    service_->stop();
}

void WebAdapter::know(WebRoster roster)
{
    service_->know(std::move(roster));
}

void WebAdapter::confirm(std::vector<Confirmation> confirmations)
{
    service_->confirm(std::move(confirmations));
}

void WebAdapter::deliver(std::vector<Delivery> deliveries)
{
    service_->settle_undone(deliveries);
}

}  // namespace ackd::web
