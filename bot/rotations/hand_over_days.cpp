#include "bot/rotations/hand_over_days.hpp"

#include <fmt/format.h>
#include <libical/ical.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace ackd {

namespace {

using LocalDay = std::chrono::local_days;
using Days = std::chrono::days;

/// A rule that hands over more seldom is taken for a slip of the pen.
constexpr Days hand_over_within{400};

struct FreeIterator {
    void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};

icaltimetype time_of(LocalDay day)
{
    const std::chrono::year_month_day date{day};
    icaltimetype time = icaltime_null_date();
    time.year = static_cast<int>(date.year());
    time.month = static_cast<int>(static_cast<unsigned>(date.month()));
    time.day = static_cast<int>(static_cast<unsigned>(date.day()));
    // A null date is at no time of day, from which the iterator does not get on.
    time.hour = time.minute = time.second = 0;
    return time;
}

/// The days of a rule, one after the other; nothing once there are no more.
class RuleDays {
public:
    RuleDays(const icalrecurrencetype& rule, LocalDay starts)
        : iterator_(icalrecur_iterator_new(rule, time_of(starts)))
    {}

    [[nodiscard]] bool is_understood() const { return iterator_ != nullptr; }
    std::optional<LocalDay> next()
    {
        if (!iterator_) return std::nullopt;
        const icaltimetype time = icalrecur_iterator_next(iterator_.get());
        const std::chrono::year_month_day date{std::chrono::year{time.year},
                                               std::chrono::month{static_cast<unsigned>(time.month)},
                                               std::chrono::day{static_cast<unsigned>(time.day)}};
        if (icaltime_is_null_time(time) || !date.ok()) return std::nullopt;
        return LocalDay{date};
    }

private:
    std::unique_ptr<icalrecur_iterator, FreeIterator> iterator_;
};

icalrecurrencetype parsed(std::string_view rule)
{
    icalerror_set_errors_are_fatal(0);
    return icalrecurrencetype_from_string(std::string{rule}.c_str());
}

bool is_given(const short* list)
{
    return list[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

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
    RuleDays days{parsed(rule), starts};
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
    const bool is_plain = rule.size() <= rotation_rule_length_max &&
                          std::all_of(rule.begin(), rule.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (!is_plain)
        return fmt::format("a rule has at most {} plain characters, {}", rotation_rule_length_max, expected);
    const icalrecurrencetype read = parsed(rule);
    if (read.freq == ICAL_NO_RECURRENCE)
        return fmt::format("the rule \"{}\" is not understood; expected is one {}", rule, expected);
    if (read.freq != ICAL_DAILY_RECURRENCE && read.freq != ICAL_WEEKLY_RECURRENCE &&
        read.freq != ICAL_MONTHLY_RECURRENCE)
    {
        return fmt::format("the rule of a rotation is daily, weekly or monthly, {}", expected);
    }
    if (read.count != 0 || !icaltime_is_null_time(read.until))
        return "a rotation does not end: its rule has neither COUNT nor UNTIL";
    if (is_given(read.by_hour) || is_given(read.by_minute) || is_given(read.by_second))
        return "the time of day is hand_over: the rule has no BYHOUR, BYMINUTE or BYSECOND";
    RuleDays days{read, starts};
    LocalDay last = starts - Days{1};
    while (last < starts + 3 * hand_over_within) {
        const auto next = days.next();
        if (!next || *next <= last || *next > last + hand_over_within)
            return fmt::format("the rule \"{}\" does not hand over within 400 days", rule);
        last = *next;
    }
    return "";
}

}  // namespace ackd
