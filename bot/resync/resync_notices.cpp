#include "bot/resync/resync_notices.hpp"

#include "bot/cadence/cadence_handlers.hpp"
#include "bot/calendar_text.hpp"
#include "bot/capacity/capacity_notices.hpp"
#include "bot/delivery/action_names.hpp"
#include "bot/delivery/chart_lines.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/notice_parts.hpp"
#include "bot/resync/open_between.hpp"
#include "bot/resync/resync_people.hpp"
#include "bot/resync/resync_rules.hpp"
#include "bot/resync/resync_table.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// Of each kind a team's part shows so many; a channel is read on a phone, too.
constexpr std::size_t listed_max = 6;
constexpr std::size_t divergences_listed_max = 10;
/// Of more teams than that each says only what comes first.
constexpr std::size_t teams_many = 6;
constexpr std::size_t shown_of_many = 3;

std::string what_by(const std::string& what, const std::optional<std::chrono::local_days>& by)
{
    return by ? fmt::format("{} by {}", what, short_date_text(*by)) : what;
}

Action answer_button(const ResyncRound& round, const std::string& team, bool is_only)
{
    return button(action::resync_answer,
                  is_only ? std::string{"Answer …"} : fmt::format("Answer for {} …", team),
                  value_of(round, team),
                  ActionStyle::primary);
}

/// The first so many, each as `line` makes it.
template <class List, class MakeLine>
void add_first(const List& list, Section& section, MakeLine line)
{
    for (std::size_t index = 0; index < std::min(list.size(), listed_max); ++index)
        section.lines.push_back(line(list[index]));
    if (list.size() > listed_max)
        section.lines.push_back(small_line(fmt::format("… and {} more", list.size() - listed_max)));
}

/// What a team said, and what of it is new since last time. Of many teams only what comes first.
Section team_section(HandlerContext& context,
                     const ResyncRound& round,
                     const TeamAnswer& answer,
                     bool are_many)
{
    Section section;
    section.lines.push_back(plain_line(RichText{Strong{answer.team}}));
    const auto last = ResyncTable{context.connection}.last_answer(round, answer.team);
    const auto changed = last ? changed_priorities(last->priorities, answer.priorities)
                              : std::vector<ChangedPriority>{};
    const std::size_t shown = std::min(answer.priorities.size(), are_many ? shown_of_many : listed_max);
    for (std::size_t index = 0; index < shown; ++index) {
        const bool is_new = last && changed[index].change == PriorityChange::added;
        section.lines.push_back(
            plain_line(fmt::format("{}. {}{}", index + 1, answer.priorities[index], is_new ? " (new)" : "")));
    }
    if (are_many) return section;
    if (answer.priorities.size() > shown)
        section.lines.push_back(small_line(fmt::format("… and {} more", answer.priorities.size() - shown)));
    std::vector<std::string> gone;
    for (const ChangedPriority& each : changed) {
        if (each.change == PriorityChange::gone && gone.size() < listed_max) gone.push_back(each.text);
    }
    if (!gone.empty())
        section.lines.push_back(small_line(fmt::format("No longer: {}", fmt::join(gone, " · "))));
    add_first(answer.waits_for, section, [](const Dependency& each) {
        return small_line(fmt::format("Waits for {}: {}", each.team, what_by(each.what, each.by)));
    });
    add_first(answer.risks, section, [](const std::string& each) { return small_line("Risk: " + each); });
    return section;
}

std::vector<Surprise> surprises_of(HandlerContext& context, const Resync& resync)
{
    const ResyncTable table{context.connection};
    std::vector<Surprise> all;
    for (const std::string& team : resync.teams) {
        const auto theirs = table.surprises_since(team, context.now - std::chrono::weeks{surprise_weeks});
        all.insert(all.end(), theirs.begin(), theirs.end());
    }
    return all;
}

Chart surprise_chart(HandlerContext& context, const std::vector<int>& per_week)
{
    Chart chart;
    chart.unit = "surprises, by week";
    const WallClock clock = workspace_clock(context);
    for (std::size_t week = 0; week < per_week.size(); ++week) {
        const std::chrono::weeks back{static_cast<int>(per_week.size() - week)};
        chart.columns.push_back({short_date_text(clock.day(context.now - back)), per_week[week]});
    }
    return chart;
}

