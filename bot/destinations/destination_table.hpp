// How destinations took what they were told, and what was given up.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"
#include "storage/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ackd {

struct DestinationState {
    /// The last that it took; nothing: none yet.
    std::optional<Instant> told_at;
    /// Since when it takes nothing; nothing: it took the last.
    std::optional<Instant> failing_since;
    /// Why it does not: for people to read, without anything secret.
    std::string reason;
    /// Of a heartbeat: when the next one is due.
    std::optional<Instant> beat_at;
    /// Somebody has heard that it takes nothing.
    bool is_owner_told = false;
};

using UndeliveredId = RowId<struct UndeliveredTag>;

struct Undelivered {
    UndeliveredId id;
    std::string destination;
    std::string payload;  ///< as in the outbox; see outside_handlers.hpp
    RequestId request;    ///< none: it is about no request
    int attempts = 0;
    std::string reason;
    Instant created_at{};
    Instant given_up_at{};
};

class DestinationTable {
public:
    explicit DestinationTable(storage::Connection& connection) : connection_(connection) {}

    /// Of one that was never told anything: empty.
    [[nodiscard]] DestinationState state_of(const std::string& name) const;
    void save(const std::string& name, const DestinationState& state) const;

    /// It has taken what the request was raised with: it counts as called.
    void take_back_refusals(const std::string& name, RequestId request) const;

    /// Gives it its id.
    UndeliveredId add(const Undelivered& undelivered) const;
    [[nodiscard]] std::optional<Undelivered> find(UndeliveredId id) const;
    void remove(UndeliveredId id) const;
    /// The oldest first.
    [[nodiscard]] std::vector<Undelivered> undelivered_to(const std::string& name, int count_max) const;
    [[nodiscard]] std::int64_t count_undelivered_to(const std::string& name) const;

private:
    storage::Connection& connection_;
};

}  // namespace ackd
