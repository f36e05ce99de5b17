#include "sandbox/testing/still_sandbox.hpp"

#include <doctest/doctest.h>

using namespace sandbox;
using namespace std::chrono_literals;

namespace {

SandboxPolicy with_redelivery(std::vector<std::chrono::milliseconds> waits, bool forever = false)
{
    SandboxPolicy policy = StillSandbox::usual_policy();
    policy.hub.redelivery.redelivery_after = std::move(waits);
    policy.hub.redelivery.forever = forever;
    return policy;
}

void say(StillSandbox& still, const std::string& text)
{
    REQUIRE(still.control("post", {{"channel", "general"}, {"user", "ada"}, {"text", text}})["ok"] == true);
}

std::vector<int> attempts(const StillSocket& socket)
{
    std::vector<int> numbers;
    for (const Json& frame : socket.events()) numbers.push_back(frame["retry_attempt"].get<int>());
    return numbers;
}

}  // namespace

TEST_CASE("sandbox queue: an event is tried at 0 s, 3 s, 63 s and 363 s, then dropped")
{
    EnvelopeQueue queue{RedeliveryPolicy{}};
    const WallInstant start{1h};
    REQUIRE(queue.add("{}", start));
    struct Row {
        std::chrono::seconds at;
        int attempt;
    };
    const Row rows[] = {{0s, 0}, {3s, 1}, {63s, 2}, {363s, 3}};
    for (const Row& row : rows) {
        CAPTURE(row.attempt);
        CHECK_FALSE(queue.next_attempt(start + row.at - 1ms));
        const auto attempt = queue.next_attempt(start + row.at);
        REQUIRE(attempt);
        CHECK(attempt->number == row.attempt);
        CHECK_FALSE(queue.next_attempt(start + row.at));
    }
    CHECK(queue.unconfirmed() == 1);
    CHECK_FALSE(queue.next_attempt(start + 366s));
    CHECK(queue.unconfirmed() == 0);
    CHECK(queue.dropped() == 1);
}

TEST_CASE("sandbox queue: any of an event's envelopes confirms it, and what comes later is told apart")
{
    using Confirmation = EnvelopeQueue::Confirmation;
    EnvelopeQueue queue{RedeliveryPolicy{}};
    const WallInstant start{1h};
    REQUIRE(queue.add("{}", start));
    const std::string first = queue.next_attempt(start)->envelope_id;
    const std::string second = queue.next_attempt(start + 3s)->envelope_id;
    CHECK(first != second);
    CHECK(queue.confirm(first) == Confirmation::first);
    CHECK(queue.confirm(first) == Confirmation::repeated);
    CHECK(queue.confirm(second) == Confirmation::late);
    CHECK(queue.confirm(second) == Confirmation::repeated);
    CHECK(queue.confirm("nothing") == Confirmation::unknown);
    CHECK_FALSE(queue.next_instant());
}

TEST_CASE("sandbox queue: what must be redelivered for ever is never dropped")
{
    RedeliveryPolicy policy;
    policy.redelivery_after = {10ms, 20ms};
    policy.forever = true;
    EnvelopeQueue queue{policy};
    WallInstant now{1h};
    REQUIRE(queue.add("{}", now));
    for (int attempt = 0; attempt < 1000; ++attempt) {
        REQUIRE(queue.next_attempt(now));
        now += 20ms;
    }
    CHECK(queue.dropped() == 0);
    CHECK(queue.unconfirmed() == 1);
}

TEST_CASE("sandbox sockets: hello comes first and counts the sockets of the app")
{
    StillSandbox still;
    const auto first = still.connect();
    const auto second = still.connect();
    CHECK(first->frames[0]["type"] == "hello");
    CHECK(first->frames[0]["num_connections"] == 1);
    CHECK(second->frames[0]["num_connections"] == 2);
    CHECK(second->frames[0]["debug_info"]["approximate_connection_time"] == 18060);
}

