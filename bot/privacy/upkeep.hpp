// What the engine does for people's data between inputs, as far as memory knows: the database knows all of
// it, and load_upkeep reads it again after a start and after a transaction that was rolled back.
#pragma once

#include "bot/instant.hpp"

#include <optional>

namespace ackd {

struct Upkeep {
    /// Somebody asked to be forgotten, and is told so first: when that is waited for no longer.
    std::optional<Instant> forget_by;
    /// Somebody was forgotten: the database's file still holds what its pages held before.
    bool is_scrub_wanted = false;
    /// Words were deleted that the database's log still holds.
    bool is_log_stale = false;
    /// When what has been kept long enough is looked for again.
    std::optional<Instant> sweep_at;
    /// When the rules of nudging are looked at again (bot/interruptions/rule_review.hpp).
    std::optional<Instant> rules_at;
    /// When something happens next in a rotation, or they are looked through again
    /// (bot/rotations/rotation_watch.hpp).
    std::optional<Instant> rotations_at;
    /// When the next heartbeat is due (bot/destinations/outside_handlers.hpp).
    std::optional<Instant> heartbeats_at;
    /// When dead letters are looked through next (bot/escalation/triage_handlers.hpp).
    std::optional<Instant> triage_at;
    /// When something that comes round is looked at next (bot/cadence/cadence_handlers.hpp).
    std::optional<Instant> cadences_at;
};

}  // namespace ackd
