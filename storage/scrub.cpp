#include "storage/scrub.hpp"

namespace ackd::storage {

namespace {

/// Nothing is left in the log. A database in memory has none.
bool is_log_emptied(Connection& connection)
{
    Statement row = connection.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    return !row.step() || row.column_int(0) == 0;
}

}  // namespace

void want_scrub(Connection& connection)
{
    connection.execute(
        "INSERT INTO settings (name, value) VALUES ('scrub_wanted', '1') ON CONFLICT DO NOTHING");
}

bool is_scrub_wanted(Connection& connection)
{
    return connection.prepare("SELECT 1 FROM settings WHERE name = 'scrub_wanted'").step();
}

bool scrub(Connection& connection)
{
    try {
        // The copy is as large as the database: on the disk, where it is deleted before anything is in it.
        connection.execute("PRAGMA temp_store=FILE; VACUUM; PRAGMA temp_store=MEMORY");
        if (!is_log_emptied(connection)) return false;
        connection.execute("DELETE FROM settings WHERE name = 'scrub_wanted'");
        return true;
    } catch (const StorageError& error) {
        connection.execute("PRAGMA temp_store=MEMORY");
        if (!error.may_pass()) throw;
        return false;
    }
}

}  // namespace ackd::storage
