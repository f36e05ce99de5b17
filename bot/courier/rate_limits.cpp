#include "bot/courier/rate_limits.hpp"

#include <algorithm>

namespace ackd {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t conversations_max = 10'000;

TokenBucket new_conversation_bucket()
{
    return TokenBucket{1s, 1};
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
    : by_class_{
          TokenBucket{200ms, 10}, TokenBucket{1200ms, 20}, TokenBucket{600ms, 20}, TokenBucket{1200ms, 10}}
{}

Instant RateLimits::available_at(CallClass call, const std::string& conversation, Instant now) const
{
    Instant at = by_class_[static_cast<std::size_t>(call)].available_at(now);
    if (call == CallClass::post) {
        const auto bucket = posts_by_conversation_.find(conversation);
        if (bucket != posts_by_conversation_.end()) at = std::max(at, bucket->second.available_at(now));
    }
    return at;
}

void RateLimits::take(CallClass call, const std::string& conversation, Instant now)
{
    by_class_[static_cast<std::size_t>(call)].take(now);
    if (call != CallClass::post) return;
    if (posts_by_conversation_.size() >= conversations_max) forget_idle(now);
    posts_by_conversation_.try_emplace(conversation, new_conversation_bucket()).first->second.take(now);
}

void RateLimits::block_until(CallClass call, Instant until)
{
    by_class_[static_cast<std::size_t>(call)].block_until(until);
}

void RateLimits::forget_idle(Instant now)
{
    std::erase_if(posts_by_conversation_, [now](const auto& entry) { return entry.second.is_full(now); });
}

}  // namespace ackd
