#include "storage/migrations.hpp"

#include "storage/migration_steps.hpp"

namespace ackd::storage {

namespace {

constexpr std::int64_t application_id = 0x61636b64;  // "ackd"

std::int64_t read_pragma(Connection& connection, const char* sql)
{
    Statement statement = connection.prepare(sql);
    return statement.step() ? statement.column_int(0) : 0;
}

bool has_tables(Connection& connection)
{
    Statement statement = connection.prepare("SELECT count(*) FROM sqlite_schema");
    statement.step();
    return statement.column_int(0) > 0;
}

}  // namespace

int schema_version(Connection& connection)
{
    return static_cast<int>(read_pragma(connection, "PRAGMA user_version"));
}

void require_known_schema(Connection& connection)
{
    const int newest = static_cast<int>(all_migrations().size());
    const int present = schema_version(connection);
    const std::int64_t owner = read_pragma(connection, "PRAGMA application_id");

    if (owner != application_id && (owner != 0 || present != 0 || has_tables(connection))) {
        throw StorageError(StorageTrouble::corrupt,
                           0,
                           connection.path() + " is a database of another program; nothing was changed");
    }
    if (present > newest) {
        throw StorageError(StorageTrouble::newer,
                           0,
                           connection.path() + " has schema " + std::to_string(present) +
                               ", this program knows up to " + std::to_string(newest) +
                               ": it was written by a newer ackd; nothing was changed");
    }
}

void migrate(Connection& connection, int up_to)
{
    require_known_schema(connection);
    const auto& migrations = all_migrations();
    const int wanted = up_to < 0 ? static_cast<int>(migrations.size()) : up_to;
    const int present = schema_version(connection);
    // Kept in the file itself, so it must not be set before the file is known to be ours.
    connection.execute("PRAGMA journal_mode=WAL");
    for (int number = present + 1; number <= wanted; ++number) {
        Transaction transaction{connection};
        const Migration& migration = migrations[static_cast<std::size_t>(number - 1)];
        connection.execute(migration.sql);
        if (const MigrationStep step = migration_step_of(migration.name)) step(connection);
        connection.execute("PRAGMA user_version=" + std::to_string(number));
        connection.execute("PRAGMA application_id=" + std::to_string(application_id));
        transaction.commit();
    }
}

}  // namespace ackd::storage
