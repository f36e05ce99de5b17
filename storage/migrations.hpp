// The schema's history: numbered SQL (and what SQL cannot do: migration_steps.hpp), forward only, each
// applied once in a transaction of its own. The number of those applied is the database's `user_version`;
// `application_id` marks the file as ours.
#pragma once

#include "storage/connection.hpp"

#include <string>
#include <vector>

namespace ackd::storage {

struct Migration {
    const char* name;
    const char* sql;
};

/// In order; the first is number 1.
[[nodiscard]] const std::vector<Migration>& all_migrations();

/// Brings the database to the newest schema, or to `up_to` (tests of the steps between), with a write-ahead
/// log. Throws StorageError: `newer` when a later version of the program wrote it, `corrupt` when the file
/// belongs to another program. Nothing is changed then. Damage further inside the file shows as `corrupt`
/// when that part is read.
void migrate(Connection& connection, int up_to = -1);

[[nodiscard]] int schema_version(Connection& connection);

/// Throws as migrate does when the database is another program's or a later version's; changes nothing.
void require_known_schema(Connection& connection);

}  // namespace ackd::storage
