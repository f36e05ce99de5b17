// How fast the chat lets us call it: token buckets for each class of call and for posts to one conversation,
// and the waits that the chat itself asked for. Pure: time is passed in.
//
// Sources: one post a second and channel, and several hundred a minute in a workspace; 50 updates and 50
// reads a minute, 100 ephemeral messages, App Homes and dialogs a minute, 20 topics and user groups (Slack's
// tiers 3, 4 and 2; short bursts are tolerated). One App Home in five seconds for each person is our own
// limit, and so is the one on answers to response URLs, for which Slack names none. So is the one on what is
// told outside the chat.
#pragma once

#include "bot/instant.hpp"

#include <array>
#include <map>
#include <string>

namespace ackd {

enum class CallClass { post, update, ephemeral, read, publish, open, respond, outside, arrange };

inline constexpr std::size_t call_class_count = 9;

/// Holds up to `burst` tokens, refilled evenly.
class TokenBucket {
public:
    TokenBucket(Duration refill_every, int burst) : refill_every_(refill_every), burst_(burst) {}

    /// When a token is there: `now`, or later.
    [[nodiscard]] Instant available_at(Instant now) const;
    /// Takes a token that available_at said is there.
    void take(Instant now);
    /// No token before `until`, and none saved up then.
    void block_until(Instant until);
    [[nodiscard]] bool is_full(Instant now) const;

private:
    Duration refill_every_;
    int burst_;
    /// The instant at which the bucket was, or will be, full.
    Instant full_at_{};
};

class RateLimits {
public:
    RateLimits();

    /// When a call of this class to this conversation may be made.
    [[nodiscard]] Instant available_at(CallClass call, const std::string& conversation, Instant now) const;
    void take(CallClass call, const std::string& conversation, Instant now);
    /// The chat said "not before": for this class only.
    void block_until(CallClass call, Instant until);

private:
    void forget_idle(Instant now);

    std::array<TokenBucket, call_class_count> by_class_;
    std::map<std::string, TokenBucket> by_conversation_;  ///< of posts and of publishing
};

}  // namespace ackd
