// Instants that may be missing, as columns. Everything else about columns is storage's.
#pragma once

#include "bot/instant.hpp"

#include <optional>

namespace ackd {

[[nodiscard]] inline std::optional<std::int64_t> to_column(const std::optional<Instant>& at)
{
    return at ? std::optional<std::int64_t>{to_microseconds(*at)} : std::nullopt;
}

[[nodiscard]] inline std::optional<Instant> to_instant(const std::optional<std::int64_t>& column)
{
    return column ? std::optional<Instant>{from_microseconds(*column)} : std::nullopt;
}

}  // namespace ackd
