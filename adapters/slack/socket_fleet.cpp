#include "adapters/slack/socket_fleet.hpp"

#include "adapters/slack/log_text.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace ackd::slack {
namespace {

SteadyTime now()
{
    return std::chrono::steady_clock::now();
}

}  // namespace

SocketFleet::SocketFleet(SocketSurroundings surroundings,
                         PoolLimits limits,
                         TaskGroup& tasks,
                         Listeners listeners)
    : surroundings_(surroundings),
      pool_(limits),
      tasks_(tasks),
      listeners_(std::move(listeners)),
      timer_(surroundings.executor),
      randomness_(std::random_device{}())
{}

double SocketFleet::random()
{
    constexpr unsigned unused_bits = 11;
    constexpr double smallest = 1.0 / 9'007'199'254'740'992.0;  // 2^-53
    return static_cast<double>(randomness_() >> unused_bits) * smallest;
}

void SocketFleet::start()
{
    perform(pool_.start(now(), random()));
}

void SocketFleet::stop()
{
    pool_.stop();
    timer_.cancel();
    const auto connections = connections_;
    for (const auto& connection : connections) connection->stop();
}

SocketConnection* SocketFleet::find(std::uint64_t serial)
{
    for (const auto& connection : connections_) {
        if (connection->serial() == serial) return connection.get();
    }
    return nullptr;
}

void SocketFleet::confirm(const std::vector<Confirmation>& confirmations)
{
    SocketConnection* connection = nullptr;
    for (const Confirmation& confirmation : confirmations) {
        const std::uint64_t serial = confirmation.receipt.connection;
        if (serial == 0) continue;
        if (connection == nullptr || connection->serial() != serial) connection = find(serial);
        const bool sent = connection != nullptr && connection->confirm(confirmation);
        AdapterCounters& counters = surroundings_.counters;
        AdapterCounters::add(sent ? counters.envelopes_confirmed : counters.confirmations_dropped);
    }
}

void SocketFleet::on_room()
{
    const auto connections = connections_;
    for (const auto& connection : connections) connection->on_room();
}

Task<void> SocketFleet::run(std::shared_ptr<SocketConnection> connection)
{
    co_await connection->run();
    std::erase(connections_, connection);
}

void SocketFleet::perform(const PoolActions& actions)
{
    for (const std::uint64_t serial : actions.may_drain) {
        if (SocketConnection* connection = find(serial)) connection->may_drain();
    }
    for (const OpenOrder& order : actions.open) {
        SessionLimits limits;
        limits.lifetime_share = order.lifetime_share;
        auto connection = std::make_shared<SocketConnection>(surroundings_, *this, order, limits);
        connections_.push_back(connection);
        spdlog::debug("event=socket_opening connection={} slot={}", order.serial, order.slot);
        tasks_.spawn(run(std::move(connection)));
    }
    surroundings_.counters.sockets_ready.store(pool_.ready_count(), std::memory_order_relaxed);
    arm_timer();
}

void SocketFleet::arm_timer()
{
    const auto deadline = pool_.next_deadline();
    if (!deadline) {
        timer_.cancel();
        return;
    }
    timer_.expires_at(*deadline);
    timer_.async_wait([this](error_code error) {
        if (!error) perform(pool_.on_time(now()));
    });
}

void SocketFleet::on_ready(std::uint64_t serial, int connections_of_app)
{
    const PoolActions actions = pool_.on_ready(serial, now());
    spdlog::info("event=socket_ready connection={} ready={} of_app={}",
                 serial,
                 pool_.ready_count(),
                 connections_of_app);
    if (connections_of_app > pool_.live_count()) {
        spdlog::warn("event=foreign_sockets of_app={} ours={} text=\"another process uses the same app token "
                     "and takes "
                     "a share of the events\"",
                     connections_of_app,
                     pool_.live_count());
    }
    perform(actions);
    if (const auto gap = std::exchange(gap_, std::nullopt)) listeners_.on_gap_over(*gap);
}

void SocketFleet::on_wants_sibling(std::uint64_t serial)
{
    spdlog::info("event=socket_refresh connection={}", serial);
    perform(pool_.on_wants_sibling(serial, now()));
}

void SocketFleet::on_retired(std::uint64_t serial, const Retirement& retirement)
{
    const PoolActions actions = pool_.on_retired(serial, now(), retirement, random());
    log_retirement(serial, retirement);
    if (!gap_ && pool_.ready_count() == 0) gap_ = GapReason::reconnected;
    perform(actions);
    if (retirement.reason == RetireReason::not_accepted) listeners_.on_hopeless(retirement.detail);
}

void SocketFleet::log_retirement(std::uint64_t serial, const Retirement& retirement) const
{
    const char* reason = name_of(retirement.reason);
    const std::string detail = for_log(retirement.detail);
    switch (retirement.reason) {
        case RetireReason::replaced:
        case RetireReason::stopped:
            spdlog::info(
                "event=socket_closed connection={} reason={} ready={}", serial, reason, pool_.ready_count());
            return;
        case RetireReason::link_disabled:
            spdlog::error(
                "event=socket_lost connection={} reason={} text=\"Socket Mode is switched off: switch it on "
                "in the app's settings; trying again every five minutes\"",
                serial,
                reason);
            break;
        case RetireReason::too_many_websockets:
            spdlog::error(
                "event=socket_lost connection={} reason={} text=\"Slack allows 10 sockets for one app: stop "
                "the other processes that use this app token\"",
                serial,
                reason);
            break;
        default: {
            const auto next = pool_.next_deadline();
            const auto wait = next ? std::chrono::duration<double>(*next - now()).count() : 0.0;
            spdlog::warn("event=socket_lost connection={} reason={} detail=\"{}\" ready={} next_in={:.1f}s",
                         serial,
                         reason,
                         detail,
                         pool_.ready_count(),
                         wait);
        }
    }
    AdapterCounters::add(surroundings_.counters.sockets_lost);
}

void SocketFleet::on_concern(AdapterConcern concern, const std::string& concerned)
{
    listeners_.on_concern(concern, concerned);
}

}  // namespace ackd::slack
