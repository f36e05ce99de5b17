#include "adapters/slack/socket_pool.hpp"

#include <algorithm>

namespace ackd::slack {
namespace {

constexpr std::chrono::minutes budget_window{1};

std::chrono::milliseconds scaled(std::chrono::milliseconds whole, double share)
{
    return std::chrono::milliseconds{static_cast<std::int64_t>(static_cast<double>(whole.count()) * share)};
}

}  // namespace

std::chrono::milliseconds backoff_delay(int failures, double random, const PoolLimits& limits)
{
    constexpr int doublings_max = 16;
    const auto grown = limits.backoff_first * (1LL << std::clamp(failures, 0, doublings_max));
    return scaled(std::min<std::chrono::milliseconds>(grown, limits.backoff_max), random);
}

SocketPool::Slot* SocketPool::slot_of(std::uint64_t serial)
{
    for (Slot& slot : slots_) {
        if (serial != 0 && (slot.current == serial || slot.leaving == serial)) return &slot;
    }
    return nullptr;
}

int SocketPool::live_count() const
{
    int count = 0;
    for (const Slot& slot : slots_) count += (slot.current != 0 ? 1 : 0) + (slot.leaving != 0 ? 1 : 0);
    return count;
}

int SocketPool::ready_count() const
{
    int count = 0;
    for (const Slot& slot : slots_)
        count += (slot.current_is_ready ? 1 : 0) + (slot.leaving_is_ready ? 1 : 0);
    return count;
}

/// A slot opens when it has nothing opening or ready; a sibling is the one extra socket.
bool SocketPool::may_open(const Slot& slot) const
{
    return slot.open_at && slot.current == 0 && live_count() <= limits_.connections;
}

std::optional<SteadyTime> SocketPool::budget_free_at() const
{
    if (static_cast<int>(opened_at_.size()) < limits_.opens_per_minute) return std::nullopt;
    return opened_at_.front() + budget_window;
}

void SocketPool::note_stability(SteadyTime now)
{
    for (Slot& slot : slots_) {
        if (!slot.proving_since || now - *slot.proving_since < limits_.stable_after) continue;
        slot.proving_since.reset();
        failures_ = 0;
    }
}

void SocketPool::open_due(SteadyTime now, PoolActions& actions)
{
    if (stopped_) return;
    note_stability(now);
    for (std::size_t index = 0; index < slots_.size(); ++index) {
        Slot& slot = slots_[index];
        if (!may_open(slot) || now < *slot.open_at || now < held_until_) continue;
        while (!opened_at_.empty() && now - opened_at_.front() >= budget_window) opened_at_.pop_front();
        if (budget_free_at()) return;
        opened_at_.push_back(now);
        slot.open_at.reset();
        slot.current = ++last_serial_;
        slot.current_is_ready = false;
        OpenOrder order;
        order.serial = slot.current;
        order.slot = static_cast<int>(index);
        // The first socket of the second slot lives shorter than that of the first, and so on: after it, the
        // slots are refreshed at different times.
        if (!slot.opened_before) {
            order.lifetime_share = 1.0 - static_cast<double>(index) / static_cast<double>(2 * slots_.size());
        }
        slot.opened_before = true;
        actions.open.push_back(order);
    }
}

PoolActions SocketPool::start(SteadyTime now, double random)
{
    PoolActions actions;
    slots_.assign(static_cast<std::size_t>(std::max(1, limits_.connections)), Slot{});
    const auto step = limits_.stagger_min + scaled(limits_.stagger_max - limits_.stagger_min, random);
    for (std::size_t index = 0; index < slots_.size(); ++index) {
        slots_[index].open_at = now + step * static_cast<std::int64_t>(index);
    }
    open_due(now, actions);
    return actions;
}

PoolActions SocketPool::on_ready(std::uint64_t serial, SteadyTime now)
{
    PoolActions actions;
    Slot* slot = slot_of(serial);
    if (slot == nullptr || slot->current != serial) return actions;
    slot->current_is_ready = true;
    slot->proving_since = now;
    if (slot->leaving != 0) {
        slot->leaving_is_ready = false;
        actions.may_drain.push_back(slot->leaving);
    }
    return actions;
}

PoolActions SocketPool::on_wants_sibling(std::uint64_t serial, SteadyTime now)
{
    PoolActions actions;
    note_stability(now);
    Slot* slot = slot_of(serial);
    if (slot == nullptr || slot->current != serial || slot->leaving != 0) return actions;
    slot->leaving = serial;
    slot->leaving_is_ready = slot->current_is_ready;
    // It has lasted as long as Slack meant it to.
    if (slot->proving_since) failures_ = 0;
    slot->current = 0;
    slot->current_is_ready = false;
    slot->proving_since.reset();
    slot->open_at = now;
    open_due(now, actions);
    return actions;
}

PoolActions SocketPool::on_retired(std::uint64_t serial,
                                   SteadyTime now,
                                   const Retirement& retirement,
                                   double random)
{
    PoolActions actions;
    note_stability(now);
    Slot* slot = slot_of(serial);
    if (slot == nullptr) return actions;
    const bool was_replaced = slot->leaving == serial;
    if (was_replaced) {
        slot->leaving = 0;
        slot->leaving_is_ready = false;
    } else {
        slot->current = 0;
        slot->current_is_ready = false;
        slot->proving_since.reset();
    }

    switch (retirement.reason) {
        case RetireReason::not_accepted: stop(); break;
        case RetireReason::link_disabled:
            held_until_ = std::max(held_until_, now + limits_.link_disabled_every);
            break;
        case RetireReason::too_many_websockets: {
            constexpr int failures_min = 4;  // others use the token: give way
            failures_ = std::max(failures_, failures_min);
            held_until_ = std::max(held_until_, now + backoff_delay(failures_, random, limits_));
            break;
        }
        case RetireReason::open_refused:
            held_until_ = std::max(held_until_, now + retirement.retry_after);
            break;
        default: break;
    }
    if (!was_replaced) {
        slot->open_at = now + std::max(backoff_delay(failures_, random, limits_), retirement.retry_after);
        ++failures_;
    }
    open_due(now, actions);
    return actions;
}

PoolActions SocketPool::on_time(SteadyTime now)
{
    PoolActions actions;
    open_due(now, actions);
    return actions;
}

void SocketPool::stop()
{
    stopped_ = true;
    for (Slot& slot : slots_) slot.open_at.reset();
}

std::optional<SteadyTime> SocketPool::next_deadline() const
{
    std::optional<SteadyTime> earliest;
    if (stopped_) return earliest;
    for (const Slot& slot : slots_) {
        if (!may_open(slot)) continue;
        SteadyTime at = std::max(*slot.open_at, held_until_);
        if (const auto free_at = budget_free_at()) at = std::max(at, *free_at);
        if (!earliest || at < *earliest) earliest = at;
    }
    return earliest;
}

}  // namespace ackd::slack
