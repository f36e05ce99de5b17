#include "bot/cadence/recurrence_rule.hpp"

#include "bot/lower_case.hpp"

#include <libical/ical.h>

#include <algorithm>
#include <string>
#include <vector>

namespace ackd {

namespace {

using LocalDay = std::chrono::local_days;
using Days = std::chrono::days;
using YearMonthDay = std::chrono::year_month_day;

/// What falls on no day for so long does not come again.
constexpr Days looked_through{4'000};

struct FreeIterator {
    void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};

icaltimetype time_of(LocalDay day)
{
    const YearMonthDay date{day};
    icaltimetype time = icaltime_null_date();
    time.year = static_cast<int>(date.year());
    time.month = static_cast<int>(static_cast<unsigned>(date.month()));
    time.day = static_cast<int>(static_cast<unsigned>(date.day()));
    // A null date is at no time of day, from which the iterator does not get on.
    time.hour = time.minute = time.second = 0;
    return time;
}

icalrecurrencetype parsed(std::string_view rule)
{
    icalerror_set_errors_are_fatal(0);
    return icalrecurrencetype_from_string(std::string{rule}.c_str());
}

bool is_given(const short* list)
{
    return list[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

std::vector<int> given_in(const short* list)
{
    std::vector<int> values;
    for (; *list != ICAL_RECURRENCE_ARRAY_MAX; ++list) values.push_back(*list);
    return values;
}

/// Empty: every day is.
bool is_one_of(const std::vector<int>& month_days, const YearMonthDay& date)
{
    const auto length = static_cast<unsigned>((date.year() / date.month() / std::chrono::last).day());
    const int day = static_cast<int>(static_cast<unsigned>(date.day()));
    const int from_end = day - static_cast<int>(length) - 1;
    return month_days.empty() || std::any_of(month_days.begin(), month_days.end(), [&](int each) {
               return each == day || each == from_end;
           });
}

/// From where the library counts weeks as the standard has it: the first of the rule's weekdays in the week
/// of the start, which may lie before it.
LocalDay counted_from(const icalrecurrencetype& rule, LocalDay starts)
{
    if (rule.freq != ICAL_WEEKLY_RECURRENCE || !is_given(rule.by_day)) return starts;
    // The library's weekdays are numbered from Sunday, 1, on.
    const auto weekday_of = [](int number) {
        return std::chrono::weekday{static_cast<unsigned>(number - 1)};
    };
    const std::chrono::weekday week_start = weekday_of(rule.week_start);
    LocalDay day = starts - (std::chrono::weekday{starts} - week_start);
    const auto weekdays = given_in(rule.by_day);
    while (std::none_of(weekdays.begin(), weekdays.end(), [&](int each) {
        return weekday_of(icalrecurrencetype_day_day_of_week(static_cast<short>(each))) ==
               std::chrono::weekday{day};
    }))
        day += Days{1};
    return day;
}

RuleFrequency frequency_of(const icalrecurrencetype& rule)
{
    switch (rule.freq) {
        case ICAL_DAILY_RECURRENCE: return RuleFrequency::day;
        case ICAL_WEEKLY_RECURRENCE: return RuleFrequency::week;
        case ICAL_MONTHLY_RECURRENCE: return RuleFrequency::month;
        case ICAL_YEARLY_RECURRENCE: return RuleFrequency::year;
        default: return RuleFrequency::other;
    }
}

bool counts_from_start(const icalrecurrencetype& rule)
{
    if (rule.interval != 1) return true;
    const bool is_of_year = rule.freq == ICAL_YEARLY_RECURRENCE;
    const bool names_days = is_given(rule.by_day) || is_given(rule.by_month_day) ||
                            (is_of_year && is_given(rule.by_year_day));
    return rule.freq != ICAL_DAILY_RECURRENCE && !names_days;
}

RuleShape shape_of(const icalrecurrencetype& rule)
{
    return {frequency_of(rule), rule.interval, counts_from_start(rule)};
}

bool recurs(std::string_view rule, LocalDay starts)
{
    RuleDays days{rule, starts};
    LocalDay last = starts - Days{1};
    while (last < starts + 3 * recurs_within) {
        const auto next = days.next();
        if (!next || *next <= last || *next > last + recurs_within) return false;
        last = *next;
    }
    return true;
}

RuleFlaw flaw_of(std::string_view text, const icalrecurrencetype& rule, LocalDay starts)
{
    if (rule.freq == ICAL_NO_RECURRENCE) return RuleFlaw::not_understood;
    if (frequency_of(rule) == RuleFrequency::other) return RuleFlaw::too_often;
    if (rule.count != 0 || !icaltime_is_null_time(rule.until)) return RuleFlaw::ends;
    if (is_given(rule.by_hour) || is_given(rule.by_minute) || is_given(rule.by_second))
        return RuleFlaw::says_the_time;
    if (!recurs(text, starts)) return RuleFlaw::too_seldom;
    return RuleFlaw::none;
}

}  // namespace

struct RuleDays::Iterator {
    std::unique_ptr<icalrecur_iterator, FreeIterator> walk;
    LocalDay last;
    /// From `starts` on, in order.
    LocalDay not_before;
    /// Of a rule by days: which days of a month count, from its end where negative. Empty: all.
    std::vector<int> month_days;
};

RuleDays::RuleDays(std::string_view rule, LocalDay starts) : iterator_(std::make_unique<Iterator>())
{
    icalrecurrencetype read = parsed(rule);
    if (read.freq == ICAL_DAILY_RECURRENCE) {
        iterator_->month_days = given_in(read.by_month_day);
        read.by_month_day[0] = ICAL_RECURRENCE_ARRAY_MAX;
    }
    iterator_->last = iterator_->not_before = starts;
    iterator_->walk.reset(icalrecur_iterator_new(read, time_of(counted_from(read, starts))));
}

RuleDays::~RuleDays() = default;
RuleDays::RuleDays(RuleDays&&) noexcept = default;
RuleDays& RuleDays::operator=(RuleDays&&) noexcept = default;

std::optional<LocalDay> RuleDays::next()
{
    while (iterator_->walk) {
        const icaltimetype time = icalrecur_iterator_next(iterator_->walk.get());
        const YearMonthDay date{std::chrono::year{time.year},
                                std::chrono::month{static_cast<unsigned>(time.month)},
                                std::chrono::day{static_cast<unsigned>(time.day)}};
        if (icaltime_is_null_time(time) || !date.ok()) break;
        const LocalDay day{date};
        if (day > iterator_->last + looked_through) break;
        if (day < iterator_->not_before || !is_one_of(iterator_->month_days, date)) continue;
        iterator_->last = day;
        return day;
    }
    iterator_->walk.reset();
    return std::nullopt;
}

RuleShape shape_of_rule(std::string_view rule)
{
    return shape_of(parsed(rule));
}

RuleReading read_rule(std::string_view text, LocalDay starts)
{
    RuleReading reading;
    const bool is_plain = text.size() <= recurrence_rule_length_max &&
                          std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (!is_plain) {
        reading.flaw = RuleFlaw::not_plain;
        return reading;
    }
    // Not given to the library, which keeps what it allocates for the name of a calendar.
    if (lower_case(std::string{text}).find("rscale") != std::string::npos) {
        reading.flaw = RuleFlaw::other_calendar;
        return reading;
    }
    const icalrecurrencetype rule = parsed(text);
    reading.shape = shape_of(rule);
    reading.flaw = flaw_of(text, rule, starts);
    return reading;
}

}  // namespace ackd
