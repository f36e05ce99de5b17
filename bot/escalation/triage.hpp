// Triage: once a week somebody looks through the dead letters that have no cause yet, and says in one tap why
// each was never answered. It is about routes, places and wordings: who did not answer is shown to nobody,
// and who named a cause is not kept.
//
//   dead letter ──somebody looks──► one of seven causes ──three of a kind──► one proposal
//        │ └──answered after all──► needs none
//        └──two weeks──► nobody looked
//
// The cause of a triage is not the EndCause of the obligation: that says what happened (no answer), this says
// why.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace ackd {

/// Stored: do not renumber.
enum class TriageCause {
    wrong_person = 1,
    wrong_place = 2,
    unclear_ask = 3,
    overloaded = 4,
    no_longer_needed = 5,
    nobody_owns_it = 6,
    bot_fault = 7,
    nobody_looked = 8,   ///< none was named in time
    no_longer_kept = 9,  ///< it was named, or it needed none, too long ago
    needs_none = 10,     ///< it was settled without
};

/// Those that somebody can name.
inline constexpr std::array nameable_causes{TriageCause::wrong_person,
                                            TriageCause::wrong_place,
                                            TriageCause::unclear_ask,
                                            TriageCause::overloaded,
                                            TriageCause::no_longer_needed,
                                            TriageCause::nobody_owns_it,
                                            TriageCause::bot_fault};

/// Not of those that triage gives by itself.
[[nodiscard]] bool is_nameable(TriageCause cause);
/// "wrong_place": in menus, commands and the journal.
[[nodiscard]] std::string_view name_of(TriageCause cause);
/// "wrong place"
[[nodiscard]] std::string_view words_of(TriageCause cause);
/// One that can be named: "wrong_place", also with spaces or hyphens.
[[nodiscard]] std::optional<TriageCause> triage_cause_named(std::string_view word);

/// An obligation that was given up on, as triage sees it.
struct DeadLetter {
    ObligationId id;
    RequestId request;
    UserId owner;
    Instant given_up_at{};
    /// An answer came after all, or it was asked again.
    std::optional<Instant> answered_at;
    /// To who looked through them, the first time.
    std::optional<Instant> shown_at;
    std::optional<TriageCause> cause;
    std::optional<Instant> caused_at;
};

/// One week's.
struct TriageRound {
    std::chrono::local_days week{};  ///< its Monday
    UserId triager;                  ///< empty: there was nothing to look through
    /// The message that they have in front of them; 0: none (yet).
    std::int64_t sent_id = 0;
    Instant made_at{};
    /// In the order of the message.
    std::vector<ObligationId> letters;
};

}  // namespace ackd
