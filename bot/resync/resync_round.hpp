// What a resync keeps of a round: who was asked, what teams said, and where they see things differently.
//
//   asking ──its time is over──► posted ──the next round begins──► closed
//
// While it asks and after it was posted answers count; those that come late are added in place. A divergence
// ends once, in one way:
//
//   open ──its leads say so──► reconciled
//     ├──one of them accepts it, with words──► accepted
//     ├──the route is used up──► given up (and somebody decides: it is a dead letter)
//     ├──the answers agree by now──► agreed
//     └──the policy names the resync, or one of the teams, no longer──► dropped
//
// What was given up on can still be settled.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// Stored: do not renumber.
enum class ResyncState { asking = 1, posted = 2, closed = 3 };

struct ResyncRound {
    ResyncRoundId id;
    /// As the policy calls it.
    std::string resync;
    std::chrono::local_days nominal;
    /// The team that has said too often that it has no room: for it this one came out of turn. Mostly empty.
    std::string called_by;
    ResyncState state = ResyncState::asking;
    Instant asked_at{};
    /// When who has not answered is reminded; nothing: they were.
    std::optional<Instant> remind_at;
    Instant closes_at{};
    /// Which shows it; without a stamp: none does yet.
    MessageRef message;
    friend bool operator==(const ResyncRound&, const ResyncRound&) = default;
};

/// Something that one team does for another.
struct Dependency {
    /// The other team.
    std::string team;
    std::string what;
    std::optional<std::chrono::local_days> by;
    friend bool operator==(const Dependency&, const Dependency&) = default;
};

struct TeamAnswer {
    ResyncRoundId round;
    std::string team;
    /// Who said it last.
    UserId person;
    Instant answered_at{};
    std::vector<std::string> priorities;
    std::vector<Dependency> waits_for;
    /// What it does for others.
    std::vector<Dependency> owes;
    std::vector<std::string> surprises;
    std::vector<std::string> risks;
    friend bool operator==(const TeamAnswer&, const TeamAnswer&) = default;
};

/// Stored: do not renumber.
enum class DivergenceKind {
    not_listed = 1,    ///< `team` waits for something that `other` does not name
    dates_differ = 2,  ///< both name it, with different dates
    same_work = 3,     ///< both name it among their priorities
};
/// Stored: do not renumber.
enum class DivergenceState { open = 1, reconciled = 2, accepted = 3, given_up = 4, agreed = 5, dropped = 6 };
/// "not_listed", "given_up": in the journal.
[[nodiscard]] std::string_view name_of(DivergenceKind kind);
[[nodiscard]] std::string_view name_of(DivergenceState state);

/// What two answers say differently.
struct Difference {
    DivergenceKind kind = DivergenceKind::not_listed;
    std::string team;
    std::string other;
    std::string what;
    /// As the other side calls it; empty: it does not.
    std::string other_what;
    std::optional<std::chrono::local_days> by;
    std::optional<std::chrono::local_days> other_by;
    friend bool operator==(const Difference&, const Difference&) = default;
};

/// One that is, or was, owed by the leads of both sides.
struct Divergence {
    DivergenceId id;
    std::string resync;
    /// In which it was seen first.
    ResyncRoundId round;
    Difference difference;
    DivergenceState state = DivergenceState::open;
    RequestId request;
    UserId ended_by;
    std::optional<Instant> ended_at;
    /// Why it may stay different.
    std::string words;
    /// The line below the round's message; without a stamp: there is none yet.
    MessageRef message;
    friend bool operator==(const Divergence&, const Divergence&) = default;
};

struct Surprise {
    std::int64_t id = 0;
    std::string team;
    std::string text;
    Instant said_at{};
    friend bool operator==(const Surprise&, const Surprise&) = default;
};

/// Bounds of what a form may say.
inline constexpr std::size_t resync_lines_max = 12;
inline constexpr std::size_t resync_line_length_max = 160;
inline constexpr int resync_text_max = 2'000;
inline constexpr std::size_t surprise_length_max = 300;
inline constexpr int difference_words_max = 300;

}  // namespace ackd
