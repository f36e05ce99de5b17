// Work in progress as stored.
#pragma once

#include "bot/wip/wip_item.hpp"
#include "bot/wip/wip_rules.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

class WipTable {
public:
    explicit WipTable(storage::Connection& connection) : connection_(connection) {}

    /// Gives it an id.
    void insert(WipItem& item) const;
    void save(const WipItem& item) const;
    [[nodiscard]] std::optional<WipItem> find(WipItemId id) const;

    /// What a source told last under this key.
    [[nodiscard]] std::optional<WipItem> newest_of(const std::string& source, const std::string& key) const;

    /// Running first, then paused; oldest first.
    [[nodiscard]] std::vector<WipItem> open_of(const std::string& team) const;
    [[nodiscard]] std::int64_t running_of(const std::string& team) const;
    [[nodiscard]] std::int64_t running_of(const std::string& team, const UserId& person) const;
    [[nodiscard]] std::int64_t open_count(const std::string& team) const;
    /// Those that are open, and those that began or ended since then.
    [[nodiscard]] std::vector<WipItem> of_team_since(const std::string& team, Instant since) const;

    /// From now on so many run in the team; `day`: today.
    void note_level(const std::string& team, std::chrono::local_days day, std::int64_t running) const;
    /// The days since then on which something changed, and the last one before; in their order.
    [[nodiscard]] std::vector<WipLevel> levels_since(const std::string& team,
                                                     std::chrono::local_days day) const;
    void let_go_of_levels(std::chrono::local_days before) const;

    [[nodiscard]] std::vector<WipItemId> due(Instant now, int count_max) const;
    [[nodiscard]] std::optional<Instant> earliest_due() const;
    /// For one whose handler failed.
    void postpone(WipItemId id, Instant until) const;

private:
    std::vector<WipItem> read_all(storage::Statement& rows) const;

    storage::Connection& connection_;
};

}  // namespace ackd
