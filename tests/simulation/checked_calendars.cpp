#include "tests/simulation/checked_calendars.hpp"

#include <algorithm>

namespace ackd::simulation {

void CheckedCalendars::use_settings(const Settings& settings, Instant now)
{
    settings_ = settings;
    look(now);
}

void CheckedCalendars::look(Instant now)
{
    std::vector<std::string> people;
    {
        storage::Statement rows = connection_.prepare("SELECT id FROM members ORDER BY id");
        while (rows.step()) people.push_back(rows.column_string(0));
    }
    for (const std::string& person : people) look_at(person, now);
}

const CheckedHours& CheckedCalendars::hours_of(const std::string& person, Instant now)
{
    return all_hours_of(person, now).back().hours;
}

const std::vector<CheckedCalendars::Known>& CheckedCalendars::all_hours_of(const std::string& person,
                                                                           Instant now)
{
    look_at(person, now);
    return histories_.at(person).hours;
}

void CheckedCalendars::look_at(const std::string& person, Instant now)
{
    OwnPart own;
    storage::Statement row = connection_.prepare(
        R"(SELECT (SELECT time_zone FROM members WHERE id = $1),
                (SELECT hours FROM personal_hours WHERE person = $1))");
    row.bind(1, person);
    row.step();
    own.zone = row.column_string(0);
    own.week = row.column_string(1);

    CheckedHours hours = read(person, own);
    const auto known = histories_.find(person);
    if (known == histories_.end()) {
        histories_.emplace(person, History{own, {Known{std::move(hours), Instant::max(), now}}});
        return;
    }
    History& history = known->second;
    const bool by_themselves = history.own != own;
    history.own = std::move(own);
    if (history.hours.back().hours == hours) return;
    if (by_themselves) history.hours.back().until = now;
    history.hours.push_back(Known{std::move(hours), Instant::max(), now});
}

CheckedHours CheckedCalendars::read(const std::string& person, const OwnPart& own) const
{
    WorkWeek week = settings_.hours;
    std::set<std::string> calendars(settings_.holidays.begin(), settings_.holidays.end());
    bool has_week = false;
    for (const Team& team : settings_.teams) {
        if (!is_in(team, person)) continue;
        calendars.insert(team.holidays.begin(), team.holidays.end());
        if (team.hours && !has_week) {
            week = *team.hours;
            has_week = true;
        }
    }
    std::string problem;
    if (!own.week.empty()) week = parse_work_week(own.week, problem).value();

    Holidays holidays;
    for (const std::string& name : calendars) {
        const auto calendar = settings_.calendars.find(name);
        if (calendar == settings_.calendars.end()) continue;
        for (const Holiday& holiday : calendar->second->holidays) holidays.insert(holiday.day);
    }
    return CheckedHours{own.zone, settings_.default_zone, std::move(week), std::move(holidays)};
}

bool CheckedCalendars::is_in(const Team& team, const std::string& person) const
{
    if (std::find(team.members.begin(), team.members.end(), UserId{person}) != team.members.end())
        return true;
    storage::Statement rows = connection_.prepare(
        "SELECT group_id FROM user_group_members WHERE member_id = $1");
    rows.bind(1, person);
    while (rows.step()) {
        const GroupId group{rows.column_string(0)};
        if (std::find(team.groups.begin(), team.groups.end(), group) != team.groups.end()) return true;
    }
    return false;
}

}  // namespace ackd::simulation
