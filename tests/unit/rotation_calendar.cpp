// Rotations as iCalendar: the feed is read back with libical, and calendar files become duties or are refused
// with their lines.
#include "bot/rotations/rotation_calendar.hpp"

#include "tests/unit/rotation_examples.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <set>

using namespace ackd;

namespace {

std::string feed_of(const std::vector<OnCallShift>& shifts)
{
    const PersonName name_of = [](const UserId& person) {
        return person.value == "Uodd" ? std::string{"Zoë, \"the\" one; and\\only with a name that is much "
                                                    "longer than a line of a calendar may be"}
                                      : person.value.substr(1);
    };
    return calendar_of("platform", shifts, name_of, utc("2026-03-01 00:00"));
}

std::string calendar_with(const std::string& events)
{
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n" + events + "END:VCALENDAR\r\n";
}

std::string event_with(const std::string& lines)
{
    return "BEGIN:VEVENT\r\nUID:1\r\n" + lines + "END:VEVENT\r\n";
}

/// "7: what", each problem a line.
std::string problems_in(const std::string& text)
{
    std::string list;
    for (const CalendarProblem& problem : read_duties(text, "Europe/Berlin").problems)
        list += fmt::format("{}{}: {}", list.empty() ? "" : "\n", problem.line, problem.what);
    return list;
}

}  // namespace

TEST_CASE("rotation calendar: what a feed says is read back as the same shifts, whatever people are called")
{
    const Rotation rotation = rotation_of("platform", {"Uann", "Uodd"});
    const auto shifts = planned_shifts(
        rotation, "Etc/UTC", {utc("2026-03-02 09:00"), utc("2026-03-05 00:00")});
    const std::string text = feed_of(shifts);
    const CalendarReading reading = read_duties(text, "Asia/Tokyo");
    CHECK(reading.problems.empty());
    REQUIRE(reading.duties.size() == shifts.size());
    for (std::size_t index = 0; index < shifts.size(); ++index)
        CHECK(reading.duties[index].span == shifts[index].span);
    CHECK(reading.duties[0].summary == "platform: ann");
    CHECK(
        reading.duties[1].summary ==
        "platform: Zoë, \"the\" one; and\\only with a name that is much longer than a line of a calendar may be");
}

TEST_CASE("rotation calendar: its lines end as RFC 5545 has it, are folded, and every event has its own UID")
{
    const Rotation rotation = rotation_of("platform", {"Uann", "Uodd"});
    const std::string text = feed_of(
        planned_shifts(rotation, "Etc/UTC", {utc("2026-03-02 09:00"), utc("2026-04-05 00:00")}));
    std::set<std::string> uids;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto end = text.find("\r\n", at);
        REQUIRE(end != std::string::npos);
        const std::string line = text.substr(at, end - at);
        CHECK(line.size() <= 75);
        CHECK(line.find('\n') == std::string::npos);
        if (line.starts_with("UID:")) CHECK(uids.insert(line).second);
        at = end + 2;
    }
    CHECK(uids.size() == 34);
    CHECK(text.starts_with("BEGIN:VCALENDAR\r\n"));
    CHECK(text.ends_with("END:VCALENDAR\r\n"));
}

