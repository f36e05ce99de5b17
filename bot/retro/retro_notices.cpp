#include "bot/retro/retro_notices.hpp"

#include "bot/cadence/cadence_handlers.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/notice_parts.hpp"
#include "bot/people/local_time.hpp"
#include "bot/resync/resync_table.hpp"
#include "bot/retro/retro_handlers.hpp"
#include "bot/retro/retro_people.hpp"
#include "bot/retro/retro_rules.hpp"
#include "bot/retro/retro_table.hpp"
#include "bot/retro/retro_wording.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// A list on a phone.
constexpr std::size_t surprises_listed_max = 5;
constexpr std::size_t found_length = 300;

void add_surprises(HandlerContext& context, const RetroRound& round, std::vector<Line>& lines)
{
    auto surprises = ResyncTable{context.connection}.surprises_since(round.team, round.facts_since);
    std::erase_if(surprises, [&](const Surprise& each) { return each.said_at > round.opened_at; });
    if (surprises.empty()) return;
    lines.push_back(
        small_line(fmt::format("{} since then:", retro_count(surprises.size(), "surprise", "surprises"))));
    for (std::size_t index = 0; index < std::min(surprises.size(), surprises_listed_max); ++index)
        lines.push_back(Line{LineStyle::quote, RichText{Words{surprises[index].text}}});
}

/// "a day", as the reminder comes by rule; else as it is.
std::string time_left(Duration left)
{
    using namespace std::chrono_literals;
    return left > 20h && left < 28h ? "a day" : elapsed_text(left);
}

std::string asked_words(HandlerContext& context, const RetroRound& round, RetroAsked asked)
{
    switch (asked) {
        case RetroAsked::first_of_two: return "It comes once more a day before the end, and that is all.";
        case RetroAsked::only_once: return "It comes only this once.";
        case RetroAsked::last: break;
    }
    return fmt::format("It closes in {}. Everybody of the team gets this twice: nobody knows who has "
                       "answered. It is the last one.",
                       time_left(round.closes_at - context.now));
}

/// What somebody may do where the round stands, also where no message shows it.
void add_live(HandlerContext& context, const RetroRound& round, const UserId& reader, Section& section)
{
    const bool goes_on = may_facilitate(context, round, reader);
    if (round.state == RetroState::open) {
        section.lines.push_back(plain_line(
            fmt::format("It takes answers until {}.", your_time(context, reader, round.closes_at))));
        section.actions.push_back(button(action::retro_answer, "Answer", value_of(round)));
    } else {
        section.lines.push_back(plain_line(
            fmt::format("{} goes on with round {} now.", facilitator_name(context, round), round.number)));
    }
    if (round.state == RetroState::grouping && goes_on)
        section.actions.push_back(button(action::retro_group, "Group into themes …", value_of(round)));
    if (round.state == RetroState::voting)
        section.actions.push_back(button(action::retro_vote, "Give dots …", value_of(round)));
    if (round.state == RetroState::voting && goes_on)
        section.actions.push_back(button(action::retro_close, "Close the voting", closing_value_of(round)));
    if (round.state == RetroState::deciding && goes_on) {
        if (RetroTable{context.connection}.actions_of(round.id).size() < retro_actions_max)
            section.actions.push_back(button(action::retro_act, "Add an action …", value_of(round)));
        section.actions.push_back(button(action::retro_close, "End the retro", closing_value_of(round)));
    }
    // A message to one person alone is a link for nobody else.
    const bool is_theirs = reader == round.facilitator || round.message.channel == channel_of(context, round);
    if (round.message.exists() && is_theirs)
        section.lines.push_back(
            small_line(RichText{Words{"All of it is "}, MessageLink{round.message, "here"}, Words{"."}}));
}

/// The section of one retro in the overview.
Section retro_section(HandlerContext& context, const Retro& retro, const UserId& reader)
{
    const RetroTable table{context.connection};
    Section section;
    section.lines.push_back(plain_line(RichText{Strong{retro.name}}));
    auto live = table.live(retro.name);
    // One of the team that had the retro before is for its people.
    if (live && live->team != retro.team) live.reset();
    if (live) add_live(context, *live, reader, section);
    for (const CadenceInPolicy& it : cadences_of(context.settings)) {
        if (it.key == CadenceKey{CadenceUse::retro, retro.name})
            section.lines.push_back(plain_line(next_words(context, it, reader)));
    }
    if (!live || live->state == RetroState::open) {
        const UserId next = live ? live->facilitator : next_facilitator(context, retro);
        if (!next.empty())
            section.lines.push_back(
                plain_line(fmt::format("{} facilitates.", context.directory.name_of(next))));
    }
    for (const RetroRound& round : table.newest(retro, 2)) {
        const auto before = section.lines.size();
        add_actions(context, round, "Decided last:", section.lines);
        if (section.lines.size() > before) break;
    }
    return section;
}

}  // namespace

std::string anonymous_words()
{
    return "Answer what you like, and leave out the rest. Nothing is kept of who you are or of when you answer; "
           "all answers are shown at once, in random order.";
}

