#include "bot/wip/wip_notices.hpp"

#include "bot/calendar_text.hpp"
#include "bot/delivery/chart_lines.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/people/roles.hpp"
#include "bot/wip/wip_handlers.hpp"
#include "bot/wip/wip_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ackd {

namespace {

/// A list on a phone.
constexpr std::size_t listed_max = 10;
constexpr std::size_t in_a_line_max = 5;
/// A longer bar is a figure.
constexpr int bar_max = 20;

std::string value_of(const WipItem& item)
{
    return fmt::format("w{}", item.id.value);
}

std::string item_line(HandlerContext& context, const WipItem& item)
{
    std::string line = fmt::format("#{} · {} · {} · {}",
                                   item.id.value,
                                   item.person.empty() ? "nobody yet"
                                                       : context.directory.name_of(item.person),
                                   item.title,
                                   elapsed_text(context.now - item.started_at));
    if (item.state == WipState::paused) line += " · paused";
    if (item.is_unplanned) line += " · unplanned";
    if (!item.let_in_by.empty())
        line += fmt::format(
            " · let in by {}: {}", context.directory.name_of(item.let_in_by), item.let_in_because);
    return line;
}

void add_own_actions(const WipItem& item, Section& section)
{
    section.actions.push_back(button(action::wip_done, "Done", value_of(item)));
    if (item.state == WipState::running)
        section.actions.push_back(button(action::wip_pause, "Pause", value_of(item)));
    else
        section.actions.push_back(button(action::wip_resume, "Go on", value_of(item)));
}

/// "3 finished a week; half of them within 4 days. 20 % of what was begun was unplanned."
void add_figures(const std::vector<WipItem>& items, Instant now, Section& section)
{
    const WipFigures figures = figures_of(items, now);
    if (!figures.cycle_time) {
        section.lines.push_back(
            small_line("Nothing was finished in the last four weeks, so there is no pace yet."));
        return;
    }
    std::string line = fmt::format(
        "In the last four weeks {:.1f} a week were finished, half of them within {}.",
        figures.throughput,
        elapsed_text(*figures.cycle_time));
    if (figures.unplanned_share)
        line += fmt::format(" {:.0f} % of what was begun was unplanned.", 100 * *figures.unplanned_share);
    section.lines.push_back(small_line(std::move(line)));
    if (const auto expected = expected_time(figures))
        section.lines.push_back(small_line(
            fmt::format("At this pace, what is begun now takes about {}: {} in progress, {:.1f} a week.",
                        elapsed_text(*expected),
                        figures.running + 1,
                        figures.throughput)));
}

/// What has run at once in the last weeks. Of one day there is nothing to see.
void add_days(HandlerContext& context, const std::string& team, Section& section)
{
    constexpr int days_shown = 42;
    const WallClock clock = workspace_clock(context);
    const auto today = clock.day(context.now);
    const auto since = today - std::chrono::days{days_shown - 1};
    const WipDays days = most_by_day(
        WipTable{context.connection}.levels_since(team, since), today, days_shown);
    if (days.most.size() < 2) return;
    Chart chart;
    chart.unit = "running at once, by day";
    if (const int limit = wip_limit_of(context, team).limit; limit > 0) chart.limit = limit;
    auto day = days.first;
    for (const int most : days.most) {
        chart.columns.push_back({short_date_text(day), most, day == today});
        day += std::chrono::days{1};
    }
    section.lines.push_back(chart_line(
        context, fmt::format("Most at once, a day, for {} days", days.most.size()), std::move(chart)));
}

}  // namespace

std::string wip_standing(HandlerContext& context, const std::string& team)
{
    const WipTable table{context.connection};
    return fmt::format("{}: {}", team, wip_bar(table.running_of(team), wip_limit_of(context, team).limit));
}

std::string wip_value(const NewWork& work)
{
    return fmt::format(
        "{} {} {}", work.is_unplanned ? "u" : "p", work.team, shortened(work.title, wip_title_max));
}

