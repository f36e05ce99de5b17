// The connection, its statements and transactions.
#include "storage/connection.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>

using namespace ackd::storage;

namespace {

Connection with_table()
{
    return Connection{":memory:", OpenMode::create};
}

std::int64_t count(Connection& connection)
{
    Statement row = connection.prepare("SELECT count(*) FROM notes");
    row.step();
    return row.column_int(0);
}

constexpr const char* create =
    "CREATE TABLE notes (id INTEGER PRIMARY KEY, note TEXT, at_us INTEGER, bytes BLOB)";
constexpr const char* insert = "INSERT INTO notes (note, at_us) VALUES ($1, $2)";

}  // namespace

TEST_CASE("storage: what is bound comes back as it was, whatever bytes it holds")
{
    Connection connection = with_table();
    connection.execute(create);
    const std::string texts[] = {"",
                                 "plain",
                                 std::string{"with \0 inside", 13},
                                 "söme – ✅ unicode",
                                 "'; DROP TABLE notes; --",
                                 std::string(100'000, 'x'),
                                 "\xff\xfe not utf-8"};
    const std::int64_t numbers[] = {
        0, -1, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()};
    for (const std::string& text : texts) {
        for (const std::int64_t number : numbers) {
            Statement statement = connection.prepare(
                "INSERT INTO notes (note, at_us, bytes) VALUES ($1, $2, $3)");
            statement.bind_all(text, number);
            statement.bind_blob(3, text).run();
            Statement read = connection.prepare("SELECT note, at_us, bytes FROM notes WHERE id = $1");
            read.bind(1, connection.last_insert_id());
            REQUIRE(read.step());
            CHECK(read.column_string(0) == text);
            CHECK(read.column_int(1) == number);
            CHECK(read.column_blob(2) == text);
            CHECK_FALSE(read.step());
        }
    }
    connection.prepare(insert).bind_all("none", std::optional<std::int64_t>{}).run();
    Statement read = connection.prepare("SELECT at_us FROM notes WHERE note = 'none'");
    REQUIRE(read.step());
    CHECK(read.column_is_null(0));
    CHECK(read.column_optional_int(0) == std::nullopt);
}

TEST_CASE("storage: one statement may be in use several times at once, and is ready again afterwards")
{
    Connection connection = with_table();
    connection.execute(create);
    for (int note = 0; note < 5; ++note) connection.prepare(insert).bind_all("n", note).run();
    constexpr const char* by_number = "SELECT at_us FROM notes WHERE at_us >= $1 ORDER BY at_us";
    int pairs = 0;
    for (int round = 0; round < 2; ++round) {
        Statement outer = connection.prepare(by_number);
        outer.bind(1, 0);
        while (outer.step()) {
            Statement inner = connection.prepare(by_number);
            inner.bind(1, outer.column_int(0));
            while (inner.step()) ++pairs;
        }
    }
    CHECK(pairs == 2 * (5 + 4 + 3 + 2 + 1));
}

TEST_CASE("storage: a transaction that is left without commit never happened")
{
    Connection connection = with_table();
    connection.execute(create);
    {
        Transaction transaction{connection};
        connection.prepare(insert).bind_all("lost", 1).run();
        CHECK(connection.in_transaction());
    }
    CHECK_FALSE(connection.in_transaction());
    CHECK(count(connection) == 0);
    try {
        Transaction transaction{connection};
        connection.prepare(insert).bind_all("lost", 1).run();
        throw std::runtime_error("a handler failed");
    } catch (const std::runtime_error&) {
    }
    CHECK(count(connection) == 0);
    {
        Transaction transaction{connection};
        connection.prepare(insert).bind_all("kept", 1).run();
        transaction.commit();
    }
    CHECK(count(connection) == 1);
}

TEST_CASE("storage: a savepoint undoes its own part alone")
{
    Connection connection = with_table();
    connection.execute(create);
    Transaction transaction{connection};
    connection.prepare(insert).bind_all("before", 1).run();
    {
        Savepoint savepoint{connection};
        connection.prepare(insert).bind_all("undone", 2).run();
    }
    {
        Savepoint savepoint{connection};
        connection.prepare(insert).bind_all("kept", 3).run();
        savepoint.release();
    }
    transaction.commit();
    CHECK(count(connection) == 2);
    CHECK(connection.prepare("SELECT 1 FROM notes WHERE note = 'undone'").step() == false);
}

TEST_CASE("storage: a mistake in the program carries its SQL, the code and the database, and is not worth "
          "waiting for")
{
    Connection connection = with_table();
    connection.execute(
        "CREATE TABLE strict (id INTEGER PRIMARY KEY, mood TEXT NOT NULL CHECK (mood != 'bad'))");
    struct Row {
        std::string why;
        const char* sql;
        const char* part;
    };
    const Row rows[] = {
        {"wrong SQL", "SELEKT 1", "SELEKT 1"},
        {"no such table", "SELECT * FROM nowhere", "nowhere"},
        {"a broken check", "INSERT INTO strict (mood) VALUES ('bad')", "CHECK constraint failed"},
        {"a missing value", "INSERT INTO strict (mood) VALUES (NULL)", "NOT NULL"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.why);
        try {
            connection.prepare(row.sql).run();
            FAIL_CHECK("nothing was thrown");
        } catch (const StorageError& error) {
            const std::string message = error.what();
            CHECK(error.trouble() == StorageTrouble::other);
            CHECK_FALSE(error.may_pass());
            CHECK(error.code() != 0);
            CHECK(message.find(row.part) != std::string::npos);
            CHECK(message.find(row.sql) != std::string::npos);
            CHECK(message.find(":memory:") != std::string::npos);
        }
    }
    CHECK_THROWS_AS(connection.prepare("SELECT 1").bind(2, 1), StorageError);
    // The connection is as good as new afterwards.
    connection.prepare("INSERT INTO strict (mood) VALUES ('good')").run();
}

TEST_CASE("storage: the trouble that may pass is told from the trouble that will not")
{
    struct Row {
        StorageTrouble trouble;
        bool passes;
    };
    const Row rows[] = {{StorageTrouble::full, true},
                        {StorageTrouble::io, true},
                        {StorageTrouble::busy, true},
                        {StorageTrouble::read_only, false},
                        {StorageTrouble::corrupt, false},
                        {StorageTrouble::newer, false},
                        {StorageTrouble::other, false}};
    for (const Row& row : rows) {
        CAPTURE(static_cast<int>(row.trouble));
        CHECK(StorageError(row.trouble, 1, "").may_pass() == row.passes);
    }
}
