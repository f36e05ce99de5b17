// A database that cannot be used: a clear refusal, and not a byte of it is touched.
#include "storage/connection.hpp"
#include "storage/journal_table.hpp"
#include "storage/migrations.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <functional>
#include <optional>

using namespace ackd;
using namespace ackd::storage;

namespace {

void make_ackd_database(const std::string& path)
{
    Connection connection{path, OpenMode::create};
    migrate(connection);
    JournalTable journal{connection};
    Transaction transaction{connection};
    for (int entry = 0; entry < 500; ++entry) {
        journal.append({0, entry, "ackd", 1, 1, "nudged", std::string(200, 'x')});
    }
    transaction.commit();
}

/// Opens and migrates, as the daemon does. What went wrong, or nothing.
std::optional<StorageError> trouble_with(const std::string& path, OpenMode mode = OpenMode::create)
{
    try {
        Connection connection{path, mode};
        migrate(connection);
        return std::nullopt;
    } catch (const StorageError& error) {
        return error;
    }
}

/// Files that may be read only are no obstacle to root: for its lifetime, somebody else's rights count.
class AsNobody {
public:
    AsNobody() : uid_(geteuid())
    {
        if (uid_ == 0 && seteuid(65534) != 0) std::abort();
    }
    ~AsNobody()
    {
        if (uid_ == 0 && seteuid(0) != 0) std::abort();
    }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;

private:
    uid_t uid_;
};

}  // namespace

