#include "bot/drift/drift_notices.hpp"

#include "bot/capacity/capacity_handlers.hpp"
#include "bot/delivery/action_names.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/notice_parts.hpp"
#include "bot/drift/drift_rules.hpp"
#include "bot/drift/drift_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

constexpr int listed_max = 3;

Line quoted(const std::string& text)
{
    return Line{LineStyle::quote, RichText{Words{text}}};
}

std::string view_line(const DriftView& view, const DriftOutcome& outcome, const std::string& asker)
{
    const std::string bar = drift_bar(view.count, outcome.answers);
    return view.holds ? fmt::format("{} {} · {} (this holds, says {})", bar, view.count, view.text, asker)
                      : fmt::format("{} {} · {}", bar, view.count, view.text);
}

enum class Tense { present, past };

/// "3 of 6 see it as Ana does (50 %)", "3 of 6 saw it as Ana did (50 %)"
std::string outcome_words(HandlerContext& context,
                          const DriftProbe& probe,
                          const DriftOutcome& outcome,
                          Tense tense)
{
    const bool is_past = tense == Tense::past;
    const char* sees = outcome.holding == 1 ? "sees" : "see";
    return fmt::format("{} of {} {} it as {} {} ({})",
                       outcome.holding,
                       outcome.answers,
                       is_past ? "saw" : sees,
                       context.directory.name_of(probe.asker),
                       is_past ? "did" : "does",
                       share_words(outcome.agreement));
}

constexpr const char* nothing_shown = "Nothing is shown, and what was answered is deleted.";

std::string next_possible_words(HandlerContext& context, const DriftProbe& probe, const UserId& reader)
{
    return fmt::format("The next question is possible from {}.",
                       your_time(context, reader, probe.asked_at + drift_team_pause));
}

std::string what_holds(const DriftProbe& probe)
{
    const auto holds = std::find_if(
        probe.views.begin(), probe.views.end(), [](const DriftView& view) { return view.holds; });
    return holds == probe.views.end() ? std::string{} : holds->text;
}

/// The same question was asked before: how it was seen then.
void add_last_time(HandlerContext& context, const DriftProbe& probe, Section& section)
{
    for (const DriftProbe& before : DriftTable{context.connection}.shown_before(probe)) {
        if (!is_same_question(before.question, probe.question)) continue;
        const auto outcome = outcome_of(before.views);
        if (!outcome) return;
        section.lines.push_back(
            small_line(RichText{Words{"Last time, "},
                                moment(before.asked_at),
                                Words{fmt::format(": {}. It was: {}",
                                                  outcome_words(context, before, *outcome, Tense::past),
                                                  what_holds(before))}}));
        return;
    }
}

void add_proposal(const DriftOutcome& outcome, const DriftProbe& probe, Notice& notice)
{
    if (outcome.agenda.empty()) return;
    Section& section = notice.sections.emplace_back();
    section.lines.push_back(
        plain_line(fmt::format("This is worth a resync of fifteen minutes in {}, about:", probe.team)));
    int number = 0;
    for (const std::string& view : outcome.agenda)
        section.lines.push_back(plain_line(fmt::format("{}. {}", ++number, view)));
    section.lines.push_back(small_line("A proposal, and no more: nobody has been invited."));
}

RichText probe_words(HandlerContext& context, const DriftProbe& probe, const UserId& reader)
{
    const std::string when = your_time(context, reader, probe.asked_at);
    if (probe.state == DriftState::open)
        return {Words{fmt::format("Asked {}, until {}. Nothing is shown before: {}",
                                  when,
                                  your_time(context, reader, probe.closes_at),
                                  probe.question)}};
    if (probe.state == DriftState::called_off)
        return {Words{fmt::format("Asked {}, and called off: {}", when, probe.question)}};
    const auto outcome = outcome_of(probe.views);
    if (!outcome)
        return {Words{fmt::format("Asked {}: too few answered to show anything. {}", when, probe.question)}};
    RichText words{Words{fmt::format(
        "Asked {}: {}. {}", when, outcome_words(context, probe, *outcome, Tense::past), probe.question)}};
    if (probe.message.exists()) {
        words.push_back(Words{" · "});
        words.push_back(MessageLink{probe.message, "the outcome"});
    }
    return words;
}

}  // namespace

