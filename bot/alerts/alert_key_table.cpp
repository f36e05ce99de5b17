#include "bot/alerts/alert_key_table.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

namespace ackd {

namespace {

/// More is not asked of "when was it used last?", and a storm of alerts is not a storm of writes.
constexpr Duration use_noted_every = std::chrono::minutes{1};

std::vector<StoredAlertKey> keys_in(storage::Statement& rows)
{
    std::vector<StoredAlertKey> keys;
    while (rows.step()) {
        StoredAlertKey& key = keys.emplace_back();
        key.id = AlertKeyId{rows.column_int(0)};
        key.source = rows.column_string(1);
        const auto hash = sha256_from_hex(rows.column_text(2));
        if (!hash) throw std::runtime_error{"a stored key's hash is none"};
        key.hash = *hash;
        key.made_at = from_microseconds(rows.column_int(3));
        if (const auto used = rows.column_optional_int(4)) key.used_at = from_microseconds(*used);
    }
    return keys;
}

}  // namespace

AlertKeyId AlertKeyTable::add(const std::string& source, const Sha256& hash, Instant now)
{
    connection_.prepare("INSERT INTO alert_keys (source, hash, made_at_us) VALUES ($1, $2, $3)")
        .bind_all(source, hex_of(hash), to_microseconds(now))
        .run();
    return AlertKeyId{connection_.last_insert_id()};
}

bool AlertKeyTable::remove(const std::string& source, AlertKeyId id)
{
    connection_.prepare("DELETE FROM alert_keys WHERE source = $1 AND id = $2")
        .bind_all(source, id.value)
        .run();
    return connection_.changed_rows() > 0;
}

std::vector<StoredAlertKey> AlertKeyTable::all() const
{
    storage::Statement rows = connection_.prepare(
        "SELECT id, source, hash, made_at_us, used_at_us FROM alert_keys ORDER BY source, id");
    return keys_in(rows);
}

std::vector<StoredAlertKey> AlertKeyTable::of_source(const std::string& source) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT id, source, hash, made_at_us, used_at_us FROM alert_keys WHERE source = $1 ORDER BY id");
    rows.bind_all(source);
    return keys_in(rows);
}

void AlertKeyTable::note_use(AlertKeyId id, Instant now)
{
    connection_
        .prepare(R"(UPDATE alert_keys SET used_at_us = $1
                     WHERE id = $2 AND (used_at_us IS NULL OR used_at_us <= $3))")
        .bind_all(to_microseconds(now), id.value, to_microseconds(now - use_noted_every))
        .run();
}

SourceRoster AlertKeyTable::roster_of(const std::vector<AlertSource>& sources) const
{
    SourceRoster roster;
    for (const AlertSource& source : sources) {
        KnownSource& known = roster.emplace_back();
        known.source = source;
        for (const StoredAlertKey& key : of_source(source.name)) known.keys.push_back({key.id, key.hash});
    }
    return roster;
}

}  // namespace ackd
