#include "bot/people/off_hours.hpp"

#include "bot/lower_case.hpp"
#include "bot/people/availability.hpp"
#include "bot/trimmed.hpp"

#include <algorithm>

namespace ackd {

namespace {

constexpr std::string_view holiday_clause = "not on holidays";

}  // namespace

std::string to_text(const OffHours& off_hours)
{
    switch (off_hours.when) {
        case OffHours::When::never: return "never";
        case OffHours::When::always: return "always";
        case OffHours::When::in_week: break;
    }
    std::string text = to_text(off_hours.week);
    if (!off_hours.on_holidays) text.append("; ").append(holiday_clause);
    return text;
}

std::optional<OffHours> parse_off_hours(std::string_view text, std::string& problem)
{
    const std::string lower = lower_case(std::string{trimmed(text)});
    if (lower == "never") return OffHours{};
    if (lower == "always") return OffHours::always();
    OffHours off_hours;
    off_hours.when = OffHours::When::in_week;
    std::string_view hours = lower;
    if (hours.ends_with(holiday_clause)) {
        off_hours.on_holidays = false;
        hours.remove_suffix(holiday_clause.size());
        hours = trimmed(hours);
        if (hours.ends_with(';') || hours.ends_with(',')) hours.remove_suffix(1);
    }
    const auto week = parse_work_week(trimmed(hours), problem);
    if (!week) {
        problem = "off hours are \"never\", \"always\", or hours such as Mon-Fri 7:00-22:00: " + problem;
        return std::nullopt;
    }
    off_hours.week = *week;
    return off_hours;
}

Instant next_reachable_instant(const OffHours& off_hours, const WorkingHours& hours, Instant at)
{
    if (off_hours.when == OffHours::When::always) return at;
    const Instant at_work = hours.next_working_instant(at);
    if (off_hours.when == OffHours::When::never || at_work == at) return at_work;
    return std::min(at_work, hours.in_week(off_hours.week, off_hours.on_holidays).next_working_instant(at));
}

bool may_be_reached(const OffHours& off_hours, const WorkingHours& hours, Instant at)
{
    return next_reachable_instant(off_hours, hours, at) == at;
}

}  // namespace ackd
