// How fast the chat may be called, and how long a failed call waits.
#include "bot/courier/rate_limits.hpp"

#include "bot/courier/backoff.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

const Instant start = utc("2026-03-02 09:00");

/// The instants at which `count` calls, each made as soon as it may, go out.
std::vector<Duration> calls(RateLimits& limits,
                            CallClass call,
                            int count,
                            const std::string& conversation = "")
{
    std::vector<Duration> times;
    Instant now = start;
    for (int index = 0; index < count; ++index) {
        const std::string where = conversation.empty() ? "C" + std::to_string(index) : conversation;
        now = limits.available_at(call, where, now);
        limits.take(call, where, now);
        times.push_back(now - start);
    }
    return times;
}

}  // namespace

TEST_CASE("rate limits: a bucket gives its burst at once, then a token for each interval")
{
    struct Row {
        Duration refill_every;
        int burst;
        std::vector<Duration> expected;
    };
    const Row rows[] = {
        {1s, 1, {0s, 1s, 2s, 3s}},
        {1s, 3, {0s, 0s, 0s, 1s, 2s}},
        {200ms, 2, {0s, 0s, 200ms, 400ms}},
    };
    for (const Row& row : rows) {
        TokenBucket bucket{row.refill_every, row.burst};
        Instant now = start;
        for (const Duration expected : row.expected) {
            now = bucket.available_at(now);
            CHECK(now - start == expected);
            bucket.take(now);
        }
        // Idle for long: full again, and not fuller.
        now += 1h;
        CHECK(bucket.is_full(now));
        for (int token = 0; token < row.burst; ++token) {
            CHECK(bucket.available_at(now) == now);
            bucket.take(now);
        }
        CHECK(bucket.available_at(now) > now);
    }
}

TEST_CASE("rate limits: nothing before a time the chat named, and then one at a time")
{
    TokenBucket bucket{1s, 5};
    bucket.block_until(start + 30s);
    CHECK(bucket.available_at(start) == start + 30s);
    bucket.take(start + 30s);
    CHECK(bucket.available_at(start + 30s) == start + 31s);
}

TEST_CASE("rate limits: one post a second to one conversation, others are not held up by it")
{
    RateLimits limits;
    CHECK(calls(limits, CallClass::post, 4, "C1") == std::vector<Duration>{0s, 1s, 2s, 3s});
    CHECK(limits.available_at(CallClass::post, "C2", start + 3s) == start + 3s);
    CHECK(limits.available_at(CallClass::update, "C1", start + 3s) == start + 3s);
}

TEST_CASE("rate limits: each class of call has its own limit over all conversations")
{
    struct Row {
        std::string why;
        CallClass call;
        int burst;
        Duration each;
    };
    const Row rows[] = {{"posts", CallClass::post, 10, 200ms},
                        {"updates", CallClass::update, 20, 1200ms},
                        {"ephemeral answers", CallClass::ephemeral, 20, 600ms},
                        {"reads", CallClass::read, 10, 1200ms}};
    for (const Row& row : rows) {
        CAPTURE(row.why);
        RateLimits limits;
        const auto times = calls(limits, row.call, row.burst + 2);
        CHECK(times[static_cast<std::size_t>(row.burst) - 1] == 0s);
        CHECK(times[static_cast<std::size_t>(row.burst)] == row.each);
        CHECK(times[static_cast<std::size_t>(row.burst) + 1] == 2 * row.each);
    }
}

TEST_CASE("rate limits: \"retry after\" holds for its class alone")
{
    RateLimits limits;
    limits.block_until(CallClass::update, start + 30s);
    CHECK(limits.available_at(CallClass::update, "C1", start) == start + 30s);
    CHECK(limits.available_at(CallClass::post, "C1", start) == start);
    CHECK(limits.available_at(CallClass::read, "C1", start) == start);
    CHECK(limits.available_at(CallClass::ephemeral, "C1", start) == start);
}

TEST_CASE("rate limits: idle conversations are forgotten without changing what may go")
{
    RateLimits limits;
    Instant now = start;
    for (int index = 0; index < 25'000; ++index) {
        const std::string conversation = "C" + std::to_string(index);
        now = limits.available_at(CallClass::post, conversation, now);
        limits.take(CallClass::post, conversation, now);
    }
    CHECK(limits.available_at(CallClass::post, "C24999", now) == now + 1s);
    CHECK(limits.available_at(CallClass::post, "C0", now) == now + 200ms);
}

TEST_CASE("backoff: between half a second and a doubling bound, never more than a minute")
{
    const Duration bounds[] = {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s};
    Random random{7};
    for (int failures = -1; failures < 12; ++failures) {
        CAPTURE(failures);
        const Duration longest = bounds[std::clamp(failures, 0, 7)];
        Duration least{1h};
        Duration most{0};
        for (int draw = 0; draw < 2'000; ++draw) {
            const Duration wait = backoff(failures, random);
            least = std::min(least, wait);
            most = std::max(most, wait);
        }
        CHECK(least >= 500ms);
        CHECK(most <= longest);
        // The jitter is full: both ends are reached.
        CHECK(least < 500ms + (longest - Duration{500ms}) / 50);
        CHECK(most > longest - (longest - Duration{500ms}) / 50);
    }
}

TEST_CASE("random: the same seed gives the same numbers, everywhere")
{
    Random random{1};
    CHECK(random.next() == 10451216379200822465ULL);
    CHECK(random.next() == 13757245211066428519ULL);
    CHECK(random.below(0) == 0);
    CHECK(rc::check([] {
        Random any{*rc::gen::arbitrary<std::uint64_t>()};
        const auto bound = *rc::gen::inRange<std::uint64_t>(1, 1'000'000);
        RC_ASSERT(any.below(bound) < bound);
    }));
}
