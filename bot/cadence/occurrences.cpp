#include "bot/cadence/occurrences.hpp"

#include "bot/cadence/recurrence_rule.hpp"
#include "bot/people/wall_clock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <variant>

namespace ackd {

namespace {

using LocalDay = std::chrono::local_days;
using Days = std::chrono::days;
using Years = std::chrono::years;
using YearMonthDay = std::chrono::year_month_day;

/// A local day may lie a day beside the one reckoned from UTC, and a zone may leave one out.
constexpr Days margin{3};
/// A Monday, the first of January: from where what counts from no day of its own is walked.
constexpr LocalDay any_start{std::chrono::local_days{std::chrono::year{2001} / 1 / 1}};

LocalDay first_of_month(LocalDay day)
{
    const YearMonthDay date{day};
    return LocalDay{date.year() / date.month() / 1};
}

int months_of(CadencePeriod period)
{
    return period == CadencePeriod::month ? 1 : 3;
}

LocalDay first_of_period(CadencePeriod period, LocalDay day)
{
    const YearMonthDay date{first_of_month(day)};
    const unsigned into = (static_cast<unsigned>(date.month()) - 1) %
                          static_cast<unsigned>(months_of(period));
    return LocalDay{YearMonthDay{date - std::chrono::months{into}}};
}

/// A rule, and the day from which it counts.
struct AnchoredRule {
    std::string rule;
    LocalDay anchor;
};

/// From where to walk to reach every day from `first` on, without the years before: by whole strides, so that
/// the rule counts on as it did.
LocalDay walk_start(const AnchoredRule& anchored, LocalDay first)
{
    const RuleShape shape = shape_of_rule(anchored.rule);
    const YearMonthDay date{anchored.anchor};
    switch (shape.frequency) {
        case RuleFrequency::day:
        case RuleFrequency::week: {
            const Days stride{shape.interval * (shape.frequency == RuleFrequency::week ? 7 : 1)};
            const auto strides = std::chrono::floor<Days>(first - anchored.anchor) / stride;
            return anchored.anchor + (strides - 2) * stride;
        }
        case RuleFrequency::month:
        case RuleFrequency::year: {
            // Not every year has a 29 February, nor every month a 31st. They are few: all of them are walked.
            if (date.day() > std::chrono::day{28}) return anchored.anchor;
            const int years = static_cast<int>(YearMonthDay{first}.year()) - static_cast<int>(date.year());
            return LocalDay{date + Years{(years / shape.interval - 2) * shape.interval}};
        }
        case RuleFrequency::other: break;
    }
    return anchored.anchor;
}

std::vector<LocalDay> days_of_rule(const AnchoredRule& anchored, LocalDay first, LocalDay last)
{
    RuleDays days{anchored.rule, walk_start(anchored, first)};
    std::vector<LocalDay> found;
    for (auto day = days.next(); day && *day <= last; day = days.next()) {
        if (*day >= first && (found.empty() || *day > found.back())) found.push_back(*day);
    }
    return found;
}

LocalDay monday_of(LocalDay day)
{
    return day - (std::chrono::weekday{day} - std::chrono::Monday);
}

/// The days that a cadence says, holidays or not.
class NominalDays {
public:
    NominalDays(const CadencePlan& plan, LocalDay first, LocalDay last)
        : plan_(plan),
          starts_(plan.cadence.starts.value_or(any_start)),
          first_(plan.cadence.starts ? std::max(first, starts_) : first),
          last_(last)
    {}

