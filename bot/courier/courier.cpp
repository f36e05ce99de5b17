#include "bot/courier/courier.hpp"

#include "bot/delivery/effect_composer.hpp"
#include "bot/delivery/effect_outcome.hpp"
#include "bot/destinations/outside_handlers.hpp"
#include "bot/engine/mutation.hpp"

#include <algorithm>

namespace ackd {

namespace {

using namespace std::chrono_literals;

/// How long a row may be tried before it is given up, and how often at least: a row may have waited days for
/// somebody's working hours before its first attempt.
constexpr Duration retry_for = 24h;
constexpr int attempts_min = 100;
/// What may be in the chat is looked for longer: given up, it would stand there as it was then, for good.
constexpr Duration look_for = 7 * 24h;
/// A missing token or scope is repaired by a person: asked again now and then.
constexpr Duration configuration_retry = 5min;
/// At most this many at once with the adapter: Slack's tiers need no more. When it answers slowly, there is
/// still room for those who wait in front of their screen.
constexpr std::size_t in_flight_max = 64;
constexpr std::size_t ordinary_in_flight_max = 48;

struct CallClassOf {
    CallClass operator()(const PostMessage&) const { return CallClass::post; }
    CallClass operator()(const UpdateMessage& effect) const
    {
        return effect.reply_address.empty() ? CallClass::update : CallClass::respond;
    }
    CallClass operator()(const EphemeralReply& effect) const
    {
        return effect.reply_address.empty() ? CallClass::ephemeral : CallClass::respond;
    }
    CallClass operator()(const FetchMessage&) const { return CallClass::read; }
    CallClass operator()(const ListChannelMembers&) const { return CallClass::read; }
    CallClass operator()(const ReadHistory&) const { return CallClass::read; }
    CallClass operator()(const PublishHome&) const { return CallClass::publish; }
    CallClass operator()(const OpenDialog&) const { return CallClass::open; }
    CallClass operator()(const OpenForm&) const { return CallClass::open; }
    CallClass operator()(const TellOutside&) const { return CallClass::outside; }
    CallClass operator()(const SetTopicPart&) const { return CallClass::arrange; }
    CallClass operator()(const SetGroupMembers&) const { return CallClass::arrange; }
};

CallClass expected_class(const OutboxRow& row)
{
    switch (row.kind) {
        case OutboxKind::refresh: return CallClass::update;
        case OutboxKind::replace:
        // Or `ephemeral`, which is known once it is composed.
        case OutboxKind::reply: return CallClass::respond;
        case OutboxKind::fetch_subject:
        case OutboxKind::list_members:
        case OutboxKind::read_history:
        case OutboxKind::read_more: return CallClass::read;
        case OutboxKind::home: return CallClass::publish;
        case OutboxKind::dialog:
        case OutboxKind::form: return CallClass::open;
        case OutboxKind::outside: return CallClass::outside;
        case OutboxKind::on_call_topic:
        case OutboxKind::on_call_group: return CallClass::arrange;
        default: return CallClass::post;
    }
}

}  // namespace

Courier::Courier(Outbox& outbox, std::uint64_t seed) : outbox_(outbox), random_(seed)
{
    outbox_.on_added(
        [this](OutboxLane lane, const std::string& conversation, OutboxId id, Instant not_before) {
            note(lane, conversation, id, not_before);
        });
    outbox_.on_moved([this] { reload(); });
}

void Courier::recover()
{
    outbox_.put_leased_in_doubt();
}

void Courier::reload()
{
    waiting_.clear();
    interactive_.clear();
    ordinary_.clear();
    outbox_.for_each_waiting_head(
        [this](OutboxLane lane, const std::string& conversation, OutboxId id, Instant not_before) {
            note(lane, conversation, id, not_before);
        });
}

void Courier::note(OutboxLane lane, const std::string& conversation, OutboxId id, Instant not_before)
{
    Lane key{lane, conversation};
    if (busy_.contains(key)) return;
    const auto [place, is_new] = waiting_.try_emplace(key, Waiting{id, not_before});
    if (!is_new) {
        if (place->second.not_before <= not_before) return;
        order_of(lane).erase({place->second.not_before, place->second.head, conversation});
        place->second = Waiting{id, not_before};
    }
    order_of(lane).emplace(not_before, id, conversation);
}

void Courier::requeue(const Lane& lane, Instant not_before)
{
    if (busy_.contains(lane)) return;
    const auto known = waiting_.find(lane);
    if (known != waiting_.end()) {
        order_of(lane.first).erase({known->second.not_before, known->second.head, lane.second});
        waiting_.erase(known);
    }
    const auto head = outbox_.head_of(lane.first, lane.second);
    if (!head) return;
    const Instant at = std::max(not_before, head->not_before);
    waiting_.emplace(lane, Waiting{head->id, at});
    order_of(lane.first).emplace(at, head->id, lane.second);
}

Courier::Order& Courier::order_of(OutboxLane lane)
{
    return lane == OutboxLane::interactive ? interactive_ : ordinary_;
}

const Courier::Order& Courier::order_of(OutboxLane lane) const
{
    return lane == OutboxLane::interactive ? interactive_ : ordinary_;
}

bool Courier::has_room(OutboxLane lane) const
{
    if (in_flight_.size() >= in_flight_max) return false;
    if (lane == OutboxLane::interactive) return true;
    const auto ordinary = std::count_if(in_flight_.begin(), in_flight_.end(), [](const auto& entry) {
        return entry.second.lane.first == OutboxLane::ordinary;
    });
    return static_cast<std::size_t>(ordinary) < ordinary_in_flight_max;
}

std::optional<Courier::Lane> Courier::take_next(Instant now)
{
    for (const OutboxLane outbox_lane : {OutboxLane::interactive, OutboxLane::ordinary}) {
        if (!has_room(outbox_lane)) continue;
        Order& order = order_of(outbox_lane);
        if (order.empty() || std::get<0>(*order.begin()) > now) continue;
        Lane lane{outbox_lane, std::get<2>(*order.begin())};
        order.erase(order.begin());
        waiting_.erase(lane);
        return lane;
    }
    return std::nullopt;
}

void Courier::lease(HandlerContext& context, std::size_t count_max, std::vector<Delivery>& deliveries)
{
    while (deliveries.size() < count_max) {
        const auto next = take_next(context.now);
        if (!next) break;
        const Lane& lane = *next;
        const auto& [outbox_lane, conversation] = lane;

        const auto row = outbox_.head_of(outbox_lane, conversation);
        if (!row) continue;
        if (row->not_before > context.now) {
            requeue(lane, row->not_before);
            continue;
        }
        // Asked before composing, which costs more than everything else here.
        const Instant allowed = limits_.available_at(expected_class(*row), conversation, context.now);
        const bool may_be_update = row->kind == OutboxKind::card;
        if (allowed > context.now && !may_be_update) {
            requeue(lane, allowed);
            continue;
        }
        composing_ = row->id;
        Composed composed = compose_effect(context, *row);
        if (composed.wait_until) {
            outbox_.mark_waiting(*row, *composed.wait_until, row->in_doubt);
            requeue(lane, context.now);
            continue;
        }
        if (!composed.effect) {
            outbox_.remove(row->id);
            ++counters_.overtaken;
            requeue(lane, context.now);
            continue;
        }
        const CallClass call = std::visit(CallClassOf{}, *composed.effect);
        const Instant available = limits_.available_at(call, conversation, context.now);
        if (available > context.now) {
            requeue(lane, available);
            continue;
        }
        limits_.take(call, conversation, context.now);
        outbox_.mark_leased(row->id);
        Delivery delivery;
        delivery.id = row->id;
        delivery.attempt = row->attempts + 1;
        delivery.in_doubt = row->in_doubt && !is_mutated(Mutation::forget_in_doubt);
        delivery.only_look = delivery.in_doubt && composed.only_look;
        delivery.is_awaited = outbox_lane == OutboxLane::interactive || row->kind == OutboxKind::replace;
        delivery.intended_at = row->created_at;
        delivery.effect = std::move(*composed.effect);
        deliveries.push_back(std::move(delivery));
        in_flight_.emplace(row->id, InFlight{lane, call, context.now});
        busy_.insert(lane);
        leased_.push_back(row->id);
        ++counters_.leased;
    }
}

void Courier::begin_transaction()
{
    leased_.clear();
    released_.clear();
}

void Courier::forget_transaction()
{
    for (const OutboxId id : leased_) {
        const auto entry = in_flight_.find(id);
        if (entry == in_flight_.end()) continue;
        busy_.erase(entry->second.lane);
        in_flight_.erase(entry);
    }
    for (const auto& [id, delivery] : released_) {
        in_flight_.emplace(id, delivery);
        busy_.insert(delivery.lane);
    }
    begin_transaction();
    reload();
}

std::optional<Courier::InFlight> Courier::release(OutboxId id)
{
    const auto entry = in_flight_.find(id);
    if (entry == in_flight_.end()) return std::nullopt;
    InFlight delivery = entry->second;
    busy_.erase(delivery.lane);
    in_flight_.erase(entry);
    released_.emplace_back(id, delivery);
    return delivery;
}

void Courier::settle(HandlerContext& context, const EffectSettled& settled)
{
    auto row = outbox_.find(settled.id);
    const std::optional<InFlight> freed = release(settled.id);
    if (row) {
        row->leased_at = freed ? freed->leased_at : row->created_at;
        if (const auto* fault = std::get_if<Fault>(&settled.outcome)) {
            retry(context, *row, *fault, freed ? freed->call : expected_class(*row));
        } else {
            outbox_.remove(row->id);
            ++counters_.delivered;
            effect_delivered(context, *row, settled.outcome);
        }
    }
    if (freed) requeue(freed->lane, context.now);
}

void Courier::drop(HandlerContext& context, OutboxId id)
{
    std::optional<Lane> freed;
    if (const auto delivery = release(id)) freed = delivery->lane;
    if (const auto row = outbox_.find(id); row && !freed) freed = Lane{row->lane, row->conversation};
    outbox_.remove(id);
    ++counters_.failed;
    if (freed) requeue(*freed, context.now);
}

void Courier::retry(HandlerContext& context, const OutboxRow& row, const Fault& fault, CallClass call)
{
    // Seen from here, a message of ours that is gone need not be brought up to date, and cannot be.
    const bool is_hopeless = fault.kind == FaultKind::permanent || fault.kind == FaultKind::not_found ||
                             fault.kind == FaultKind::malformed || fault.kind == FaultKind::conflict ||
                             fault.kind == FaultKind::not_a_member;
    // Whoever waits in front of their screen for a form waits seconds.
    // So does who tests a destination; and of heartbeats the next one comes soon.
    const bool has_one_chance = row.kind == OutboxKind::form || row.kind == OutboxKind::dialog ||
                                (row.kind == OutboxKind::outside && row.lane == OutboxLane::interactive);
    // A place that shows who is on call is tried again by the rotation, for as long as it takes.
    const bool is_refused = fault.kind == FaultKind::configuration && shows_on_call(row.kind);
    // What is told outside carries its id: it is never looked for, and waits for nobody's hours.
    const bool is_outside = row.kind == OutboxKind::outside;
    const bool is_tried_out = context.now - row.created_at >
                                  (row.in_doubt && !is_outside ? look_for : retry_for) &&
                              (row.attempts >= attempts_min || is_outside);
    if (is_hopeless || is_tried_out || has_one_chance || is_refused) {
        outbox_.remove(row.id);
        ++counters_.failed;
        effect_failed(context, row, fault);
        return;
    }
    ++counters_.retried;
    if (is_outside) outside_delayed(context, row, fault);
    Instant again = context.now + std::max<Duration>(backoff(row.attempts - 1, random_), fault.retry_after);
    if (fault.kind == FaultKind::configuration) again = context.now + configuration_retry;
    if (fault.kind == FaultKind::rate_limited) {
        again = context.now + std::max<Duration>(fault.retry_after, 1s);
        limits_.block_until(call, again);
    }
    // A doubt stays until the chat has been asked: a refusal now says nothing about the attempt before.
    outbox_.mark_waiting(row, again, row.in_doubt || fault.kind == FaultKind::unknown);
}

std::optional<Instant> Courier::next_wake() const
{
    std::optional<Instant> earliest;
    for (const OutboxLane lane : {OutboxLane::interactive, OutboxLane::ordinary}) {
        const Order& order = order_of(lane);
        if (order.empty() || !has_room(lane)) continue;
        const Instant at = std::get<0>(*order.begin());
        earliest = earliest ? std::min(*earliest, at) : at;
    }
    return earliest;
}

}  // namespace ackd
