#include "adapters/slack/socket_pool.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

using namespace ackd;
using namespace ackd::slack;
using namespace std::chrono_literals;

namespace {

const SteadyTime begin{std::chrono::hours{1}};

Retirement retired(RetireReason reason, std::chrono::milliseconds retry_after = 0ms)
{
    return Retirement{reason, "because", retry_after};
}

std::vector<std::uint64_t> serials(const PoolActions& actions)
{
    std::vector<std::uint64_t> all;
    for (const OpenOrder& order : actions.open) all.push_back(order.serial);
    return all;
}

using Serials = std::vector<std::uint64_t>;

/// Two sockets, 1 and 2, ready since `begin`.
SocketPool settled()
{
    SocketPool pool{PoolLimits{}};
    (void)pool.start(begin, 0.0);
    (void)pool.on_time(begin + 500ms);
    (void)pool.on_ready(1, begin + 500ms);
    (void)pool.on_ready(2, begin + 500ms);
    REQUIRE(pool.ready_count() == 2);
    return pool;
}

}  // namespace

TEST_CASE("slack pool: the first socket opens at once, the second a little later and for a shorter life")
{
    SocketPool pool{PoolLimits{}};
    const PoolActions first = pool.start(begin, 0.5);
    REQUIRE(serials(first) == Serials{1});
    CHECK(first.open.front().lifetime_share == 1.0);
    REQUIRE(pool.next_deadline() == begin + 1500ms);
    CHECK(pool.on_time(begin + 1499ms).open.empty());
    const PoolActions second = pool.on_time(begin + 1500ms);
    REQUIRE(serials(second) == Serials{2});
    CHECK(second.open.front().slot == 1);
    CHECK(second.open.front().lifetime_share == 0.75);
    CHECK(pool.next_deadline() == std::nullopt);
    CHECK(pool.live_count() == 2);
}

TEST_CASE("slack pool: a socket that is about to end is replaced before it ends")
{
    SocketPool pool = settled();
    const PoolActions actions = pool.on_wants_sibling(1, begin + 10s);
    REQUIRE(serials(actions) == Serials{3});
    CHECK(actions.open.front().slot == 0);
    CHECK(actions.open.front().lifetime_share == 1.0);
    CHECK(pool.ready_count() == 2);
    CHECK(pool.live_count() == 3);
    const PoolActions swapped = pool.on_ready(3, begin + 11s);
    CHECK(swapped.may_drain == Serials{1});
    CHECK(pool.on_retired(1, begin + 14s, retired(RetireReason::replaced), 0.5).open.empty());
    CHECK(pool.ready_count() == 2);
    CHECK(pool.live_count() == 2);
    CHECK(pool.failures() == 0);
}

TEST_CASE("slack pool: there is one socket more than slots at most, so a second swap waits for the first")
{
    SocketPool pool = settled();
    CHECK(serials(pool.on_wants_sibling(1, begin + 10s)) == Serials{3});
    CHECK(pool.on_wants_sibling(2, begin + 10s).open.empty());
    (void)pool.on_ready(3, begin + 11s);
    CHECK(pool.live_count() == 3);
    const PoolActions actions = pool.on_retired(1, begin + 14s, retired(RetireReason::replaced), 0.5);
    CHECK(serials(actions) == Serials{4});
    CHECK(actions.open.front().slot == 1);
}

TEST_CASE("slack pool: a sibling that cannot be opened is tried again while the old socket still works")
{
    SocketPool pool = settled();
    (void)pool.on_wants_sibling(1, begin + 10s);
    CHECK(pool.on_retired(3, begin + 11s, retired(RetireReason::not_connected), 0.5).open.empty());
    CHECK(pool.next_deadline() == begin + 11s + 500ms);
    CHECK(serials(pool.on_time(begin + 12s)) == Serials{4});
    CHECK(pool.ready_count() == 2);
}

TEST_CASE("slack pool: an old socket that dies before its sibling is ready is not opened twice")
{
    SocketPool pool = settled();
    (void)pool.on_wants_sibling(1, begin + 10s);
    CHECK(pool.on_retired(1, begin + 11s, retired(RetireReason::lost), 0.5).open.empty());
    CHECK(pool.next_deadline() == std::nullopt);
    CHECK(pool.on_ready(3, begin + 12s).may_drain.empty());
    CHECK(pool.live_count() == 2);
}

