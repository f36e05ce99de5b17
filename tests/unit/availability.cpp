// When people can be asked: working hours in their own zone, across clock changes, weekends and the edges of
// a day.
#include "bot/people/availability.hpp"

#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

TEST_CASE("availability: the next working instant is 9:00 of the next working day in the person's own zone")
{
    struct Row {
        std::string why;
        std::string zone;
        std::string at;
        const char* next;
    };
    const Row rows[] = {
        {"at work: now", "Europe/Berlin", "2026-03-02 10:30", "2026-03-02 10:30"},
        {"before nine", "Europe/Berlin", "2026-03-02 07:59:59", "2026-03-02 08:00"},
        {"the opening instant is inside", "Europe/Berlin", "2026-03-02 08:00", "2026-03-02 08:00"},
        {"the closing instant is not", "Europe/Berlin", "2026-03-02 16:00", "2026-03-03 08:00"},
        {"Friday evening", "Europe/Berlin", "2026-03-06 16:00", "2026-03-09 08:00"},
        {"Sunday in Berlin, Monday in Sydney", "Australia/Sydney", "2026-03-01 22:30", "2026-03-01 22:30"},
        {"Sunday in Berlin", "Europe/Berlin", "2026-03-01 22:30", "2026-03-02 08:00"},
        // Europe/Berlin: forward on 2026-03-29, back on 2026-10-25.
        {"Friday before summer time begins", "Europe/Berlin", "2026-03-27 16:00", "2026-03-30 07:00"},
        {"Friday before summer time ends", "Europe/Berlin", "2026-10-23 15:00", "2026-10-26 08:00"},
        // America/New_York: forward on 2026-03-08, back on 2026-11-01.
        {"New York goes forward", "America/New_York", "2026-03-06 22:00", "2026-03-09 13:00"},
        {"New York goes back", "America/New_York", "2026-10-30 21:00", "2026-11-02 14:00"},
        // Australia/Sydney: back on 2026-04-05, forward on 2026-10-04.
        {"Sydney goes back in April", "Australia/Sydney", "2026-04-03 06:00", "2026-04-05 23:00"},
        {"Sydney goes forward in October", "Australia/Sydney", "2026-10-02 07:00", "2026-10-04 22:00"},
        // Pacific/Chatham: +13:45 in summer, +12:45 in winter; back on 2026-04-05.
        {"Chatham, three quarters of an hour", "Pacific/Chatham", "2026-03-02 03:15", "2026-03-02 19:15"},
        {"Chatham goes back in April", "Pacific/Chatham", "2026-04-03 03:15", "2026-04-05 20:15"},
        {"Kathmandu, at a quarter", "Asia/Kathmandu", "2026-03-02 00:00", "2026-03-02 03:15"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.why);
        const WorkingHours hours{row.zone};
        CHECK(hours.next_working_instant(utc(row.at.c_str())) == utc(row.next));
        CHECK(hours.contains(utc(row.next)));
        CHECK(hours.contains(utc(row.at.c_str())) == (utc(row.at.c_str()) == utc(row.next)));
    }
}

TEST_CASE("availability: working time passes only while the person is at work")
{
    struct Row {
        std::string why;
        std::string zone;
        const char* from;
        Duration amount;
        const char* then;
    };
    const Row rows[] = {
        {"within a day", "Europe/Berlin", "2026-03-02 09:00", 2h, "2026-03-02 11:00"},
        {"nothing, at work", "Europe/Berlin", "2026-03-02 09:00", 0h, "2026-03-02 09:00"},
        {"nothing, at night", "Europe/Berlin", "2026-03-02 02:00", 0h, "2026-03-02 08:00"},
        {"up to the closing instant", "Europe/Berlin", "2026-03-02 14:00", 2h, "2026-03-02 16:00"},
        {"half an hour more", "Europe/Berlin", "2026-03-02 14:00", 2h + 30min, "2026-03-03 08:30"},
        {"over the night", "Europe/Berlin", "2026-03-02 15:00", 2h, "2026-03-03 09:00"},
        {"over the weekend", "Europe/Berlin", "2026-03-06 15:00", 2h, "2026-03-09 09:00"},
        {"from a Sunday", "Europe/Berlin", "2026-03-01 12:00", 8h, "2026-03-02 16:00"},
        {"over the change to summer time", "Europe/Berlin", "2026-03-27 15:00", 2h, "2026-03-30 08:00"},
        {"over the change to winter time", "Europe/Berlin", "2026-10-23 14:00", 2h, "2026-10-26 09:00"},
        {"over New York's change", "America/New_York", "2026-03-06 21:00", 2h, "2026-03-09 14:00"},
        {"over Sydney's change", "Australia/Sydney", "2026-10-02 06:00", 2h, "2026-10-04 23:00"},
        {"over Chatham's change", "Pacific/Chatham", "2026-04-03 02:15", 2h, "2026-04-05 21:15"},
        {"five working days are a week",
         "Europe/Berlin",
         "2026-03-02 10:00",
         5 * working_day,
         "2026-03-09 10:00"},
        {"thirty weeks, over summer time",
         "Europe/Berlin",
         "2026-03-02 10:00",
         150 * working_day,
         "2026-09-28 09:00"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.why);
        CHECK(WorkingHours{row.zone}.add_working_time(utc(row.from), row.amount) == utc(row.then));
    }
}

