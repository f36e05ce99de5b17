#include "bot/cadence/cadence.hpp"

#include "bot/cadence/cadence_words.hpp"
#include "bot/calendar_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ackd {

namespace {

constexpr std::array<std::string_view, 4> on_holiday_names{"skip", "before", "after", "keep"};

std::string_view called(std::chrono::weekday weekday)
{
    return weekday_names.at(weekday.c_encoding());
}

/// "monday, wednesday and friday"
std::string listed(const std::vector<std::chrono::weekday>& weekdays)
{
    std::string text;
    for (std::size_t index = 0; index < weekdays.size(); ++index) {
        if (index > 0) text += index + 1 == weekdays.size() ? " and " : ", ";
        text += called(weekdays[index]);
    }
    return text;
}

/// "first", "last"
std::string_view ordinal_text(int ordinal)
{
    return ordinal < 0 ? "last" : ordinal_words.at(static_cast<std::size_t>(ordinal) - 1);
}

/// "1st", "12th", "last day"
std::string day_of_month_text(int ordinal)
{
    if (ordinal < 0) return "last day";
    const bool is_teen = ordinal > 10 && ordinal < 14;
    switch (is_teen ? 0 : ordinal % 10) {
        case 1: return fmt::format("{}st", ordinal);
        case 2: return fmt::format("{}nd", ordinal);
        case 3: return fmt::format("{}rd", ordinal);
        default: return fmt::format("{}th", ordinal);
    }
}

struct DaysText {
    std::string operator()(const EveryDay& every) const
    {
        return every.interval == 1 ? "every day" : fmt::format("every {} days", every.interval);
    }
    std::string operator()(const EveryWorkingDay&) const { return "every working day"; }
    std::string operator()(const EveryWeek& every) const
    {
        if (every.interval == 1) {
            return every.weekdays == monday_to_friday() ? "every weekday" : "every " + listed(every.weekdays);
        }
        if (every.interval == 2 && every.weekdays.size() == 1)
            return "every second " + listed(every.weekdays);
        return fmt::format("every {} weeks on {}", every.interval, listed(every.weekdays));
    }
    std::string operator()(const DayOfPeriod& day) const
    {
        const std::string which = [&] {
            switch (day.kind) {
                case DayOfPeriod::Kind::business_day:
                    return fmt::format("{} working day", ordinal_text(day.ordinal));
                case DayOfPeriod::Kind::weekday:
                    return fmt::format("{} {}", ordinal_text(day.ordinal), called(day.weekday));
                case DayOfPeriod::Kind::calendar_day: break;
            }
            return day_of_month_text(day.ordinal);
        }();
        const std::string_view period = day.period == CadencePeriod::month ? "month" : "quarter";
        return day.interval == 1 ? fmt::format("{} of the {}", which, period)
                                 : fmt::format("{} every {} {}s", which, day.interval, period);
    }
    std::string operator()(const DaysByRule& by_rule) const { return by_rule.rule; }
};

}  // namespace

const std::vector<std::chrono::weekday>& monday_to_friday()
{
    static const std::vector<std::chrono::weekday> days{std::chrono::Monday,
                                                        std::chrono::Tuesday,
                                                        std::chrono::Wednesday,
                                                        std::chrono::Thursday,
                                                        std::chrono::Friday};
    return days;
}

std::string_view name_of(OnHoliday on_holiday)
{
    return on_holiday_names.at(static_cast<std::size_t>(on_holiday));
}

std::optional<OnHoliday> parse_on_holiday(std::string_view text, std::string& problem)
{
    const auto found = std::find(on_holiday_names.begin(), on_holiday_names.end(), text);
    if (found == on_holiday_names.end()) {
        problem = fmt::format(R"(on_holiday is "skip", "before", "after" or "keep", unlike "{}")",
                              text.substr(0, 40));
        return std::nullopt;
    }
    return static_cast<OnHoliday>(found - on_holiday_names.begin());
}

std::string to_text(const Cadence& cadence)
{
    return std::visit(DaysText{}, cadence.days) + " " + time_of_day_text(cadence.at);
}

}  // namespace ackd
