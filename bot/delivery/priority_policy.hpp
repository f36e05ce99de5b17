// The four priorities and what each means for the clocks: a table of values, which a team's configuration may
// change.
#pragma once

#include "bot/instant.hpp"
#include "bot/people/off_hours.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// Stored: do not renumber.
enum class Priority { now = 1, today = 2, week = 3, fyi = 4 };

inline constexpr std::array all_priorities{Priority::now, Priority::today, Priority::week, Priority::fyi};

[[nodiscard]] std::string_view name_of(Priority priority);
[[nodiscard]] std::optional<Priority> priority_named(std::string_view word);

/// What a nudge waits for so that several become one message.
enum class Bundling {
    none,
    two_minutes,  ///< the next even minute
    digest_slot,  ///< the recipient's next 9:30, 13:00 or 16:30
};

enum class TimeBase { wall_clock, working_time };

/// When a nudge is due, counted from the start of the step: `share` of the time allowed, plus `extra`.
struct NudgeOffset {
    double share = 0;
    Duration extra{0};
    friend bool operator==(const NudgeOffset&, const NudgeOffset&) = default;
};

struct PriorityPolicy {
    TimeBase time_base = TimeBase::working_time;
    /// The time allowed for an ack when the asker names no deadline.
    Duration ack_within{0};
    /// The nudges of a step, in order; then `step_ends`, when the next step of the route is asked.
    std::vector<NudgeOffset> nudges;
    NudgeOffset step_ends;
    Bundling bundling = Bundling::none;
    /// Whether and when nudges may reach people outside their working hours.
    OffHours off_hours{};
    /// From an ack to the first question whether it is done; nothing: integration is not asked for. Always
    /// working time.
    std::optional<Duration> integrate_within;
    /// Nobody is nudged or escalated to; the obligation ends by itself after this much working time.
    std::optional<Duration> expires_after;
    /// Whether who asked is asked first, before somebody hears of it a second time or another step is called.
    bool asks_asker = false;
    /// From a "Got it" that says no more to "is it still with you?", and from there, without a word, to the
    /// next step of the route; nothing: it stays with whoever has it. Always working time.
    std::optional<Duration> lets_go_after;

    friend bool operator==(const PriorityPolicy&, const PriorityPolicy&) = default;
};

struct DeliveryPolicy {
    std::array<PriorityPolicy, 4> by_priority;
    /// After the reminder at the promised date: when the question "new date, hand over, drop" follows, and
    /// how long that may stay unanswered before it is a dead letter. Working time.
    Duration second_reminder_after{};
    Duration reminders_end_after{};
    /// How often one obligation may be snoozed, so that it ends.
    int snoozes_max = 3;
    /// How long who asked has to say whether they still need it; then it goes to sleep. And how long a yes
    /// stands before they are asked again. Their working time.
    Duration need_answered_within{};
    Duration need_stands_for{};
    /// How long it sleeps before it ends. Their working time.
    Duration sleep_ends_after{};
    friend bool operator==(const DeliveryPolicy&, const DeliveryPolicy&) = default;

    [[nodiscard]] const PriorityPolicy& of(Priority priority) const
    {
        return by_priority[static_cast<std::size_t>(priority) - 1];
    }
    [[nodiscard]] PriorityPolicy& of(Priority priority)
    {
        return by_priority[static_cast<std::size_t>(priority) - 1];
    }
};

/// The table of the documentation (docs/priorities.md).
[[nodiscard]] DeliveryPolicy default_delivery_policy();

/// The default policy as docs/priorities.md prints it.
[[nodiscard]] std::string priorities_as_markdown();

}  // namespace ackd