std::optional<NewWork> new_work_in(std::string_view value)
{
    if (value.size() < 4 || (value[0] != 'p' && value[0] != 'u') || value[1] != ' ') return std::nullopt;
    const auto space = value.find(' ', 2);
    if (space == std::string_view::npos || space + 1 >= value.size()) return std::nullopt;
    NewWork work;
    work.is_unplanned = value[0] == 'u';
    work.team = value.substr(2, space - 2);
    work.title = value.substr(space + 1);
    return work;
}

std::string wip_bar(std::int64_t running, int limit)
{
    if (limit == 0) return fmt::format("{} running, no limit", running);
    std::string bar;
    const auto filled = std::min<std::int64_t>(running, limit);
    for (std::int64_t place = 0; limit <= bar_max && place < limit; ++place)
        bar += place < filled ? "▮" : "▯";
    return fmt::format("{}{}{} of {} running", bar, bar.empty() ? "" : " ", running, limit);
}

std::string wip_in_a_line(HandlerContext& context, const std::string& team)
{
    const WipTable table{context.connection};
    std::string line;
    std::size_t count = 0;
    for (const WipItem& item : table.open_of(team)) {
        if (item.state != WipState::running) continue;
        if (++count > in_a_line_max) continue;
        line += fmt::format("{}#{} {}", line.empty() ? "" : " · ", item.id.value, item.title);
    }
    if (count > in_a_line_max) line += fmt::format(" and {} more", count - in_a_line_max);
    if (line.empty()) return "";
    return fmt::format(
        "In progress ({}): {}", wip_bar(table.running_of(team), wip_limit_of(context, team).limit), line);
}

Notice team_wip_reply(HandlerContext& context,
                      const UserId& reader,
                      const std::string& team,
                      const std::string& said)
{
    const WipTable table{context.connection};
    Notice notice = plain_reply(said.empty() ? wip_standing(context, team) : said);
    if (!said.empty()) notice.sections.front().lines.push_back(plain_line(wip_standing(context, team)));
    const auto open = table.open_of(team);
    for (std::size_t index = 0; index < std::min(open.size(), listed_max); ++index) {
        const WipItem& item = open[index];
        Section& section = notice.sections.emplace_back();
        section.lines.push_back(plain_line(item_line(context, item)));
        if (!item.link.empty())
            section.lines.front().text.insert(section.lines.front().text.end(),
                                              {Span{Words{" · "}}, Span{Link{item.link, item.source}}});
        if (item.person.empty())
            section.actions.push_back(button(action::wip_still, "I have it", value_of(item)));
        if (item.person == reader) add_own_actions(item, section);
    }
    Section& end = notice.sections.emplace_back();
    if (open.size() > listed_max)
        end.lines.push_back(small_line(fmt::format("… and {} more", open.size() - listed_max)));
    add_days(context, team, end);
    add_figures(table.of_team_since(team, context.now - wip_looked_back), context.now, end);
    end.lines.push_back(small_line(RichText{Words{"To begin something: "},
                                            Code{fmt::format("/wip start {} what it is", team)},
                                            Words{"; with "},
                                            Code{"!unplanned"},
                                            Words{" where nobody had planned it"}}));
    return notice;
}

Notice wip_overview_reply(HandlerContext& context, const std::vector<Team>& teams)
{
    if (teams.empty())
        return plain_reply("You are in no team here. To see a team's work in progress: /wip TEAM");
    Notice notice = plain_reply("Work in progress:");
    for (const Team& team : teams)
        notice.sections.front().lines.push_back(plain_line(wip_standing(context, team.name)));
    notice.sections.front().lines.push_back(
        small_line(RichText{Words{"One of them: "}, Code{fmt::format("/wip {}", teams.front().name)}}));
    return notice;
}

