// When something was done last that is done every so often: kept by name, over restarts.
#pragma once

#include "bot/instant.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <string_view>

namespace ackd {

/// Nothing: never yet.
[[nodiscard]] std::optional<Instant> kept_instant(storage::Connection& connection, std::string_view name);
void keep_instant(storage::Connection& connection, std::string_view name, Instant at);

}  // namespace ackd
