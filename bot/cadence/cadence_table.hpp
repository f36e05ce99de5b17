// What is remembered of everything that comes round, and what became of each occurrence.
#pragma once

#include "bot/cadence/cadence_schedule.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

/// What comes round. Stored: do not renumber.
enum class CadenceUse { resync = 1, retro = 2 };
/// "resync": in the journal.
[[nodiscard]] std::string_view name_of(CadenceUse use);

struct CadenceKey {
    CadenceUse use = CadenceUse::resync;
    /// As the policy calls it.
    std::string name;
    friend bool operator==(const CadenceKey&, const CadenceKey&) = default;
};

/// How an occurrence ended, each in one way. Stored: do not renumber.
enum class OccurrenceEnd { ran = 1, ran_late = 2, missed = 3, paused = 4, skipped = 5 };
[[nodiscard]] std::string_view name_of(OccurrenceEnd end);
[[nodiscard]] OccurrenceEnd end_of(PassedOverBecause reason);

struct EndedOccurrence {
    Occurrence occurrence;
    OccurrenceEnd end = OccurrenceEnd::ran;
    /// When it ran, or was passed over.
    Instant ended_at{};
    friend bool operator==(const EndedOccurrence&, const EndedOccurrence&) = default;
};

class CadenceTable {
public:
    explicit CadenceTable(storage::Connection& connection) : connection_(connection) {}

    /// Nothing: it has not begun.
    [[nodiscard]] std::optional<CadenceSchedule> find(const CadenceKey& key) const;
    /// By which rule it was looked at last; empty: it has not begun.
    [[nodiscard]] std::string rule_of(const CadenceKey& key) const;
    void save(const CadenceKey& key, const std::string& rule, const CadenceSchedule& schedule) const;
    [[nodiscard]] std::vector<CadenceKey> keys() const;
    /// What became of its occurrences stays.
    void remove(const CadenceKey& key) const;

    /// Throws for one that has ended before.
    void insert(const CadenceKey& key, const EndedOccurrence& ended) const;
    /// One that was passed over takes place after all, because somebody says so. False: it was not passed
    /// over.
    [[nodiscard]] bool run_after_all(const CadenceKey& key,
                                     std::chrono::local_days nominal,
                                     Instant at) const;
    /// Newest first.
    [[nodiscard]] std::vector<EndedOccurrence> newest(const CadenceKey& key, int count_max) const;
    void let_go(Instant ended_before) const;

private:
    storage::Connection& connection_;
};

}  // namespace ackd
