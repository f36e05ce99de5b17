#include "storage/scrub.hpp"

namespace ackd::storage {

namespace {

/// Nothing is left in the log. A database in memory has none.
bool is_log_emptied(Connection& connection)
{
    Statement row = connection.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    return !row.step() || row.column_int(0) == 0;
}

std::int64_t size_of(Connection& connection)
{
    Statement row = connection.prepare(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
    return row.step() ? row.column_int(0) : 0;
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

ScrubOutcome scrub(Connection& connection, std::int64_t bytes_max)
{
    const bool is_small = size_of(connection) <= bytes_max;
    try {
        // The copy is as large as the database: on the disk, in a file that has no name there.
        if (is_small) connection.execute("PRAGMA temp_store=FILE; VACUUM; PRAGMA temp_store=MEMORY");
        if (!is_log_emptied(connection)) return ScrubOutcome::busy;
        if (!is_small) return ScrubOutcome::too_large;
        connection.execute("DELETE FROM settings WHERE name = 'scrub_wanted'");
        return ScrubOutcome::done;
    } catch (const StorageError& error) {
        connection.execute("PRAGMA temp_store=MEMORY");
        if (!error.may_pass()) throw;
        return ScrubOutcome::busy;
    }
}

void want_empty_log(Connection& connection)
{
    connection.execute(
        "INSERT INTO settings (name, value) VALUES ('empty_log_wanted', '1') ON CONFLICT DO NOTHING");
}

bool is_empty_log_wanted(Connection& connection)
{
    return connection.prepare("SELECT 1 FROM settings WHERE name = 'empty_log_wanted'").step();
}

bool empty_log(Connection& connection)
{
    try {
        if (!is_log_emptied(connection)) return false;
        connection.execute("DELETE FROM settings WHERE name = 'empty_log_wanted'");
        return true;
    } catch (const StorageError& error) {
        if (!error.may_pass()) throw;
        return false;
    }
}

}  // namespace ackd::storage