TEST_CASE("sandbox sockets: a ticket opens one socket, and only for half a minute")
{
    StillSandbox still;
    const std::string url = text_member(still.api("apps.connections.open", Json::object(), "xapp-sandbox"),
                                        "url");
    CHECK(url.rfind("ws://127.0.0.1:1/link/?ticket=", 0) == 0);
    HttpRequest upgrade{"GET", "/link/", url.substr(url.find('?') + 1), "", "", ""};
    CHECK(still.core().admit_socket(upgrade) != nullptr);
    CHECK(still.core().admit_socket(upgrade) == nullptr);
    const std::string other = text_member(still.api("apps.connections.open", Json::object(), "xapp-sandbox"),
                                          "url");
    still.pass(31s);
    upgrade.query = other.substr(other.find('?') + 1);
    CHECK(still.core().admit_socket(upgrade) == nullptr);
}

TEST_CASE("sandbox sockets: the eleventh is told that there are too many and closed")
{
    StillSandbox still;
    std::vector<std::shared_ptr<StillSocket>> sockets;
    for (int number = 0; number < 10; ++number) sockets.push_back(still.connect());
    const auto eleventh = still.connect();
    REQUIRE(eleventh->frames.size() == 1);
    CHECK(eleventh->frames[0]["type"] == "disconnect");
    CHECK(eleventh->frames[0]["reason"] == "too_many_websockets");
    CHECK(eleventh->closed);
    CHECK(still.core().hub.open_sockets() == 10);
    sockets.front()->end();
    CHECK_FALSE(still.connect()->closed);
}

TEST_CASE("sandbox delivery: each event goes to exactly one of the sockets, in turn")
{
    StillSandbox still;
    const auto first = still.connect();
    const auto second = still.connect();
    for (int number = 0; number < 10; ++number) say(still, "m");
    CHECK(first->events().size() == 5);
    CHECK(second->events().size() == 5);
}

TEST_CASE("sandbox delivery: an unconfirmed event comes again with the same event id under a new envelope id")
{
    StillSandbox still{with_redelivery({100ms, 200ms})};
    const auto socket = still.connect();
    say(still, "x");
    still.pass(100ms);
    still.pass(200ms);
    still.pass(10s);
    CHECK(attempts(*socket) == std::vector<int>{0, 1, 2});
    const auto events = socket->events();
    CHECK(events[0]["payload"]["event_id"] == events[2]["payload"]["event_id"]);
    CHECK(events[0]["envelope_id"] != events[1]["envelope_id"]);
    CHECK(events[0]["retry_reason"] == "");
    CHECK(events[1]["retry_reason"] == "timeout");
    CHECK(still.statistics().events_dropped == 1);
    CHECK(still.statistics().events_redelivered == 2);
}

TEST_CASE("sandbox delivery: what a dead socket took along comes again on another at the first retry")
{
    StillSandbox still;
    const auto dying = still.connect();
    say(still, "x");
    dying->cut();
    const auto other = still.connect();
    still.pass(2999ms);
    CHECK(other->events().empty());
    still.pass(1ms);
    CHECK(attempts(*other) == std::vector<int>{1});
    other->confirm(other->events()[0]);
    CHECK(still.statistics().events_confirmed == 1);
    CHECK(still.core().hub.unconfirmed() == 0);
}

TEST_CASE("sandbox delivery: an event without a socket waits for the schedule, and is dropped at its end")
{
    StillSandbox still{with_redelivery({1s, 1s, 1s})};
    say(still, "early");
    still.pass(500ms);
    const auto socket = still.connect();
    CHECK(socket->events().empty());
    still.pass(500ms);
    CHECK(attempts(*socket) == std::vector<int>{1});
    socket->confirm(socket->events()[0]);
    socket->end();
    say(still, "lost");
    still.pass(1min);
    CHECK(still.statistics().events_dropped == 1);
    CHECK(still.core().hub.unconfirmed() == 0);
}

