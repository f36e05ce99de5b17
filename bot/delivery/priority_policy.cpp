#include "bot/delivery/priority_policy.hpp"

#include "bot/people/availability.hpp"

namespace ackd {

using namespace std::chrono_literals;

std::string_view name_of(Priority priority)
{
    switch (priority) {
        case Priority::now: return "now";
        case Priority::today: return "today";
        case Priority::week: return "week";
        case Priority::fyi: return "fyi";
    }
    return "?";
}

std::optional<Priority> priority_named(std::string_view word)
{
    for (const Priority priority : all_priorities) {
        if (word == name_of(priority)) return priority;
    }
    return std::nullopt;
}

DeliveryPolicy default_delivery_policy()
{
    DeliveryPolicy policy;

    PriorityPolicy& now = policy.of(Priority::now);
    now.time_base = TimeBase::wall_clock;
    now.ack_within = 5min;
    now.nudges = {{0, 5min}, {0, 10min}, {0, 15min}};
    now.step_ends = {0, 20min};
    now.off_hours = true;
    now.integrate_within = working_day;

    PriorityPolicy& today = policy.of(Priority::today);
    today.ack_within = 2h;
    today.nudges = {{0.75, 0min}, {1, 0min}};
    today.step_ends = {1.25, 0min};
    today.bundling = Bundling::two_minutes;
    today.integrate_within = 2 * working_day;

    PriorityPolicy& week = policy.of(Priority::week);
    week.ack_within = 8h;
    week.nudges = {{1, 0min}, {1, 8h}};
    week.step_ends = {1, 16h};
    week.bundling = Bundling::digest_slot;
    week.integrate_within = 5 * working_day;

    PriorityPolicy& fyi = policy.of(Priority::fyi);
    fyi.expires_after = 5 * working_day;

    policy.second_reminder_after = 2 * working_day;
    policy.reminders_end_after = 5 * working_day;
    return policy;
}

}  // namespace ackd
