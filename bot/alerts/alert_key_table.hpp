// The keys of sources (table `alert_keys`): what is known of each, never the key itself.
#pragma once

#include "bot/alerts/alert_key.hpp"
#include "bot/instant.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

struct StoredAlertKey {
    AlertKeyId id;
    std::string source;
    Sha256 hash{};
    Instant made_at{};
    /// To the minute; nothing: it was never used.
    std::optional<Instant> used_at;
};

class AlertKeyTable {
public:
    /// The connection outlives it.
    explicit AlertKeyTable(storage::Connection& connection) : connection_(connection) {}

    AlertKeyId add(const std::string& source, const Sha256& hash, Instant now);
    /// False: the source has no such key.
    bool remove(const std::string& source, AlertKeyId id);
    /// By source, oldest first; also of sources that the policy does not have any more.
    [[nodiscard]] std::vector<StoredAlertKey> all() const;
    [[nodiscard]] std::vector<StoredAlertKey> of_source(const std::string& source) const;
    /// Writes at most once a minute for one key.
    void note_use(AlertKeyId id, Instant now);

    /// The sources with what lets them in. What has no key is there all the same.
    [[nodiscard]] SourceRoster roster_of(const std::vector<AlertSource>& sources) const;

private:
    storage::Connection& connection_;
};

}  // namespace ackd
