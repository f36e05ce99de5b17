// Rules that retire themselves: what the figures of a rule make of it. Values in, values out.
//
//   on ──figures say that it seldom helps──► in the digest ──14 days, and they do not say otherwise──► off
//   any ──an admin insists──► on, whatever the figures say, for 90 days
//
// A rule that is off loses nothing: an obligation goes through the same attempts at the same times, and on to
// the next step, a reminder, a dead letter. Only the message in between is not sent.
#pragma once

#include "bot/instant.hpp"
#include "bot/privacy/team_figure.hpp"

#include <optional>
#include <string_view>

namespace ackd {

/// Fewer say nothing.
inline constexpr int rule_samples_min = 20;
/// Of those who said whether it was useful, in percent.
inline constexpr int rule_useful_percent_min = 50;
/// Of the cases, in how many something moved within a working day, in percent.
inline constexpr int rule_moved_percent_min = 20;
/// What counts is what happened in the last so many days.
inline constexpr std::chrono::days rule_window{30};
/// From the digest to off.
inline constexpr std::chrono::days rule_digest_for{14};
/// How long an admin's word holds; then the figures count again, and an admin can insist again.
inline constexpr std::chrono::days rule_kept_for{90};

/// Stored: do not renumber.
enum class RuleState {
    on = 1,
    digest = 2,  ///< it interrupts nobody: the digest has it
    off = 3,     ///< it is not sent
};

/// Stored: do not renumber.
enum class RuleCause {
    figures = 1,
    by_hand = 2,  ///< an admin said so: no figure changes it
};

[[nodiscard]] std::string_view name_of(RuleState state);

struct RuleStanding {
    RuleState state = RuleState::on;
    RuleCause cause = RuleCause::figures;
    Instant since{};
    /// On until then, whatever the figures say.
    std::optional<Instant> kept_until;
    friend bool operator==(const RuleStanding&, const RuleStanding&) = default;
};

/// Of the last 30 days.
struct RuleFigures {
    /// Nudges of which it is known whether something moved within a working day, and where it did.
    int cases = 0;
    int moved = 0;
    /// Answers to whether it was useful, and how many said so.
    int judged = 0;
    int useful = 0;
    /// At least so many people are behind the cases, and behind the answers.
    int people_nudged = 0;
    int people_judging = 0;
};

enum class RuleVerdict {
    unknown,        ///< too few samples, or of too few people
    helps,          ///< by what is known
    seldom_useful,  ///< say those who were sent it
    seldom_moves,   ///< what it is about
};

[[nodiscard]] std::string_view name_of(RuleVerdict verdict);

/// No figure is made of fewer than five people.
[[nodiscard]] RuleVerdict verdict_on(const RuleFigures& figures);

/// The state that follows at `now`; nothing: it stays as it is. Never from on to off at once.
[[nodiscard]] std::optional<RuleState> next_state(const RuleStanding& standing,
                                                  const RuleFigures& figures,
                                                  Instant now);

/// What counts where nudges are decided. Where the policy says that rules do not retire, what retired by its
/// figures is on.
[[nodiscard]] RuleState state_in_force(const RuleStanding& standing, bool rules_retire);

}  // namespace ackd
