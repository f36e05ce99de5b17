#include "bot/web/web_key_table.hpp"

#include "bot/settings.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

namespace ackd {

namespace {

/// More is not asked of "when was it used last?", and a storm of alerts is not a storm of writes.
constexpr Duration use_noted_every = std::chrono::minutes{1};

std::vector<StoredWebKey> keys_in(storage::Statement& rows)
{
    std::vector<StoredWebKey> keys;
    while (rows.step()) {
        StoredWebKey& key = keys.emplace_back();
        key.id = WebKeyId{rows.column_int(0)};
        key.name = rows.column_string(1);
        const auto hash = sha256_from_hex(rows.column_text(2));
        if (!hash) throw std::runtime_error{"a stored key's hash is none"};
        key.hash = *hash;
        key.made_at = from_microseconds(rows.column_int(3));
        if (const auto used = rows.column_optional_int(4)) key.used_at = from_microseconds(*used);
    }
    return keys;
}

/// Those of one name.
std::vector<KnownKey> known_of(const std::vector<StoredWebKey>& keys, const std::string& name)
{
    std::vector<KnownKey> known;
    for (const StoredWebKey& key : keys) {
        if (key.name == name) known.push_back({key.id, key.hash});
    }
    return known;
}

}  // namespace

WebKeyId WebKeyTable::add(WebKeyUse use, const std::string& name, const Sha256& hash, Instant now)
{
    connection_.prepare("INSERT INTO web_keys (use, name, hash, made_at_us) VALUES ($1, $2, $3, $4)")
        .bind_all(static_cast<int>(use), name, hex_of(hash), to_microseconds(now))
        .run();
    return WebKeyId{connection_.last_insert_id()};
}

bool WebKeyTable::remove(WebKeyUse use, const std::string& name, WebKeyId id)
{
    connection_.prepare("DELETE FROM web_keys WHERE use = $1 AND name = $2 AND id = $3")
        .bind_all(static_cast<int>(use), name, id.value)
        .run();
    return connection_.changed_rows() > 0;
}

std::vector<StoredWebKey> WebKeyTable::all(WebKeyUse use) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT id, name, hash, made_at_us, used_at_us FROM web_keys WHERE use = $1 ORDER BY name, id");
    rows.bind_all(static_cast<int>(use));
    return keys_in(rows);
}

std::vector<StoredWebKey> WebKeyTable::of(WebKeyUse use, const std::string& name) const
{
    storage::Statement rows = connection_.prepare(
        "SELECT id, name, hash, made_at_us, used_at_us FROM web_keys WHERE use = $1 AND name = $2 ORDER BY "
        "id");
    rows.bind_all(static_cast<int>(use), name);
    return keys_in(rows);
}

void WebKeyTable::note_use(WebKeyId id, Instant now)
{
    connection_
        .prepare(R"(UPDATE web_keys SET used_at_us = $1
                     WHERE id = $2 AND (used_at_us IS NULL OR used_at_us <= $3))")
        .bind_all(to_microseconds(now), id.value, to_microseconds(now - use_noted_every))
        .run();
}

WebRoster WebKeyTable::roster_of(const Policy& policy) const
{
    WebRoster roster;
    const auto of_sources = all(WebKeyUse::source);
    for (const AlertSource& source : policy.sources)
        roster.sources.push_back({source, known_of(of_sources, source.name)});
    const auto of_rotations = all(WebKeyUse::rotation);
    for (const Rotation& rotation : policy.rotations)
        roster.feeds.push_back({rotation.name, known_of(of_rotations, rotation.name)});
    return roster;
}

}  // namespace ackd