std::string named_words()
{
    return "Answer what you like, and leave out the rest. Answers are shown all at once, with names.";
}

std::string retro_vote_words(const RetroRound& round)
{
    return round.dots == 1 ? std::string{"You have one dot, for one theme."}
                           : fmt::format("You have {} dots, each for another theme.", round.dots);
}

std::vector<Line> retro_fact_lines(HandlerContext& context, const RetroRound& round)
{
    std::vector<Line> lines;
    std::vector<std::string> figures;
    const RetroFigures& known = round.figures;
    if (known.dead_letters.value_or(0) > 0)
        figures.push_back(
            fmt::format("{} never got an answer",
                        retro_count(static_cast<std::size_t>(*known.dead_letters), "ask", "asks")));
    if (known.declined.value_or(0) > 0)
        figures.push_back(
            fmt::format("{} handed back",
                        retro_count(static_cast<std::size_t>(*known.declined), "ask was", "asks were")));
    if (known.unanswered_capacity > 0)
        figures.push_back(fmt::format("{} when the team was at capacity",
                                      retro_count(static_cast<std::size_t>(known.unanswered_capacity),
                                                  "answer was missing",
                                                  "answers were missing")));
    if (!figures.empty())
        lines.push_back(small_line(fmt::format("Since the last time: {}.", fmt::join(figures, " · "))));
    add_surprises(context, round, lines);
    if (const auto before = RetroTable{context.connection}.before(round))
        add_actions(context, *before, "Decided last time:", lines);
    return lines;
}

Notice retro_prompt_notice(HandlerContext& context,
                           const RetroRound& round,
                           const UserId& reader,
                           RetroAsked asked)
{
    const std::string until = your_time(context, reader, round.closes_at);
    Notice notice = notice_of(NoticeKind::for_asker, fmt::format("Retro of {}", round.team));
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(fmt::format(
        "{} wants to hear what you noticed: retro {}, until {}.", round.team, name_of(round), until)));
    section.lines.push_back(small_line(round.is_anonymous ? anonymous_words() : named_words()));
    section.lines.push_back(small_line(asked_words(context, round, asked)));
    section.actions.push_back(button(action::retro_answer, "Answer", value_of(round), ActionStyle::primary));
    return notice;
}

Notice retro_turn_notice(HandlerContext& context, const RetroRound& round)
{
    const auto count = RetroTable{context.connection}.entries_of(round.id).size();
    Notice notice = notice_of(NoticeKind::for_asker,
                              fmt::format("Retro {}: it is your turn", name_of(round)));
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(fmt::format(
        "You facilitate retro {}: {} so far.", name_of(round), retro_count(count, "answer", "answers"))));
    switch (round.state) {
        case RetroState::grouping:
            section.lines.push_back(plain_line("Next: which of them belong together?"));
            section.actions.push_back(
                button(action::retro_group, "Group into themes …", value_of(round), ActionStyle::primary));
            break;
        case RetroState::voting:
            section.lines.push_back(plain_line("It is being voted on. When everybody had their say:"));
            section.actions.push_back(
                button(action::retro_close, "Close the voting", closing_value_of(round)));
            break;
        default:
            section.lines.push_back(plain_line("Next: what is done about it, by whom, and by when?"));
            section.actions.push_back(
                button(action::retro_act, "Add an action …", value_of(round), ActionStyle::primary));
            section.actions.push_back(button(action::retro_close, "End the retro", closing_value_of(round)));
            break;
    }
    if (round.message.exists())
        section.lines.push_back(
            small_line(RichText{Words{"What was said is "}, MessageLink{round.message, "here"}, Words{"."}}));
    if (round.left_alone_until)
        section.lines.push_back(small_line(fmt::format(
            "Nothing has to come of it: left alone, it ends by itself on {}, and keeps what was said.",
            your_time(context, round.facilitator, *round.left_alone_until))));
    return notice;
}

Notice retro_unshown_notice(const RetroRound& round)
{
    Notice notice = notice_of(NoticeKind::for_asker, fmt::format("Retro {}", name_of(round)));
    notice.sections.front().lines.push_back(plain_line(fmt::format(
        "The chat does not take the message of retro {}, in no channel and not here.", name_of(round))));
    notice.sections.front().lines.push_back(
        small_line(RichText{Words{"It goes on with "},
                            Code{fmt::format("/retro {}", round.retro)},
                            Words{"; what was said: "},
                            Code{fmt::format("/retro export {}", round.retro)}}));
    return notice;
}

Notice retro_voted_reply(HandlerContext& context, const RetroRound& round)
{
    Notice notice = plain_reply("The voting is closed. Only how many dots each theme has is kept.");
    Section& section = notice.sections.front();
    for (const RetroTheme& theme : by_dots(RetroTable{context.connection}.themes_of(round.id)))
        section.lines.push_back(small_line(dots_words(theme, round.state)));
    section.actions.push_back(
        button(action::retro_act, "Add an action …", value_of(round), ActionStyle::primary));
    section.actions.push_back(button(action::retro_close, "End the retro", closing_value_of(round)));
    return notice;
}