TEST_CASE("sandbox delivery: confirmations are counted by what they are worth")
{
    StillSandbox still;
    const auto socket = still.connect();
    const auto other = still.connect();
    say(still, "x");
    const auto holder = socket->events().empty() ? other : socket;
    const auto stranger = socket->events().empty() ? socket : other;
    const Json event = holder->events()[0];
    stranger->confirm(event);
    holder->confirm(event);
    holder->confirm({{"envelope_id", "made-up"}});
    holder->listener->on_text("not json");
    holder->listener->on_text("{}");
    holder->listener->on_binary();
    CHECK(still.statistics().confirmations_on_another_socket == 1);
    CHECK(still.statistics().confirmations_repeated == 1);
    CHECK(still.statistics().confirmations_unknown == 1);
    CHECK(still.statistics().frames_malformed == 3);
}

TEST_CASE("sandbox delivery: a socket that is behind gets no events, and no attempt is used up meanwhile")
{
    StillSandbox still;
    const auto slow = still.connect();
    slow->unsent = 1U << 20U;
    say(still, "x");
    still.pass(10s);
    CHECK(slow->events().empty());
    CHECK(still.core().hub.unconfirmed() == 1);
    SUBCASE("it comes for the first time when there is room")
    {
        slow->unsent = 0;
        slow->listener->on_sent();
        still.pass(0ms);
        CHECK(attempts(*slow) == std::vector<int>{0});
    }
    SUBCASE("or by another socket")
    {
        const auto quick = still.connect();
        CHECK(attempts(*quick) == std::vector<int>{0});
        CHECK(slow->events().empty());
    }
    SUBCASE("and takes its turns again when the socket is gone")
    {
        slow->end();
        still.pass(0ms);
        CHECK(still.statistics().attempts_without_socket == 1);
    }
}

TEST_CASE("sandbox sockets: a recycled socket is warned, asked to go, passed over, and closed")
{
    SandboxPolicy policy = StillSandbox::usual_policy();
    policy.hub.refresh_every = 20s;
    StillSandbox still{policy};
    const auto old = still.connect();
    CHECK(old->frames[0]["debug_info"]["approximate_connection_time"] == 20);
    still.pass(10s);
    CHECK(old->frames.back()["reason"] == "warning");
    const auto young = still.connect();
    still.pass(10s);
    CHECK(old->frames.back()["reason"] == "refresh_requested");
    say(still, "a");
    say(still, "b");
    CHECK(old->events().empty());
    CHECK(young->events().size() == 2);
    still.pass(1s);
    CHECK(old->closed);
    CHECK_FALSE(young->closed);
}

TEST_CASE("sandbox sockets: pings come every ten seconds, and a socket that never answers them is dropped")
{
    StillSandbox still;
    const auto silent = still.connect();
    const auto lively = still.connect();
    for (int number = 0; number < 6; ++number) {
        still.pass(10s);
        if (lively->listener) lively->listener->on_pong();
    }
    CHECK(silent->pings == 3);
    CHECK(silent->was_cut);
    CHECK(lively->pings == 6);
    CHECK_FALSE(lively->closed);
    CHECK(still.statistics().sockets_cut_silent == 1);
}

TEST_CASE(
    "sandbox faults: a dropped event counts as sent and comes again, a duplicated one comes twice at once")
{
    StillSandbox still;
    const auto socket = still.connect();
    REQUIRE(still.control("faults", {{"drop_event", {{"probability", 1}, {"times", 1}}}})["ok"] == true);
    say(still, "x");
    CHECK(socket->events().empty());
    CHECK(still.statistics().events_sent == 1);
    still.pass(3s);
    CHECK(attempts(*socket) == std::vector<int>{1});
    socket->confirm(socket->events()[0]);
    REQUIRE(still.control("faults", {{"duplicate_event", 1}})["ok"] == true);
    say(still, "y");
    const auto events = socket->events();
    REQUIRE(events.size() == 3);
    CHECK(events[1] == events[2]);
    CHECK(still.statistics().faults["drop_event"] == 1);
}

