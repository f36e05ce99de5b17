// One quarter lived through: the whole bot on a database of its own, the simulated chat and clock, and people
// who do what the plan says. Every invariant is checked on the way, and at the end that nothing is left open.
//
// What is counted here is counted apart from the bot: from the messages that people see, by the hours of the
// plan.
#pragma once

#include "tests/replay/quarter_plan.hpp"
#include "tests/simulation/simulated_world.hpp"

#include <array>
#include <map>
#include <optional>
#include <vector>

namespace ackd::replay {

struct QuarterOptions {
    /// Nothing: as the policy's default has it.
    std::optional<int> interruptions_per_day;
    /// Without them, what is for this week interrupts as well.
    bool has_digests = true;
    /// Whether questions are looked for in the channel; three of the forty answer there.
    bool watches_questions = false;
};

/// As often as a policy can say.
inline constexpr int unlimited_interruptions = 100;

struct QuarterFigures {
    /// An invariant that does not hold; then all the rest is incomplete.
    std::optional<simulation::Violation> violation;
    int interruptions_allowed = 0;

    // What was asked, and what became of it by the end of the quarter.
    std::int64_t requests_by_reaction = 0;
    std::int64_t requests_by_command = 0;
    std::array<std::int64_t, 4> requests_by_priority{};
    std::int64_t asked = 0;  ///< people asked, of all requests
    std::int64_t answered = 0;
    std::int64_t dead_letters = 0;

    // Messages to one person. At priority now they are no part of the budget, and may come at any hour.
    std::int64_t nudges = 0;  ///< and questions whether it is done
    std::int64_t news = 0;    ///< about what one asked oneself
    std::int64_t digests = 0;
    std::int64_t urgent = 0;
    std::int64_t outside_hours = 0;
    std::int64_t urgent_outside_hours = 0;
    /// Nudges and news, for each person and week of the quarter.
    std::vector<int> by_person_and_week;
    /// Nudges and news in one day of one person's: the most there were.
    int most_in_a_day = 0;

    /// Of questions that ackd looked for, where it did: those it took messages for; those nobody had answered
    /// when they were looked at, of which who asked was told; and how many of these had an answer in the end.
    std::int64_t questions_heard = 0;
    std::int64_t questions_unanswered = 0;
    std::int64_t questions_answered_then = 0;

    /// What a reminder would have sent that sends a message for each nudge when it is due by the wall clock.
    std::int64_t naive_messages = 0;
    std::int64_t naive_outside_hours = 0;

    /// From being asked to the ack, in working time of whoever was asked, where a nudge came before the
    /// answer; in order.
    std::array<std::vector<Duration>, 4> nudged_ack_times;

    [[nodiscard]] std::int64_t interruptions() const { return nudges + news; }
};

[[nodiscard]] QuarterFigures live_through(const QuarterPlan& plan, const QuarterOptions& options);

}  // namespace ackd::replay