void add_surprises(HandlerContext& context, const Resync& resync, const ResyncRound& round, Notice& notice)
{
    const auto all = surprises_of(context, resync);
    if (all.empty()) return;
    // What the round before had in its message is not told again.
    const auto last = ResyncTable{context.connection}.before(round);
    const Instant since = last ? last->closes_at : round.asked_at - std::chrono::weeks{2};
    Section& section = notice.sections.emplace_back();
    const std::vector<int> per_week = surprises_per_week(all, context.now);
    section.lines.push_back(
        chart_line(context, "Surprises a week, of all these teams", surprise_chart(context, per_week)));
    std::vector<Surprise> new_ones;
    std::copy_if(all.begin(), all.end(), std::back_inserter(new_ones), [&](const Surprise& each) {
        return each.said_at > since;
    });
    add_first(new_ones, section, [](const Surprise& each) {
        return small_line(fmt::format("{}: {}", each.team, each.text));
    });
    if (!have_surprises_risen(per_week)) return;
    const auto shorter = shorter_cadence(resync.cadence);
    section.lines.push_back(plain_line(
        shorter ? RichText{Words{"They have become more. Meeting more often may help, in ackd's policy: "},
                           Code{fmt::format("every = \"{}\"", to_text(*shorter))}}
                : RichText{Words{"They have become more. A talk about what changed may help."}}));
}

std::string divergence_words(HandlerContext& context, const Divergence& divergence)
{
    const std::string who = context.directory.name_of(divergence.ended_by);
    switch (divergence.state) {
        case DivergenceState::open: return "⏳ the leads of both settle it";
        case DivergenceState::reconciled: return fmt::format("✅ they agree now ({})", who);
        case DivergenceState::accepted: return fmt::format("✅ may stay so, {}: {}", who, divergence.words);
        case DivergenceState::given_up: return "⚪ nobody has settled it; whoever owns dead letters decides";
        case DivergenceState::agreed: return "✅ both say the same by now";
        case DivergenceState::dropped: return "⚪ these teams have no resync any more";
    }
    return "";
}

void add_divergences(HandlerContext& context, const ResyncRound& round, Notice& notice)
{
    const auto all = ResyncTable{context.connection}.shown_with(round);
    Section& section = notice.sections.emplace_back();
    if (all.empty()) {
        section.lines.push_back(plain_line("Between those who answered, nothing differs."));
        return;
    }
    section.lines.push_back(plain_line(RichText{Strong{"Where teams differ"}}));
    for (std::size_t index = 0; index < std::min(all.size(), divergences_listed_max); ++index) {
        section.lines.push_back(plain_line(fmt::format(
            "• {} {}", difference_words(all[index].difference), divergence_words(context, all[index]))));
    }
    if (all.size() > divergences_listed_max)
        section.lines.push_back(
            small_line(fmt::format("… and {} more, below", all.size() - divergences_listed_max)));
}

}  // namespace

std::string value_of(const ResyncRound& round, const std::string& team)
{
    return fmt::format("{} {}", round.id.value, team);
}

Notice resync_question_notice(HandlerContext& context,
                              const Resync& resync,
                              const ResyncRound& round,
                              const UserId& lead,
                              const std::vector<std::string>& teams)
{
    Notice notice = notice_of(NoticeKind::for_asker,
                              fmt::format("Resync {}: where do you stand?", resync.name));
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(fmt::format("Resync {}: where {} {} stand? A few lines, by {}.",
                                                   resync.name,
                                                   teams.size() > 1 ? "do" : "does",
                                                   fmt::join(teams, " and "),
                                                   your_time(context, lead, round.closes_at))));
    if (!round.called_by.empty()) section.lines.push_back(small_line(often_full_words(round.called_by)));
    section.lines.push_back(small_line(
        fmt::format("With {}. What all say is posted then, and where teams differ is settled between two.",
                    fmt::join(resync.teams, ", "))));
    for (const std::string& team : teams)
        section.actions.push_back(answer_button(round, team, teams.size() == 1));
    return notice;
}

Notice resync_reminder_notice(HandlerContext& context,
                              const ResyncRound& round,
                              const UserId& lead,
                              const std::vector<std::string>& teams)
{
    Notice notice = notice_of(NoticeKind::for_asker,
                              fmt::format("Resync {}: not answered yet", round.resync));
    Section& section = notice.sections.front();
    section.lines.push_back(
        plain_line(fmt::format("Resync {}: {} has not said yet where it stands. There is time until {}.",
                               round.resync,
                               fmt::join(teams, " and "),
                               your_time(context, lead, round.closes_at))));
    for (const std::string& team : teams)
        section.actions.push_back(answer_button(round, team, teams.size() == 1));
    return notice;
}

