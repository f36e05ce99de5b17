// The local days on which the next turn of a rotation begins, counted from its start: pure calendar, without
// a clock or a zone.
#pragma once

#include "bot/rotations/rotation.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// A turn: the `index`th, which begins on `day` and lasts until the day of the next one.
struct TurnStart {
    std::int64_t index = 0;
    std::chrono::local_days day;
    friend bool operator==(const TurnStart&, const TurnStart&) = default;
};

/// How many hand-overs of a rule are followed: a daily one is for 27 years. Who is on then stays on.
inline constexpr std::int64_t turns_by_rule_max = 10'000;

/// The turn that `first` falls into, or where it lies before the start the first one, and all that follow,
/// up to and including the first that begins after `last`. The first turn begins on the day of the start,
/// whatever the length; a longer one may so be cut short.
[[nodiscard]] std::vector<TurnStart> turn_starts(const RotationTurn& turn,
                                                 std::chrono::local_days starts,
                                                 std::chrono::local_days first,
                                                 std::chrono::local_days last);

/// Why a rule cannot say when a turn begins; empty: it can. Takes any text.
[[nodiscard]] std::string problem_of_rule(std::string_view rule, std::chrono::local_days starts);

}  // namespace ackd