TEST_CASE("storage: a file that is not ours is refused, and not a byte of it is changed")
{
    struct Row {
        std::string why;
        std::function<void(const std::string&)> make;
        StorageTrouble trouble;
        const char* says;
    };
    const Row rows[] = {
        {"a text file",
         [](const std::string& path) { write_bytes(path, std::string(5'000, 'a')); },
         StorageTrouble::corrupt,
         "not a database"},
        {"another program's database",
         [](const std::string& path) {
             Connection connection{path, OpenMode::create};
             connection.execute("CREATE TABLE cats (name TEXT); INSERT INTO cats VALUES ('Tom')");
         },
         StorageTrouble::corrupt,
         "another program"},
        {"another program's database with a write-ahead log",
         [](const std::string& path) {
             Connection connection{path, OpenMode::create};
             connection.execute("PRAGMA journal_mode=WAL; CREATE TABLE cats (name TEXT)");
         },
         StorageTrouble::corrupt,
         "another program"},
        {"another program's database, with a mark of its own",
         [](const std::string& path) {
             Connection connection{path, OpenMode::create};
             connection.execute("PRAGMA application_id=42");
         },
         StorageTrouble::corrupt,
         "another program"},
        {"written by a newer ackd",
         [](const std::string& path) {
             Connection connection{path, OpenMode::create};
             migrate(connection);
             connection.execute("PRAGMA user_version=" + std::to_string(all_migrations().size() + 1));
         },
         StorageTrouble::newer,
         "newer ackd"},
        {"an ackd database whose first page is damaged",
         [](const std::string& path) {
             make_ackd_database(path);
             std::string bytes = bytes_of(path);
             bytes.replace(100, 1'000, std::string(1'000, '\x5a'));
             write_bytes(path, bytes);
         },
         StorageTrouble::corrupt,
         "malformed"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.why);
        const StorageFolder folder;
        const std::string path = folder.file("state.db");
        row.make(path);
        const std::string before = bytes_of(path);
        const auto trouble = trouble_with(path);
        REQUIRE(trouble.has_value());
        CHECK(trouble->trouble() == row.trouble);
        CHECK(std::string{trouble->what()}.find(row.says) != std::string::npos);
        CHECK(std::string{trouble->what()}.find(path) != std::string::npos);
        CHECK_FALSE(trouble->may_pass());
        CHECK((bytes_of(path) == before));
        // Nothing is left beside it either.
        CHECK(folder.file_count() == 1);
    }
}

TEST_CASE("storage: a file that is cut short is found out when it is read, and stays as it is")
{
    const StorageFolder folder;
    const std::string path = folder.file("state.db");
    make_ackd_database(path);
    const std::string cut = bytes_of(path).substr(0, 8 * 4096);
    write_bytes(path, cut);
    std::optional<StorageError> trouble = trouble_with(path);
    if (!trouble) {
        try {
            Connection connection{path, OpenMode::existing_only};
            static_cast<void>(JournalTable{connection}.find_break());
        } catch (const StorageError& error) {
            trouble = error;
        }
    }
    REQUIRE(trouble.has_value());
    CHECK(trouble->trouble() == StorageTrouble::corrupt);
    CHECK((bytes_of(path) == cut));
}

TEST_CASE("storage: a database that another process holds is reported as busy, which may pass")
{
    const StorageFolder folder;
    const std::string path = folder.file("state.db");
    make_ackd_database(path);
    Connection holder{path, OpenMode::existing_only};
    Connection waiting{path, OpenMode::existing_only};
    waiting.execute("PRAGMA busy_timeout=0");
    {
        Transaction held{holder};
        try {
            Transaction refused{waiting};
            FAIL_CHECK("two writers at once");
        } catch (const StorageError& error) {
            CHECK(error.trouble() == StorageTrouble::busy);
            CHECK(error.may_pass());
        }
    }
    Transaction now{waiting};
    now.commit();
}

TEST_CASE("storage: a database that may only be read is reported as such, and stays as it is")
{
    const StorageFolder folder;
    const std::string path = folder.file("state.db");
    make_ackd_database(path);
    const std::string before = bytes_of(path);
    chmod(path.c_str(), 0444);
    chmod(folder.path().c_str(), 0555);
    std::optional<StorageTrouble> trouble;
    {
        const AsNobody nobody;
        try {
            Connection connection{path, OpenMode::existing_only};
            migrate(connection);
            Transaction transaction{connection};
            connection.execute("DELETE FROM journal");
            transaction.commit();
        } catch (const StorageError& error) {
            trouble = error.trouble();
        }
    }
    CHECK(trouble == StorageTrouble::read_only);
    CHECK((bytes_of(path) == before));
    chmod(folder.path().c_str(), 0755);
}

TEST_CASE("storage: a database that is not there is made only when that is wanted")
{
    const StorageFolder folder;
    const std::string path = folder.file("state.db");
    const auto trouble = trouble_with(path, OpenMode::existing_only);
    REQUIRE(trouble.has_value());
    CHECK(trouble->trouble() == StorageTrouble::read_only);
    CHECK(folder.file_count() == 0);
    CHECK(trouble_with((std::filesystem::path{folder.path()} / "no" / "folder" / "state.db").string())
              .has_value());
    CHECK_FALSE(trouble_with(path).has_value());
    CHECK(std::filesystem::exists(path));
}

TEST_CASE("storage: a full disk refuses the transaction, which may pass, and leaves the database whole")
{
    const StorageFolder folder;
    const std::string path = folder.file("state.db");
    make_ackd_database(path);
    Connection connection{path, OpenMode::existing_only};
    Statement pages = connection.prepare("PRAGMA page_count");
    pages.step();
    connection.execute("PRAGMA max_page_count=" + std::to_string(pages.column_int(0)));
    JournalTable journal{connection};
    std::optional<StorageError> trouble;
    try {
        Transaction transaction{connection};
        for (int entry = 0; entry < 5'000; ++entry) journal.append({0, entry, "ackd", 1, 1, "nudged", "{}"});
        transaction.commit();
    } catch (const StorageError& error) {
        trouble = error;
    }
    REQUIRE(trouble.has_value());
    CHECK(trouble->trouble() == StorageTrouble::full);
    CHECK(trouble->may_pass());
    journal.reload();
    CHECK(journal.length() == 500);
    CHECK(journal.find_break() == 0);
    connection.execute("PRAGMA max_page_count=1000000");
    Transaction transaction{connection};
    journal.append({0, 1, "ackd", 1, 1, "nudged", "{}"});
    transaction.commit();
    CHECK(journal.find_break() == 0);
}
