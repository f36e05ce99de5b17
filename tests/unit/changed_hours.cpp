// People whose hours become others while something is waiting for them, and where their hours come from.
#include "bot/people/hours_handlers.hpp"
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

WorkWeek week(const char* text)
{
    std::string problem;
    return parse_work_week(text, problem).value();
}

Directory directory_with(storage::Connection& connection, const Settings& settings)
{
    Directory directory{connection, "Etc/UTC"};
    directory.use(settings);
    return directory;
}

Instant first_nudge_to(Workspace& work, const char* person)
{
    for (const SeenMessage& message : work.to(person)) {
        if (message.first.kind == NoticeKind::nudge) return message.posted_at;
    }
    return {};
}

}  // namespace

TEST_CASE("hours: one's own, else those of the first team that has some, else the workspace's")
{
    Settings settings = straight_settings();
    settings.hours = week("Mon-Fri 8-16");
    settings.teams.push_back(Team{"no-hours", {}, {UserId{"Ubo"}}, {}, {}, "", std::nullopt, {}});
    settings.teams.push_back(Team{"early", {}, {UserId{"Ubo"}}, {}, {}, "", week("Mon-Fri 6-14"), {}});
    settings.teams.push_back(
        Team{"late", {}, {UserId{"Ubo"}}, {GroupId{"G1"}}, {}, "", week("Mon-Fri 12-20"), {}});
    Workspace work{settings};
    work.take(GroupChanged{UserGroup{GroupId{"G1"}, "late", {UserId{"Ucy"}}, false}});
    Directory directory = directory_with(*work.connection, settings);
    const auto opens = [&](const char* person) {
        return directory.working_hours_of(UserId{person}).next_working_instant(utc("2026-03-03 00:00"));
    };
    CHECK(opens("Uann") == utc("2026-03-03 08:00"));
    CHECK(opens("Ubo") == utc("2026-03-03 06:00"));
    CHECK(opens("Ucy") == utc("2026-03-03 12:00"));
    directory.save_hours(UserId{"Ubo"}, week("Tue 10-11"));
    CHECK(opens("Ubo") == utc("2026-03-03 10:00"));
    directory.save_hours(UserId{"Ubo"}, std::nullopt);
    CHECK(opens("Ubo") == utc("2026-03-03 06:00"));
}

TEST_CASE("hours: holidays are those of the workspace and of one's teams")
{
    const auto calendar = [](int day) {
        auto made = std::make_shared<HolidayCalendar>();
        made->holidays.push_back(Holiday{std::chrono::local_days{std::chrono::year{2026} / 3 / day}, "Off"});
        return made;
    };
    Settings settings = straight_settings();
    settings.holidays = {"all", "missing"};
    settings.calendars = {{"all", calendar(3)}, {"cairo", calendar(4)}};
    settings.teams.push_back(Team{"south", {}, {UserId{"Ubo"}}, {}, {}, "", std::nullopt, {"cairo"}});
    Workspace work{settings};
    const Directory directory = directory_with(*work.connection, settings);
    const auto next = [&](const char* person) {
        return directory.working_hours_of(UserId{person}).next_working_instant(utc("2026-03-02 17:00"));
    };
    CHECK(next("Uann") == utc("2026-03-04 09:00"));
    CHECK(next("Ubo") == utc("2026-03-05 09:00"));
}

TEST_CASE("hours: whoever moves east is asked earlier, within their hours, and once")
{
    Workspace work{straight_settings(), utc("2026-03-02 16:00")};
    work.join("Ubo", "Bo", "America/New_York");  // 11:00 there
    work.ack("Uann", "@Ubo please read");        // nudges at 17:30 and 18:00
    work.join("Ubo", "Bo", "Asia/Tokyo");        // 1:00 on Tuesday there: 10:30 is 1:30 in UTC
    work.advance_to(utc("2026-03-03 00:00"));
    CHECK(work.to("Ubo").empty());
    work.advance_to(utc("2026-03-03 04:00"));
    CHECK(first_nudge_to(work, "Ubo") == utc("2026-03-03 01:30"));
    CHECK(work.to("Ubo").size() == 2);
}

TEST_CASE("hours: what would have waited for the morning comes when they are at work where they are now")
{
    Workspace work{straight_settings(), utc("2026-03-02 16:30")};
    work.ack("Uann", "@Ubo please read");  // nudges at 10:00 and 10:30 of the next day
    work.join("Ubo", "Bo", "America/New_York");
    work.advance_to(utc("2026-03-03 00:00"));
    CHECK(first_nudge_to(work, "Ubo") == utc("2026-03-02 18:00"));
    CHECK(work.to("Ubo").size() == 2);
}

TEST_CASE("hours: after a nudge, the next one keeps its distance wherever they go")
{
    Workspace work{straight_settings(), utc("2026-03-02 15:20")};
    work.ack("Uann", "@Ubo please read");  // nudges at 16:50, and at 9:20 of the next day
    work.advance_to(utc("2026-03-02 16:55"));
    REQUIRE(work.to("Ubo").size() == 1);
    work.join("Ubo", "Bo", "America/New_York");
    work.advance_to(utc("2026-03-02 17:19"));
    CHECK(work.to("Ubo").size() == 1);
    work.advance_to(utc("2026-03-02 17:30"));
    CHECK(work.to("Ubo").size() == 2);
    work.advance_to(utc("2026-03-02 20:00"));
    CHECK(work.to("Ubo").size() == 2);
}

TEST_CASE("hours: what waits for a digest comes with the first one of the hours they have now")
{
    Settings settings = straight_settings();
    settings.interruptions_per_day = 0;
    Workspace work{settings, utc("2026-03-02 16:31")};
    work.ackd("Ubo", "hours Mon 9-17");
    work.ack("Ubo", "@Ucy please read");
    work.ackd("Ucy", "cant 1 no_time");  // news for Bo's next digest, which is on Monday
    work.advance_to(utc("2026-03-02 16:40"));
    work.ackd("Ubo", "hours as usual");
    work.advance_to(utc("2026-03-03 09:29"));
    CHECK(work.to("Ubo").empty());
    work.advance_to(utc("2026-03-03 09:30"));
    REQUIRE(work.to("Ubo").size() == 1);
    CHECK(work.last_to("Ubo").first.kind == NoticeKind::digest);
}

TEST_CASE("/ackd hours: people choose their own, see them, and go back to their team's")
{
    Workspace work;
    work.ackd("Ubo", "hours mon-thu 10-16");
    CHECK(work.answer() == "✅ You are asked Mon-Thu 10:00-16:00, on the clock of your time zone.\n"
                           "~ As your team has them: `/ackd hours as usual`\n");
    // 75 % of two working hours: reckoned in the hours that they chose, from 10:00 on.
    work.ack("Uann", "@Ubo please read");
    work.advance_to(utc("2026-03-02 11:31"));
    CHECK(first_nudge_to(work, "Ubo") == utc("2026-03-02 11:30"));
    work.ackd("Ubo", "hours");
    CHECK(work.answer().starts_with("You are asked Mon-Thu 10:00-16:00, "));
    work.ackd("Ubo", "hours mon-thu 10-");
    CHECK(
        work.answer() ==
        "I did not understand \"/ackd hours mon-thu 10-\": hours such as 9:00-17:00 belong where \"10-\" is.\n"
        "Try: `/ackd hours Mon-Thu 9:00-15:00`\n");
    work.ackd("Ubo", "hours as usual");
    CHECK(work.answer().starts_with("✅ You are asked Mon-Fri 09:00-17:00, "));
}