TEST_CASE("slack pool: the wait after failures grows to a minute, with its random part from zero")
{
    const PoolLimits limits;
    struct Row {
        int failures;
        double random;
        std::chrono::milliseconds expected;
    };
    const Row rows[] = {{0, 0.0, 0ms},
                        {0, 0.5, 500ms},
                        {1, 0.5, 1s},
                        {2, 0.25, 1s},
                        {5, 0.5, 16s},
                        {6, 0.5, 30s},
                        {7, 0.999, 59'940ms},
                        {60, 0.5, 30s},
                        {1'000'000, 0.0, 0ms},
                        {-1, 0.5, 500ms}};
    for (const Row& row : rows) {
        CAPTURE(row.failures);
        CHECK(backoff_delay(row.failures, row.random, limits) == row.expected);
    }
}

TEST_CASE("slack pool: failures count for the whole process until a socket has been ready for thirty seconds")
{
    SocketPool pool{PoolLimits{}};
    SteadyTime at = begin;
    (void)pool.start(at, 0.0);
    std::uint64_t serial = 1;
    for (int failure = 1; failure <= 4; ++failure) {
        const PoolActions next = pool.on_retired(serial, at, retired(RetireReason::not_connected), 0.0);
        CHECK(pool.failures() == failure);
        REQUIRE_FALSE(next.open.empty());
        serial = next.open.front().serial;
    }
    (void)pool.on_ready(serial, at);
    (void)pool.on_time(at + 29s);
    CHECK(pool.failures() == 4);
    const PoolActions again = pool.on_retired(serial, at + 29s, retired(RetireReason::lost), 0.0);
    CHECK(pool.failures() == 5);
    REQUIRE_FALSE(again.open.empty());
    (void)pool.on_ready(again.open.front().serial, at + 29s);
    (void)pool.on_time(at + 59s);
    CHECK(pool.failures() == 0);
}

TEST_CASE("slack pool: a socket that is asked to make way has lasted as long as it was meant to")
{
    SocketPool pool = settled();
    (void)pool.on_retired(2, begin + 10s, retired(RetireReason::lost), 0.0);
    REQUIRE(pool.failures() == 1);
    SUBCASE("which ends the failures in a row")
    {
        (void)pool.on_wants_sibling(1, begin + 20s);
        CHECK(pool.failures() == 0);
    }
    SUBCASE("unless it never said hello")
    {
        (void)pool.on_wants_sibling(3, begin + 20s);
        CHECK(pool.failures() == 1);
    }
    SUBCASE("once: what fails afterwards counts")
    {
        (void)pool.on_wants_sibling(1, begin + 20s);
        (void)pool.on_retired(4, begin + 21s, retired(RetireReason::not_connected), 0.0);
        (void)pool.on_retired(1, begin + 22s, retired(RetireReason::replaced), 0.0);
        CHECK(pool.failures() == 1);
    }
}

TEST_CASE("slack pool: a good socket does not excuse another that keeps failing")
{
    SocketPool pool = settled();
    (void)pool.on_time(begin + 1h);
    SteadyTime at = begin + 1h;
    std::uint64_t serial = 2;
    for (int failure = 1; failure <= 8; ++failure) {
        (void)pool.on_retired(serial, at, retired(RetireReason::lost), 0.5);
        REQUIRE(pool.failures() == failure);
        at = *pool.next_deadline();
        serial = pool.on_time(at).open.front().serial;
    }
    CHECK(at > begin + 1h + 90s);
}

TEST_CASE("slack pool: Slack's own word for how long to wait is kept by all slots")
{
    SocketPool pool{PoolLimits{}};
    (void)pool.start(begin, 0.0);
    (void)pool.on_retired(1, begin, retired(RetireReason::open_refused, 30s), 0.0);
    CHECK(pool.on_time(begin + 29s).open.empty());
    CHECK(pool.next_deadline() == begin + 30s);
    CHECK(pool.on_time(begin + 30s).open.size() == 2);
}

TEST_CASE("slack pool: no more sockets are opened in a minute than allowed")
{
    PoolLimits limits;
    limits.opens_per_minute = 6;
    SocketPool pool{limits};
    SteadyTime at = begin;
    std::vector<SteadyTime> opened;
    PoolActions actions = pool.start(at, 0.0);
    while (at < begin + 10min) {
        opened.insert(opened.end(), actions.open.size(), at);
        PoolActions next;
        for (const OpenOrder& order : actions.open) {
            const PoolActions more = pool.on_retired(order.serial, at, retired(RetireReason::lost), 0.0);
            next.open.insert(next.open.end(), more.open.begin(), more.open.end());
        }
        actions = next;
        if (!actions.open.empty()) continue;
        REQUIRE(pool.next_deadline().has_value());
        at = std::max(at + 1ms, *pool.next_deadline());
        actions = pool.on_time(at);
    }
    CHECK(opened.size() >= 54);
    for (std::size_t index = 6; index < opened.size(); ++index)
        REQUIRE(opened[index] - opened[index - 6] >= 1min);
}

TEST_CASE("slack pool: others who use up the sockets are given way to")
{
    SocketPool pool = settled();
    (void)pool.on_retired(1, begin + 1min, retired(RetireReason::too_many_websockets), 0.5);
    CHECK(pool.failures() >= 4);
    CHECK(pool.on_time(begin + 1min + 7s).open.empty());
    CHECK(pool.on_time(begin + 1min + 8s).open.size() == 1);
}

TEST_CASE("slack pool: with Socket Mode switched off there is one attempt in five minutes")
{
    SocketPool pool = settled();
    (void)pool.on_retired(1, begin + 1min, retired(RetireReason::link_disabled), 0.5);
    (void)pool.on_retired(2, begin + 1min, retired(RetireReason::link_disabled), 0.5);
    CHECK(pool.on_time(begin + 5min + 59s).open.empty());
    CHECK(pool.next_deadline() == begin + 6min);
    CHECK(pool.on_time(begin + 6min).open.size() == 2);
}

TEST_CASE("slack pool: a token that is not accepted, and a stop, end all opening")
{
    SocketPool refused = settled();
    (void)refused.on_retired(1, begin + 1min, retired(RetireReason::not_accepted), 0.5);
    CHECK(refused.next_deadline() == std::nullopt);
    CHECK(refused.on_time(begin + 1h).open.empty());

    SocketPool stopped = settled();
    stopped.stop();
    CHECK(stopped.on_retired(1, begin + 1min, retired(RetireReason::stopped), 0.5).open.empty());
    CHECK(stopped.on_wants_sibling(2, begin + 1min).open.empty());
    CHECK(stopped.on_time(begin + 1h).open.empty());
}

TEST_CASE("slack pool: what is said of a socket that is no more is ignored")
{
    SocketPool pool = settled();
    CHECK(pool.on_ready(99, begin).may_drain.empty());
    CHECK(pool.on_wants_sibling(99, begin).open.empty());
    CHECK(pool.on_retired(99, begin, retired(RetireReason::lost), 0.5).open.empty());
    CHECK(pool.on_wants_sibling(0, begin).open.empty());
    CHECK(pool.ready_count() == 2);
}

TEST_CASE("slack pool: over a year of trouble there are never too many sockets, and always one again")
{
    std::mt19937 random{99};
    const auto unit = [&] { return static_cast<double>(random()) / 4'294'967'296.0; };
    SocketPool pool{PoolLimits{}};
    std::map<std::uint64_t, bool> live;  // serial -> ready
    SteadyTime at = begin;
    std::vector<std::uint64_t> all_serials;
    const auto apply = [&](const PoolActions& actions) {
        for (const OpenOrder& order : actions.open) {
            REQUIRE(order.serial != 0);
            REQUIRE(std::find(all_serials.begin(), all_serials.end(), order.serial) == all_serials.end());
            all_serials.push_back(order.serial);
            live[order.serial] = false;
        }
        for (const std::uint64_t serial : actions.may_drain) REQUIRE(live.contains(serial));
        REQUIRE(static_cast<int>(live.size()) == pool.live_count());
        REQUIRE(live.size() <= 3);
    };
    apply(pool.start(at, unit()));
    const RetireReason reasons[] = {RetireReason::lost,
                                    RetireReason::replaced,
                                    RetireReason::silent,
                                    RetireReason::not_connected,
                                    RetireReason::too_many_websockets,
                                    RetireReason::link_disabled,
                                    RetireReason::open_refused};
    for (int step = 0; step < 20'000; ++step) {
        at += std::chrono::milliseconds{random() % 20'000};
        if (live.empty() || random() % 3 == 0) {
            if (live.empty()) {
                REQUIRE(pool.next_deadline().has_value());
                at = std::max(at, *pool.next_deadline());
            }
            apply(pool.on_time(at));
            continue;
        }
        auto one = live.begin();
        std::advance(one, static_cast<int>(random() % live.size()));
        const std::uint64_t serial = one->first;
        switch (random() % 3) {
            case 0:
                one->second = true;
                apply(pool.on_ready(serial, at));
                break;
            case 1: apply(pool.on_wants_sibling(serial, at)); break;
            default: {
                live.erase(one);
                apply(pool.on_retired(serial, at, retired(reasons[random() % std::size(reasons)]), unit()));
            }
        }
    }
}