std::string drift_obstacle(HandlerContext& context, const std::string& team, const UserId& reader)
{
    const auto newest = DriftTable{context.connection}.newest(team, 1);
    if (newest.empty()) return "";
    const DriftProbe& last = newest.front();
    if (last.state == DriftState::open)
        return fmt::format("{} is being asked something already, until {}. One at a time.",
                           team,
                           your_time(context, reader, last.closes_at));
    const Instant next_at = last.asked_at + drift_team_pause;
    if (next_at <= context.now) return "";
    return fmt::format("{} is asked once in two weeks: the next one is possible from {}.",
                       team,
                       your_time(context, reader, next_at));
}

Notice drift_question_notice(HandlerContext& context, const DriftProbe& probe, const UserId& person)
{
    Notice notice = notice_of(NoticeKind::for_asker,
                              fmt::format("A question to a few people of {}", probe.team));
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(fmt::format("📨 {} asks {} people of {}, picked at random:",
                                                   context.directory.name_of(probe.asker),
                                                   probe.asked_count,
                                                   probe.team)));
    section.lines.push_back(quoted(probe.question));
    section.lines.push_back(small_line(fmt::format(
        "One tap, as you see it, by {}. It is counted without your name, and cannot be changed. Nothing is "
        "shown before the end, and only if five answer. There is no reminder.",
        your_time(context, person, probe.closes_at))));
    for (const DriftView& view : probe.views)
        section.actions.push_back(
            button(action::drift_answer, view.text, fmt::format("{} {}", probe.id.value, view.place)));
    return notice;
}

Notice drift_asked_notice(HandlerContext& context, const DriftProbe& probe)
{
    Notice notice = notice_of(NoticeKind::for_asker,
                              fmt::format("Asked {} people of {}", probe.asked_count, probe.team));
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(fmt::format("📨 Asked {} people of {}, picked at random, until {}:",
                                                   probe.asked_count,
                                                   probe.team,
                                                   your_time(context, probe.asker, probe.closes_at))));
    section.lines.push_back(quoted(probe.question));
    section.lines.push_back(
        small_line("What holds stays sealed until the end, and nothing else is shown before. With fewer than "
                   "five answers nothing is shown at all."));
    section.lines.push_back(small_line(RichText{Words{"To call it off: "}, Code{"/drift stop"}}));
    return notice;
}

Notice drift_notice(HandlerContext& context, const DriftProbe& probe)
{
    Notice notice = notice_of(NoticeKind::drift,
                              fmt::format("How {} sees it: {}", probe.team, probe.question));
    const auto outcome = outcome_of(probe.views);
    if (!outcome) return notice;
    const std::string asker = context.directory.name_of(probe.asker);
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(RichText{Strong{probe.question}}));
    section.lines.push_back(plain_line(fmt::format(
        "{}: {}.", agreement_words(*outcome), outcome_words(context, probe, *outcome, Tense::present))));
    for (const DriftView& view : outcome->views)
        section.lines.push_back(plain_line(view_line(view, *outcome, asker)));
    add_last_time(context, probe, section);
    section.lines.push_back(small_line(
        RichText{Words{fmt::format(
                     "{} asked {} people of {}, picked at random, ", asker, probe.asked_count, probe.team)},
                 moment(probe.asked_at),
                 Words{". Who has which view is nowhere. The next question is "
                       "possible from "},
                 moment(probe.asked_at + drift_team_pause),
                 Words{"."}}));
    add_proposal(*outcome, probe, notice);
    return notice;
}

