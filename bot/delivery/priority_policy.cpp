#include "bot/delivery/priority_policy.hpp"

#include "bot/people/availability.hpp"

#include <fmt/format.h>

#include <cmath>
#include <functional>

namespace ackd {

using namespace std::chrono_literals;

namespace {

/// "5 min", "2 h", "2 working days": as the table of the documentation says it.
std::string length_text(Duration length, TimeBase base)
{
    const std::string_view working = base == TimeBase::working_time ? "working " : "";
    if (base == TimeBase::working_time && length > working_day && length % working_day == Duration{0}) {
        return fmt::format("{} working days", length / working_day);
    }
    if (length % 1h == Duration{0})
        return fmt::format("{} {}hour{}", length / 1h, working, length == 1h ? "" : "s");
    return fmt::format("{} {}minutes", length / 1min, working);
}

/// "75 %", "5 min", "100 % + 8 h".
std::string offset_text(const NudgeOffset& offset)
{
    const std::string extra = offset.extra % 1h == Duration{0} ? fmt::format("{} h", offset.extra / 1h)
                                                               : fmt::format("{} min", offset.extra / 1min);
    if (offset.share == 0) return offset.extra == Duration{0} ? "at once" : extra;
    const std::string share = fmt::format("{} %", std::lround(offset.share * 100));
    return offset.extra == Duration{0} ? share : share + " + " + extra;
}

std::string nudges_text(const PriorityPolicy& policy)
{
    std::string text;
    for (const NudgeOffset& nudge : policy.nudges) text += (text.empty() ? "" : ", ") + offset_text(nudge);
    return text.empty() ? "none" : text;
}

std::string bundling_text(Bundling bundling)
{
    switch (bundling) {
        case Bundling::none: return "none";
        case Bundling::two_minutes: return "2 minutes";
        case Bundling::digest_slot: return "9:30, 13:00, 16:30 local";
    }
    return "?";
}

}  // namespace

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
    now.off_hours = OffHours::always();
    now.integrate_within = working_day;
    now.lets_go_after = 4h;

    PriorityPolicy& today = policy.of(Priority::today);
    today.ack_within = 2h;
    today.nudges = {{0.75, 0min}, {1, 0min}};
    today.step_ends = {1.25, 0min};
    today.bundling = Bundling::two_minutes;
    today.integrate_within = 2 * working_day;
    today.asks_asker = true;
    today.lets_go_after = 4h;

    PriorityPolicy& week = policy.of(Priority::week);
    week.ack_within = 8h;
    week.nudges = {{1, 0min}, {1, 8h}};
    week.step_ends = {1, 16h};
    week.bundling = Bundling::digest_slot;
    week.integrate_within = 5 * working_day;
    week.asks_asker = true;

    PriorityPolicy& fyi = policy.of(Priority::fyi);
    fyi.nudges = {{0, 0min}};
    fyi.bundling = Bundling::digest_slot;
    fyi.expires_after = 5 * working_day;

    policy.second_reminder_after = 2 * working_day;
    policy.reminders_end_after = 5 * working_day;
    policy.need_answered_within = working_day;
    policy.need_stands_for = working_day;
    policy.sleep_ends_after = 10 * working_day;
    return policy;
}

std::string priorities_as_markdown()
{
    const DeliveryPolicy policy = default_delivery_policy();
    std::string text = "| |";
    for (const Priority priority : all_priorities) text += fmt::format(" `{}` |", name_of(priority));
    text += "\n|---|---|---|---|---|\n";
    const auto row = [&](std::string_view title,
                         const std::function<std::string(const PriorityPolicy&)>& cell) {
        text += fmt::format("| {} |", title);
        for (const Priority priority : all_priorities)
            text += fmt::format(" {} |", cell(policy.of(priority)));
        text += "\n";
    };
    row("an ack is expected within", [](const PriorityPolicy& each) {
        return each.expires_after ? std::string{"no ack wanted"}
                                  : length_text(each.ack_within, each.time_base);
    });
    row("nudges to the debtor", nudges_text);
    row("then the next step of the route, at", [](const PriorityPolicy& each) {
        return each.expires_after ? std::string{"never"} : offset_text(each.step_ends);
    });
    row("bundled with what is due within", [](const PriorityPolicy& each) {
        return each.nudges.empty() ? std::string{"none"} : bundling_text(each.bundling);
    });
    row("reaches people off hours", [](const PriorityPolicy& each) { return to_text(each.off_hours); });
    row("from \"Got it\" to \"is it done?\"", [](const PriorityPolicy& each) {
        return each.integrate_within ? length_text(*each.integrate_within, TimeBase::working_time)
                                     : "never asked";
    });
    row("who asked is asked before the second nudge",
        [](const PriorityPolicy& each) { return each.asks_asker ? "yes" : "no"; });
    row("a \"Got it\" without a word is let go of", [](const PriorityPolicy& each) {
        return each.lets_go_after ? length_text(2 * *each.lets_go_after, TimeBase::working_time) : "never";
    });
    row("ends by itself after", [](const PriorityPolicy& each) {
        return each.expires_after ? length_text(*each.expires_after, TimeBase::working_time) : "never";
    });
    text += fmt::format("\nAt every priority: a second question {} after the first, a dead letter {} after "
                        "that; at most {} snoozes.\n",
                        length_text(policy.second_reminder_after, TimeBase::working_time),
                        length_text(policy.reminders_end_after, TimeBase::working_time),
                        policy.snoozes_max);
    text += fmt::format(
        "Who asked has {} to say that it is still needed, which stands for as long as {}; then it "
        "sleeps, and ends after {}.\n",
        length_text(policy.need_answered_within, TimeBase::working_time),
        length_text(policy.need_stands_for, TimeBase::working_time),
        length_text(policy.sleep_ends_after, TimeBase::working_time));
    return text;
}

}  // namespace ackd
