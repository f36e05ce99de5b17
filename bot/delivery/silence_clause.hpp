// The silence clause: what was asked says what holds without an answer. Nobody is called in and nothing
// becomes a dead letter; the deadline itself is the answer of whoever says nothing. Pure.
//
// Two Generals: an answer may never come, so what its absence means is agreed before the message is sent, and
// whoever reads it can rely on it.
//
//   waiting ──begun──► running ──all_answered──► agreed
//                        │  ▲ │
//                        │  └─┘ longer: once, a working day, no reason needed
//                        ├──objected──► objected (it is somebody's decision now)
//                        └──lapsed──► by_silence ──objected, within two working days──► reversed
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"
#include "bot/people/availability.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace ackd {

/// What holds without an answer. Stored: do not renumber.
enum class SilenceEffect {
    goes_ahead = 1,
    does_not_happen = 2,
    somebody_decides = 3,  ///< SilenceClause::decider is asked to
    asked_again = 4,       ///< whoever has not answered, this time with nudges and the route
};

/// Stored: do not renumber.
enum class SilenceState {
    waiting = 1,     ///< nobody was asked yet, and perhaps nobody will be
    running = 2,     ///< it decides at Request::decides_at
    agreed = 3,      ///< as many as needed have answered, and nobody objected
    by_silence = 4,  ///< its time is over: the effect holds
    objected = 5,    ///< somebody objected in time: whoever owns it decides
    reversed = 6,    ///< somebody objected within two working days after
    called_off = 7,  ///< the request ended in another way
};

enum class SilenceEvent { begun, longer, all_answered, lapsed, objected, called_off };

[[nodiscard]] std::string_view name_of(SilenceEffect effect);
[[nodiscard]] std::string_view name_of(SilenceState state);
[[nodiscard]] std::optional<SilenceEffect> silence_effect_named(std::string_view word);

/// Where `event` leads; nothing: it does not apply there.
[[nodiscard]] std::optional<SilenceState> next_state(SilenceState from, SilenceEvent event);

/// What the asker chose.
struct SilenceChoice {
    SilenceEffect effect = SilenceEffect::goes_ahead;
    /// For SilenceEffect::somebody_decides.
    UserId decider{};

    friend bool operator==(const SilenceChoice&, const SilenceChoice&) = default;
};

struct SilenceClause {
    RequestId request;
    SilenceChoice choice;
    SilenceState state = SilenceState::waiting;
    /// Who objected; empty while nobody has.
    UserId objector{};
    /// Somebody needed longer.
    bool is_longer = false;
    std::optional<Instant> decided_at{};
    /// Until when an objection reverses it; nothing: no longer, not yet, or there is nothing to reverse.
    std::optional<Instant> reversible_until{};
};

/// Somebody who is asked, and when they hear of it.
struct SilentReader {
    WorkingHours hours;
    Instant hears_at{};
};

/// When silence becomes the answer: when the asker wants it to, and not before everybody has had a working
/// day.
[[nodiscard]] Instant silence_decides_at(const std::vector<SilentReader>& readers,
                                         std::optional<Instant> wanted);
/// A working day later, for everybody.
[[nodiscard]] Instant a_working_day_longer(const std::vector<SilentReader>& readers, Instant decides_at);
/// Two working days for everybody, from when it was decided.
[[nodiscard]] Instant silence_reversible_until(const std::vector<SilentReader>& readers, Instant decided_at);

/// Somebody is away for so long that waiting for them is not what the asker can have meant.
inline constexpr std::chrono::days silence_waits_max{30};

/// Whether somebody decides now: since somebody objected, or since silence made it theirs.
[[nodiscard]] bool is_somebodys_to_decide(const SilenceClause& clause);

/// Whether there is anything to reverse about what held by silence.
[[nodiscard]] bool is_reversible(SilenceEffect effect);

}  // namespace ackd
