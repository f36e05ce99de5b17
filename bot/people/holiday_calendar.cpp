#include "bot/people/holiday_calendar.hpp"

#include <fmt/format.h>
#include <libical/ical.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace ackd {

namespace {

using LocalDay = std::chrono::local_days;
using Days = std::chrono::days;

constexpr std::size_t name_length_max = 100;

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
struct FreeIterator {
    void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};

struct Unreadable {
    std::string problem;
};

std::optional<LocalDay> day_of(const icaltimetype& time)
{
    const std::chrono::year_month_day date{std::chrono::year{time.year},
                                           std::chrono::month{static_cast<unsigned>(time.month)},
                                           std::chrono::day{static_cast<unsigned>(time.day)}};
    if (icaltime_is_null_time(time) || time.year < 1900 || time.year > 2200 || !date.ok())
        return std::nullopt;
    return LocalDay{date};
}

bool is_at_midnight(const icaltimetype& time)
{
    return time.is_date || (time.hour == 0 && time.minute == 0 && time.second == 0);
}

std::string text_of(const char* text)
{
    std::string plain = text == nullptr ? "" : text;
    std::replace_if(
        plain.begin(), plain.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
    if (plain.size() <= name_length_max) return plain;
    std::size_t end = name_length_max;
    while (end > 0 && (static_cast<unsigned char>(plain[end]) & 0xC0U) == 0x80U) --end;
    return plain.substr(0, end);
}

/// What matters of an event must have been understood; the library leaves out what it cannot read.
void require_understood(icalcomponent* event, const std::string& name)
{
    static constexpr std::array<std::string_view, 8> needed{
        "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS"};
    for (icalproperty* error = icalcomponent_get_first_property(event, ICAL_XLICERROR_PROPERTY);
         error != nullptr;
         error = icalcomponent_get_next_property(event, ICAL_XLICERROR_PROPERTY))
    {
        const char* words = icalproperty_get_xlicerror(error);
        const std::string_view said = words == nullptr ? "" : words;
        for (const std::string_view property : needed) {
            if (said.find(property) == std::string_view::npos) continue;
            throw Unreadable{fmt::format(
                "the {} of the event \"{}\" is not understood; dates are written 20261224, and rules such as "
                "FREQ=YEARLY",
                property,
                name)};
        }
    }
}

/// One VEVENT, as far as it matters.
struct Event {
    icalcomponent* component;
    std::string name;
    std::string uid;
    LocalDay first;
    Days length;
    std::optional<LocalDay> replaces;
    bool is_cancelled;
};

std::optional<Event> read_event(icalcomponent* component)
{
    Event event{component, text_of(icalcomponent_get_summary(component)), "", {}, Days{1}, {}, false};
    require_understood(component, event.name);
    if (const char* uid = icalcomponent_get_uid(component)) event.uid = uid;
    event.is_cancelled = icalcomponent_get_status(component) == ICAL_STATUS_CANCELLED;

    const icaltimetype start = icalcomponent_get_dtstart(component);
    const auto first = day_of(start);
    if (!first) {
        throw Unreadable{fmt::format(
            "the event \"{}\" has no date between 1900 and 2200; expected is DTSTART;VALUE=DATE:20261224",
            event.name)};
    }
    event.first = *first;
    // The library reckons the end from a duration where there is no end, and gives the start where there is
    // neither.
    const icaltimetype end = icalcomponent_get_dtend(component);
    const auto behind = icaltime_is_null_time(end) ? first : day_of(end);
    if (!behind || *behind < *first) {
        throw Unreadable{fmt::format(
            "the event \"{}\" ends before it begins; DTEND is the day after its last", event.name)};
    }
    if (!is_at_midnight(start) || !(icaltime_is_null_time(end) || is_at_midnight(end)) ||
        (!start.is_date && *behind == *first))
    {
        return std::nullopt;
    }
    event.length = std::max(Days{1}, *behind - *first);
    if (event.length > Days{holiday_length_max_days}) {
        throw Unreadable{fmt::format("the event \"{}\" lasts longer than a year", event.name)};
    }
    const icaltimetype replaced = icalcomponent_get_recurrenceid(component);
    if (!icaltime_is_null_time(replaced)) {
        event.replaces = day_of(replaced);
        icalproperty* property = icalcomponent_get_first_property(component, ICAL_RECURRENCEID_PROPERTY);
        if (icalproperty_get_first_parameter(property, ICAL_RANGE_PARAMETER) != nullptr) {
            throw Unreadable{fmt::format("the event \"{}\" changes all that follow (RANGE); write a second "
                                         "event, and end the first with UNTIL",
                                         event.name)};
        }
    }
    return event;
}

class Expansion {
public:
    Expansion(LocalDay from, LocalDay until) : from_(from), until_(until) {}

    void add(icalcomponent* component)
    {
        if (++events_ > holiday_events_max)
            throw Unreadable{fmt::format("it has more than {} events", holiday_events_max)};
        if (auto event = read_event(component))
            known_.push_back(std::move(*event));
        else
            calendar_.timed_events += 1;
    }

    HolidayCalendar result()
    {
        for (const Event& event : known_) {
            if (event.replaces) replaced_.emplace(event.uid, *event.replaces);
        }
        for (const Event& event : known_) {
            if (event.is_cancelled) continue;
            if (event.replaces)
                take(event, event.first);
            else
                take_all(event);
        }
        for (auto& [day, name] : days_) calendar_.holidays.push_back(Holiday{day, std::move(name)});
        return std::move(calendar_);
    }

private:
    void take(const Event& event, LocalDay first)
    {
        const LocalDay last = std::min(first + event.length - Days{1}, until_);
        for (LocalDay day = std::max(first, from_); day <= last; day += Days{1})
            days_.emplace(day, event.name);
    }

    void take_all(const Event& event)
    {
        const std::set<LocalDay> excluded = excluded_from(event);
        const auto take_unless_excluded = [&](LocalDay first) {
            if (!excluded.contains(first) && !replaced_.contains({event.uid, first})) take(event, first);
        };
        take_unless_excluded(event.first);
        for_each_property(event, ICAL_RDATE_PROPERTY, [&](icalproperty* property) {
            const icaldatetimeperiodtype date = icalproperty_get_rdate(property);
            const icaltimetype& time = icaltime_is_null_time(date.time) ? date.period.start : date.time;
            if (const auto first = day_of(time)) take_unless_excluded(*first);
        });
        for_each_property(event, ICAL_RRULE_PROPERTY, [&](icalproperty* property) {
            repeat(event, icalproperty_get_rrule(property), take_unless_excluded);
        });
    }

    template <class Take>
    void repeat(const Event& event, const icalrecurrencetype& rule, Take take_one)
    {
        const bool is_of_days = rule.freq == ICAL_YEARLY_RECURRENCE || rule.freq == ICAL_MONTHLY_RECURRENCE ||
                                rule.freq == ICAL_WEEKLY_RECURRENCE || rule.freq == ICAL_DAILY_RECURRENCE;
        if (!is_of_days) {
            throw Unreadable{
                fmt::format("the event \"{}\" is repeated within a day; expected is FREQ=YEARLY, "
                            "MONTHLY, WEEKLY or DAILY",
                            event.name)};
        }
        // The library looks for a next time through centuries, day by day, where a rule fits none.
        const bool is_frequent = rule.freq == ICAL_WEEKLY_RECURRENCE || rule.freq == ICAL_DAILY_RECURRENCE;
        if (is_frequent && ++frequent_rules_ > holiday_frequent_rules_max) {
            throw Unreadable{fmt::format("more than {} of its events are repeated daily or weekly",
                                         holiday_frequent_rules_max)};
        }
        // As a date: the hours of a zone must not move it to another day.
        icaltimetype start = icalcomponent_get_dtstart(event.component);
        start.is_date = 1;
        start.zone = nullptr;
        start.hour = start.minute = start.second = 0;
        const std::unique_ptr<icalrecur_iterator, FreeIterator> iterator{icalrecur_iterator_new(rule, start)};
        if (!iterator) {
            throw Unreadable{
                fmt::format("the rule of the event \"{}\" is not understood; expected is such as FREQ=YEARLY",
                            event.name)};
        }
        for (;;) {
            const auto first = day_of(icalrecur_iterator_next(iterator.get()));
            if (!first || *first > until_) return;
            if (++occurrences_ > holiday_occurrences_max) {
                throw Unreadable{
                    fmt::format("its events are repeated more than {} times", holiday_occurrences_max)};
            }
            take_one(*first);
        }
    }

    static std::set<LocalDay> excluded_from(const Event& event)
    {
        std::set<LocalDay> excluded;
        for_each_property(event, ICAL_EXDATE_PROPERTY, [&](icalproperty* property) {
            if (const auto day = day_of(icalproperty_get_exdate(property))) excluded.insert(*day);
        });
        return excluded;
    }

    template <class Take>
    static void for_each_property(const Event& event, icalproperty_kind kind, Take take_one)
    {
        // All of them first: whatever else is asked of the component begins its walk anew.
        std::vector<icalproperty*> properties;
        for (icalproperty* property = icalcomponent_get_first_property(event.component, kind);
             property != nullptr;
             property = icalcomponent_get_next_property(event.component, kind))
        {
            properties.push_back(property);
        }
        for (icalproperty* property : properties) take_one(property);
    }

    LocalDay from_;
    LocalDay until_;
    int events_ = 0;
    int occurrences_ = 0;
    int frequent_rules_ = 0;
    std::vector<Event> known_;
    /// Repetitions that another event stands for: by its identity and the day they were on.
    std::set<std::pair<std::string, LocalDay>> replaced_;
    std::map<LocalDay, std::string> days_;
    HolidayCalendar calendar_;
};

std::string_view without_mark(std::string_view text)
{
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    while (!text.empty() && (text.front() == ' ' || text.front() == '\r' || text.front() == '\n'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r' || text.back() == '\n'))
        text.remove_suffix(1);
    return text;
}

HolidayCalendar expanded(std::string_view text, LocalDay from, LocalDay until)
{
    if (text.size() > holiday_file_size_max) throw Unreadable{"it is larger than 2 MB"};
    text = without_mark(text);
    if (!text.starts_with("BEGIN:VCALENDAR") || text.find('\0') != std::string_view::npos)
        throw Unreadable{"it is no iCalendar file; expected is BEGIN:VCALENDAR in its first line"};
    if (!text.ends_with("END:VCALENDAR"))
        throw Unreadable{"it does not end with END:VCALENDAR; is it cut off?"};

    icalerror_set_errors_are_fatal(0);
    const std::unique_ptr<icalcomponent, FreeComponent> root{
        icalparser_parse_string(std::string{text}.c_str())};
    if (!root) throw Unreadable{"it is no iCalendar file that can be read"};
    // Several calendars in one file have a root of their own around them.
    std::vector<icalcomponent*> calendars;
    if (icalcomponent_isa(root.get()) == ICAL_VCALENDAR_COMPONENT) calendars.push_back(root.get());
    for (icalcomponent* inner = icalcomponent_get_first_component(root.get(), ICAL_VCALENDAR_COMPONENT);
         inner != nullptr;
         inner = icalcomponent_get_next_component(root.get(), ICAL_VCALENDAR_COMPONENT))
    {
        calendars.push_back(inner);
    }
    Expansion expansion{from, until};
    for (icalcomponent* calendar : calendars) {
        for (icalcomponent* event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
             event != nullptr;
             event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
        {
            expansion.add(event);
        }
    }
    return expansion.result();
}

}  // namespace

HolidayCalendarOutcome read_holiday_calendar(std::string_view text, LocalDay from, LocalDay until)
{
    try {
        return {std::make_shared<const HolidayCalendar>(expanded(text, from, until)), ""};
    } catch (const Unreadable& unreadable) {
        return {nullptr, unreadable.problem};
    }
}

}  // namespace ackd
