#include "bot/home/home_table.hpp"

namespace ackd {

void HomeTable::open(const UserId& person, Instant at)
{
    connection_
        .prepare(R"(INSERT INTO homes (person, opened_at_us, drawn)
            VALUES ($1, $2, '')
            ON CONFLICT (person) DO UPDATE SET opened_at_us = excluded.opened_at_us)")
        .bind_all(person.value, to_microseconds(at))
        .run();
}

bool HomeTable::is_open_since(const UserId& person, Instant since) const
{
    storage::Statement row = connection_.prepare(
        "SELECT 1 FROM homes WHERE person = $1 AND opened_at_us >= $2");
    row.bind_all(person.value, to_microseconds(since));
    return row.step();
}

std::string HomeTable::drawn(const UserId& person) const
{
    storage::Statement row = connection_.prepare("SELECT drawn FROM homes WHERE person = $1");
    row.bind(1, person.value);
    return row.step() ? row.column_string(0) : std::string{};
}

void HomeTable::set_drawn(const UserId& person, const std::string& digest)
{
    connection_.prepare("UPDATE homes SET drawn = ?2 WHERE person = ?1").bind_all(person.value, digest).run();
}

}  // namespace ackd
