#include "bot/kept_instant.hpp"

#include <string>

namespace ackd {

std::optional<Instant> kept_instant(storage::Connection& connection, std::string_view name)
{
    storage::Statement row = connection.prepare(
        "SELECT CAST(value AS INTEGER) FROM settings WHERE name = $1");
    row.bind(1, name);
    if (!row.step()) return std::nullopt;
    return from_microseconds(row.column_int(0));
}

void keep_instant(storage::Connection& connection, std::string_view name, Instant at)
{
    connection
        .prepare(R"(INSERT INTO settings (name, value) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value)")
        .bind_all(name, std::to_string(to_microseconds(at)))
        .run();
}

}  // namespace ackd
