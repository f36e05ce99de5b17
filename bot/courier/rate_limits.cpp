#include "bot/courier/rate_limits.hpp"

#include <algorithm>

namespace ackd {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t conversations_max = 10'000;

bool is_limited_by_conversation(CallClass call)
{
    return call == CallClass::post || call == CallClass::publish;
}

TokenBucket new_conversation_bucket(CallClass call)
{
    return call == CallClass::post ? TokenBucket{1s, 1} : TokenBucket{5s, 1};
}

}  // namespace

Instant TokenBucket::available_at(Instant now) const
{
    return std::max(now, full_at_ - (burst_ - 1) * refill_every_);
}

void TokenBucket::take(Instant now)
{
    full_at_ = std::max(full_at_, now) + refill_every_;
}

void TokenBucket::block_until(Instant until)
{
    full_at_ = std::max(full_at_, until + (burst_ - 1) * refill_every_);
}

bool TokenBucket::is_full(Instant now) const
{
    return full_at_ <= now;
}

RateLimits::RateLimits()
    : by_class_{TokenBucket{200ms, 10},
                TokenBucket{1200ms, 20},
                TokenBucket{600ms, 20},
                TokenBucket{1200ms, 10},
                TokenBucket{600ms, 20},
                TokenBucket{600ms, 20},
                TokenBucket{5ms, 100},
                TokenBucket{20ms, 50},
                TokenBucket{3s, 5}}
{}

Instant RateLimits::available_at(CallClass call, const std::string& conversation, Instant now) const
{
    Instant at = by_class_[static_cast<std::size_t>(call)].available_at(now);
    if (is_limited_by_conversation(call)) {
        const auto bucket = by_conversation_.find(conversation);
        if (bucket != by_conversation_.end()) at = std::max(at, bucket->second.available_at(now));
    }
    return at;
}

void RateLimits::take(CallClass call, const std::string& conversation, Instant now)
{
    by_class_[static_cast<std::size_t>(call)].take(now);
    if (!is_limited_by_conversation(call)) return;
    if (by_conversation_.size() >= conversations_max) forget_idle(now);
    by_conversation_.try_emplace(conversation, new_conversation_bucket(call)).first->second.take(now);
}

void RateLimits::block_until(CallClass call, Instant until)
{
    by_class_[static_cast<std::size_t>(call)].block_until(until);
}

void RateLimits::forget_idle(Instant now)
{
    std::erase_if(by_conversation_, [now](const auto& entry) { return entry.second.is_full(now); });
}

}  // namespace ackd
