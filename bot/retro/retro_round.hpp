// What a retro keeps of a round: what is asked, what was answered, its themes, and what follows.
//
//   open ──its window closes──► grouping ──themes are there──► voting ──voting is closed──► deciding
//     │                            │                             │                             │
//     └──nobody wrote anything─────┴────── nobody goes on with it for five working days ───────┴──► over
//                                                                 deciding ── somebody ends it ──► over
//
// While it is open nothing is known of what comes in: neither whose it is, nor when it came, nor how much it
// is. Answers lie sealed, each a row of its own under random bits (retro_table.hpp says how), and get their
// numbers when the window closes. The next round ends the one before, wherever that stands.
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
enum class RetroState { open = 1, grouping = 2, voting = 3, deciding = 4, over = 5 };
/// "grouping": in the journal.
[[nodiscard]] std::string_view name_of(RetroState state);

/// How a round ended. Stored: do not renumber.
enum class RetroEnd {
    none = 0,
    said = 1,           ///< somebody ended it
    by_itself = 2,      ///< nobody went on with it, or the next one began
    nothing_said = 3,   ///< there was not one answer
    team_was_gone = 4,  ///< the policy names neither it nor its team any more
};
[[nodiscard]] std::string_view name_of(RetroEnd end);

/// What ackd itself knows of the time since the last round: figures about the team, and none about fewer than
/// five people (bot/privacy/team_figure.hpp). Nothing: it is not told.
struct RetroFigures {
    /// What was asked of people of the team, and nobody answered.
    std::optional<int> dead_letters;
    /// What was asked of them, and handed back.
    std::optional<int> declined;
    /// What functions owe the team because it is at capacity, and have not answered: no figure about its
    /// people.
    int unanswered_capacity = 0;
    friend bool operator==(const RetroFigures&, const RetroFigures&) = default;
};

struct RetroRound {
    RetroRoundId id;
    /// As the policy calls it, and whose it is.
    std::string retro;
    std::string team;
    /// Of this retro, from 1 on.
    int number = 1;
    std::chrono::local_days nominal;
    RetroState state = RetroState::open;
    /// As the policy said when it began.
    bool is_anonymous = true;
    int dots = 3;
    /// Whose turn it is; empty: nobody's who is there, so anybody of the team goes on with it.
    UserId facilitator;
    Instant opened_at{};
    /// What ackd itself knows is of the time since then.
    Instant facts_since{};
    RetroFigures figures;
    /// When everybody is reminded; nothing: they were, or will not be.
    std::optional<Instant> remind_at;
    Instant closes_at{};
    /// Later than it was said, for an outage: that happens once.
    bool was_moved = false;
    /// From the close on: when it is looked at again whether the facilitator is there, and when it ends by
    /// itself.
    std::optional<Instant> look_at;
    std::optional<Instant> left_alone_until;
    std::optional<Instant> ended_at;
    RetroEnd end = RetroEnd::none;
    /// Which shows it; without a stamp: none does yet.
    MessageRef message;
    friend bool operator==(const RetroRound&, const RetroRound&) = default;
};

/// One answer, or a note (`question` is 0), as everybody sees it from the close on.
struct RetroEntry {
    /// Within the round, from 1 on.
    int number = 0;
    /// Its place among the round's questions, from 1 on.
    int question = 0;
    std::string text;
    /// Of a retro with names; else empty.
    UserId person;
    /// Its place among the themes; 0: none.
    int theme = 0;
    friend bool operator==(const RetroEntry&, const RetroEntry&) = default;
};

struct RetroTheme {
    /// From 1 on.
    int place = 0;
    std::string title;
    /// Known when voting is closed.
    int dots = 0;
    friend bool operator==(const RetroTheme&, const RetroTheme&) = default;
};

/// What is done about it: an ask with an owner and a date.
struct RetroAction {
    RequestId request;
    RetroRoundId round;
    std::string text;
    friend bool operator==(const RetroAction&, const RetroAction&) = default;
};

/// Something found in what was said before.
struct RetroFound {
    RetroRoundId round;
    std::string retro;
    int number = 1;
    Instant opened_at{};
    std::string text;
    friend bool operator==(const RetroFound&, const RetroFound&) = default;
};

/// Bounds of what people may say.
inline constexpr int retro_answer_length_max = 1'000;
/// Notes included.
inline constexpr int retro_answers_max = 300;
inline constexpr std::size_t retro_themes_max = 30;
inline constexpr std::size_t retro_title_length_max = 60;
inline constexpr int retro_grouping_length_max = 3'000;
/// What a team takes on at once: of more, less is done.
inline constexpr std::size_t retro_actions_max = 3;
inline constexpr int retro_action_length_max = 200;

}  // namespace ackd
