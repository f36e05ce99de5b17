// The rules of a resync, pure: what lines of a form mean, where two answers differ, what has changed since
// the last round, and whether surprises have become more.
#pragma once

#include "bot/cadence/cadence.hpp"
#include "bot/people/availability.hpp"
#include "bot/resync/resync_round.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

struct Resync;

// Lines of the form

struct ReadLines {
    std::vector<std::string> lines;
    /// Why they cannot be taken; empty: they can.
    std::string problem;
};
/// One line for each thing, without bullets ("- ", "• ", "1. ").
[[nodiscard]] ReadLines read_lines(std::string_view text);

struct ReadDependencies {
    std::vector<Dependency> dependencies;
    std::string problem;
};
/// "platform: the importer by friday" in each line. `teams`: those that may be named, without one's own.
/// Dates are read by the clock of `hours`.
[[nodiscard]] ReadDependencies read_dependencies(std::string_view text,
                                                 const std::vector<std::string>& teams,
                                                 const WorkingHours& hours,
                                                 Instant now);
/// As it would be typed: "platform: the importer by 2026-03-06".
[[nodiscard]] std::string line_of(const Dependency& dependency);

// Answers side by side

/// Whether two lines speak of the same thing: most of the words of substance of the shorter one are in the
/// other, and two at least where it has two.
[[nodiscard]] bool is_same_work(std::string_view one, std::string_view other);

/// Where the answers differ: each difference once, in the order of the answers. A team that has not answered
/// differs from nobody.
[[nodiscard]] std::vector<Difference> differences_between(const std::vector<TeamAnswer>& answers);

/// Whether both are about the same, whatever each side says of it by now: in words that may have changed a
/// little, with other dates, named by then or not.
[[nodiscard]] bool is_same_matter(const Difference& one, const Difference& other);
/// Whether it is the one that was seen before, as it stood.
[[nodiscard]] bool is_same_difference(const Difference& one, const Difference& other);

enum class PriorityChange { kept, added, gone };
struct ChangedPriority {
    PriorityChange change = PriorityChange::kept;
    std::string text;
    friend bool operator==(const ChangedPriority&, const ChangedPriority&) = default;
};
/// The present ones in their order, and then those that are gone.
[[nodiscard]] std::vector<ChangedPriority> changed_priorities(const std::vector<std::string>& before,
                                                              const std::vector<std::string>& now);

// Surprises

inline constexpr int surprise_weeks = 8;
/// How many were said in each of the last eight weeks, the oldest first; the last one ends now.
[[nodiscard]] std::vector<int> surprises_per_week(const std::vector<Surprise>& surprises, Instant now);
/// Whether those of the last four weeks are at least four, and half as many again as in the four before.
[[nodiscard]] bool have_surprises_risen(const std::vector<int>& per_week);
/// Twice as often, or nothing: it is weekly already, or by a rule that only its author can change.
[[nodiscard]] std::optional<Cadence> shorter_cadence(const Cadence& cadence);

// A round

struct RoundTimes {
    std::optional<Instant> remind_at;
    Instant closes_at{};
};
/// `hours`: those that everybody has. The reminder comes when half of the time is over.
[[nodiscard]] RoundTimes times_of(const Resync& resync, const WorkingHours& hours, Instant asked_at);
/// When something happens next by itself; nothing: nothing does.
[[nodiscard]] std::optional<Instant> due_of(const ResyncRound& round);

}  // namespace ackd
