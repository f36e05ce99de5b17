#include "bot/rotations/hand_over_days.hpp"

#include "bot/cadence/recurrence_rule.hpp"

#include <fmt/format.h>

namespace ackd {

namespace {

using LocalDay = std::chrono::local_days;
using Days = std::chrono::days;

std::vector<TurnStart> of_equal_length(
    LocalDay starts, LocalDay second, Days length, LocalDay first, LocalDay last)
{
    const auto day_of = [&](std::int64_t index) {
        return index == 0 ? starts : second + (index - 1) * length;
    };
    std::int64_t index = first < second ? 0 : (first - second) / length + 1;
    std::vector<TurnStart> turns;
    do {
        turns.push_back({index, day_of(index)});
    } while (day_of(index++) <= last);
    return turns;
}

std::vector<TurnStart> by_rule(const std::string& rule, LocalDay starts, LocalDay first, LocalDay last)
{
    std::vector<TurnStart> turns{{0, starts}};
    RuleDays days{rule, starts};
    while (turns.back().day <= last && turns.back().index < turns_by_rule_max) {
        const auto day = days.next();
        if (!day) break;
        if (*day <= turns.back().day) continue;
        const TurnStart next{turns.back().index + 1, *day};
        // Only the last of those before is of any interest.
        if (*day <= first) turns.clear();
        turns.push_back(next);
    }
    return turns;
}

}  // namespace

std::vector<TurnStart> turn_starts(const RotationTurn& turn, LocalDay starts, LocalDay first, LocalDay last)
{
    switch (turn.length) {
        case TurnLength::day: return of_equal_length(starts, starts + Days{1}, Days{1}, first, last);
        case TurnLength::week: {
            const Days ahead = turn.weekday - std::chrono::weekday{starts};
            const LocalDay second = starts + (ahead == Days{0} ? Days{7} : ahead);
            return of_equal_length(starts, second, Days{7}, first, last);
        }
        case TurnLength::by_rule: return by_rule(turn.rule, starts, first, last);
    }
    return {};
}

std::string problem_of_rule(std::string_view rule, LocalDay starts)
{
    constexpr std::string_view expected = "such as FREQ=WEEKLY;INTERVAL=2 or FREQ=MONTHLY;BYDAY=1MO";
    const RuleReading read = read_rule(rule, starts);
    const bool is_of_days = read.shape.frequency != RuleFrequency::other &&
                            read.shape.frequency != RuleFrequency::year;
    if (read.flaw == RuleFlaw::not_plain) {
        return fmt::format(
            "a rule has at most {} plain characters, {}", recurrence_rule_length_max, expected);
    }
    if (read.flaw == RuleFlaw::not_understood)
        return fmt::format("the rule \"{}\" is not understood; expected is one {}", rule, expected);
    if (!is_of_days) return fmt::format("the rule of a rotation is daily, weekly or monthly, {}", expected);
    if (read.flaw == RuleFlaw::ends) return "a rotation does not end: its rule has neither COUNT nor UNTIL";
    if (read.flaw == RuleFlaw::says_the_time)
        return "the time of day is hand_over: the rule has no BYHOUR, BYMINUTE or BYSECOND";
    if (read.flaw == RuleFlaw::too_seldom)
        return fmt::format("the rule \"{}\" does not hand over within 400 days", rule);
    return "";
}

}  // namespace ackd
