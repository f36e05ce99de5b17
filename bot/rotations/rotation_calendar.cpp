#include "bot/rotations/rotation_calendar.hpp"

#include "bot/people/absence_phrase.hpp"
#include "bot/sha256.hpp"

#include <date/tz.h>
#include <fmt/format.h>
#include <libical/ical.h>

#include <memory>

namespace ackd {

namespace {

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

struct Unreadable {
    std::string problem;
};

icaltimetype utc_time(Instant at)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch();
    return icaltime_from_timet_with_zone(seconds.count(), 0, icaltimezone_get_utc_timezone());
}

/// The local time of a file as an instant.
Instant instant_of(icalproperty* property, const icaltimetype& time, std::string_view default_zone)
{
    const std::chrono::year_month_day day{std::chrono::year{time.year},
                                          std::chrono::month{static_cast<unsigned>(time.month)},
                                          std::chrono::day{static_cast<unsigned>(time.day)}};
    if (icaltime_is_null_time(time) || !day.ok() || time.year < 2000 || time.year > 2200)
        throw Unreadable{"it has no time between 2000 and 2200, such as DTSTART:20260105T090000Z"};
    const Duration clock = std::chrono::hours{time.hour} + std::chrono::minutes{time.minute} +
                           std::chrono::seconds{time.second};
    std::string zone{time.zone == icaltimezone_get_utc_timezone() ? "Etc/UTC" : default_zone};
    icalparameter* parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    if (parameter != nullptr) {
        zone = icalparameter_get_tzid(parameter);
        if (!is_time_zone(zone))
            throw Unreadable{fmt::format(
                "there is no time zone \"{}\"; a name such as Europe/Berlin is meant", zone.substr(0, 80))};
    }
    const auto local = date::local_time<Duration>{std::chrono::local_days{day}.time_since_epoch() + clock};
    return WorkingHours{zone}.zone()->to_sys(local, date::choose::earliest);
}

void refuse_what_repeats(icalcomponent* event)
{
    for (const auto kind : {ICAL_RRULE_PROPERTY, ICAL_RDATE_PROPERTY, ICAL_RECURRENCEID_PROPERTY}) {
        if (icalcomponent_get_first_property(event, kind) != nullptr)
            throw Unreadable{"it repeats: what repeats belongs into the policy, as [[rotation]]"};
    }
}

/// The library leaves out what it cannot read, and says so in the component.
void refuse_what_was_not_understood(icalcomponent* event)
{
    icalproperty* error = icalcomponent_get_first_property(event, ICAL_XLICERROR_PROPERTY);
    if (error == nullptr) return;
    const char* words = icalproperty_get_xlicerror(error);
    throw Unreadable{
        fmt::format("not understood: {}", std::string{words == nullptr ? "?" : words}.substr(0, 200))};
}

CalendarDuty duty_of(icalcomponent* event, std::string_view zone)
{
    refuse_what_was_not_understood(event);
    refuse_what_repeats(event);
    CalendarDuty duty;
    const char* summary = icalcomponent_get_summary(event);
    duty.summary = summary == nullptr ? "" : summary;
    if (duty.summary.empty() || duty.summary.size() > 200)
        throw Unreadable{"its SUMMARY says who is on: a name, or an id such as U012AB3CD"};
    icalproperty* start = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
    if (start == nullptr) throw Unreadable{"it has no DTSTART"};
    const icaltimetype from = icalproperty_get_dtstart(start);
    duty.span.from = instant_of(start, from, zone);
    icalproperty* end = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY);
    icalproperty* length = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY);
    if (end != nullptr) {
        duty.span.until = instant_of(end, icalproperty_get_dtend(end), zone);
    } else if (length != nullptr) {
        const int seconds = icaldurationtype_as_int(icalproperty_get_duration(length));
        duty.span.until = duty.span.from + std::chrono::seconds{seconds};
    } else if (from.is_date) {
        icaltimetype next = from;
        icaltime_adjust(&next, 1, 0, 0, 0);
        duty.span.until = instant_of(start, next, zone);
    } else {
        throw Unreadable{"it has neither DTEND nor DURATION"};
    }
    if (duty.span.until <= duty.span.from) throw Unreadable{"it ends before it begins"};
    if (duty.span.until - duty.span.from > absence_length_max)
        throw Unreadable{"it lasts longer than a year"};
    return duty;
}

/// The lines of the file at which events begin. A line that is folded begins with a space, so none is missed.
std::vector<int> lines_of_events(std::string_view text)
{
    std::vector<int> lines;
    int line = 1;
    while (!text.empty()) {
        const auto end = text.find('\n');
        std::string_view here = text.substr(0, end);
        while (!here.empty() && (here.back() == '\r' || here.back() == ' ')) here.remove_suffix(1);
        if (here == "BEGIN:VEVENT") lines.push_back(line);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        ++line;
    }
    return lines;
}

