// The parts of migrations that SQL alone cannot do. Each belongs to the numbered SQL file of the same name
// and runs after it, in the same transaction.
#pragma once

#include "storage/connection.hpp"

#include <string_view>

namespace ackd::storage {

using MigrationStep = void (*)(Connection&);

/// Of the migration with this name (its number does not count); null: SQL does all of it.
[[nodiscard]] MigrationStep migration_step_of(std::string_view name);

}  // namespace ackd::storage
