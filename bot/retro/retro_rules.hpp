// The rules of a retro, pure: what is asked this time, whose turn it is, when its window closes, how answers
// are grouped, and what may be voted.
#pragma once

#include "bot/people/availability.hpp"
#include "bot/retro/retro.hpp"
#include "bot/retro/retro_round.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

// What is asked

/// The five of ackd, then the retro's own.
[[nodiscard]] std::vector<std::string> all_questions(const Retro& retro);

/// Those that come up this time: what was asked longest ago, or never, comes first; of those alike the first
/// in the list. In the order of the list. `last_asked`: the number of the round in which each came up last.
/// So each of n comes up within n / `count`, rounded up, rounds.
[[nodiscard]] std::vector<std::string> questions_of_this_time(const std::vector<std::string>& all,
                                                              const std::map<std::string, int>& last_asked,
                                                              int count);

// Who facilitates

struct RetroCandidate {
    UserId person;
    bool is_here = true;  ///< in the workspace
    bool is_out = false;  ///< not at work today, nor soon
    /// The number of the round that they facilitated last; 0: none yet.
    int last_round = 0;
};
/// Of lists in the order in which they count (those named, the leads, the team): of the first one with
/// somebody who is here and in, whoever facilitated longest ago. Where everybody is out, the same of those
/// who are here. Empty: nobody is.
[[nodiscard]] UserId facilitator_of(const std::vector<std::vector<RetroCandidate>>& lists);

// When

/// One prompt at the start, one a day before the end.
inline constexpr Duration retro_reminded_before = std::chrono::hours{24};
/// With less time than that between both, the second one is left out.
inline constexpr Duration retro_prompts_apart = std::chrono::hours{2};
/// A round with which nobody goes on ends after so much working time in one state.
inline constexpr Duration retro_left_alone_for = 5 * working_day;
/// How often it is looked whether whoever facilitates is still there.
inline constexpr Duration retro_looked_at_every = working_day;
/// What ackd knows of before the first round.
inline constexpr Duration retro_first_looks_back = std::chrono::hours{14 * 24};

/// `hours` are those that everybody has.
[[nodiscard]] Instant closes_at(const WorkingHours& hours, Instant opened_at, Duration open_for);
[[nodiscard]] std::optional<Instant> remind_at(Instant opened_at, Instant closes_at);
/// When it closes instead, where more than half of its window passed while ackd was not running: so much
/// working time later. Nothing: it stays; it does so only once.
[[nodiscard]] std::optional<Instant> closes_after_outage(const WorkingHours& hours,
                                                         const RetroRound& round,
                                                         const TimeSpan& outage);
/// It stands in a state that somebody has to go on from, since now.
void begin_waiting(RetroRound& round, const WorkingHours& hours, Instant now);
/// It is over: nothing happens any more.
[[nodiscard]] RetroRound ended(RetroRound round, RetroEnd how, Instant now);
/// When something happens next by itself; nothing: nothing does.
[[nodiscard]] std::optional<Instant> due_of(const RetroRound& round);

// Themes

struct RetroGroup {
    std::string title;
    /// In order, each once.
    std::vector<int> numbers;
    friend bool operator==(const RetroGroup&, const RetroGroup&) = default;
};
struct ReadGroups {
    std::vector<RetroGroup> groups;
    /// Why they cannot be taken, with the line; empty: they can.
    std::string problem;
};
/// "Deploys: 1 4 7" in each line, commas or not; a number alone is a theme by what it says. Each answer is in
/// one theme at most; those that are in none are kept, and not voted on.
[[nodiscard]] ReadGroups read_groups(std::string_view text, const std::vector<RetroEntry>& entries);
/// What a form begins with, and can be sent as it is: one line for each answer; of more than there may be
/// themes, one for each question.
[[nodiscard]] std::string groups_to_begin_with(const std::vector<RetroEntry>& entries,
                                               const std::vector<std::string>& questions);

// Dots

/// The places of themes that were chosen, each once; nothing: some are none, or they are more than `dots`.
[[nodiscard]] std::optional<std::vector<int>> read_dots(const std::vector<std::string>& chosen,
                                                        std::size_t themes,
                                                        int dots);
/// Most dots first; of those alike the first.
[[nodiscard]] std::vector<RetroTheme> by_dots(std::vector<RetroTheme> themes);

}  // namespace ackd
