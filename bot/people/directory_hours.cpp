// The directory's answer to when somebody works.
#include "bot/engine/mutation.hpp"
#include "bot/people/directory.hpp"

#include <algorithm>

namespace ackd {

namespace {

/// Of as many people hours are remembered at once.
constexpr std::size_t remembered_max = 20'000;

}  // namespace

WorkingHours Directory::working_hours_of(const UserId& id) const
{
    const auto known = hours_.find(id);
    if (known != hours_.end()) return known->second;
    if (hours_.size() >= remembered_max) hours_.clear();
    return hours_.emplace(id, put_together(id, Away::counted)).first->second;
}

WorkingHours Directory::working_hours_when_here(const UserId& id) const
{
    return put_together(id, Away::not_counted);
}

void Directory::save_hours(const UserId& id, const std::optional<WorkWeek>& week)
{
    if (week) {
        connection_
            .prepare(R"(INSERT INTO personal_hours (person, hours) VALUES ($1, $2)
                ON CONFLICT (person) DO UPDATE SET hours = excluded.hours)")
            .bind_all(id.value, to_text(*week))
            .run();
    } else {
        connection_.prepare("DELETE FROM personal_hours WHERE person = $1").bind_all(id.value).run();
    }
    forget_hours(id);
}

std::optional<DoNotDisturb> Directory::do_not_disturb_of(const UserId& id) const
{
    storage::Statement row = connection_.prepare(
        R"(SELECT from_us, until_us, told_at_us, unbroken_since_us, is_obeyed FROM do_not_disturb
            WHERE person = $1)");
    row.bind_all(id.value);
    if (!row.step()) return std::nullopt;
    DoNotDisturb told;
    told.span = {from_microseconds(row.column_int(0)), from_microseconds(row.column_int(1))};
    told.told_at = from_microseconds(row.column_int(2));
    told.unbroken_since = from_microseconds(row.column_int(3));
    told.is_obeyed = row.column_int(4) != 0;
    return told;
}

void Directory::save(const UserId& id, const DoNotDisturb& told)
{
    // Or else what was due after its end would be due, all at once, as if it had never been.
    const auto before = do_not_disturb_of(id);
    const TimeSpan passed = before && before->is_obeyed && before->span != told.span
                                ? TimeSpan{before->span.from, std::min(before->span.until, told.told_at)}
                                : TimeSpan{};
    if (working_hours_when_here(id).working_time_between(passed.from, passed.until) > Duration{0}) {
        connection_
            .prepare(R"(INSERT INTO do_not_disturb_past (person, from_us, until_us) VALUES ($1, $2, $3)
                ON CONFLICT (person, from_us) DO UPDATE SET until_us = excluded.until_us)")
            .bind_all(id.value, to_microseconds(passed.from), to_microseconds(passed.until))
            .run();
    }
    connection_
        .prepare(R"(INSERT INTO do_not_disturb
                (person, from_us, until_us, told_at_us, unbroken_since_us, is_obeyed)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (person) DO UPDATE SET from_us = excluded.from_us, until_us = excluded.until_us,
                told_at_us = excluded.told_at_us, unbroken_since_us = excluded.unbroken_since_us,
                is_obeyed = excluded.is_obeyed)")
        .bind_all(id.value,
                  to_microseconds(told.span.from),
                  to_microseconds(told.span.until),
                  to_microseconds(told.told_at),
                  to_microseconds(told.unbroken_since),
                  told.is_obeyed ? 1 : 0)
        .run();
    forget_hours(id);
}

void Directory::use(const Settings& settings)
{
    settings_ = settings;
    forget_all_hours();
}

void Directory::forget_hours(const UserId& id)
{
    hours_.erase(id);
}

void Directory::forget_all_hours()
{
    hours_.clear();
}

bool Directory::is_in(const Team& team, const UserId& id) const
{
    if (std::find(team.members.begin(), team.members.end(), id) != team.members.end()) return true;
    return std::any_of(team.groups.begin(), team.groups.end(), [&](const GroupId& group) {
        storage::Statement row = connection_.prepare(
            "SELECT 1 FROM user_group_members WHERE group_id = $1 AND member_id = $2");
        row.bind_all(group.value, id.value);
        return row.step();
    });
}

std::vector<Team> Directory::teams_of(const UserId& id) const
{
    std::vector<Team> teams;
    for (const Team& team : settings_.teams) {
        const bool is_lead = std::find(team.leads.begin(), team.leads.end(), id) != team.leads.end();
        if (is_lead || is_in(team, id)) teams.push_back(team);
    }
    return teams;
}

WorkWeek Directory::week_of(const UserId& id) const
{
    if (is_mutated(Mutation::ignore_work_week)) return default_work_week();
    std::string unread;
    storage::Statement own = connection_.prepare("SELECT hours FROM personal_hours WHERE person = $1");
    own.bind_all(id.value);
    if (own.step()) {
        if (auto week = parse_work_week(own.column_text(0), unread)) return *week;
    }
    for (const Team& team : settings_.teams) {
        if (team.hours && is_in(team, id)) return *team.hours;
    }
    return settings_.hours;
}

WorkingHours Directory::put_together(const UserId& id, Away away) const
{
    WorkCalendar calendar;
    calendar.week = week_of(id);
    std::vector<std::string> holidays = settings_.holidays;
    for (const Team& team : settings_.teams) {
        if (team.holidays.empty() || !is_in(team, id)) continue;
        holidays.insert(holidays.end(), team.holidays.begin(), team.holidays.end());
    }

    if (is_mutated(Mutation::ignore_holidays)) holidays.clear();
    for (const std::string& name : holidays) {
        const auto known = settings_.calendars.find(name);
        if (known == settings_.calendars.end()) continue;
        for (const Holiday& holiday : known->second->holidays) calendar.holidays.push_back(holiday.day);
    }

    if (away == Away::counted && !is_mutated(Mutation::ignore_absences)) {
        storage::Statement spans = connection_.prepare(
            R"(SELECT from_us, until_us FROM absences WHERE person = $1
                ORDER BY until_us DESC LIMIT 100)");
        spans.bind_all(id.value);
        while (spans.step()) {
            calendar.away.push_back(
                {from_microseconds(spans.column_int(0)), from_microseconds(spans.column_int(1))});
        }
    }
    if (away == Away::counted && !is_mutated(Mutation::ignore_do_not_disturb)) {
        const auto told = do_not_disturb_of(id);
        if (told && told->is_obeyed) calendar.away.push_back(told->span);
        storage::Statement past = connection_.prepare(
            "SELECT from_us, until_us FROM do_not_disturb_past WHERE person = $1");
        past.bind_all(id.value);
        while (past.step())
            calendar.away.push_back(
                {from_microseconds(past.column_int(0)), from_microseconds(past.column_int(1))});
    }
    const auto member = find(id);
    return WorkingHours{member ? member->time_zone : "", settings_.default_zone, calendar};
}

}  // namespace ackd
