#include "adapters/slack/slack_adapter.hpp"

#include "adapters/asio/task_group.hpp"
#include "adapters/slack/do_not_disturb_listing.hpp"
#include "adapters/slack/effect_carrier.hpp"
#include "adapters/slack/http_events.hpp"
#include "adapters/slack/log_text.hpp"
#include "adapters/slack/socket_fleet.hpp"
#include "adapters/slack/web_api_client.hpp"
#include "adapters/slack/workspace_listing.hpp"

#include <boost/asio/post.hpp>

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>
#include <mutex>
#include <optional>
#include <utility>

namespace ackd::slack {
namespace {

constexpr std::chrono::milliseconds stop_grace{1'500};
/// Slack allows ten; one is for replacements, one for a second process during its start.
constexpr int connections_max = 8;

}  // namespace

class SlackAdapter::Service {
public:
    Service(SlackSettings settings, InputSink& sink, const Clock& clock)
        : settings_(std::move(settings)),
          sink_(sink),
          clock_(clock),
          tasks_(io_.get_executor()),
          grace_timer_(io_.get_executor())
    {}

    AdapterEnd run();
    void stop();
    void confirm(std::vector<Confirmation> confirmations);
    void deliver(std::vector<Delivery> deliveries);
    void on_room();
    [[nodiscard]] AdapterStats stats() const { return counters_.snapshot(); }

private:
    [[nodiscard]] Task<void> serve(WebApiSettings api_settings);
    [[nodiscard]] Task<void> want_catch_up(GapReason reason);
    [[nodiscard]] Task<void> catch_up_on_lost_events();
    [[nodiscard]] Task<void> carry_out(Delivery delivery);

    [[nodiscard]] ListingSurroundings listing_surroundings() { return {*api_, pauses_, sink_, clock_}; }
    /// Begins to hear what happens.
    void open_events();
    [[nodiscard]] std::unique_ptr<EventSource> socket_mode();
    [[nodiscard]] std::unique_ptr<EventSource> http_mode();
    void begin_end(EndKind kind, std::string reason);
    void on_concern(AdapterConcern concern, const std::string& concerned);
    void confirm_queued();
    void deliver_queued();
    void settle_undone(std::vector<Delivery> deliveries);

    SlackSettings settings_;
    InputSink& sink_;
    const Clock& clock_;
    AdapterCounters counters_;

    asio::io_context io_{1};
    Interrupts interrupts_;  ///< of calls and connections
    Interrupts pauses_;      ///< of waiting for nothing in particular
    TaskGroup tasks_;
    asio::steady_timer grace_timer_;
    std::optional<TlsSettings> tls_;
    std::optional<WebApiClient> api_;
    OwnIdentity identity_;
    std::optional<WorkspaceListing> listing_;
    std::optional<DoNotDisturbListing> do_not_disturb_;
    std::optional<EffectCarrier> carrier_;
    std::unique_ptr<EventSource> events_;
    bool ending_ = false;
    AdapterEnd end_;

