// Local days as columns: counted from 1970-01-01, like the days of std::chrono.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace ackd {

[[nodiscard]] inline std::int64_t day_column(std::chrono::local_days day)
{
    return day.time_since_epoch().count();
}

[[nodiscard]] inline std::optional<std::int64_t> day_column(const std::optional<std::chrono::local_days>& day)
{
    return day ? std::optional{day_column(*day)} : std::nullopt;
}

[[nodiscard]] inline std::chrono::local_days day_in(std::int64_t column)
{
    return std::chrono::local_days{std::chrono::days{column}};
}

[[nodiscard]] inline std::optional<std::chrono::local_days> day_in(const std::optional<std::int64_t>& column)
{
    return column ? std::optional{day_in(*column)} : std::nullopt;
}

}  // namespace ackd