    std::vector<LocalDay> operator()(const EveryDay& every) const
    {
        return those([&](LocalDay day) { return (day - starts_).count() % every.interval == 0; });
    }
    std::vector<LocalDay> operator()(const EveryWorkingDay&) const
    {
        return those([&](LocalDay day) { return plan_.working_days.contains(day); });
    }
    std::vector<LocalDay> operator()(const EveryWeek& every) const
    {
        const auto is_one = [&](LocalDay day) {
            return std::find(every.weekdays.begin(), every.weekdays.end(), std::chrono::weekday{day}) !=
                   every.weekdays.end();
        };
        LocalDay anchor = starts_;
        while (!is_one(anchor)) anchor += Days{1};
        const std::chrono::weeks interval{every.interval};
        return those([&](LocalDay day) {
            return is_one(day) && (monday_of(day) - monday_of(anchor)) % interval == Days{0};
        });
    }
    std::vector<LocalDay> operator()(const DayOfPeriod& which) const
    {
        const std::chrono::months length{months_of(which.period)};
        const std::chrono::months stride = length * which.interval;
        const YearMonthDay anchor{first_of_period(which.period, starts_)};
        const YearMonthDay from{first_};
        // Whole strides, to one that begins before what is asked for.
        const auto ahead = (from.year() / from.month()) - (anchor.year() / anchor.month());
        YearMonthDay period = anchor + (ahead / stride - 1) * stride;
        std::vector<LocalDay> found;
        for (; LocalDay{period} <= last_; period += stride) {
            const auto day = day_of_period(which, LocalDay{period}, LocalDay{period + length});
            if (day && *day >= first_ && *day <= last_) found.push_back(*day);
        }
        return found;
    }
    std::vector<LocalDay> operator()(const DaysByRule& by) const
    {
        const bool counts = shape_of_rule(by.rule).counts_from_start;
        return days_of_rule({by.rule, counts ? starts_ : any_start}, first_, last_);
    }

private:
    template <class Predicate>
    [[nodiscard]] std::vector<LocalDay> those(Predicate is_one) const
    {
        std::vector<LocalDay> days;
        for (LocalDay day = first_; day <= last_; day += Days{1}) {
            if (is_one(day)) days.push_back(day);
        }
        return days;
    }

    [[nodiscard]] bool counts(const DayOfPeriod& which, LocalDay day) const
    {
        switch (which.kind) {
            case DayOfPeriod::Kind::calendar_day: return true;
            case DayOfPeriod::Kind::business_day: return plan_.working_days.contains(day);
            case DayOfPeriod::Kind::weekday: return std::chrono::weekday{day} == which.weekday;
        }
        return false;
    }
    /// Of the period that goes from one day up to another. Nothing: it has no such day.
    [[nodiscard]] std::optional<LocalDay> day_of_period(const DayOfPeriod& which,
                                                        LocalDay begins,
                                                        LocalDay behind) const
    {
        const bool is_from_end = which.ordinal < 0;
        const Days step{is_from_end ? -1 : 1};
        int left = std::abs(which.ordinal);
        for (LocalDay day = is_from_end ? behind - Days{1} : begins; begins <= day && day < behind;
             day += step) {
            if (counts(which, day) && --left == 0) return day;
        }
        return std::nullopt;
    }