Notice drift_too_few_notice(HandlerContext& context, const DriftProbe& probe)
{
    Notice notice = notice_of(NoticeKind::for_asker, "Too few answered to show anything");
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(
        fmt::format("Too few people of {} answered to show anything: it takes five.", probe.team)));
    section.lines.push_back(quoted(probe.question));
    section.lines.push_back(small_line(
        fmt::format("Of the answers nothing is kept. {}", next_possible_words(context, probe, probe.asker))));
    return notice;
}

Notice drift_called_off_notice(const DriftProbe& probe)
{
    Notice notice = notice_of(NoticeKind::for_asker,
                              fmt::format("A question to a few people of {}: called off", probe.team));
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(fmt::format(
        "⚪ This question to a few people of {} was called off. Nothing for you to do.", probe.team)));
    section.lines.push_back(quoted(probe.question));
    section.lines.push_back(small_line(nothing_shown));
    return notice;
}

Notice drift_stopped_notice(HandlerContext& context, const DriftProbe& probe, const UserId& person)
{
    const std::string who = context.directory.name_of(person);
    Notice notice = notice_of(NoticeKind::for_asker, fmt::format("{} called off your question", who));
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(fmt::format("{} called off what you asked {}:", who, probe.team)));
    section.lines.push_back(quoted(probe.question));
    section.lines.push_back(
        small_line(fmt::format("{} {}", nothing_shown, next_possible_words(context, probe, probe.asker))));
    return notice;
}

Notice drift_stopped_reply(HandlerContext& context, const DriftProbe& probe, const UserId& reader)
{
    Notice notice = plain_reply(fmt::format("Called off. {}", nothing_shown));
    Section& section = notice.sections.front();
    section.lines.push_back(quoted(probe.question));
    section.lines.push_back(small_line(fmt::format("Who was asked sees it in their message. {}",
                                                   next_possible_words(context, probe, reader))));
    return notice;
}

Notice drift_counted_reply(HandlerContext& context, const DriftProbe& probe)
{
    const Team* team = team_named(context, probe.team);
    Notice notice = plain_reply("✅ Counted, without your name.");
    RichText where{Words{"If five answer, the outcome is shown at the end"}};
    if (team != nullptr && !team->channel.empty()) {
        where.push_back(Words{" in "});
        where.push_back(ChannelName{team->channel});
    }
    where.push_back(Words{"."});
    notice.sections.front().lines.push_back(small_line(std::move(where)));
    return notice;
}

Notice drift_over_reply(const DriftProbe& probe)
{
    if (probe.state == DriftState::called_off)
        return plain_reply(fmt::format("This was called off. {}", nothing_shown));
    Notice notice = plain_reply(probe.state == DriftState::too_few
                                    ? "This has ended. Too few answered to show anything."
                                    : "This has ended.");
    if (probe.message.exists())
        notice.sections.front().lines.push_back(small_line(
            RichText{Words{"What came of it is "}, MessageLink{probe.message, "here"}, Words{"."}}));
    return notice;
}

Notice drift_standing_reply(HandlerContext& context,
                            const std::vector<TeamToAsk>& teams,
                            const UserId& reader)
{
    Notice notice = notice_of(NoticeKind::reply, "How alike teams see things");
    notice.sections.clear();
    const DriftTable table{context.connection};
    for (const TeamToAsk& each : teams) {
        Section& section = notice.sections.emplace_back();
        section.lines.push_back(plain_line(RichText{Strong{each.team}}));
        section.lines.push_back(plain_line(each.obstacle.empty()
                                               ? RichText{Words{"Can be asked now: "}, Code{"/drift"}}
                                               : RichText{Words{each.obstacle}}));
        for (const DriftProbe& probe : table.newest(each.team, listed_max))
            section.lines.push_back(small_line(probe_words(context, probe, reader)));
    }
    return notice;
}

}  // namespace ackd
