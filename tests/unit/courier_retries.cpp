// The courier: what a refusal means, what a restart leaves in doubt, and that nothing is given up before its
// time.
#include "tests/unit/courier_bench.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

TEST_CASE("courier: each kind of fault is tried again, looked for first, or given up")
{
    struct Row {
        std::string why;
        FaultKind kind;
        bool tried_again;
        bool in_doubt;
    };
    const Row rows[] = {
        {"nothing was done", FaultKind::temporary, true, false},
        {"it may have been done", FaultKind::unknown, true, true},
        {"too fast", FaultKind::rate_limited, true, false},
        {"a person must repair the set-up", FaultKind::configuration, true, false},
        {"will never work", FaultKind::permanent, false, false},
        {"the place is gone", FaultKind::not_found, false, false},
        {"in another state", FaultKind::conflict, false, false},
        {"nothing of ours any more", FaultKind::not_a_member, false, false},
        {"not understood", FaultKind::malformed, false, false},
    };
    for (const Row& row : rows) {
        CAPTURE(row.why);
        CourierBench bench;
        bench.add("@Ubo", "message");
        REQUIRE(bench.lease() == "message");
        CHECK_FALSE(bench.last.front().in_doubt);
        bench.settle("message", Fault{row.kind, "why", 30s});
        CHECK(bench.is_gone("message") != row.tried_again);
        CHECK(bench.courier.counters().retried == (row.tried_again ? 1 : 0));
        CHECK(bench.courier.counters().failed == (row.tried_again ? 0 : 1));
        if (!row.tried_again) continue;
        CHECK(bench.lease().empty());
        bench.advance(10min);
        REQUIRE(bench.lease() == "message");
        CHECK(bench.last.front().in_doubt == row.in_doubt);
        CHECK(bench.last.front().attempt == 2);
        CHECK(bench.last.front().id == bench.row("message").id);
    }
}

TEST_CASE("courier: waits double with every failure, up to a minute")
{
    CourierBench bench;
    bench.add("@Ubo", "message");
    const Duration most[] = {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s, 60s};
    for (const Duration longest : most) {
        REQUIRE(bench.lease() == "message");
        bench.settle("message", Fault{FaultKind::temporary, "503"});
        const Duration wait = bench.row("message").not_before - bench.context.now;
        CHECK(wait >= 500ms);
        CHECK(wait <= longest);
        bench.advance(wait + 1s);
    }
}

TEST_CASE("courier: \"retry after\" is obeyed, for that class of call and no other")
{
    CourierBench bench;
    bench.add("@Ubo", "refused");
    bench.add("@Ucy", "same class");
    bench.add("C1", "C1", bench.start, OutboxLane::ordinary, OutboxKind::list_members);
    CHECK(bench.lease(1) == "refused");
    bench.settle("refused", Fault{FaultKind::rate_limited, "429", 30s});
    CHECK(bench.lease() == "C1");
    bench.settle("C1", Done{});
    bench.advance(29s);
    CHECK(bench.lease().empty());
    bench.advance(1s);
    CHECK_FALSE(bench.lease().empty());
}

TEST_CASE("courier: a doubt stays until the chat has been asked")
{
    CourierBench bench;
    bench.add("@Ubo", "message");
    bench.lease();
    bench.settle("message", Fault{FaultKind::unknown, "connection lost"});
    bench.advance(1min);
    bench.lease();
    // The look-up itself was refused: that says nothing about the attempt before.
    bench.settle("message", Fault{FaultKind::temporary, "503"});
    bench.advance(1min);
    REQUIRE(bench.lease() == "message");
    CHECK(bench.last.front().in_doubt);
    CHECK(bench.last.front().intended_at == bench.start);
}

TEST_CASE(
    "courier: what was on its way when the process ended is in doubt after the restart; what waited is not")
{
    CourierBench bench;
    bench.add("@Ubo", "on its way");
    bench.add("@Ubo", "waiting");
    CHECK(bench.lease() == "on its way");
    Courier restarted{bench.outbox, 2};
    restarted.recover();
    restarted.reload();
    bench.advance(5s);
    std::vector<Delivery> first;
    restarted.lease(bench.context, 64, first);
    REQUIRE(first.size() == 1);
    CHECK(first.front().in_doubt);
    CHECK(first.front().attempt == 2);
    restarted.settle(bench.context, EffectSettled{first.front().id, Posted{{ChannelId{"D1"}, "1.1"}, true}});
    bench.advance(5s);
    std::vector<Delivery> second;
    restarted.lease(bench.context, 64, second);
    REQUIRE(second.size() == 1);
    CHECK_FALSE(second.front().in_doubt);
    CHECK(second.front().attempt == 1);
}