    std::mutex mutex_;  ///< guards what follows
    std::vector<Confirmation> confirmations_;
    std::vector<Delivery> deliveries_;
    bool confirming_posted_ = false;
    bool ended_ = false;
};

AdapterEnd SlackAdapter::Service::run()
{
    const bool app_token_missing = settings_.app_token.empty() && !settings_.http;
    if (app_token_missing || settings_.bot_token.empty()) {
        begin_end(EndKind::fix_configuration,
                  app_token_missing ? "the app-level token is missing: set SLACK_APP_TOKEN (xapp-…)"
                                    : "the bot token is missing: set SLACK_BOT_TOKEN (xoxb-…)");
    } else if (auto api = parse_endpoint(settings_.api_url); !api) {
        begin_end(EndKind::fix_configuration, "SLACK_API_URL: " + api.error().detail);
    } else {
        if (!api->target.ends_with('/')) api->target += '/';
        WebApiSettings api_settings{settings_.app_token,
                                    settings_.bot_token,
                                    std::move(*api),
                                    settings_.connect_limit,
                                    settings_.answer_limit};
        tasks_.on_failed([this](std::exception_ptr failure) {
            try {
                std::rethrow_exception(failure);
            } catch (const std::exception& error) {
                begin_end(EndKind::failed, error.what());
            }
        });
        tasks_.on_emptied([this] { grace_timer_.cancel(); });
        tasks_.spawn(serve(std::move(api_settings)));
    }
    io_.run();
    std::vector<Delivery> undone;
    {
        const std::lock_guard lock{mutex_};
        ended_ = true;
        undone.swap(deliveries_);
    }
    settle_undone(std::move(undone));
    return end_;
}

void SlackAdapter::Service::stop()
{
    asio::post(io_, [this] { begin_end(EndKind::stopped, "asked to stop"); });
}

void SlackAdapter::Service::begin_end(EndKind kind, std::string reason)
{
    if (std::exchange(ending_, true)) return;
    end_.kind = kind;
    end_.reason = std::move(reason);
    pauses_.raise();
    if (listing_) listing_->stop();
    if (do_not_disturb_) do_not_disturb_->stop();
    if (!events_) {
        interrupts_.raise();
        return;
    }
    events_->stop();
    if (tasks_.running() == 0) return;
    grace_timer_.expires_after(stop_grace);
    grace_timer_.async_wait([this](error_code) { interrupts_.raise(); });
}

// --- start
// -----------------------------------------------------------------------------------------------------------

Task<void> SlackAdapter::Service::serve(WebApiSettings api_settings)
{
    tls_.emplace();
    api_.emplace(io_.get_executor(), std::move(api_settings), *tls_, interrupts_, counters_);
    api_->on_token_refused(
        [this](const Fault& fault) { begin_end(EndKind::fix_configuration, fault.detail); });
    do_not_disturb_.emplace(io_.get_executor(), listing_surroundings());
    WorkspaceListing::Listeners listeners;
    listeners.on_hopeless = [this](const auto& reason) { begin_end(EndKind::fix_configuration, reason); };
    listeners.on_members = [this](const auto& members) { do_not_disturb_->members_listed(members); };
    listing_.emplace(
        io_.get_executor(), listing_surroundings(), settings_.refresh_every, std::move(listeners));
    listing_->expect(settings_.workspace);
    const bool listed = co_await listing_->begin(identity_);
    if (!listed) co_return;
    const bool do_not_disturb_asked = co_await do_not_disturb_->begin();
    if (!do_not_disturb_asked) co_return;
    open_events();
    tasks_.spawn(do_not_disturb_->ask_from_time_to_time());
    co_await listing_->refresh_from_time_to_time();
}

Task<void> SlackAdapter::Service::want_catch_up(GapReason reason)
{
    spdlog::info("event=gap_over reason={}", name_of(reason));
    CatchUpWanted wanted;
    wanted.reason = reason;
    [[maybe_unused]] const bool taken = co_await hand_over(listing_surroundings(), wanted);
}

/// At once, and again when Slack has stopped dropping: in between it does not say so again.
Task<void> SlackAdapter::Service::catch_up_on_lost_events()
{
    co_await want_catch_up(GapReason::events_lost);
    const bool waited = co_await pause_for(pauses_, settings_.events_lost_for);
    if (waited) co_await want_catch_up(GapReason::events_lost);
}

void SlackAdapter::Service::open_events()
{
    carrier_.emplace(*api_, identity_, clock_, settings_.charts ? &*settings_.charts : nullptr);
    events_ = settings_.http ? http_mode() : socket_mode();
    events_->start();
    deliver_queued();
}

std::unique_ptr<EventSource> SlackAdapter::Service::http_mode()
{
    const HttpSurroundings surroundings{
        io_.get_executor(), interrupts_, tasks_, counters_, sink_, clock_, identity_};
    HttpEvents::Listeners listeners;
    listeners.on_listening = [this] { tasks_.spawn(want_catch_up(GapReason::started)); };
    listeners.on_cannot_listen = [this](const std::string& reason) { begin_end(EndKind::failed, reason); };
    listeners.on_concern = [this](AdapterConcern concern, const std::string& concerned) {
        on_concern(concern, concerned);
    };
    return std::make_unique<HttpEvents>(
        surroundings, *settings_.http, HttpEventsLimits{}, std::move(listeners));
}

std::unique_ptr<EventSource> SlackAdapter::Service::socket_mode()
{
    SocketSurroundings surroundings{
        io_.get_executor(), *api_, *tls_, interrupts_, counters_, sink_, clock_, identity_};
    SocketFleet::Listeners listeners;
    listeners.on_hopeless = [this](const std::string& reason) {
        begin_end(EndKind::fix_configuration, reason);
    };
    listeners.on_concern = [this](AdapterConcern concern, const std::string& concerned) {
        on_concern(concern, concerned);
    };
    listeners.on_gap_over = [this](GapReason reason) {
        if (reason != GapReason::started) {
            listing_->conversations_changed();
            do_not_disturb_->ask_everybody_again();
        }
        tasks_.spawn(want_catch_up(reason));
    };
    PoolLimits limits;
    limits.connections = std::clamp(settings_.connections, 1, connections_max);
    limits.opens_per_minute = settings_.opens_per_minute;
    return std::make_unique<SocketFleet>(surroundings, limits, tasks_, std::move(listeners));
}

// --- while it runs
// ---------------------------------------------------------------------------------------------------

void SlackAdapter::Service::on_concern(AdapterConcern concern, const std::string& concerned)
{
    switch (concern) {
        case AdapterConcern::none: break;
        case AdapterConcern::group_members_stale:
        case AdapterConcern::own_groups_stale: listing_->groups_changed(); break;
        case AdapterConcern::own_channels_stale: listing_->conversations_changed(); break;
        case AdapterConcern::do_not_disturb_told:
            // No line in the log: it would name a person.
            do_not_disturb_->changed_by_event(UserId{concerned});
            return;
        case AdapterConcern::token_revoked:
            begin_end(EndKind::fix_configuration,
                      "token_revoked: the bot token was revoked. Reinstall the app to the workspace and set "
                      "the new "
                      "SLACK_BOT_TOKEN");
            break;
        case AdapterConcern::app_uninstalled:
            begin_end(EndKind::fix_configuration,
                      "app_uninstalled: the app was removed from the workspace. Reinstall it and set the new "
                      "SLACK_BOT_TOKEN");
            break;
        case AdapterConcern::events_rate_limited:
            spdlog::error("event=events_rate_limited text=\"Slack dropped events of this minute\"");
            do_not_disturb_->ask_everybody_again();
            tasks_.spawn(catch_up_on_lost_events());
            break;
    }
    if (!concerned.empty()) spdlog::debug("event=concern concerned={}", for_log(concerned));
}

void SlackAdapter::Service::confirm(std::vector<Confirmation> confirmations)
{
    {
        const std::lock_guard lock{mutex_};
        if (confirmations_.empty()) {
            confirmations_ = std::move(confirmations);
        } else {
            confirmations_.insert(confirmations_.end(),
                                  std::make_move_iterator(confirmations.begin()),
                                  std::make_move_iterator(confirmations.end()));
        }
        if (std::exchange(confirming_posted_, true)) return;
    }
    asio::post(io_, [this] { confirm_queued(); });
}

void SlackAdapter::Service::confirm_queued()
{
    std::vector<Confirmation> confirmations;
    {
        const std::lock_guard lock{mutex_};
        confirmations.swap(confirmations_);
        confirming_posted_ = false;
    }
    if (events_) events_->confirm(confirmations);
}

void SlackAdapter::Service::deliver(std::vector<Delivery> deliveries)
{
    std::unique_lock lock{mutex_};
    if (ended_) {
        lock.unlock();
        settle_undone(std::move(deliveries));
        return;
    }
    deliveries_.insert(deliveries_.end(),
                       std::make_move_iterator(deliveries.begin()),
                       std::make_move_iterator(deliveries.end()));
    lock.unlock();
    asio::post(io_, [this] { deliver_queued(); });
}

void SlackAdapter::Service::deliver_queued()
{
    if (!events_) return;
    std::vector<Delivery> deliveries;
    {
        const std::lock_guard lock{mutex_};
        deliveries.swap(deliveries_);
    }
    if (ending_) {
        settle_undone(std::move(deliveries));
        return;
    }
    for (Delivery& delivery : deliveries) tasks_.spawn(carry_out(std::move(delivery)));
}

Task<void> SlackAdapter::Service::carry_out(Delivery delivery)
{
    EffectSettled settled;
    settled.id = delivery.id;
    settled.outcome = co_await carrier_->carry_out(delivery);
    if (const auto* fault = std::get_if<Fault>(&settled.outcome)) {
        spdlog::warn("event=delivery_fault outbox_id={} attempt={} detail=\"{}\"",
                     delivery.id.value,
                     delivery.attempt,
                     for_log(fault->detail));
    }
    sink_.settle(std::move(settled));
}

void SlackAdapter::Service::settle_undone(std::vector<Delivery> deliveries)
{
    for (const Delivery& delivery : deliveries) {
        EffectSettled settled;
        settled.id = delivery.id;
        settled.outcome = Fault{delivery.in_doubt ? FaultKind::unknown : FaultKind::temporary,
                                "the connection to Slack is closing"};
        sink_.settle(std::move(settled));
    }
}

void SlackAdapter::Service::on_room()
{
    asio::post(io_, [this] {
        if (events_) events_->on_room();
    });
}

// --- the adapter
// -----------------------------------------------------------------------------------------------------

SlackAdapter::SlackAdapter(SlackSettings settings, InputSink& sink, const Clock& clock)
    : service_(std::make_unique<Service>(std::move(settings), sink, clock))
{}

SlackAdapter::~SlackAdapter() = default;

AdapterEnd SlackAdapter::run()
{
    return service_->run();
}

void SlackAdapter::stop()
{
    service_->stop();
}

void SlackAdapter::confirm(std::vector<Confirmation> confirmations)
{
    service_->confirm(std::move(confirmations));
}

void SlackAdapter::deliver(std::vector<Delivery> deliveries)
{
    service_->deliver(std::move(deliveries));
}

void SlackAdapter::on_room()
{
    service_->on_room();
}

AdapterStats SlackAdapter::stats() const
{
    return service_->stats();
}

}  // namespace ackd::slack