TEST_CASE(
    "rotation calendar: its version is the same whenever it is made, and another for what anybody would see")
{
    const auto version_of =
        [](const char* rotation, const std::vector<OnCallShift>& shifts, const char* suffix) {
            return calendar_version_of(
                rotation, shifts, [&](const UserId& person) { return person.value + suffix; });
        };
    const TimeSpan week{utc("2026-03-02 09:00"), utc("2026-03-09 09:00")};
    const auto shifts = planned_shifts(rotation_of("platform", {"Uann", "Ubo"}), "Etc/UTC", week);
    const std::string version = version_of("platform", shifts, "");
    CHECK(version.size() == 32);
    CHECK(version.find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(version_of("platform", shifts, "") == version);
    CHECK(version_of("other", shifts, "") != version);
    CHECK(version_of("platform", shifts, "x") != version);
    auto longer = shifts;
    longer.back().span.until += std::chrono::hours{1};
    CHECK(version_of("platform", longer, "") != version);
    auto other_person = shifts;
    other_person.front().person = UserId{"Ucy"};
    CHECK(version_of("platform", other_person, "") != version);
}

TEST_CASE("rotation calendar: a feed without shifts is a calendar too")
{
    CHECK(feed_of({}).starts_with("BEGIN:VCALENDAR\r\n"));
}

TEST_CASE(
    "rotation calendar: times are in UTC, in a zone that is named, or in the rotation's; whole days are days")
{
    const CalendarReading reading = read_duties(
        calendar_with(
            event_with("SUMMARY:Ann\r\nDTSTART:20260302T090000Z\r\nDTEND:20260302T170000Z\r\n") +
            event_with("SUMMARY:Bo\r\nDTSTART;TZID=America/New_York:20260302T090000\r\nDURATION:PT8H\r\n") +
            event_with("SUMMARY:Cy\r\nDTSTART:20260302T090000\r\nDTEND:20260302T170000\r\n") +
            event_with("SUMMARY:Di\r\nDTSTART;VALUE=DATE:20260303\r\n") +
            event_with("SUMMARY:No\r\nSTATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20260303\r\n")),
        "Europe/Berlin");
    CHECK(reading.problems.empty());
    REQUIRE(reading.duties.size() == 4);
    CHECK(reading.duties[0].span == TimeSpan{utc("2026-03-02 09:00"), utc("2026-03-02 17:00")});
    CHECK(reading.duties[1].span == TimeSpan{utc("2026-03-02 14:00"), utc("2026-03-02 22:00")});
    CHECK(reading.duties[2].span == TimeSpan{utc("2026-03-02 08:00"), utc("2026-03-02 16:00")});
    CHECK(reading.duties[3].span == TimeSpan{utc("2026-03-02 23:00"), utc("2026-03-03 23:00")});
}

TEST_CASE("rotation calendar: what cannot be taken is refused with the line of its event")
{
    CHECK(problems_in("") == "0: it is no iCalendar file; expected is BEGIN:VCALENDAR in its first line");
    CHECK(problems_in("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n") ==
          "0: it does not end with END:VCALENDAR; is it cut off?");
    CHECK(problems_in(std::string(1'000'001, 'x')) == "0: it is larger than 1 MB");
    CHECK(problems_in(calendar_with("")) == "0: it has no events");
    CHECK(problems_in(calendar_with(
              event_with("SUMMARY:Ann\r\nDTSTART:20260302T090000Z\r\nDTEND:20260302T170000Z\r\n") +
              event_with("SUMMARY:Bo\r\nDTSTART:20260302T090000Z\r\nDTEND:20260302T080000Z\r\n") +
              event_with("DTSTART:20260302T090000Z\r\nDURATION:PT1H\r\n"))) ==
          "10: it ends before it begins\n"
          "16: its SUMMARY says who is on: a name, or an id such as U012AB3CD");
    CHECK(problems_in(calendar_with(event_with(
              "SUMMARY:Ann\r\nDTSTART:20260302T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY\r\n"))) ==
          "4: it repeats: what repeats belongs into the policy, as [[rotation]]");
    CHECK(problems_in(calendar_with(
              event_with("SUMMARY:Ann\r\nDTSTART;TZID=Mars/Base:20260302T090000\r\nDURATION:PT1H\r\n"))) ==
          "4: there is no time zone \"Mars/Base\"; a name such as Europe/Berlin is meant");
    CHECK(problems_in(calendar_with(event_with("SUMMARY:Ann\r\nDTSTART:20260302T090000Z\r\n"))) ==
          "4: it has neither DTEND nor DURATION");
    CHECK(problems_in(calendar_with(event_with("SUMMARY:Ann\r\n"))) == "4: it has no DTSTART");
    CHECK(problems_in(
              calendar_with(event_with("SUMMARY:Ann\r\nDTSTART:20260302T090000Z\r\nDURATION:P400D\r\n"))) ==
          "4: it lasts longer than a year");
    CHECK(problems_in(calendar_with(event_with("SUMMARY:Ann\r\nDTSTART:yesterday\r\n"))).starts_with("4: "));
}