std::string problem_of_file(std::string_view text)
{
    if (text.size() > duty_file_size_max) return "it is larger than 1 MB";
    if (text.find('\0') != std::string_view::npos || !text.starts_with("BEGIN:VCALENDAR"))
        return "it is no iCalendar file; expected is BEGIN:VCALENDAR in its first line";
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text.remove_suffix(1);
    return text.ends_with("END:VCALENDAR") ? "" : "it does not end with END:VCALENDAR; is it cut off?";
}

void add_to(icalcomponent* component, icalproperty* property)
{
    icalcomponent_add_property(component, property);
}

}  // namespace

std::string calendar_of(const std::string& rotation,
                        const std::vector<OnCallShift>& shifts,
                        const PersonName& name_of,
                        Instant made_at)
{
    const Component calendar{icalcomponent_new(ICAL_VCALENDAR_COMPONENT)};
    add_to(calendar.get(), icalproperty_new_version("2.0"));
    add_to(calendar.get(), icalproperty_new_prodid("-//ackd//rotations//EN"));
    icalproperty* title = icalproperty_new_x(rotation.c_str());
    icalproperty_set_x_name(title, "X-WR-CALNAME");
    add_to(calendar.get(), title);
    for (const OnCallShift& shift : shifts) {
        icalcomponent* event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
        const std::string part = shift.part ? std::to_string(*shift.part) : "x";
        const std::string uid = fmt::format(
            "{}-{}-{}@ackd", rotation, part, to_microseconds(shift.span.from) / 1'000'000);
        add_to(event, icalproperty_new_uid(uid.c_str()));
        add_to(event, icalproperty_new_dtstamp(utc_time(made_at)));
        add_to(event, icalproperty_new_dtstart(utc_time(shift.span.from)));
        add_to(event, icalproperty_new_dtend(utc_time(shift.span.until)));
        const std::string summary = fmt::format("{}: {}", rotation, name_of(shift.person));
        add_to(event, icalproperty_new_summary(summary.c_str()));
        icalcomponent_add_component(calendar.get(), event);
    }
    const std::unique_ptr<char, void (*)(void*)> text{icalcomponent_as_ical_string_r(calendar.get()),
                                                      icalmemory_free_buffer};
    return text ? std::string{text.get()} : std::string{};
}

std::string calendar_version_of(const std::string& rotation,
                                const std::vector<OnCallShift>& shifts,
                                const PersonName& name_of)
{
    // Another number where calendar_of writes the same shifts in another way.
    std::string told = fmt::format("1 {}", rotation);
    for (const OnCallShift& shift : shifts) {
        const std::string name = name_of(shift.person);
        told += fmt::format("\n{} {} {} {} {}",
                            shift.part ? std::to_string(*shift.part) : "x",
                            to_microseconds(shift.span.from),
                            to_microseconds(shift.span.until),
                            name.size(),
                            name);
    }
    return hex_of(sha256_of(told)).substr(0, 32);
}

CalendarReading read_duties(std::string_view text, std::string_view zone)
{
    CalendarReading reading;
    if (std::string problem = problem_of_file(text); !problem.empty()) {
        reading.problems.push_back({0, std::move(problem)});
        return reading;
    }
    icalerror_set_errors_are_fatal(0);
    const Component root{icalparser_parse_string(std::string{text}.c_str())};
    if (!root || icalcomponent_isa(root.get()) != ICAL_VCALENDAR_COMPONENT) {
        reading.problems.push_back({0, "it is not one iCalendar that can be read"});
        return reading;
    }
    const std::vector<int> lines = lines_of_events(text);
    std::size_t index = 0;
    for (icalcomponent* event = icalcomponent_get_first_component(root.get(), ICAL_VEVENT_COMPONENT);
         event != nullptr;
         event = icalcomponent_get_next_component(root.get(), ICAL_VEVENT_COMPONENT), ++index)
    {
        const int line = index < lines.size() ? lines[index] : 0;
        if (index >= duties_max) {
            reading.problems.push_back({line, fmt::format("it has more than {} events", duties_max)});
            break;
        }
        try {
            CalendarDuty duty = duty_of(event, zone);
            duty.line = line;
            if (icalcomponent_get_status(event) != ICAL_STATUS_CANCELLED)
                reading.duties.push_back(std::move(duty));
        } catch (const Unreadable& unreadable) {
            reading.problems.push_back({line, unreadable.problem});
        }
    }
    if (reading.problems.empty() && reading.duties.empty())
        reading.problems.push_back({0, "it has no events"});
    return reading;
}

}  // namespace ackd
