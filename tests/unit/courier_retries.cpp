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

TEST_CASE("courier: where a limit on reading keeps a doubt open, that delivery waits for it and no other")
{
    CourierBench bench;
    bench.add("@Ubo", "doubtful");
    bench.lease();
    bench.settle("doubtful", Fault{FaultKind::unknown, "conversations.history: 429", 30s});
    bench.add("@Ucy", "another post");
    CHECK(bench.lease() == "another post");
    bench.settle("another post", Done{});
    bench.advance(29s);
    CHECK(bench.lease().empty());
    bench.advance(1s);
    CHECK(bench.lease() == "doubtful");
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

TEST_CASE("courier: what may have been sent is looked for until the chat can be asked, for a week")
{
    CourierBench bench;
    bench.add("@Ubo", "message");
    REQUIRE(bench.lease() == "message");
    bench.settle("message", Fault{FaultKind::unknown, "connection lost"});
    while (bench.context.now - bench.start < 6 * 24h) {
        bench.advance(30min);
        REQUIRE(bench.lease() == "message");
        bench.settle("message", Fault{FaultKind::temporary, "503"});
    }
    CHECK_FALSE(bench.is_gone("message"));
    while (!bench.is_gone("message")) {
        bench.advance(30min);
        REQUIRE(bench.lease() == "message");
        bench.settle("message", Fault{FaultKind::temporary, "503"});
        REQUIRE(bench.context.now - bench.start < 8 * 24h);
    }
    CHECK(bench.context.now - bench.start > 7 * 24h);
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

TEST_CASE("outbox: of the rows that do the same thing one waits, and the one that comes back is it")
{
    CourierBench bench;
    const auto add =
        [&](OutboxKind kind, std::int64_t request, const char* payload, const char* conversation = "C1") {
            OutboxRow row;
            row.kind = kind;
            row.conversation = conversation;
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
    CHECK(add(OutboxKind::read_history, 0, "{}", "read:C1") == 7);
    CHECK(add(OutboxKind::read_history, 0, "{}", "read:C1") == 7);
    CHECK(add(OutboxKind::read_more, 0, "{}", "read:C1") == 8);
    CHECK(add(OutboxKind::read_more, 0, "{}", "read:C1") == 9);
    CHECK(add(OutboxKind::home, 0, "U1", "home:U1") == 10);
    CHECK(add(OutboxKind::home, 0, "U1", "home:U1") == 10);
    CHECK(add(OutboxKind::dialog, 0, "{}", "home:U1") == 11);
    // One on its way does not keep the next one out: it may not have seen what that one is for.
    bench.connection.execute("UPDATE outbox SET state = 2, attempts = 1");
    std::vector<OutboxId> on_their_way;
    storage::Statement rows = bench.connection.prepare("SELECT id FROM outbox ORDER BY id");
    while (rows.step()) on_their_way.push_back(OutboxId{rows.column_int(0)});
    CHECK(add(OutboxKind::card, 1, "") == 12);
    CHECK(add(OutboxKind::refresh, 1, "5") == 13);
    CHECK(add(OutboxKind::read_history, 0, "{}", "read:C1") == 14);
    CHECK(add(OutboxKind::home, 0, "U1", "home:U1") == 15);
    SUBCASE("each comes back to try again")
    {
        for (const OutboxId id : on_their_way)
            bench.outbox.mark_waiting(*bench.outbox.find(id), bench.start, false);
    }
    SUBCASE("the process has died meanwhile")
    {
        bench.outbox.put_leased_in_doubt();
    }
    // The newer one has given way: the chat may know the other's id.
    CHECK(bench.outbox.count() == 11);
    for (const OutboxId id : on_their_way) CHECK(bench.outbox.find(id).has_value());
}

TEST_CASE("outbox: a conversation is a channel or a person's direct messages, and knows which")
{
    CHECK(conversation_of(UserId{"U1"}) == "@U1");
    CHECK(conversation_of(ChannelId{"C1"}) == "C1");
    CHECK(person_of("@U1") == UserId{"U1"});
    CHECK(person_of("C1").empty());
    CHECK(person_of("").empty());
}