TEST_CASE("courier: an answer that may have arrived is not sent a second time")
{
    CourierBench bench;
    bench.add("C1", "answer", bench.start, OutboxLane::interactive, OutboxKind::reply);
    bench.connection.execute("UPDATE outbox SET in_doubt = 1");
    CHECK(bench.lease().empty());
    CHECK(bench.is_gone("answer"));
    CHECK(bench.courier.counters().overtaken == 1);
}

TEST_CASE("courier: what failed for a day is given up")
{
    CourierBench bench;
    bench.add("@Ubo", "message");
    int attempts = 0;
    while (!bench.is_gone("message")) {
        REQUIRE(bench.lease() == "message");
        REQUIRE(++attempts < 10'000);
        bench.settle("message", Fault{FaultKind::temporary, "503"});
        bench.advance(2min);
    }
    CHECK(bench.context.now - bench.start > 24h);
    CHECK(bench.context.now - bench.start < 25h);
    CHECK(bench.courier.counters().failed == 1);
}

TEST_CASE("courier: what waited a weekend for working hours is not given up at its first failure")
{
    CourierBench bench;
    bench.add("@Ubo", "dead letter", bench.start + 63h);
    bench.advance(63h);
    REQUIRE(bench.lease() == "dead letter");
    bench.settle("dead letter", Fault{FaultKind::temporary, "503"});
    CHECK_FALSE(bench.is_gone("dead letter"));
    bench.advance(1min);
    CHECK(bench.lease() == "dead letter");
}

TEST_CASE("courier: a lease that was rolled back is given again, and a settled one that was rolled back is "
          "still out")
{
    CourierBench bench;
    bench.add("@Ubo", "first");
    bench.add("@Ucy", "second");
    {
        bench.courier.begin_transaction();
        storage::Transaction transaction{bench.connection};
        CHECK(bench.lease(1) == "first");
    }
    bench.courier.forget_transaction();
    bench.courier.begin_transaction();
    bench.advance(1s);
    CHECK(bench.lease(1) == "first");
    bench.add("@Ubo", "behind the first");
    {
        bench.courier.begin_transaction();
        storage::Transaction transaction{bench.connection};
        bench.settle("first", Posted{{ChannelId{"D1"}, "1.1"}});
    }
    bench.courier.forget_transaction();
    bench.courier.begin_transaction();
    bench.advance(1s);
    CHECK(bench.lease() == "second");
    CHECK(bench.courier.in_flight_count() == 2);
    bench.settle("first", Posted{{ChannelId{"D1"}, "1.1"}});
    bench.advance(1s);
    CHECK(bench.lease() == "behind the first");
}

TEST_CASE("outbox: a second waiting card of one request and a second refresh of one message are left out")
{
    CourierBench bench;
    const auto add = [&](OutboxKind kind, std::int64_t request, const char* payload) {
        OutboxRow row;
        row.kind = kind;
        row.conversation = "C1";
        row.request = RequestId{request};
        row.payload = payload;
        row.created_at = row.not_before = bench.start;
        bench.outbox.add(row);
        return bench.outbox.count();
    };
    CHECK(add(OutboxKind::card, 1, "") == 1);
    CHECK(add(OutboxKind::card, 1, "") == 1);
    CHECK(add(OutboxKind::card, 2, "") == 2);
    CHECK(add(OutboxKind::refresh, 1, "5") == 3);
    CHECK(add(OutboxKind::refresh, 1, "5") == 3);
    CHECK(add(OutboxKind::refresh, 1, "6") == 4);
    CHECK(add(OutboxKind::nudge, 1, "") == 5);
    CHECK(add(OutboxKind::nudge, 1, "") == 6);
    // A card on its way does not keep the next redraw out: it may show what was not known before.
    bench.connection.execute("UPDATE outbox SET state = 2, attempts = 1 WHERE kind = 1 AND request_id = 1");
    CHECK(add(OutboxKind::card, 1, "") == 7);
    // When the one on its way comes back, it stays and the newer one gives way: the chat may know its id.
    bench.outbox.put_leased_in_doubt();
    CHECK(bench.outbox.count() == 6);
}

TEST_CASE("outbox: a conversation is a channel or a person's direct messages, and knows which")
{
    CHECK(conversation_of(UserId{"U1"}) == "@U1");
    CHECK(conversation_of(ChannelId{"C1"}) == "C1");
    CHECK(person_of("@U1") == UserId{"U1"});
    CHECK(person_of("C1").empty());
    CHECK(person_of("").empty());
}
