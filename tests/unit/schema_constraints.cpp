// Illegal states cannot be stored: the schema says so itself, whatever the program does.
#include "storage/migrations.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ackd::storage;

TEST_CASE("schema: what breaks an invariant cannot be stored")
{
    struct Row {
        std::string why;
        const char* sql;
        bool is_legal;
    };
    const Row rows[] = {
        {"open with a deadline",
         R"(INSERT INTO obligations (request_id, debtor, state, started_at_us, due_at_us)
             VALUES (1, 'U1', 1, 5, 9))",
         true},
        {"open without an end ahead",
         "INSERT INTO obligations (request_id, debtor, state, started_at_us) VALUES (1, 'U1', 1, 5)",
         false},
        {"escalated with a deadline",
         R"(INSERT INTO obligations (request_id, debtor, state, started_at_us, due_at_us)
             VALUES (1, 'U1', 6, 5, 9))",
         true},
        {"escalated without an end ahead",
         "INSERT INTO obligations (request_id, debtor, state, started_at_us) VALUES (1, 'U1', 6, 5)",
         false},
        {"received, and that is all that is asked",
         "INSERT INTO obligations (request_id, debtor, state, started_at_us) VALUES (1, 'U1', 2, 5)",
         true},
        {"integrated that still waits",
         R"(INSERT INTO obligations (request_id, debtor, state, started_at_us, due_at_us)
             VALUES (1, 'U1', 3, 5, 9))",
         false},
        {"dead letter that still waits",
         R"(INSERT INTO obligations (request_id, debtor, state, started_at_us, due_at_us)
             VALUES (1, 'U1', 7, 5, 9))",
         false},
        {"a state that does not exist",
         "INSERT INTO obligations (request_id, debtor, state, started_at_us) VALUES (1, 'U1', 10, 5)",
         false},
        {"an obligation of no request",
         R"(INSERT INTO obligations (request_id, debtor, state, started_at_us, due_at_us)
             VALUES (99, 'U1', 1, 5, 9))",
         false},
        {"a dead letter without an owner",
         "INSERT INTO dead_letters (obligation_id, request_id, owner, cause, created_at_us) VALUES (1, 1, NULL, 1, 7)",
         false},
        {"one dead letter",
         "INSERT INTO dead_letters (obligation_id, request_id, owner, cause, created_at_us) VALUES (1, 1, 'U2', 1, 7)",
         true},
        {"a second dead letter of one obligation",
         "INSERT INTO dead_letters (obligation_id, request_id, owner, cause, created_at_us) VALUES (1, 1, 'U2', 1, 7)",
         false},
        {"on its way without having been tried",
         R"(INSERT INTO outbox (conversation, lane, kind, created_at_us, not_before_us, state, attempts)
             VALUES ('C1', 2, 2, 5, 5, 2, 0))",
         false},
        {"on its way",
         R"(INSERT INTO outbox (conversation, lane, kind, created_at_us, not_before_us, state, attempts)
             VALUES ('C1', 2, 2, 5, 5, 2, 1))",
         true},
        {"a lane that does not exist",
         R"(INSERT INTO outbox (conversation, lane, kind, created_at_us, not_before_us)
             VALUES ('C1', 3, 2, 5, 5))",
         false},
        {"a waiting card",
         R"(INSERT INTO outbox (conversation, lane, kind, request_id, same_thing, created_at_us, not_before_us)
             VALUES ('C1', 2, 1, 1, 'card:1', 5, 5))",
         true},
        {"a second waiting card of one request",
         R"(INSERT INTO outbox (conversation, lane, kind, request_id, same_thing, created_at_us, not_before_us)
             VALUES ('C1', 2, 1, 1, 'card:1', 5, 5))",
         false},
        {"the same card, on its way",
         R"(INSERT INTO outbox (conversation, lane, kind, request_id, same_thing, created_at_us, not_before_us,
             state, attempts)
             VALUES ('C1', 2, 1, 1, 'card:1', 5, 5, 2, 1))",
         true},
        {"a journal row with a short hash",
         "INSERT INTO journal VALUES (1, 5, 'ackd', 1, 1, 'nudged', '{}', x'00')",
         false},
        {"a message recorded once",
         "INSERT INTO sent_messages (id, channel, stamp, person, kind, sent_at_us) VALUES (1, 'C1', '1.1', 'U1', 2, 5)",
         true},
        {"the same message twice",
         "INSERT INTO sent_messages (id, channel, stamp, person, kind, sent_at_us) VALUES (2, 'C1', '1.1', 'U1', 2, 5)",
         false},
        {"an offer of cover", "INSERT INTO covers VALUES (1, 'U4', 6)", true},
        {"the same offer twice", "INSERT INTO covers VALUES (1, 'U4', 7)", false},
    };
    Connection connection{":memory:", OpenMode::create};
    migrate(connection);
    connection.execute(
        R"(INSERT INTO requests (id, kind, state, creditor, priority, level, needed, asked, quorum,
        subject_channel, subject_stamp, thread, is_own_post, text, asked_at_us, route)
        VALUES (1, 1, 2, 'U2', 2, 2, 1, 1, 1, 'C1', '1.0', '1.0', 1, 'Please read', 5, '{}'))");
    for (const Row& row : rows) {
        CAPTURE(row.why);
        bool stored = true;
        try {
            connection.execute(row.sql);
        } catch (const StorageError& error) {
            stored = false;
            CHECK(error.trouble() == StorageTrouble::other);
        }
        CHECK(stored == row.is_legal);
    }
}

TEST_CASE("schema: what belongs to a row goes with it")
{
    Connection connection{":memory:", OpenMode::create};
    migrate(connection);
    connection.execute(R"(INSERT INTO outbox (id, conversation, lane, kind, created_at_us, not_before_us)
        VALUES (9, 'C1', 2, 2, 5, 5);INSERT INTO outbox_items
        VALUES (9, 1, 0, 1); DELETE
        FROM outbox;INSERT INTO sent_messages (id, channel, stamp, person, kind, sent_at_us)
        VALUES (1, 'C1', '1.1', 'U1', 2, 5);INSERT INTO sent_items
        VALUES (1, 1); DELETE
        FROM sent_messages;INSERT INTO user_groups
        VALUES ('G1', 'team', 0);INSERT INTO user_group_members
        VALUES ('G1', 0, 'U1'); DELETE
        FROM user_groups;)");
    CHECK_FALSE(connection.prepare("SELECT 1 FROM outbox_items").step());
    CHECK_FALSE(connection.prepare("SELECT 1 FROM sent_items").step());
    CHECK_FALSE(connection.prepare("SELECT 1 FROM user_group_members").step());
}
