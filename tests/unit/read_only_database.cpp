// Looking at a database without leaving a trace, and for no longer than there is time.
#include "storage/connection.hpp"
#include "storage/journal_table.hpp"
#include "storage/migrations.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

#include <optional>

using namespace ackd;
using namespace ackd::storage;

namespace {

std::int64_t facts_seen_in(const std::string& path)
{
    Connection reader{path, OpenMode::read_only};
    return JournalTable{reader}.length();
}

void append_fact(Connection& connection)
{
    Transaction transaction{connection};
    JournalTable{connection}.append({0, 1, "ackd", 1, 1, "nudged", "{}"});
    transaction.commit();
}

std::optional<StorageTrouble> trouble_of(Connection& connection, const char* sql)
{
    try {
        connection.execute(sql);
        return std::nullopt;
    } catch (const StorageError& error) {
        return error.trouble();
    }
}

}  // namespace

TEST_CASE("storage: a reader leaves no file behind, also where the name has signs of an address in it")
{
    const StorageFolder folder;
    for (const char* name : {"state.db", "100%?mode=rw#.db"}) {
        CAPTURE(name);
        const std::string path = folder.file(name);
        {
            Connection writer{path, OpenMode::create};
            migrate(writer);
            append_fact(writer);
        }
        const std::size_t files = folder.file_count();
        const std::string bytes = bytes_of(path);
        CHECK(facts_seen_in(path) == 1);
        CHECK(folder.file_count() == files);
        CHECK(bytes_of(path) == bytes);
    }
}

TEST_CASE("storage: a reader sees what a writer has committed, also what is in the log alone")
{
    const StorageFolder folder;
    const std::string path = folder.file("state.db");
    Connection writer{path, OpenMode::create};
    migrate(writer);
    append_fact(writer);
    CHECK(facts_seen_in(path) == 1);
    const Transaction held{writer};
    CHECK(facts_seen_in(path) == 1);
}

TEST_CASE("storage: a reader cannot write, and makes no database")
{
    const StorageFolder folder;
    const std::string path = folder.file("state.db");
    CHECK_THROWS_AS((Connection{path, OpenMode::read_only}), StorageError);
    CHECK(folder.file_count() == 0);
    {
        Connection writer{path, OpenMode::create};
        migrate(writer);
    }
    Connection reader{path, OpenMode::read_only};
    CHECK(trouble_of(reader, "DELETE FROM journal") == StorageTrouble::read_only);
}

TEST_CASE("storage: what takes too long ends when its time is over, and so does what comes after it")
{
    Connection connection{":memory:", OpenMode::create};
    const char* endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n";
    connection.end_by(std::chrono::steady_clock::now() + std::chrono::milliseconds{20});
    CHECK(trouble_of(connection, endless) == StorageTrouble::out_of_time);
    CHECK(trouble_of(connection, endless) == StorageTrouble::out_of_time);
}