TEST_CASE("availability: working time between two instants counts the hours at work, and is never negative")
{
    struct Row {
        std::string why;
        const char* from;
        const char* to;
        Duration expected;
    };
    const Row rows[] = {
        {"within a day", "2026-03-02 09:00", "2026-03-02 11:30", 2h + 30min},
        {"the same instant", "2026-03-02 09:00", "2026-03-02 09:00", 0h},
        {"backwards, within a day", "2026-03-02 12:00", "2026-03-02 11:00", 0h},
        {"backwards, over days", "2026-03-05 12:00", "2026-03-02 11:00", 0h},
        {"over a night", "2026-03-02 16:00", "2026-03-03 10:00", 2h},
        {"a weekend", "2026-03-06 17:00", "2026-03-09 09:00", 0h},
        {"from before work to after it", "2026-03-02 03:00", "2026-03-02 23:00", 8h},
        {"a fortnight", "2026-03-02 09:00", "2026-03-16 09:00", 80h},
    };
    for (const Row& row : rows) {
        CAPTURE(row.why);
        CHECK(WorkingHours{"Etc/UTC"}.working_time_between(utc(row.from), utc(row.to)) == row.expected);
    }
}

TEST_CASE("availability: digest slots are 9:30, 13:00 and 16:30 of working days, local time")
{
    struct Row {
        std::string zone;
        std::string at;
        const char* slot;
    };
    const Row rows[] = {
        {"Etc/UTC", "2026-03-02 08:00", "2026-03-02 09:30"},
        {"Etc/UTC", "2026-03-02 09:30", "2026-03-02 09:30"},
        {"Etc/UTC", "2026-03-02 09:30:01", "2026-03-02 13:00"},
        {"Etc/UTC", "2026-03-02 13:01", "2026-03-02 16:30"},
        {"Etc/UTC", "2026-03-02 16:31", "2026-03-03 09:30"},
        {"Etc/UTC", "2026-03-06 16:31", "2026-03-09 09:30"},
        {"Etc/UTC", "2026-03-07 12:00", "2026-03-09 09:30"},
        {"Europe/Berlin", "2026-03-27 15:31", "2026-03-30 07:30"},
        {"Asia/Kathmandu", "2026-03-02 00:00", "2026-03-02 03:45"},
        {"Pacific/Chatham", "2026-03-02 00:00", "2026-03-02 02:45"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.zone);
        CAPTURE(row.at);
        CHECK(WorkingHours{row.zone}.next_digest_slot(utc(row.at.c_str())) == utc(row.slot));
    }
}

TEST_CASE("availability: an unknown zone falls back to the workspace's, and that to UTC")
{
    struct Row {
        std::string zone;
        std::string workspace;
        const char* nine_o_clock;
    };
    const Row rows[] = {
        {"Asia/Tokyo", "Europe/Berlin", "2026-03-02 00:00"},
        {"", "Europe/Berlin", "2026-03-02 08:00"},
        {"Mars/Olympus", "Europe/Berlin", "2026-03-02 08:00"},
        {"../../etc/passwd", "Europe/Berlin", "2026-03-02 08:00"},
        {"Mars/Olympus", "Nowhere", "2026-03-02 09:00"},
        {"", "", "2026-03-02 09:00"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.zone);
        CAPTURE(row.workspace);
        const WorkingHours hours{row.zone, row.workspace};
        CHECK(hours.next_working_instant(utc("2026-03-01 20:00")) == utc(row.nine_o_clock));
    }
    CHECK(is_time_zone("Pacific/Chatham"));
    CHECK_FALSE(is_time_zone(""));
    CHECK_FALSE(is_time_zone("Mars/Olympus"));
    CHECK_FALSE(is_time_zone("/etc/passwd"));
}
