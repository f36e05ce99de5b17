// Faults that can be built in on purpose, so that the simulation can show that it would catch them. In the
// daemon they do not exist: the condition is a constant false.
#pragma once

#ifndef ACKD_MUTATIONS
#error "a file with mutations belongs in sources_with_mutations of bot/CMakeLists.txt"
#endif

namespace ackd {

enum class Mutation {
    none,
    confirm_before_commit,  ///< tell the chat "got it" while it can still be lost
    forget_in_doubt,        ///< after a crash, send again without looking whether it arrived
    nudge_twice,            ///< put every nudge into the outbox twice
    nudge_after_ack,        ///< do not look at the state again when a nudge is leased
    skip_deduplication,     ///< take a redelivered input as a new one
    ignore_working_hours,   ///< let every nudge leave at any hour
    forget_stand_down,      ///< leave those who were called in without the news that it is over
    confirm_refused,        ///< tell the chat "got it" although the database refused it
    forget_outcome,         ///< drop the outcomes of effects with a refused transaction
    forget_deadline,        ///< save a changed obligation without its new deadline
    skip_step_delay,        ///< ask a route's next step at once
    forget_redraw,          ///< leave a card as it was first posted
    skip_step,              ///< take two steps of a route at once
    forget_record,          ///< change an obligation without a fact in the journal
    ignore_budget,          ///< interrupt people however often they were interrupted today
    double_digest,          ///< send the same digest again
    ignore_absences,        ///< ask people who are out
    ignore_holidays,        ///< ask people on days on which nobody works
    ignore_work_week,       ///< take everybody's hours for the usual ones
    forget_other_hours,     ///< leave deadlines where they were when somebody's hours become others
    forget_summer_time,     ///< take a time of day in summer for one in winter: an hour off
    ignore_other_writers,   ///< go on by what memory holds after another program's commit
    ask_nobody_first,       ///< nudge again without asking who asked whether they still need it
    ignore_do_not_disturb,  ///< ask people who do not want to be disturbed
    repeat_attempts,        ///< begin the nudges of a step anew when the policy changes
    retire_now,             ///< let rules of priority now retire like all others
    overhear_objection,     ///< let silence decide although somebody objected
    lose_retired,           ///< let an obligation wait where its reminder is not sent
    pursue_answered,        ///< go on asking although the question was answered
    one_is_enough,          ///< stand everybody down although a step wants more than one who takes it
    ignore_signal,          ///< ask nobody when a team says that it is at capacity
    forget_occurrence,      ///< let what comes round pass without beginning it
    keep_said_back,         ///< keep what somebody said back after its turn is over
};

#if ACKD_MUTATIONS
inline Mutation active_mutation = Mutation::none;
[[nodiscard]] inline bool is_mutated(Mutation mutation)
{
    return active_mutation == mutation;
}
#else
[[nodiscard]] constexpr bool is_mutated(Mutation)
{
    return false;
}
#endif

}  // namespace ackd
