// How ackd says it stands, to the character: it is read by somebody who was woken up.
#include "bot/cli/status.hpp"

#include "storage/migrations.hpp"
#include "tests/unit/chat_history.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace ackd::cli;
using namespace std::chrono_literals;

namespace {

const Instant now = utc("2026-03-02 10:00");

/// A day like others.
Status usual()
{
    Status status;
    status.is_running = true;
    status.open_requests = 12;
    status.open_obligations = 30;
    status.caught_up = CaughtUp{now - 25min, "periodic", 14, 0};
    status.conversations = 5;
    status.oldest_read_mark = now - 31min;
    return status;
}

}  // namespace

TEST_CASE("status: on a usual day it is five lines")
{
    CHECK(status_as_text(usual(), now) ==
          "ackd is running.\n"
          "12 requests open, 30 answers awaited.\n"
          "Nothing waits in the outbox.\n"
          "Last caught up 25 minutes ago, in a sweep: 14 pages read, 0 recovered.\n"
          "5 conversations known; the one read least was read 31 minutes ago.\n");
}

TEST_CASE("status: before anything has happened")
{
    Status status;
    status.is_running = false;
    CHECK(status_as_text(status, now) == "ackd is not running.\n"
                                         "No request is open.\n"
                                         "Nothing waits in the outbox.\n"
                                         "It has not caught up with the chat yet.\n"
                                         "No conversation is known.\n");
    CHECK(status_as_json(status, now) ==
          R"({"running":false,"open_requests":0,"open_obligations":0,"dead_letters":0,)"
          R"("outbox":{"waiting":0,"in_doubt":0,"oldest_seconds":null},"caught_up":null,"catching_up":null,)"
          R"("conversations":{"known":0,"furthest_behind_seconds":null}})"
          "\n");
}

TEST_CASE("status: on a bad day it says what waits, since when, and what is in doubt")
{
    Status status = usual();
    status.is_running.reset();
    status.open_requests = status.open_obligations = status.conversations = 1;
    status.dead_letters = 2;
    status.waiting = 7;
    status.in_doubt = 1;
    status.oldest_waiting = now - 3h;
    status.caught_up = CaughtUp{now - 50h, "reconnected", 1, 3};
    status.catching_up = CatchingUp{now - 59s, 1};
    CHECK(status_as_text(status, now) ==
          "Whether ackd is running may not be looked at from here.\n"
          "1 request open, 1 answer awaited.\n"
          "2 dead letters without an answer.\n"
          "7 effects in the outbox, the oldest for 3 hours; 1 in doubt.\n"
          "Last caught up 2 days ago, after a lost connection: 1 page read, 3 recovered.\n"
          "A catch-up began 59 seconds ago: 1 page read so far.\n"
          "1 conversation known; the one read least was read 31 minutes ago.\n");
    CHECK(status_as_json(status, now) ==
          R"({"running":null,"open_requests":1,"open_obligations":1,"dead_letters":2,)"
          R"("outbox":{"waiting":7,"in_doubt":1,"oldest_seconds":10800},)"
          R"("caught_up":{"at":"2026-02-28T08:00:00Z","reason":"reconnected","pages":1,"recovered":3},)"
          R"("catching_up":{"since":"2026-03-02T09:59:01Z","pages":1},)"
          R"("conversations":{"known":1,"furthest_behind_seconds":1860}})"
          "\n");
}

TEST_CASE("status: an ackd that was ended while it caught up is told from one that does")
{
    Status status = usual();
    status.catching_up = CatchingUp{now - 2min, 40};
    CHECK(status_as_text(status, now).find("\nA catch-up began 2 minutes ago: 40 pages read so far.\n") !=
          std::string::npos);
    status.is_running = false;
    CHECK(status_as_text(status, now)
              .find("\nA catch-up that did not end began 2 minutes ago: 40 pages read so far.\n") !=
          std::string::npos);
}

TEST_CASE("status: every reason for a catch-up has its words")
{
    struct Row {
        GapReason reason;
        const char* words;
    };
    const Row rows[] = {{GapReason::started, "after its start"},
                        {GapReason::reconnected, "after a lost connection"},
                        {GapReason::resumed, "after this machine slept"},
                        {GapReason::events_lost, "after the chat dropped events"},
                        {GapReason::periodic, "in a sweep"}};
    for (const Row& row : rows) {
        CAPTURE(row.words);
        Status status = usual();
        status.caught_up->reason = std::string{name_of(row.reason)};
        CHECK(status_as_text(status, now).find(std::string{"ago, "} + row.words + ": ") != std::string::npos);
    }
}

TEST_CASE("status: it is read from the database as the bot leaves it")
{
    Workspace workspace;
    ChatHistory history{workspace};
    history.react("Uann", history.say("Uann", "@Ubo @Ucy please read the plan"), "incoming_envelope");
    history.react("Uann", history.say("Uann", "@Udi please read the book"), "incoming_envelope");
    workspace.ackd("Udi", "done 2");
    history.tells = false;
    history.say("Udi", "lunch?");
    history.catch_up();
    workspace.advance(1min);
    const Status idle = read_status(*workspace.connection);
    CHECK(idle.open_requests == 1);
    CHECK(idle.open_obligations == 2);
    CHECK(idle.dead_letters == 0);
    CHECK(idle.waiting == 0);
    CHECK_FALSE(idle.oldest_waiting.has_value());
    REQUIRE(idle.caught_up.has_value());
    CHECK(idle.caught_up->reason == "reconnected");
    CHECK(idle.caught_up->pages == 2);
    CHECK(idle.caught_up->recovered == 1);
    CHECK_FALSE(idle.catching_up.has_value());
    CHECK(idle.conversations == 1);
    CHECK(idle.oldest_read_mark.has_value());

    const Instant asked_to_catch_up = workspace.clock.now();
    std::vector<Input> inputs(1);
    inputs.front().body = CatchUpWanted{GapReason::resumed};
    workspace.engine.cycle(inputs, workspace.settled);  // and nobody answers what it asks for
    workspace.connection->execute("UPDATE outbox SET in_doubt = 1");
    workspace.connection->execute(
        "INSERT INTO dead_letters (obligation_id, request_id, owner, cause, created_at_us, answered_at_us) "
        "VALUES (1, 1, 'Uann', 1, 7, NULL), (2, 1, 'Uann', 1, 7, 8)");
    const Status busy = read_status(*workspace.connection);
    CHECK(busy.waiting == 2);
    CHECK(busy.in_doubt == 2);
    CHECK(busy.oldest_waiting == asked_to_catch_up);
    CHECK(busy.dead_letters == 1);
    REQUIRE(busy.catching_up.has_value());
    CHECK(busy.catching_up->since == asked_to_catch_up);
}
