// Read-back: what must not be misunderstood is said back, in a line, by one or two of those who received it,
// and who asked says whether that is it. An ack proves that it arrived; this, that it was understood.
//
//   waiting ──as many as needed have received it──► running ──"That's it"──► right
//      ▲                                              │  │
//      │◄──it was taken back, or "Not quite"──────────┘  ├──nobody says it back in time──► not given
//      │                                                 └──nobody judges it in time──► not judged
//      └──the request is called off, or who asked is gone (from running as well)──► called off
//
// While it runs, whoever likes has the first word; then somebody is picked at random of those who are at work
// and may be interrupted. Each of them has a *turn*: asked, then given, then over. How a turn ended is not
// kept, so that nobody can count it; what was said is deleted with its end. Pure.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// Stored: do not renumber.
enum class ReadBackState {
    waiting = 1,  ///< for those who receive it
    running = 2,
    right = 3,
    not_given = 4,
    not_judged = 5,
    called_off = 6,
};

[[nodiscard]] std::string_view name_of(ReadBackState state);
/// Nothing that happens later changes a final state.
[[nodiscard]] bool is_final(ReadBackState state);

enum class ReadBackEvent {
    heard,       ///< as many as needed have received it
    unheard,     ///< they have not any more, and nobody is at it
    asked,       ///< somebody was picked, or says it without being asked
    given,       ///< it was said back
    passed,      ///< "Not now", or a turn ended in another way: somebody else may have it
    lapsed,      ///< a turn ended without a line or a judgement, and another one goes on
    confirmed,   ///< "That's it", and another one is still to come
    right,       ///< "That's it"
    not_quite,   ///< everybody is asked again, with a correction
    not_given,   ///< nobody said it back
    not_judged,  ///< it was said back, and nobody judged it
    called_off,  ///< the request is over in another way
};

struct ReadBackTransition {
    ReadBackState from;
    ReadBackEvent event;
    ReadBackState to;
    std::string_view meaning;  ///< one line for the documentation
};

[[nodiscard]] std::string_view name_of(ReadBackEvent event);
/// All of them, grouped by state.
[[nodiscard]] const std::vector<ReadBackTransition>& read_back_transitions();
/// Where `event` leads from `from`; nothing: it does not apply there and changes nothing.
[[nodiscard]] std::optional<ReadBackState> next_state(ReadBackState from, ReadBackEvent event);
/// The table as docs/obligations.md prints it.
[[nodiscard]] std::string read_back_transitions_as_markdown();

/// Stored: do not renumber.
enum class TurnState { asked = 1, given = 2, over = 3 };

struct ReadBackTurn {
    std::int64_t id = 0;  ///< 0: not stored yet
    UserId person;
    /// By which they have received it.
    ObligationId obligation;
    bool is_volunteer = false;
    TurnState state = TurnState::asked;
    Instant asked_at{};
    /// When it ends by itself; nothing: it is over.
    std::optional<Instant> until;
    /// What they said; only while it is given.
    std::string words;

    friend bool operator==(const ReadBackTurn&, const ReadBackTurn&) = default;
};

struct ReadBack {
    RequestId request;
    ReadBackState state = ReadBackState::waiting;
    /// How many say it back: one or two.
    int wanted = 1;
    Instant wanted_at{};
    /// Since when as many as needed have received it; nothing: they have not.
    std::optional<Instant> ready_at;
    /// When somebody is picked; nothing: nobody is to be.
    std::optional<Instant> pick_at;
    int right_count = 0;
    /// Turns that are used up without a "That's it"; of these, the ones that were not judged.
    int lapsed_count = 0;
    int unjudged_count = 0;
    /// "Not now": somebody else is picked, once.
    int passed_count = 0;
    /// By who asked; empty: there was none.
    std::string correction;
    std::vector<ReadBackTurn> turns;

    friend bool operator==(const ReadBack&, const ReadBack&) = default;
};

/// The longest line that is said back, and the longest correction, in characters.
inline constexpr int said_back_length_max = 200;
inline constexpr int correction_length_max = 500;
/// Nobody is picked twice within it.
inline constexpr std::chrono::days picked_again_after{14};
/// An author's read-backs are counted over it.
inline constexpr std::chrono::days read_backs_counted_over{7};

/// How many turns nobody has yet.
[[nodiscard]] int free_turns(const ReadBack& read_back);
/// Their turn that goes on, or null.
[[nodiscard]] const ReadBackTurn* running_turn_of(const ReadBack& read_back, const UserId& person);
[[nodiscard]] bool has_running_turn(const ReadBack& read_back);
/// When something must happen next; nothing unless it runs.
[[nodiscard]] std::optional<Instant> due_at(const ReadBack& read_back);
/// What it comes to when no turn is free and none goes on.
[[nodiscard]] std::optional<ReadBackEvent> outcome_of(const ReadBack& read_back);

/// Somebody who has received it.
struct ReadBackCandidate {
    UserId person;
    /// They had a turn in it, or were picked for another one lately.
    bool was_picked = false;
    /// At work, with interruptions left, and not asked about another one.
    bool may_be_asked_now = false;
    /// When to look again if not.
    Instant asked_again_at{};
};

struct ReadBackPick {
    /// Empty: nobody now.
    UserId person;
    /// When to look again; nothing: there is nobody to wait for.
    std::optional<Instant> again_at;
};

/// One of those who may be asked now, each with the same probability; `random` is evenly distributed. After
/// `ends_by` nobody is waited for.
[[nodiscard]] ReadBackPick pick(const std::vector<ReadBackCandidate>& candidates,
                                std::uint64_t random,
                                Instant ends_by);

/// A read-back that an author has asked for.
struct WantedReadBack {
    Instant at{};
    int wanted = 0;
};

/// When the author may have something said back by `wanted` people: `now` when at once; nothing: never,
/// because that is more than a week has. `earlier` are those of the last seven days, oldest first.
[[nodiscard]] std::optional<Instant> next_possible(const std::vector<WantedReadBack>& earlier,
                                                   int wanted,
                                                   int a_week,
                                                   Instant now);

}  // namespace ackd