Notice wip_refused_reply(HandlerContext& context, const UserId& person, const NewWork& work, WipStart why)
{
    const WipLimit limit = wip_limit_of(context, work.team);
    if (why == WipStart::too_many_open)
        return plain_reply(
            fmt::format("{} has {} open, paused ones included: a list that nobody can read. Drop some first.",
                        work.team,
                        wip_open_max));
    const bool is_own_limit = why == WipStart::person_is_full;
    const WipTable table{context.connection};
    Notice notice = plain_reply(
        is_own_limit
            ? fmt::format("You have {} running in {}, and {} is what one person has at once: \"{}\" waits.",
                          table.running_of(work.team, person),
                          work.team,
                          limit.per_person,
                          work.title)
            : fmt::format("{} {}: \"{}\" waits until one of these ends or pauses.",
                          work.team,
                          wip_bar(table.running_of(work.team), limit.limit),
                          work.title));
    std::vector<WipItem> running = table.open_of(work.team);
    std::erase_if(running, [&](const WipItem& item) {
        return item.state != WipState::running || (is_own_limit && item.person != person);
    });
    // One's own first: those one can speak of.
    std::stable_partition(
        running.begin(), running.end(), [&](const WipItem& item) { return item.person == person; });
    for (std::size_t index = 0; index < std::min(running.size(), listed_max); ++index) {
        const WipItem& item = running[index];
        Section& section = notice.sections.emplace_back();
        section.lines.push_back(plain_line(item_line(context, item)));
        const std::string value = fmt::format("{} {}", value_of(item), wip_value(work));
        section.actions.push_back(button(action::wip_finish_for, "It's done: start mine", value));
        section.actions.push_back(button(action::wip_trade, "Pause it: start mine", value));
    }
    Section& end = notice.sections.emplace_back();
    if (running.size() > listed_max)
        end.lines.push_back(small_line(fmt::format("… and {} more", running.size() - listed_max)));
    const auto teams = context.directory.teams_of(person);
    const auto team = std::find_if(
        teams.begin(), teams.end(), [&](const Team& each) { return each.name == work.team; });
    const Team* named = team == teams.end() ? nullptr : &*team;
    if (may(context.settings, context.directory, person, Permission::change_team, named)) {
        end.lines.push_back(small_line("As a lead you may let it in, with a reason that stands with it."));
        end.actions.push_back(button(action::wip_let_in, "Let it in …", wip_value(work)));
    } else {
        const auto leads = people_with(Role::lead, context.settings, context.directory, named);
        if (!leads.empty())
            end.lines.push_back(small_line(fmt::format(
                "What cannot wait is let in by a lead, with a reason: {}.", joined_names(context, leads))));
    }
    return notice;
}

Notice wip_aged_notice(HandlerContext& context, const UserId& reader, const WipItem& item)
{
    Notice notice = plain_reply("");
    notice.kind = NoticeKind::for_asker;
    notice.summary = fmt::format("Still in progress? {}", item.title);
    Section& section = notice.sections.front();
    section.lines = {
        plain_line(item.person == reader
                       ? fmt::format("Is this still in progress? #{} {}", item.id.value, item.title)
                       : fmt::format("This is in progress in {}, and {}: #{} {}",
                                     item.team,
                                     item.person.empty()
                                         ? std::string{"nobody has it"}
                                         : context.directory.name_of(item.person) + " is gone",
                                     item.id.value,
                                     item.title)),
        small_line(fmt::format("Begun {} ago.", elapsed_text(context.now - item.started_at)))};
    section.actions.push_back(button(action::wip_still, "Still in progress", value_of(item)));
    section.actions.push_back(button(action::wip_done, "Done", value_of(item)));
    section.actions.push_back(button(action::wip_pause, "Pause", value_of(item)));
    section.actions.push_back(button(action::wip_drop, "Drop it", value_of(item)));
    return notice;
}

}  // namespace ackd
