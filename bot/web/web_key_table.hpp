// The keys that let in over HTTP (table `web_keys`): what is known of each, never the key itself.
#pragma once

#include "bot/instant.hpp"
#include "bot/web/web_key.hpp"
#include "bot/web/web_roster.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

struct Policy;

struct StoredWebKey {
    WebKeyId id;
    /// Of the source or the rotation that it opens.
    std::string name;
    Sha256 hash{};
    Instant made_at{};
    /// To the minute; nothing: it was never used.
    std::optional<Instant> used_at;
};

class WebKeyTable {
public:
    /// The connection outlives it.
    explicit WebKeyTable(storage::Connection& connection) : connection_(connection) {}

    WebKeyId add(WebKeyUse use, const std::string& name, const Sha256& hash, Instant now);
    /// False: that one has no such key.
    bool remove(WebKeyUse use, const std::string& name, WebKeyId id);
    /// By name, oldest first; also of what the policy does not have any more.
    [[nodiscard]] std::vector<StoredWebKey> all(WebKeyUse use) const;
    [[nodiscard]] std::vector<StoredWebKey> of(WebKeyUse use, const std::string& name) const;
    /// Writes at most once a minute for one key.
    void note_use(WebKeyId id, Instant now);

    /// The policy's sources and rotations with what lets in to them. What has no key is there all the same.
    [[nodiscard]] WebRoster roster_of(const Policy& policy) const;

private:
    storage::Connection& connection_;
};

}  // namespace ackd
