#include "bot/capacity/capacity_rules.hpp"

#include <algorithm>

namespace ackd {

std::string_view name_of(CapacityLevel level)
{
    switch (level) {
        case CapacityLevel::ok: return "ok";
        case CapacityLevel::near: return "near";
        case CapacityLevel::at: return "at";
    }
    return "?";
}

std::optional<CapacityLevel> capacity_level_named(std::string_view word)
{
    if (word == "full") return CapacityLevel::at;
    for (const CapacityLevel level : {CapacityLevel::ok, CapacityLevel::near, CapacityLevel::at}) {
        if (word == name_of(level)) return level;
    }
    return std::nullopt;
}

std::string_view name_of(CapacityState state)
{
    switch (state) {
        case CapacityState::said: return "said";
        case CapacityState::asked: return "asked";
        case CapacityState::relieved: return "relieved";
        case CapacityState::over: return "over";
    }
    return "?";
}

std::string_view name_of(Relief relief)
{
    switch (relief) {
        case Relief::none: return "none";
        case Relief::drop: return "drop";
        case Relief::move: return "move";
        case Relief::lend: return "lend";
        case Relief::accept: return "accept";
    }
    return "?";
}

std::optional<Relief> relief_named(std::string_view word)
{
    for (const Relief relief : all_reliefs) {
        if (word == name_of(relief)) return relief;
    }
    return std::nullopt;
}

std::string_view name_of(Helped helped)
{
    switch (helped) {
        case Helped::unknown: return "unknown";
        case Helped::yes: return "yes";
        case Helped::in_part: return "in_part";
        case Helped::no: return "no";
    }
    return "?";
}

std::optional<Helped> helped_named(std::string_view word)
{
    for (const Helped helped : {Helped::yes, Helped::in_part, Helped::no}) {
        if (word == name_of(helped)) return helped;
    }
    return std::nullopt;
}

std::optional<CapacitySignal> next_signal(const CapacitySignal& signal,
                                          CapacityEvent event,
                                          const WorkingHours& hours,
                                          Instant now)
{
    CapacitySignal next = signal;
    switch (event) {
        case CapacityEvent::grace_over:
            if (signal.state != CapacityState::said || signal.level != CapacityLevel::at) return std::nullopt;
            next.state = CapacityState::asked;
            return next;
        case CapacityEvent::all_answered:
            if (signal.state != CapacityState::asked) return std::nullopt;
            next.state = CapacityState::relieved;
            next.relieved_at = now;
            next.help_asked_at = hours.add_working_time(now, capacity_helped_after);
            return next;
        case CapacityEvent::nobody_left:
            if (signal.state != CapacityState::asked || signal.is_in_force) return std::nullopt;
            next.state = CapacityState::over;
            return next;
        case CapacityEvent::room_again:
            if (signal.state == CapacityState::over) return std::nullopt;
            next.state = CapacityState::over;
            break;
        case CapacityEvent::time_over:
            if (!signal.is_in_force) return std::nullopt;
            // What is owed to it stays owed, as long as somebody is asked for it.
            if (signal.state != CapacityState::asked) next.state = CapacityState::over;
            break;
    }
    if (next.is_in_force) next.ended_at = now;
    next.is_in_force = false;
    return next;
}

std::optional<Instant> due_of(const CapacitySignal& signal)
{
    std::optional<Instant> due = signal.help_asked_at;
    const auto consider = [&due](Instant at) { due = due ? std::min(*due, at) : at; };
    if (signal.is_in_force) consider(signal.until);
    if (signal.state == CapacityState::said && signal.level == CapacityLevel::at)
        consider(signal.began_at + capacity_asked_after);
    return due;
}

PriorityPolicy pace_of_capacity(const PriorityPolicy& usual, const CapacityContract& contract, bool is_urgent)
{
    PriorityPolicy pace = usual;
    pace.time_base = TimeBase::working_time;
    pace.ack_within = is_urgent ? contract.answer_sooner : contract.answer_within;
    // Of a step that calls somebody, the last one is its end.
    pace.nudges = {NudgeOffset{0.5, Duration{0}}, NudgeOffset{1.0, Duration{0}}};
    pace.step_ends = NudgeOffset{1.0, Duration{0}};
    pace.bundling = Bundling::two_minutes;
    pace.off_hours = OffHours{};
    // Who has it and gives no answer is let go of long before that.
    pace.integrate_within = 3 * pace.ack_within;
    pace.expires_after.reset();
    pace.asks_asker = false;
    pace.lets_go_after = pace.ack_within / 2;
    return pace;
}

bool may_wait(Priority priority, const std::optional<Instant>& asked_by, Instant free_at)
{
    if (priority != Priority::week && priority != Priority::fyi) return false;
    return !asked_by || *asked_by > free_at;
}

MissingAnswers missing_answers(const std::vector<CapacityQuestion>& questions, Instant now)
{
    MissingAnswers missing;
    for (const CapacityQuestion& question : questions) {
        if (question.answer != Relief::none || question.due_at > now) continue;
        ++missing.count;
        missing.since = missing.since ? std::min(*missing.since, question.due_at) : question.due_at;
    }
    return missing;
}

bool calls_resync(const ResyncStanding& resync, Instant now)
{
    if (resync.is_asking) return false;
    if (resync.asked_at && *resync.asked_at + capacity_resync_pause > now) return false;
    return !resync.next_at || *resync.next_at > resync.closes_at;
}

std::optional<Duration> median_time_to_relief(const std::vector<CapacitySignal>& signals)
{
    std::vector<Duration> times;
    for (const CapacitySignal& signal : signals) {
        if (signal.relieved_at) times.push_back(*signal.relieved_at - signal.began_at);
    }
    if (times.empty()) return std::nullopt;
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>((times.size() - 1) / 2);
    std::nth_element(times.begin(), middle, times.end());
    return *middle;
}

}  // namespace ackd
