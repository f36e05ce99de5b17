// What is kept of rotations besides the policy: overrides, offers, notes, and what has been told.
#pragma once

#include "bot/rotations/rotation_finding.hpp"
#include "bot/rotations/shift_override.hpp"
#include "bot/rotations/shift_swap.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

/// What who goes off leaves for who comes on.
struct HandOverNote {
    UserId author;
    std::string text;
    Instant written_at{};
};

class RotationTable {
public:
    explicit RotationTable(storage::Connection& connection) : connection_(connection) {}

    /// Gives it an id.
    void insert(ShiftOverride& made);
    [[nodiscard]] std::optional<ShiftOverride> find(OverrideId id) const;
    /// In the order in which they were made.
    [[nodiscard]] std::vector<ShiftOverride> overrides_of(const std::string& rotation) const;
    /// It ends at `now`, or never was when it has not begun.
    void end(const ShiftOverride& made, Instant now);
    [[nodiscard]] std::int64_t count_ahead(const std::string& rotation, Instant now) const;

    /// Gives it an id.
    void insert(ShiftSwap& swap);
    /// Its state, its next nudge and its message.
    void save(const ShiftSwap& swap);
    [[nodiscard]] std::optional<ShiftSwap> find(SwapId id) const;
    [[nodiscard]] std::optional<ShiftSwap> find_by_message(std::int64_t sent_id) const;
    /// Those of a rotation that are not answered.
    [[nodiscard]] std::vector<ShiftSwap> open_of(const std::string& rotation) const;
    [[nodiscard]] std::vector<ShiftSwap> due(Instant now, int count_max) const;
    [[nodiscard]] std::optional<Instant> earliest_due() const;

    /// In the place of the one before.
    void save_note(const std::string& rotation, const HandOverNote& note);
    [[nodiscard]] std::optional<HandOverNote> note_of(const std::string& rotation) const;

    /// Nothing: none ever was.
    [[nodiscard]] std::optional<Instant> told_until(const std::string& rotation) const;
    void set_told_until(const std::string& rotation, Instant until);

    /// Notes that it is there at `now`. False: it was told before.
    bool is_news(const RotationFinding& finding, Instant now);

private:
    std::vector<ShiftOverride> read_overrides(storage::Statement& rows) const;
    std::vector<ShiftSwap> read_swaps(storage::Statement& rows) const;

    storage::Connection& connection_;
};

}  // namespace ackd
