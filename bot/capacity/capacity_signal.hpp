// A signal of capacity: a team, or somebody for themselves, says that they have no room left. No reason is
// required, and it ends by itself.
//
//   said ──two minutes──► asked ──every function has answered──► relieved
//     └───────────────────────┴──────── "room again" ───────────────┴──► over
//
// What is *said* can be taken back before anybody hears of it. Once *asked*, each function of the contract
// owes an answer: a request raised along the contract's route (bot/escalation/raise.hpp), so that a missing
// answer is pursued like everything else that is. From the first word until its end it is *in force*: asks
// that are not urgent wait, and reminders come half as often. Its end by itself ends that and no more: what
// the functions were asked they still owe, or it would be enough to look away until it has passed.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace ackd {

/// Stored: do not renumber.
enum class CapacityLevel {
    ok = 1,    ///< there is room; ends what was said before
    near = 2,  ///< to be seen by whoever asks for something; changes nothing else
    at = 3,
};

[[nodiscard]] std::string_view name_of(CapacityLevel level);
/// "ok", "near", "at", and what people type for it: "full".
[[nodiscard]] std::optional<CapacityLevel> capacity_level_named(std::string_view word);

/// Stored: do not renumber.
enum class CapacityState { said = 1, asked = 2, relieved = 3, over = 4 };

[[nodiscard]] std::string_view name_of(CapacityState state);

/// What makes room: the closed list. Stored: do not renumber.
enum class Relief {
    none = 0,
    drop = 1,
    move = 2,
    lend = 3,
    accept = 4,  ///< nothing changes, and somebody has put their name to it
};

inline constexpr std::array all_reliefs{Relief::drop, Relief::move, Relief::lend, Relief::accept};

[[nodiscard]] std::string_view name_of(Relief relief);
[[nodiscard]] std::optional<Relief> relief_named(std::string_view word);

/// What who gave the signal says five working days after the relief. Stored: do not renumber.
enum class Helped { unknown = 0, yes = 1, in_part = 2, no = 3 };

[[nodiscard]] std::string_view name_of(Helped helped);
[[nodiscard]] std::optional<Helped> helped_named(std::string_view word);

struct CapacitySignal {
    CapacitySignalId id;
    /// Empty: the person speaks of themselves.
    std::string team;
    /// Who said so first.
    UserId person;
    CapacityLevel level = CapacityLevel::at;
    CapacityState state = CapacityState::said;
    std::string reason;
    Instant began_at{};
    Instant until{};
    bool is_in_force = true;
    /// Two of the team said so within two days: answers are wanted sooner.
    bool is_urgent = false;
    std::optional<Instant> relieved_at;
    std::optional<Instant> ended_at;
    /// When who gave it is asked whether it helped.
    std::optional<Instant> help_asked_at;
    Helped helped = Helped::unknown;
    /// Which shows how it stands; without a stamp: none does yet.
    MessageRef message;
    friend bool operator==(const CapacitySignal&, const CapacitySignal&) = default;
};

/// What a function was asked, and what it answered.
struct CapacityQuestion {
    RequestId request;
    CapacitySignalId signal;
    std::string function;
    /// By then an answer is expected, on the clock of whoever was asked first.
    Instant due_at{};
    Relief answer = Relief::none;
    UserId answered_by;
    std::optional<Instant> answered_at;
    /// What is dropped or moved, who is lent, or why nothing changes.
    std::string words;
    friend bool operator==(const CapacityQuestion&, const CapacityQuestion&) = default;
};

inline constexpr std::size_t capacity_reason_max = 200;
inline constexpr int relief_words_max = 500;

}  // namespace ackd
