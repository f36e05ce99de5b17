#include "sandbox/web_api/rate_limiter.hpp"

#include <algorithm>
#include <cmath>

namespace sandbox {

RateLimiter::Size RateLimiter::size_of(Tier tier)
{
    switch (tier) {
        case Tier::one: return {1, 1.0 / 60};
        case Tier::two: return {20, 20.0 / 60};
        case Tier::three: return {50, 50.0 / 60};
        case Tier::four: return {100, 100.0 / 60};
        case Tier::posting: return {60, 400.0 / 60};
        case Tier::generous: return {200, 600.0 / 60};
    }
    return {1, 1.0 / 60};
}

double RateLimiter::seconds_until_token(const std::string& name, Size size, Instant now)
{
    const auto [found, is_new] = buckets_.try_emplace(name, Bucket{size.capacity, now});
    Bucket& bucket = found->second;
    const double passed = std::max(0.0, std::chrono::duration<double>(now - bucket.at).count());
    bucket.tokens = std::min(size.capacity, bucket.tokens + passed * size.per_second);
    bucket.at = std::max(bucket.at, now);  // a clock that steps back gives nothing twice
    // A hair below one token is one: sums of seconds in doubles do not come out whole.
    constexpr double nearly_one = 1.0 - 1e-6;
    return bucket.tokens >= nearly_one ? 0.0 : (1.0 - bucket.tokens) / size.per_second;
}

int RateLimiter::admit(const std::string& method, Tier tier, const std::string& channel, Instant now)
{
    if (mode_ == Mode::off) return 0;
    if (buckets_.size() > buckets_max) buckets_.clear();
    constexpr Size per_channel{4, 1.0};
    const std::string channel_bucket = "posting to " + channel;
    double wait = seconds_until_token(method, size_of(tier), now);
    if (!channel.empty()) wait = std::max(wait, seconds_until_token(channel_bucket, per_channel, now));
    if (wait > 0) return std::max(1, static_cast<int>(std::ceil(wait)));
    buckets_.find(method)->second.tokens -= 1;
    if (!channel.empty()) buckets_.find(channel_bucket)->second.tokens -= 1;
    return 0;
}

}  // namespace sandbox
