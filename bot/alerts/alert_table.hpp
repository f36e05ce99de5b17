// Alerts, their groups and what is known of their sources, as stored.
#pragma once

#include "bot/alerts/alert.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

/// Alerts of one group that are called the same.
struct AlertTitle {
    std::string title;
    std::string severity;
    std::int64_t alerts = 0;
    Instant began_at{};
};

class AlertTable {
public:
    explicit AlertTable(storage::Connection& connection) : connection_(connection) {}

    /// Gives it an id.
    void insert(Alert& alert) const;
    void save(const Alert& alert) const;
    [[nodiscard]] std::optional<Alert> find(AlertId id) const;
    /// Of that key, there or over.
    [[nodiscard]] std::optional<Alert> newest(const std::string& source, const std::string& key) const;
    /// The first of the group that is there; else the last that was.
    [[nodiscard]] std::optional<Alert> first_of(AlertGroupId group) const;
    /// All of the group that have the one status have the other.
    void change_all(AlertGroupId group, AlertStatus from, AlertStatus to) const;
    /// All of the group that are there are over.
    void resolve_all(AlertGroupId group, Instant now, const UserId& by) const;
    /// Of the group's alerts that have the status, the oldest first.
    [[nodiscard]] std::vector<std::string> keys_of(AlertGroupId group,
                                                   AlertStatus status,
                                                   int count_max) const;
    /// What is there, the most frequent first; of a large group, among its first few hundred.
    [[nodiscard]] std::vector<AlertTitle> titles_there(AlertGroupId group, int count_max) const;
    /// The last one of the same key, or else called the same, that was over before this one began.
    [[nodiscard]] std::optional<Alert> similar_before(const Alert& alert) const;
    [[nodiscard]] std::vector<AlertId> due(Instant now, int count_max) const;

    void insert(AlertGroup& group) const;
    void save(const AlertGroup& group) const;
    [[nodiscard]] std::optional<AlertGroup> find(AlertGroupId id) const;
    [[nodiscard]] std::optional<AlertGroup> find(RequestId request) const;
    /// Of that name, without those that take all.
    [[nodiscard]] std::optional<AlertGroup> newest_named(const std::string& source,
                                                         const std::string& name) const;
    [[nodiscard]] std::optional<AlertGroup> newest_taking_all(const std::string& source) const;
    /// When the n-th newest of the source began; nothing: there are not so many.
    [[nodiscard]] std::optional<Instant> began(const std::string& source, int nth) const;
    /// Newest first.
    [[nodiscard]] std::vector<AlertGroup> not_over(int count_max) const;
    /// Something of them is firing, nobody has it, and nobody was ever asked.
    [[nodiscard]] std::vector<AlertGroup> never_raised() const;
    [[nodiscard]] std::vector<AlertGroup> muted(const std::string& source) const;
    [[nodiscard]] std::vector<AlertGroupId> due_groups(Instant now, int count_max) const;
    void drawn(AlertGroupId id, Instant at) const;

    /// One that nothing is known of yet is new.
    [[nodiscard]] HeardSource source(const std::string& name) const;
    void save(const HeardSource& source) const;
    [[nodiscard]] std::vector<HeardSource> all_sources() const;
    [[nodiscard]] std::vector<std::string> due_sources(Instant now) const;

    /// Of all three.
    [[nodiscard]] std::optional<Instant> earliest_due() const;
    /// All that is due is looked at later: it could not be.
    void postpone_due(Instant now, Instant until) const;

    /// Alerts that were over by then, and the groups that are empty without them; at most so many.
    void let_go(Instant over_by, int count_max) const;

private:
    storage::Connection& connection_;
};

}  // namespace ackd
