#include "adapters/outside/outside_adapter.hpp"

#include "adapters/outside/transfer.hpp"

#include <spdlog/spdlog.h>

#include <deque>
#include <map>
#include <mutex>
#include <new>
#include <thread>
#include <utility>

namespace ackd::outside {

namespace {

/// Whatever happens wakes it; this only bounds a sleep.
constexpr int sleep_ms_max = 60'000;

void expect(CURLMcode done)
{
    if (done != CURLM_OK) throw std::runtime_error{curl_multi_strerror(done)};
}

}  // namespace

class OutsideAdapter::Service {
public:
    Service(OutsideSettings settings, InputSink& sink, const Clock& clock)
        : settings_(std::move(settings)), sink_(sink), clock_(clock)
    {
        prepare_curl();
        multi_.reset(curl_multi_init());
        if (multi_ == nullptr) throw std::bad_alloc{};
        expect(curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, CURLPIPE_NOTHING));
    }
    ~Service() { stop(); }
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    void deliver(std::vector<Delivery> deliveries);
    void stop();

private:
    struct MultiEnd {
        void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
    };
    using Running = std::map<CURL*, std::unique_ptr<Transfer>>;

    void run();
    [[nodiscard]] bool take_what_came();
    void begin_some();
    void end_those_done();
    void settle(const Transfer& transfer, EffectOutcome outcome);
    void settle_undone(OutboxId id);

    OutsideSettings settings_;
    InputSink& sink_;
    const Clock& clock_;
    std::unique_ptr<CURLM, MultiEnd> multi_;

    std::mutex mutex_;  ///< of the three below, which other threads touch
    std::vector<Delivery> handed_over_;
    bool is_stopping_ = false;
    std::thread thread_;

    // Of the thread alone.
    std::deque<Delivery> waiting_;
    Running running_;
};

void OutsideAdapter::Service::deliver(std::vector<Delivery> deliveries)
{
    std::vector<Delivery> too_late;
    {
        const std::lock_guard lock{mutex_};
        if (is_stopping_) {
            too_late = std::move(deliveries);
        } else {
            for (Delivery& delivery : deliveries) handed_over_.push_back(std::move(delivery));
            if (!thread_.joinable()) thread_ = std::thread{[this] { run(); }};
        }
    }
    for (const Delivery& delivery : too_late) settle_undone(delivery.id);
    if (too_late.empty()) expect(curl_multi_wakeup(multi_.get()));
}

void OutsideAdapter::Service::stop()
{
    std::thread ended;
    {
        const std::lock_guard lock{mutex_};
        is_stopping_ = true;
        ended.swap(thread_);
    }
    if (!ended.joinable()) return;
    curl_multi_wakeup(multi_.get());
    ended.join();
}

void OutsideAdapter::Service::run()
{
    while (take_what_came()) {
        begin_some();
        int still_running = 0;
        expect(curl_multi_perform(multi_.get(), &still_running));
        end_those_done();
        const bool can_begin = !waiting_.empty() && running_.size() < settings_.at_once;
        if (!can_begin) expect(curl_multi_poll(multi_.get(), nullptr, 0, sleep_ms_max, nullptr));
    }
    for (const auto& [handle, transfer] : running_) {
        curl_multi_remove_handle(multi_.get(), handle);
        settle_undone(transfer->id());
    }
    running_.clear();
    for (const Delivery& delivery : waiting_) settle_undone(delivery.id);
    waiting_.clear();
}

/// False: it is to end.
bool OutsideAdapter::Service::take_what_came()
{
    std::vector<Delivery> came;
    bool goes_on = true;
    {
        const std::lock_guard lock{mutex_};
        came.swap(handed_over_);
        goes_on = !is_stopping_;
    }
    for (Delivery& delivery : came) waiting_.push_back(std::move(delivery));
    return goes_on;
}

void OutsideAdapter::Service::begin_some()
{
    while (!waiting_.empty() && running_.size() < settings_.at_once) {
        const Delivery delivery = std::move(waiting_.front());
        waiting_.pop_front();
        try {
            auto transfer = std::make_unique<Transfer>(settings_, delivery, clock_.now());
            if (transfer->verdict()) {
                settle(*transfer, *transfer->verdict());
                continue;
            }
            CURL* const handle = transfer->handle();
            expect(curl_multi_add_handle(multi_.get(), handle));
            running_.emplace(handle, std::move(transfer));
        } catch (const std::exception&) {
            // One that cannot even be begun must not take the others down with it.
            settle_undone(delivery.id);
        }
    }
}

void OutsideAdapter::Service::end_those_done()
{
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        const CURLcode end = message->data.result;
        auto ended = running_.extract(message->easy_handle);
        curl_multi_remove_handle(multi_.get(), ended.key());
        settle(*ended.mapped(), ended.mapped()->outcome(end));
    }
}

void OutsideAdapter::Service::settle(const Transfer& transfer, EffectOutcome outcome)
{
    if (const auto* fault = std::get_if<Fault>(&outcome)) {
        spdlog::warn("event=outside_fault outbox_id={} attempt={} destination=\"{}\" kind={} detail=\"{}\"",
                     transfer.id().value,
                     transfer.attempt(),
                     transfer.destination().name,
                     name_of(transfer.destination().kind),
                     fault->detail);
    }
    EffectSettled settled;
    settled.id = transfer.id();
    settled.outcome = std::move(outcome);
    sink_.settle(std::move(settled));
}

void OutsideAdapter::Service::settle_undone(OutboxId id)
{
    EffectSettled settled;
    settled.id = id;
    settled.outcome = Fault{FaultKind::temporary, "ackd is stopping"};
    sink_.settle(std::move(settled));
}

OutsideAdapter::OutsideAdapter(OutsideSettings settings, InputSink& sink, const Clock& clock)
    : service_(std::make_unique<Service>(std::move(settings), sink, clock))
{}

OutsideAdapter::~OutsideAdapter() = default;

void OutsideAdapter::stop()
{
    service_->stop();
}

void OutsideAdapter::deliver(std::vector<Delivery> deliveries)
{
    service_->deliver(std::move(deliveries));
}

OutsideReport tell_once(const OutsideSettings& settings, const Delivery& delivery, Instant now)
{
    const auto began = std::chrono::steady_clock::now();
    const Transfer transfer{settings, delivery, now};
    OutsideReport report;
    report.outcome = transfer.verdict() ? *transfer.verdict()
                                        : transfer.outcome(curl_easy_perform(transfer.handle()));
    report.status = transfer.status();
    report.took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                        began);
    return report;
}

}  // namespace ackd::outside
