#include "sandbox/wire/envelope_queue.hpp"

#include <cstdio>

namespace sandbox {

EnvelopeQueue::EnvelopeQueue(RedeliveryPolicy policy) : policy_(std::move(policy)) {}

std::string EnvelopeQueue::new_envelope_id()
{
    // Shaped like a UUID; the multiplication (by an odd number, so one to one) keeps clients from sorting by
    // it.
    const unsigned long long number = ++last_envelope_;
    const unsigned long long mixed = number * 0x9E3779B97F4A7C15ULL;
    char text[40];
    std::snprintf(text,
                  sizeof text,
                  "%08llx-%04llx-4%03llx-9%03llx-%012llx",
                  mixed >> 32U,
                  (mixed >> 16U) & 0xffffULL,
                  mixed & 0xfffULL,
                  (mixed >> 12U) & 0xfffULL,
                  number & 0xffffffffffffULL);
    return text;
}

bool EnvelopeQueue::add(std::string payload, WallInstant now)
{
    if (events_.size() >= unconfirmed_max) {
        ++dropped_;
        return false;
    }
    const EventNumber number = ++last_event_;
    Event event;
    event.payload = std::make_shared<const std::string>(std::move(payload));
    event.due_at = now;
    events_.emplace(number, std::move(event));
    due_.emplace(now, number);
    return true;
}

bool EnvelopeQueue::is_last(int attempts) const
{
    return !policy_.forever && attempts > static_cast<int>(policy_.redelivery_after.size());
}

std::chrono::milliseconds EnvelopeQueue::wait_after(int attempt) const
{
    const auto at = static_cast<std::size_t>(attempt);
    if (at < policy_.redelivery_after.size()) return policy_.redelivery_after[at];
    const bool repeats = policy_.forever && !policy_.redelivery_after.empty();
    return repeats ? policy_.redelivery_after.back() : policy_.final_wait;
}

std::optional<EnvelopeQueue::Attempt> EnvelopeQueue::next_attempt(WallInstant now)
{
    while (!due_.empty() && due_.begin()->first <= now) {
        const EventNumber number = due_.begin()->second;
        due_.erase(due_.begin());
        const auto found = events_.find(number);
        Event& event = found->second;
        if (is_last(event.attempts)) {
            ++dropped_;
            settle(number, "");
            continue;
        }
        Attempt attempt{number, event.attempts, new_envelope_id(), event.payload, event.failure};
        event.failure.clear();
        // Retrying for ever must not pile up envelope ids without bound: the oldest are as good as unknown.
        constexpr std::size_t envelopes_per_event_max = 64;
        if (event.envelopes.size() >= envelopes_per_event_max) {
            envelopes_.erase(event.envelopes.front());
            event.envelopes.erase(event.envelopes.begin());
        }
        event.envelopes.push_back(attempt.envelope_id);
        envelopes_.emplace(attempt.envelope_id, number);
        event.due_at = now + wait_after(event.attempts);
        ++event.attempts;
        due_.emplace(event.due_at, number);
        return attempt;
    }
    return std::nullopt;
}

std::optional<WallInstant> EnvelopeQueue::next_instant() const
{
    if (due_.empty()) return std::nullopt;
    return due_.begin()->first;
}

void EnvelopeQueue::remember(const std::string& envelope_id, bool was_confirmed)
{
    envelopes_.erase(envelope_id);
    settled_.emplace(envelope_id, was_confirmed);
    settled_order_.push_back(envelope_id);
    if (settled_order_.size() > remembered_max) {
        settled_.erase(settled_order_.front());
        settled_order_.pop_front();
    }
}

EnvelopeQueue::Confirmation EnvelopeQueue::confirm(const std::string& envelope_id)
{
    const auto found = envelopes_.find(envelope_id);
    if (found == envelopes_.end()) {
        const auto settled = settled_.find(envelope_id);
        if (settled == settled_.end()) return Confirmation::unknown;
        if (settled->second) return Confirmation::repeated;
        settled->second = true;
        return Confirmation::late;
    }
    settle(found->second, envelope_id);
    return Confirmation::first;
}

void EnvelopeQueue::settle(EventNumber number, const std::string& confirmed)
{
    const auto event = events_.find(number);
    due_.erase({event->second.due_at, number});
    const std::vector<std::string> envelopes = std::move(event->second.envelopes);
    events_.erase(event);
    for (const std::string& envelope : envelopes) remember(envelope, envelope == confirmed);
}

void EnvelopeQueue::note_failure(const std::string& envelope_id, const std::string& failure)
{
    const auto found = envelopes_.find(envelope_id);
    if (found != envelopes_.end()) events_.find(found->second)->second.failure = failure;
}

bool EnvelopeQueue::give_up(const std::string& envelope_id)
{
    const auto found = envelopes_.find(envelope_id);
    if (found == envelopes_.end()) return false;
    settle(found->second, "");
    ++dropped_;
    return true;
}

}  // namespace sandbox
