// What somebody types behind /capacity, in the time zone they are in. Pure.
//
//   at · near · ok                    of oneself ("full" is "at")
//   at platform · ok team platform    of a team
//   at until friday · at platform for 3 days because two releases at once
//   platform · me · (nothing)         how it stands
#pragma once

#include "bot/capacity/capacity_signal.hpp"
#include "bot/people/availability.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace ackd {

struct SaidCapacity {
    CapacityLevel level = CapacityLevel::at;
    /// Empty: of themselves.
    std::string team;
    std::optional<Instant> until;
    std::string reason;
};
struct ShowCapacity {
    /// Empty: of who asks, and of their teams.
    std::string team;
};
/// What was not understood, and the nearest line that would be.
struct CapacityMistake {
    std::string problem;
    std::string corrected;
};

using CapacityPhrase = std::variant<SaidCapacity, ShowCapacity, CapacityMistake>;

/// Takes any words. `teams`: the names that may be said. An end lies ahead of `now`, at most
/// `capacity_until_max`.
[[nodiscard]] CapacityPhrase parse_capacity_phrase(const std::vector<std::string>& words,
                                                   const std::vector<std::string>& teams,
                                                   const WorkingHours& hours,
                                                   Instant now);

}  // namespace ackd
