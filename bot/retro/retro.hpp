// A retro as the policy names it: whose it is, how often, what is asked, and whether answers have names.
//
// What happens: its cadence comes round → the team is asked to write down what it noticed, once at the
// start and once a day before the end → the window closes → the facilitator groups what was written
// into themes → the team votes with dots → action items become asks with an owner and a date → the next
// retro opens with them.
#pragma once

#include "bot/cadence/cadence.hpp"
#include "bot/ids.hpp"
#include "bot/instant.hpp"

#include <string>
#include <vector>

namespace ackd {

struct Retro {
    std::string name;  ///< unique
    /// Who takes part.
    std::string team;
    /// Empty: the team's.
    ChannelId channel;
    /// When the window for answers opens.
    Cadence cadence;
    /// How long it stays open: working time, in the hours that everybody has.
    Duration open_for = std::chrono::hours{24};
    /// Nobody can tell whose an answer is, not even with the database (docs/privacy.md).
    bool is_anonymous = true;
    /// Take turns; empty: the team's leads, and if it has none everybody of it.
    std::vector<UserId> facilitators;
    /// Beyond the five of ackd.
    std::vector<std::string> questions;
    /// So many of all questions are asked each time; those left out come next.
    int questions_each = 5;
    /// What each person may give away in votes.
    int dots = 3;
    friend bool operator==(const Retro&, const Retro&) = default;
};

/// Bounds of what a policy may say.
inline constexpr std::size_t retros_max = 100;
inline constexpr std::size_t retro_own_questions_max = 15;
inline constexpr std::size_t retro_question_length_max = 150;
inline constexpr int retro_questions_each_max = 8;
inline constexpr int retro_dots_max = 10;
inline constexpr Duration retro_open_least = std::chrono::hours{8};
inline constexpr Duration retro_open_most = std::chrono::hours{80};

}  // namespace ackd