Notice retro_ended_reply(HandlerContext& context, const RetroRound& round)
{
    const auto actions = RetroTable{context.connection}.actions_of(round.id).size();
    Notice notice = plain_reply(fmt::format("Retro {} is over{}.",
                                            name_of(round),
                                            actions == 0 ? ": nothing was taken on this time"
                                                         : "; the next one opens with what was decided"));
    notice.sections.front().lines.push_back(small_line(
        RichText{Words{"To take it along: "}, Code{fmt::format("/retro export {}", round.retro)}}));
    return notice;
}

Notice retro_note_reply(HandlerContext& context,
                        const Retro& retro,
                        const UserId& reader,
                        bool is_anonymous,
                        const std::optional<RetroRound>& now)
{
    std::string when = now ? fmt::format("the retro {} that is open until {}",
                                         retro.name,
                                         your_time(context, reader, now->closes_at))
                           : fmt::format("the next retro {}", retro.name);
    return plain_reply(fmt::format(
        "Noted for {}, {}.",
        when,
        is_anonymous ? "without your name: nobody can take it back, or see it before" : "with your name"));
}

Notice retro_note_refusal(const std::string& why, const std::string& text)
{
    Notice notice = plain_reply(why);
    notice.sections.front().lines.push_back(Line{LineStyle::quote, RichText{Words{text}}});
    return notice;
}

Notice retros_reply(HandlerContext& context, const std::vector<const Retro*>& retros, const UserId& reader)
{
    Notice notice = notice_of(NoticeKind::reply, "Retros");
    notice.sections.clear();
    for (const Retro* retro : retros) notice.sections.push_back(retro_section(context, *retro, reader));
    notice.sections.emplace_back().lines.push_back(small_line(RichText{Words{"On any day: "},
                                                                       Code{"/retro note what you noticed"},
                                                                       Words{" · what was said before: "},
                                                                       Code{"/retro find deploys"},
                                                                       Words{" · "},
                                                                       Code{"/retro export"}}));
    return notice;
}

Notice retro_found_reply(HandlerContext& context,
                         const UserId& reader,
                         const std::string& words,
                         const std::vector<RetroFound>& found)
{
    if (found.empty())
        return plain_reply(fmt::format("Nothing with \"{}\" was said in your retros.", shortened(words, 80)));
    Notice notice = plain_reply(fmt::format("With \"{}\", newest first:", shortened(words, 80)));
    for (const RetroFound& each : found)
        notice.sections.front().lines.push_back(
            plain_line(fmt::format("{} · {} ({}): {}",
                                   each.retro,
                                   each.number,
                                   your_time(context, reader, each.opened_at),
                                   shortened(each.text, found_length))));
    return notice;
}

std::vector<std::string> retro_markdown(HandlerContext& context, const RetroRound& round)
{
    const RetroTable table{context.connection};
    std::vector<std::string> lines;
    const auto entries = table.entries_of(round.id);
    const auto entry_line = [&](const RetroEntry& entry) {
        // Its number is what themes call it, and no number of a list: those count by themselves.
        std::string text = fmt::format(
            "- **{}** {}", entry.number, said_words(context, entry, retro_answer_length_max));
        // A line of several would end the list.
        std::replace(text.begin(), text.end(), '\n', ' ');
        return text;
    };
    lines.push_back(fmt::format("# Retro {}", name_of(round)));
    lines.push_back(fmt::format("{} · {}", round.team, utc_text(round.opened_at)));
    if (!round.facilitator.empty())
        lines.push_back(fmt::format("Facilitated by {}", context.directory.name_of(round.facilitator)));
    const auto questions = table.questions_of(round.id);
    for (std::size_t index = 0; index <= questions.size(); ++index) {
        const int place = index < questions.size() ? static_cast<int>(index) + 1 : 0;
        lines.push_back(fmt::format("## {}", place > 0 ? questions[index] : "Noted before"));
        for (const RetroEntry& entry : entries) {
            if (entry.question == place) lines.push_back(entry_line(entry));
        }
        if (lines.back().starts_with("## ")) lines.pop_back();
    }
    const auto themes = by_dots(table.themes_of(round.id));
    if (!themes.empty()) lines.emplace_back("## Themes");
    for (const RetroTheme& theme : themes) {
        std::vector<int> numbers;
        for (const RetroEntry& entry : entries) {
            if (entry.theme == theme.place) numbers.push_back(entry.number);
        }
        lines.push_back(
            round.state == RetroState::voting
                ? fmt::format("- {}: {}", theme.title, fmt::join(numbers, ", "))
                : fmt::format("- {} ({} dots): {}", theme.title, theme.dots, fmt::join(numbers, ", ")));
    }
    const auto actions = table.actions_of(round.id);
    if (!actions.empty()) lines.emplace_back("## Actions");
    for (const RetroAction& action : actions) {
        const auto request = context.obligations.find(action.request);
        std::string line = fmt::format("- {}", action.text);
        if (request) line += fmt::format(": {}", standing_of(context, *request));
        if (request && request->due_at) line += fmt::format(", by {}", utc_text(*request->due_at));
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace ackd
