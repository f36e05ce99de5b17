// A rotation: people who take turns at being on call for something, as the policy says it.
//
// Whose turn it is follows from the policy and the clock alone: a shift is computed, never stored. What is
// stored is where people agreed on something else (shift_override.hpp).
//
// A rotation has one part, which is always covered, or several parts with hours of their own, each with its
// own people and in its own time zone, so that the duty follows the sun. In every part the people take turns
// in their order. Without hours a turn begins at the hand-over's time of day; with hours it begins with the
// first hours of the day of the hand-over, since nobody is to be relieved in the middle of their hours.
#pragma once

#include "bot/ids.hpp"
#include "bot/people/work_week.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

enum class TurnLength {
    day,
    week,
    by_rule,  ///< an iCalendar recurrence rule says on which days the next turn begins
};

struct RotationTurn {
    TurnLength length = TurnLength::week;
    /// Of a week: the day on which the next turn begins.
    std::chrono::weekday weekday = std::chrono::Monday;
    /// "FREQ=WEEKLY;INTERVAL=2", as it was written.
    std::string rule;
    friend bool operator==(const RotationTurn&, const RotationTurn&) = default;
};

struct RotationPart {
    /// What of the week it covers; unset: all of it.
    std::optional<WorkWeek> hours;
    /// Of its hours and its days; empty: the rotation's.
    std::string zone;
    /// In the order in which they take turns, each once.
    std::vector<UserId> people;
    friend bool operator==(const RotationPart&, const RotationPart&) = default;
};

struct Rotation {
    std::string name;  ///< lower case, without spaces; unique
    /// Of the hand-over; empty: the workspace's.
    std::string zone;
    /// Local time of day. Of parts with hours it says nothing.
    std::chrono::minutes hand_over = std::chrono::hours{9};
    RotationTurn turn;
    /// The day on which the first turn begins; before it nobody is on.
    std::chrono::local_days starts{};
    /// One without hours, or all with hours.
    std::vector<RotationPart> parts;
    /// Who hears of gaps; nobody named: the admins.
    std::vector<UserId> leads;
    /// Whether people are told that they are on when they are not at work.
    bool off_hours = false;
    /// Where the chat shows who is on now (on_call_place.hpp): the channel whose topic says it, and the user
    /// group whose members they are. Empty: nowhere.
    ChannelId topic;
    GroupId group;

    friend bool operator==(const Rotation&, const Rotation&) = default;
};

inline constexpr std::size_t rotations_max = 200;
inline constexpr std::size_t rotation_parts_max = 12;
inline constexpr std::size_t rotation_people_max = 100;

/// "daily", "weekly on monday", or the rule. What to_text writes is read back as the same value.
[[nodiscard]] std::string to_text(const RotationTurn& turn);
/// Nothing: it is none; `problem` says why. A rule is one of days (FREQ=DAILY, WEEKLY or MONTHLY) that goes
/// on for ever, whose times of day are left to the hand-over, and that hands over at least once in 400 days
/// from `starts` on.
[[nodiscard]] std::optional<RotationTurn> parse_turn(std::string_view text,
                                                     std::chrono::local_days starts,
                                                     std::string& problem);

/// Nothing: there is none of this name.
[[nodiscard]] const Rotation* find_rotation(const std::vector<Rotation>& rotations, std::string_view name);
/// Everybody who takes turns in it, each once.
[[nodiscard]] std::vector<UserId> people_of(const Rotation& rotation);

}  // namespace ackd