    const CadencePlan& plan_;
    LocalDay starts_;
    LocalDay first_;
    LocalDay last_;
};

std::optional<LocalDay> nearest_working_day(const WorkingDays& working_days, LocalDay day, Days step)
{
    for (Days moved{0}; std::chrono::abs(moved) <= moved_at_most; moved += step) {
        if (working_days.contains(day + moved)) return day + moved;
    }
    return std::nullopt;
}

/// Where an occurrence takes place; nothing: it does not.
std::optional<LocalDay> landed(const CadencePlan& plan, LocalDay nominal)
{
    const WorkingDays& working_days = plan.working_days;
    switch (plan.cadence.on_holiday) {
        case OnHoliday::keep: return nominal;
        case OnHoliday::skip: return working_days.contains(nominal) ? std::optional{nominal} : std::nullopt;
        case OnHoliday::before: return nearest_working_day(working_days, nominal, Days{-1});
        case OnHoliday::after: return nearest_working_day(working_days, nominal, Days{1});
    }
    return std::nullopt;
}

const date::time_zone* zone_of(const CadencePlan& plan)
{
    return WorkingHours{plan.cadence.zone, plan.default_zone}.zone();
}

}  // namespace

bool WorkingDays::contains(LocalDay day) const
{
    return week.at(std::chrono::weekday{day}.iso_encoding() - 1) &&
           !std::binary_search(holidays.begin(), holidays.end(), day);
}

WorkingDays working_days_of(const WorkWeek& week,
                            const std::vector<std::string>& calendars,
                            const HolidayCalendars& known)
{
    WorkingDays days;
    for (std::size_t index = 0; index < days.week.size(); ++index)
        days.week.at(index) = !week.days.at(index).empty();
    for (const std::string& name : calendars) {
        const auto calendar = known.find(name);
        if (calendar == known.end() || calendar->second == nullptr) continue;
        for (const Holiday& holiday : calendar->second->holidays) days.holidays.push_back(holiday.day);
    }
    std::sort(days.holidays.begin(), days.holidays.end());
    return days;
}

std::vector<Occurrence> occurrences_between(const CadencePlan& plan, const TimeSpan& span)
{
    const WallClock clock{zone_of(plan)};
    const bool comes_later = plan.cadence.on_holiday == OnHoliday::after;
    const bool comes_sooner = plan.cadence.on_holiday == OnHoliday::before;
    const LocalDay first = clock.day(span.from) - margin - (comes_later ? moved_at_most : Days{0});
    const LocalDay last = clock.day(span.until) + margin + (comes_sooner ? moved_at_most : Days{0});
    std::vector<Occurrence> found;
    for (const LocalDay nominal : std::visit(NominalDays{plan, first, last}, plan.cadence.days)) {
        const auto day = landed(plan, nominal);
        const bool has_begun = day && (!plan.cadence.starts || *day >= *plan.cadence.starts);
        if (!has_begun) continue;
        const Occurrence occurrence{nominal, *day, clock.instant(*day, plan.cadence.at)};
        if (found.empty() || found.back().at < occurrence.at) {
            found.push_back(occurrence);
            continue;
        }
        // On the same day, or on one that a zone leaves out and the one behind it.
        if (nominal == *day) found.back() = occurrence;
    }
    std::erase_if(found,
                  [&](const Occurrence& each) { return each.at < span.from || each.at >= span.until; });
    return found;
}

std::optional<Occurrence> occurrence_of(const CadencePlan& plan, LocalDay nominal)
{
    LocalDay first = nominal;
    LocalDay last = nominal;
    const auto* of_period = std::get_if<DayOfPeriod>(&plan.cadence.days);
    if (of_period != nullptr && of_period->kind == DayOfPeriod::Kind::business_day) {
        first = first_of_period(of_period->period, nominal);
        last = LocalDay{YearMonthDay{first} + std::chrono::months{months_of(of_period->period)}} - Days{1};
    }
    const WallClock clock{zone_of(plan)};
    const Days around = moved_at_most + margin;
    const TimeSpan span{clock.instant(first, Duration{0}) - around,
                        clock.instant(last, Duration{0}) + around};
    for (const Occurrence& each : occurrences_between(plan, span)) {
        if (first <= each.nominal && each.nominal <= last) return each;
    }
    return std::nullopt;
}

bool is_same_occurrence(const Cadence& cadence, LocalDay one, LocalDay other)
{
    const auto* of_period = std::get_if<DayOfPeriod>(&cadence.days);
    if (of_period == nullptr || of_period->kind != DayOfPeriod::Kind::business_day) return one == other;
    return first_of_period(of_period->period, one) == first_of_period(of_period->period, other);
}

std::optional<Occurrence> next_occurrence(const CadencePlan& plan, Instant after)
{
    Instant from = after + Duration{1};
    if (plan.cadence.starts)
        from = std::max(from, Instant{plan.cadence.starts->time_since_epoch()} - Duration{margin});
    for (const Days length : {Days{8}, Days{92}, Days{1'000}}) {
        const auto found = occurrences_between(plan, {from, from + length});
        if (!found.empty()) return found.front();
        from += length;
    }
    return std::nullopt;
}

std::string problem_of_working_days(const CadencePlan& plan, Instant now)
{
    Instant from = now;
    if (plan.cadence.starts) from = std::max(from, Instant{plan.cadence.starts->time_since_epoch()});
    const auto next = next_occurrence(plan, from);
    if (next && next->at <= from + recurs_within + moved_at_most) return "";
    return fmt::format(
        "\"{}\" falls on no working day within 400 days: on_holiday = \"after\" moves it to the "
        "next one, \"keep\" leaves it where it is",
        to_text(plan.cadence));
}

}  // namespace ackd