TEST_CASE("sandbox faults: a reordered event waits for its successor, or for its deadline")
{
    StillSandbox still;
    const auto socket = still.connect();
    REQUIRE(still.control("faults", {{"reorder_event", {{"probability", 1}, {"times", 1}}}})["ok"] == true);
    say(still, "first");
    CHECK(socket->events().empty());
    say(still, "second");
    REQUIRE(socket->events().size() == 2);
    CHECK(socket->events()[0]["payload"]["event"]["text"] == "second");
    CHECK(socket->events()[1]["payload"]["event"]["text"] == "first");
    REQUIRE(still.control("faults", {{"reorder_event", 1}, {"reorder_event_ms_max", 50}})["ok"] == true);
    say(still, "third");
    CHECK(socket->events().size() == 2);
    still.pass(50ms);
    CHECK(socket->events().size() == 3);
}

TEST_CASE("sandbox faults: a delayed event comes within its limit, and a cut comes after the event")
{
    StillSandbox still;
    const auto socket = still.connect();
    REQUIRE(still.control("faults", {{"delay_event", 1}, {"delay_event_ms_max", 100}})["ok"] == true);
    say(still, "late");
    CHECK(socket->events().empty());
    still.pass(100ms);
    CHECK(socket->events().size() == 1);
    REQUIRE(still.control("faults", {{"cut_connection", 1}})["ok"] == true);
    say(still, "last words");
    CHECK(socket->events().size() == 2);
    CHECK(socket->was_cut);
}

TEST_CASE("sandbox faults: what is lost for good never comes, and what is said next does")
{
    StillSandbox still{with_redelivery({1s}, true)};
    const auto socket = still.connect();
    REQUIRE(still.control("faults", {{"lose_event", {{"probability", 1}, {"times", 1}}}})["ok"] == true);
    say(still, "one");
    say(still, "two");
    still.pass(5s);
    REQUIRE_FALSE(socket->events().empty());
    for (const Json& frame : socket->events()) CHECK(frame["payload"]["event"]["text"] == "two");
    CHECK(still.statistics().events_created == 2);
    CHECK(still.statistics().faults["lose_event"] == 1);
}

TEST_CASE("sandbox faults: the same seed gives the same faults, another seed others")
{
    const auto drawn = [](std::uint64_t seed) {
        FaultPlan plan = *FaultPlan::parse({{"seed", seed}, {"drop_event", 0.5}, {"delay_event", 0.5}});
        std::vector<std::int64_t> faults;
        for (int number = 0; number < 100; ++number) {
            const EventFaults each = plan.draw_event();
            faults.push_back(each.delay.count() * 2 + (each.drop ? 1 : 0));
        }
        return faults;
    };
    CHECK(drawn(7) == drawn(7));
    CHECK(drawn(7) != drawn(8));
}

TEST_CASE("sandbox faults: what cannot be meant is refused with the reason")
{
    const auto reason = [](const Json& description) {
        const auto plan = FaultPlan::parse(description);
        return plan ? std::string{} : plan.error().messages.front();
    };
    CHECK(reason({{"drop_evnt", 1}}) == "drop_evnt: no such fault");
    CHECK(reason({{"drop_event", 1.5}}) == "drop_event: a probability from 0 to 1");
    CHECK(reason({{"drop_event", "x"}}) == "drop_event: a probability from 0 to 1");
    CHECK(reason({{"delay_event_ms_max", 0}}) == "delay_event_ms_max: milliseconds from 1 to 600000");
    CHECK(reason({{"answer_429", {{"probability", 1}, {"methods", "x"}}}}) ==
          "answer_429: methods: a list of names");
    CHECK(reason(Json::array()) == "faults are an object");
    CHECK(reason(Json::object()).empty());
}
