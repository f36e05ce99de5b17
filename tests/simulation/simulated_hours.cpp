#include "tests/simulation/simulated_hours.hpp"

#include "tests/simulation/simulated_world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>

namespace ackd::simulation {

namespace {

constexpr std::array weeks{"Mon-Fri 09:00-17:00",
                           "Mon-Fri 08:00-12:00, 14:00-18:30",  // with a long noon
                           "Sun-Thu 09:00-17:00",
                           "Sat-Wed 07:30-15:30",
                           "Mon-Thu 22:00-06:00",  // over midnight
                           "Fri-Sun 20:00-08:00",  // the weekend's nights
                           "Tue-Thu 09:00-16:00",
                           "Mon,Wed,Fri 10:00-17:00",
                           "Mon-Sun 06:15-07:00, 18:00-20:30",  // a shift that is shorter than an hour
                           "Mon-Fri 00:00-24:00"};

constexpr std::array calendar_names{"north", "south", "lost"};  // the last one could not be read

/// One to four days within five weeks, sometimes in a row.
std::shared_ptr<const HolidayCalendar> some_calendar(Instant starts_at, Random& random)
{
    auto calendar = std::make_shared<HolidayCalendar>();
    const std::chrono::local_days first{std::chrono::floor<std::chrono::days>(starts_at).time_since_epoch()};
    std::set<std::chrono::local_days> days;
    const auto spans = 1 + random.below(2);
    for (std::uint64_t span = 0; span < spans; ++span) {
        const auto begins = first + std::chrono::days{random.below(35)};
        const auto length = 1 + static_cast<int>(random.below(2));
        for (int day = 0; day < length; ++day) days.insert(begins + std::chrono::days{day});
    }
    for (const auto day : days) calendar->holidays.push_back(Holiday{day, "a day off"});
    return calendar;
}

std::vector<std::string> some_holidays(Random& random)
{
    std::vector<std::string> names;
    for (const char* name : calendar_names) {
        if (random.chance(0.4)) names.emplace_back(name);
    }
    return names;
}

Team some_work_team(const std::string& name, const SimulatedTeam& team, Random& random)
{
    Team made;
    made.name = name;
    for (const SimulatedPerson& person : team.people) {
        if (random.chance(0.3)) made.members.push_back(person.member.id);
    }
    if (random.chance(0.4)) made.groups.push_back(one_of(team.groups, random).id);
    if (random.chance(0.7)) made.hours = some_week(random);
    made.holidays = some_holidays(random);
    return made;
}

}  // namespace

WorkWeek some_week(Random& random)
{
    std::string problem;
    return parse_work_week(one_of(weeks, random), problem).value();
}

std::string some_typed_hours(Random& random)
{
    constexpr std::array others{
        "as usual", "as usual", "", "nine to five", "mon - thu 9-17", "Mon-Fri 25-30"};
    return random.chance(0.7) ? one_of(weeks, random) : one_of(others, random);
}

void give_hours(SimulatedTeam& team, Random& random)
{
    if (random.chance(0.25)) return;
    Settings& settings = team.settings;
    settings.calendars.emplace("north", some_calendar(team.starts_at, random));
    settings.calendars.emplace("south", some_calendar(team.starts_at, random));
    settings.holidays = some_holidays(random);
    if (random.chance(0.3)) settings.hours = some_week(random);
    const auto count = random.below(3);
    for (std::uint64_t number = 1; number <= count; ++number)
        settings.teams.push_back(some_work_team(fmt::format("team{}", number), team, random));
}

void change_hours(Policy& policy, const SimulatedTeam& team, Random& random)
{
    switch (random.below(4)) {
        case 0: policy.hours = some_week(random); break;
        case 1: policy.holidays = some_holidays(random); break;
        case 2:
            if (!policy.teams.empty()) {
                Team& changed = one_of(policy.teams, random);
                changed = some_work_team(changed.name, team, random);
            }
            break;
        default:
            if (policy.teams.size() < 3) {
                const std::string name = fmt::format("team{}", 10 + random.below(1'000));
                policy.teams.push_back(some_work_team(name, team, random));
            }
            break;
    }
}

}  // namespace ackd::simulation