Notice resync_notice(HandlerContext& context, const Resync& resync, const ResyncRound& round, ReadIn where)
{
    const ResyncTable table{context.connection};
    Notice notice = notice_of(NoticeKind::resync, fmt::format("Resync {}", resync.name));
    const auto answers = table.answers_of(round.id);
    std::vector<std::string> silent;
    std::vector<TeamAnswer> told;
    for (const std::string& team : resync.teams) {
        const auto answered = std::find_if(
            answers.begin(), answers.end(), [&](const TeamAnswer& each) { return each.team == team; });
        if (answered != answers.end())
            told.push_back(*answered);
        else
            silent.push_back(team);
    }
    Section& head = notice.sections.front();
    head.lines.push_back(plain_line(with_moment(fmt::format("Resync {}: {} of {} teams answered. Asked ",
                                                            resync.name,
                                                            resync.teams.size() - silent.size(),
                                                            resync.teams.size()),
                                                round.asked_at)));
    const bool is_over = round.state == ResyncState::closed;
    if (!silent.empty() && is_over)
        head.lines.push_back(small_line(fmt::format("Without an answer: {}.", fmt::join(silent, ", "))));
    else if (!silent.empty())
        head.lines.push_back(
            small_line(fmt::format("Not yet: {}. It is added here when it comes.", fmt::join(silent, ", "))));
    for (const std::string& team : silent) {
        if (leads_of(context, team).empty())
            head.lines.push_back(small_line(fmt::format("{} has no lead who could answer.", team)));
    }
    // What matters most comes first: a chat cuts off what is too long.
    if (told.size() > 1) add_divergences(context, round, notice);
    if (!is_over) {
        add_surprises(context, resync, round, notice);
        if (where == ReadIn::the_channel) add_open_between(context, resync, round, notice);
    }
    for (const TeamAnswer& answer : told)
        notice.sections.push_back(team_section(context, round, answer, told.size() > teams_many));
    if (is_over) return notice;
    const CadenceInPolicy it{{CadenceUse::resync, resync.name}, &resync.cadence};
    if (const auto next = next_run(context, it))
        notice.sections.front().lines.push_back(
            small_line(with_moment("Next: ", next->at, fmt::format(" · {}", to_text(resync.cadence)))));
    return notice;
}

std::string difference_words(const Difference& difference)
{
    switch (difference.kind) {
        case DivergenceKind::not_listed:
            return fmt::format("{} waits for {}: {}. {} does not name it.",
                               difference.team,
                               difference.other,
                               what_by(difference.what, difference.by),
                               difference.other);
        case DivergenceKind::dates_differ:
            return fmt::format("{} waits for {}: {}. {} says {}.",
                               difference.team,
                               difference.other,
                               what_by(difference.what, difference.by),
                               difference.other,
                               difference.other_by ? short_date_text(*difference.other_by) : "no date");
        case DivergenceKind::same_work:
            return fmt::format("{} and {} both name it: \"{}\" and \"{}\".",
                               difference.team,
                               difference.other,
                               difference.what,
                               difference.other_what);
    }
    return "";
}

Notice divergence_notice(HandlerContext& context, const Divergence& divergence)
{
    Notice notice = notice_of(NoticeKind::resync, difference_words(divergence.difference));
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(difference_words(divergence.difference)));
    section.lines.push_back(small_line(divergence_words(context, divergence)));
    return notice;
}

void add_link(const MessageRef& message, const char* label, Notice& reply)
{
    RichText& text = reply.sections.front().lines.front().text;
    text.push_back(Words{" "});
    text.push_back(MessageLink{message, label});
}

Notice resyncs_reply(HandlerContext& context, const UserId& reader)
{
    const ResyncTable table{context.connection};
    Notice notice = notice_of(NoticeKind::reply, "Resyncs");
    notice.sections.clear();
    for (const Resync& resync : context.settings.resyncs) {
        Section& section = notice.sections.emplace_back();
        section.lines.push_back(plain_line(
            RichText{Strong{resync.name}, Words{fmt::format(" · {}", fmt::join(resync.teams, ", "))}}));
        const CadenceInPolicy it{{CadenceUse::resync, resync.name}, &resync.cadence};
        section.lines.push_back(plain_line(next_words(context, it, reader)));
        const auto round = table.newest(resync.name);
        if (!round) continue;
        const auto answers = table.answers_of(round->id);
        section.lines.push_back(small_line(fmt::format("Last asked {} · {} of {} teams answered",
                                                       your_time(context, reader, round->asked_at),
                                                       answers.size(),
                                                       resync.teams.size())));
        if (round->message.exists())
            section.lines.push_back(small_line(RichText{MessageLink{round->message, "what came of it"}}));
        if (round->state == ResyncState::closed) continue;
        const auto led = teams_led(context, resync, reader);
        for (const std::string& team : led)
            section.actions.push_back(answer_button(*round, team, led.size() == 1));
    }
    notice.sections.emplace_back().lines.push_back(small_line(RichText{Words{"What nobody expected: "},
                                                                       Code{"/surprise what it was"},
                                                                       Words{" · for leads: "},
                                                                       Code{"/resync skip"},
                                                                       Words{", "},
                                                                       Code{"pause until monday"},
                                                                       Words{", "},
                                                                       Code{"resume"},
                                                                       Words{", "},
                                                                       Code{"now"}}));
    return notice;
}

}  // namespace ackd
