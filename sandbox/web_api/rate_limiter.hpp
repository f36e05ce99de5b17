// How often a method may be called: token buckets in the sandbox's time, with Slack's tiers.
//
// A tier's floor per minute refills the bucket and is also its size, since Slack lets a minute's worth pass
// at once. Posting has a second bucket per channel (1 a second, a burst of 4) and one for the whole
// workspace. A refused call takes nothing from any bucket.
#pragma once

#include "sandbox/model/slack_identifiers.hpp"

#include <string>
#include <unordered_map>

namespace sandbox {

enum class Tier { one, two, three, four, posting, generous };

class RateLimiter {
public:
    enum class Mode { strict, off };

    explicit RateLimiter(Mode mode) : mode_(mode) {}

    /// Whole seconds to wait (Retry-After), or 0 when the call may pass. `channel` counts for Tier::posting
    /// and for every other way to post; empty leaves the channel's bucket alone.
    int admit(const std::string& method, Tier tier, const std::string& channel, Instant now);
    void set_mode(Mode mode) { mode_ = mode; }
    [[nodiscard]] Mode mode() const { return mode_; }

private:
    struct Bucket {
        double tokens;
        Instant at;
    };
    struct Size {
        double capacity;
        double per_second;
    };
    static constexpr std::size_t buckets_max = 50'000;

    static Size size_of(Tier tier);
    double seconds_until_token(const std::string& name, Size size, Instant now);

    Mode mode_;
    std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace sandbox
