// How the teammates of a sandbox are, and what each therefore does with what reaches them. Pure.
#pragma once

#include "sandbox/model/seeded_random.hpp"
#include "sandbox/model/slack_identifiers.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

enum class Temperament { prompt, slow, forgets, overloaded, away, on_call };

/// As the page is told: "slow".
[[nodiscard]] std::string_view name_of(Temperament temperament);
/// One sentence for people.
[[nodiscard]] std::string_view words_for(Temperament temperament);

/// What has reached somebody.
enum class Call {
    mention,  ///< somebody named them
    request,  ///< the app asks them for something, where everybody sees it
    nudge,    ///< the app asks them again, or asks them alone
};

enum class Move {
    answer,      ///< the button that says yes, or a few words
    decline,     ///< the one that says no
    look_at_it,  ///< 👀 now, and the rest later
    leave,       ///< nothing
};

struct Intention {
    Move move = Move::leave;
    std::chrono::minutes after{0};
    /// How long after having answered they have done it; nothing: they never say so.
    std::optional<std::chrono::minutes> done_after;
    bool at_any_hour = false;
};

[[nodiscard]] Intention intend(Temperament temperament, Call call, SeededRandom& random);

/// How long until they say or ask something by themselves; nothing: they do not.
[[nodiscard]] std::optional<std::chrono::minutes> next_own_word(Temperament temperament,
                                                                SeededRandom& random);

}  // namespace sandbox
