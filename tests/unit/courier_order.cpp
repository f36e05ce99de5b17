// The courier: what goes first, what waits, and that waiting holds nobody else up.
#include "tests/unit/courier_bench.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

TEST_CASE("courier: messages of one conversation go one after another, in the order in which they were added")
{
    CourierBench bench;
    bench.add("@Ubo", "first");
    bench.add("@Ubo", "second");
    bench.add("@Ubo", "third");
    CHECK(bench.lease() == "first");
    CHECK(bench.lease().empty());
    bench.advance(10s);
    CHECK(bench.lease().empty());
    bench.settle("first", Posted{{ChannelId{"D1"}, "1.1"}});
    CHECK(bench.lease() == "second");
    bench.settle("second", Posted{{ChannelId{"D1"}, "1.2"}});
    CHECK(bench.lease().empty());
    bench.advance(1s);
    CHECK(bench.lease() == "third");
    bench.settle("third", Posted{{ChannelId{"D1"}, "1.3"}});
    CHECK(bench.outbox.count() == 0);
    CHECK(bench.courier.next_wake() == std::nullopt);
}

TEST_CASE("courier: different conversations do not wait for each other")
{
    CourierBench bench;
    for (const char* person : {"@Ua", "@Ub", "@Uc"}) {
        bench.add(person, std::string{"1 to "} + person);
        bench.add(person, std::string{"2 to "} + person);
    }
    CHECK(bench.lease() == "1 to @Ua, 1 to @Ub, 1 to @Uc");
    bench.settle("1 to @Ub", Posted{{ChannelId{"D2"}, "1.1"}});
    bench.advance(1s);
    CHECK(bench.lease() == "2 to @Ub");
}

TEST_CASE("courier: answers to people who are looking at the screen go ahead of everything else")
{
    CourierBench bench;
    for (int index = 0; index < 5; ++index) bench.add("@U" + std::to_string(index), "nudge");
    bench.add("C1", "answer", bench.start, OutboxLane::interactive);
    CHECK(bench.lease(1) == "answer");
    CHECK(bench.lease(2) == "nudge, nudge");
}

TEST_CASE("courier: an answer does not wait for the ordinary messages of its conversation")
{
    CourierBench bench;
    bench.add("C1", "slow");
    CHECK(bench.lease() == "slow");
    bench.add("C1", "answer", bench.start, OutboxLane::interactive);
    CHECK(bench.lease().empty());  // one post a second and channel, whichever lane
    bench.advance(1s);
    CHECK(bench.lease() == "answer");
}

TEST_CASE("courier: a row that has to wait holds up neither its conversation nor any other")
{
    CourierBench bench;
    bench.add("@Ubo", "in the morning", bench.start + 15h);
    bench.add("@Ubo", "now");
    bench.add("@Ucy", "also now");
    CHECK(bench.lease() == "now, also now");
    bench.settle("now", Posted{{ChannelId{"D1"}, "1.1"}});
    bench.settle("also now", Posted{{ChannelId{"D2"}, "1.1"}});
    CHECK(bench.courier.next_wake() == bench.start + 15h);
    bench.advance(15h);
    CHECK(bench.lease() == "in the morning");
}

TEST_CASE("courier: a row that failed waits its backoff while the rest of the conversation goes on")
{
    CourierBench bench;
    bench.add("@Ubo", "fails");
    bench.add("@Ubo", "next");
    CHECK(bench.lease() == "fails");
    bench.settle("fails", Fault{FaultKind::temporary, "503"});
    CHECK(bench.lease().empty());
    bench.add("@Ubo", "a minute later", bench.start + 1min);
    bench.advance(400ms);
    CHECK(bench.lease().empty());  // one post a second
    bench.advance(1min);
    CHECK(bench.lease() == "next");
    bench.settle("next", Posted{{ChannelId{"D1"}, "1.1"}});
    bench.advance(1s);
    CHECK(bench.lease() == "fails");
    CHECK(bench.last.front().attempt == 2);
}

TEST_CASE("courier: at most 64 are with the adapter at once, a quarter of them kept for those who wait")
{
    CourierBench bench;
    const auto add_hundred = [&](OutboxLane lane, const std::string& prefix) {
        for (int index = 0; index < 100; ++index) {
            bench.add(prefix + std::to_string(1000 + index),
                      prefix + std::to_string(index),
                      bench.start,
                      lane,
                      OutboxKind::list_members);
        }
    };
    const auto most_in_ten_minutes = [&] {
        std::size_t most = 0;
        for (int second = 0; second < 600; ++second) {
            static_cast<void>(bench.lease(1'000));
            most = std::max(most, bench.courier.in_flight_count());
            bench.advance(1s);
        }
        return most;
    };
    add_hundred(OutboxLane::ordinary, "C");
    CHECK(most_in_ten_minutes() == 48);
    CHECK(bench.courier.next_wake() == std::nullopt);
    add_hundred(OutboxLane::interactive, "S");
    CHECK(bench.courier.next_wake().has_value());
    CHECK(most_in_ten_minutes() == 64);
    CHECK(bench.courier.next_wake() == std::nullopt);
    bench.settle_first(Done{});
    CHECK(bench.courier.next_wake().has_value());
}

TEST_CASE("courier: what it remembers is what it would read again from the outbox")
{
    CourierBench bench;
    bench.add("@Ubo", "a", bench.start + 5min);
    bench.add("@Ubo", "b", bench.start + 1min);
    bench.add("@Ucy", "c");
    bench.add("C1", "d", bench.start, OutboxLane::interactive);
    bench.add("@Udi", "e");
    CHECK(bench.lease(2) == "d, c");
    Courier fresh{bench.outbox, 1};
    fresh.reload();
    CHECK(fresh.next_wake() == bench.courier.next_wake());
    bench.courier.reload();
    CHECK(fresh.next_wake() == bench.courier.next_wake());
    CHECK(bench.lease() == "e");
    bench.settle("c", Posted{{ChannelId{"D3"}, "1.1"}});
    bench.settle("d", Done{});
    bench.settle("e", Posted{{ChannelId{"D4"}, "1.1"}});
    bench.advance(1min);
    CHECK(bench.lease() == "b");
    bench.settle("b", Posted{{ChannelId{"D1"}, "1.1"}});
    CHECK(bench.courier.next_wake() == bench.start + 5min);
    bench.courier.reload();
    CHECK(bench.courier.next_wake() == bench.start + 5min);
}
