// What follows from a signal of capacity, as pure rules: its states, whom it spares until when, when an
// answer is due, and what its history says.
#pragma once

#include "bot/capacity/capacity_contract.hpp"
#include "bot/capacity/capacity_signal.hpp"
#include "bot/delivery/priority_policy.hpp"
#include "bot/people/availability.hpp"

#include <optional>
#include <vector>

namespace ackd {

/// Until then what was said can be taken back, and nobody has heard of it.
inline constexpr Duration capacity_asked_after = std::chrono::minutes{2};
/// Of a signal that names no end. Working time.
inline constexpr Duration capacity_lasts = 5 * working_day;
inline constexpr std::chrono::days capacity_until_max{92};
/// From the relief to the question whether it helped. Working time.
inline constexpr Duration capacity_helped_after = 5 * working_day;
/// Signals of two people of one team that are no further apart make it urgent.
inline constexpr std::chrono::days capacity_urgent_within{2};
/// More signals of a team than that within these days speak of how it is run: a resync.
inline constexpr int capacity_signals_max = 3;
inline constexpr std::chrono::days capacity_counted_within{30};

/// They call the team's resync, unless one of its rounds was asked within these days.
inline constexpr std::chrono::days capacity_resync_pause{7};

enum class CapacityEvent {
    grace_over,    ///< nobody took it back
    all_answered,  ///< every function
    nobody_left,   ///< nobody is asked any more: its route was in vain, or there was nobody to ask
    room_again,    ///< somebody says so
    time_over,     ///< `until` has come
};

/// The signal after it. Nothing: it changes nothing in this state. `hours` are those of who gave the signal.
[[nodiscard]] std::optional<CapacitySignal> next_signal(const CapacitySignal& signal,
                                                        CapacityEvent event,
                                                        const WorkingHours& hours,
                                                        Instant now);

/// When something happens next by itself; nothing: nothing does.
[[nodiscard]] std::optional<Instant> due_of(const CapacitySignal& signal);

/// The clocks of what a function is asked: the whole time allowed for the first step, one reminder in its
/// middle; whoever says "Got it" and does not answer has as long, and then the route goes on.
[[nodiscard]] PriorityPolicy pace_of_capacity(const PriorityPolicy& usual,
                                              const CapacityContract& contract,
                                              bool is_urgent);

/// Whether an ask may wait for whoever has no room: it is not urgent, and nobody has named an earlier date.
[[nodiscard]] bool may_wait(Priority priority, const std::optional<Instant>& asked_by, Instant free_at);

/// Questions that nobody has answered, and since when the oldest is due.
struct MissingAnswers {
    int count = 0;
    std::optional<Instant> since;
};
[[nodiscard]] MissingAnswers missing_answers(const std::vector<CapacityQuestion>& questions, Instant now);

/// How a resync stands that a team would call.
struct ResyncStanding {
    /// When its newest round was asked; nothing: there was none.
    std::optional<Instant> asked_at;
    /// Its leads are asked, and there is time for their answers.
    bool is_asking = false;
    /// When it comes by itself.
    std::optional<Instant> next_at;
    /// When a round that begins now would be over.
    Instant closes_at{};
};
/// Whether it begins now, out of turn: not while people are asked already, nor when they were lately, nor
/// when they would be again before it is over.
[[nodiscard]] bool calls_resync(const ResyncStanding& resync, Instant now);

/// The one in the middle of those that were relieved; nothing: none was.
[[nodiscard]] std::optional<Duration> median_time_to_relief(const std::vector<CapacitySignal>& signals);

}  // namespace ackd
