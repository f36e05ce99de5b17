// What the message of a round says, in each of its states.
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/notice_parts.hpp"
#include "bot/retro/retro_notices.hpp"
#include "bot/retro/retro_people.hpp"
#include "bot/retro/retro_rules.hpp"
#include "bot/retro/retro_table.hpp"
#include "bot/retro/retro_wording.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// A list on a phone; all of it is in the export.
constexpr std::size_t answers_listed_max = 60;
constexpr std::size_t answer_listed_length = 300;
constexpr std::size_t answer_in_theme_length = 120;
/// In bytes, of all that is listed: the chat refuses a message of about 13,000 characters, and writes some of
/// them longer than they are.
constexpr std::size_t listed_bytes_max = 8'000;

/// What there is room for; what is left out is counted.
class Listing {
public:
    /// Whether it still fits. Nothing that comes after something left out does: the order stays.
    [[nodiscard]] bool takes(const std::string& line)
    {
        const bool has_room = left_out_ == 0 && listed_ < answers_listed_max &&
                              bytes_ + line.size() <= listed_bytes_max;
        if (has_room) {
            ++listed_;
            bytes_ += line.size();
        } else {
            ++left_out_;
        }
        return has_room;
    }
    /// Of a heading, with what stands below it.
    void add_heading(const std::string& line) { bytes_ += line.size(); }

    void say_how_many_more(const RetroRound& round, Notice& notice) const
    {
        if (left_out_ == 0) return;
        notice.sections.emplace_back().lines.push_back(
            small_line(RichText{Words{fmt::format("… and {} more: ", left_out_)},
                                Code{fmt::format("/retro export {}", round.retro)}}));
    }

private:
    std::size_t listed_ = 0;
    std::size_t bytes_ = 0;
    std::size_t left_out_ = 0;
};

/// What was said to each question, and then what was noted before.
void add_answers(HandlerContext& context, const RetroRound& round, Notice& notice)
{
    const RetroTable table{context.connection};
    const auto questions = table.questions_of(round.id);
    const auto entries = table.entries_of(round.id);
    Listing listing;
    for (std::size_t index = 0; index <= questions.size(); ++index) {
        // Notes come last.
        const bool is_note = index == questions.size();
        const int place = is_note ? 0 : static_cast<int>(index) + 1;
        Section section;
        for (const RetroEntry& entry : entries) {
            if (entry.question != place) continue;
            const std::string words = entry_words(context, entry, answer_listed_length);
            if (!listing.takes(words)) continue;
            if (section.lines.empty()) {
                const std::string heading = is_note ? std::string{"Noted before"} : questions[index];
                listing.add_heading(heading);
                section.lines.push_back(plain_line(RichText{Strong{heading}}));
            }
            section.lines.push_back(plain_line(words));
        }
        if (!section.lines.empty()) notice.sections.push_back(std::move(section));
    }
    listing.say_how_many_more(round, notice);
}

void add_themes(HandlerContext& context, const RetroRound& round, Notice& notice)
{
    const RetroTable table{context.connection};
    auto themes = table.themes_of(round.id);
    if (round.state != RetroState::voting) themes = by_dots(std::move(themes));
    const auto entries = table.entries_of(round.id);
    if (themes.empty()) return;
    // Each theme is there, whatever is left out below; one section, and lines of one kind, so that thirty of
    // them are a few blocks of the chat's fifty.
    Listing listing;
    for (const RetroTheme& theme : themes) listing.add_heading(dots_words(theme, round.state));
    Section section;
    for (const RetroTheme& theme : themes) {
        section.lines.push_back(plain_line(RichText{Strong{dots_words(theme, round.state)}}));
        for (const RetroEntry& entry : entries) {
            if (entry.theme != theme.place) continue;
            const std::string words = entry_words(context, entry, answer_in_theme_length);
            if (listing.takes(words)) section.lines.push_back(plain_line(words));
        }
    }
    notice.sections.push_back(std::move(section));
    listing.say_how_many_more(round, notice);
    const auto left = std::count_if(
        entries.begin(), entries.end(), [](const RetroEntry& entry) { return entry.theme == 0; });
    if (left > 0)
        notice.sections.emplace_back().lines.push_back(small_line(
            RichText{Words{fmt::format("{} in no theme: ",
                                       retro_count(static_cast<std::size_t>(left), "answer", "answers"))},
                     Code{fmt::format("/retro export {}", round.retro)}}));
}

void draw_open(HandlerContext& context, const RetroRound& round, Notice& notice)
{
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(
        words_until(fmt::format("Retro {} takes answers until ", name_of(round)), round.closes_at)));
    int place = 0;
    for (const std::string& question : RetroTable{context.connection}.questions_of(round.id))
        section.lines.push_back(plain_line(fmt::format("{}. {}", ++place, question)));
    section.actions.push_back(button(action::retro_answer, "Answer", value_of(round), ActionStyle::primary));
    std::vector<Line> facts = retro_fact_lines(context, round);
    if (!facts.empty()) notice.sections.push_back(Section{std::move(facts), {}});
    notice.sections.emplace_back().lines.push_back(small_line(
        fmt::format("What is said is shown here when it closes, all at once{}. Then {} goes on with it.",
                    round.is_anonymous ? ", in random order and without names" : ", with names",
                    facilitator_name(context, round))));
}

void draw_grouping(HandlerContext& context, const RetroRound& round, Notice& notice)
{
    const auto count = RetroTable{context.connection}.entries_of(round.id).size();
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(fmt::format("Retro {}: {}{}.",
                                                   name_of(round),
                                                   retro_count(count, "answer", "answers"),
                                                   round.is_anonymous ? ", in random order" : "")));
    section.lines.push_back(
        small_line(fmt::format("Next, {} groups them into themes.", facilitator_name(context, round))));
    section.actions.push_back(button(action::retro_group, "Group into themes …", value_of(round)));
    add_answers(context, round, notice);
}

void draw_voting(HandlerContext& context, const RetroRound& round, Notice& notice)
{
    Section& section = notice.sections.front();
    section.lines.push_back(
        plain_line(fmt::format("Retro {}: what shall we do something about? Everybody of {} has {}.",
                               name_of(round),
                               round.team,
                               retro_count(static_cast<std::size_t>(round.dots), "dot", "dots"))));
    section.lines.push_back(small_line(fmt::format(
        "{} closes the voting. Until then nobody sees how it stands.", facilitator_name(context, round))));
    section.actions.push_back(
        button(action::retro_vote, "Give dots …", value_of(round), ActionStyle::primary));
    section.actions.push_back(button(action::retro_close, "Close the voting", closing_value_of(round)));
    add_themes(context, round, notice);
}

void draw_deciding(HandlerContext& context, const RetroRound& round, Notice& notice)
{
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(fmt::format("Retro {}: what do we do about it?", name_of(round))));
    const auto decided = RetroTable{context.connection}.actions_of(round.id).size();
    add_actions(context, round, "Decided:", section.lines);
    section.lines.push_back(small_line(
        fmt::format("{} adds at most {}, each with an owner and a date. The next retro opens with them.",
                    facilitator_name(context, round),
                    retro_actions_max)));
    if (decided < retro_actions_max)
        section.actions.push_back(
            button(action::retro_act, "Add an action …", value_of(round), ActionStyle::primary));
    section.actions.push_back(button(action::retro_close, "End the retro", closing_value_of(round)));
    add_themes(context, round, notice);
}

void draw_over(HandlerContext& context, const RetroRound& round, Notice& notice)
{
    const RetroTable table{context.connection};
    Section& section = notice.sections.front();
    const auto count = table.entries_of(round.id).size();
    if (count == 0) {
        section.lines.push_back(
            plain_line(fmt::format("Retro {} is over: nothing was written this time.", name_of(round))));
        return;
    }
    section.lines.push_back(
        plain_line(fmt::format("Retro {} is over: {}, {}, {}.",
                               name_of(round),
                               retro_count(count, "answer", "answers"),
                               retro_count(table.themes_of(round.id).size(), "theme", "themes"),
                               retro_count(table.actions_of(round.id).size(), "action", "actions"))));
    if (round.end == RetroEnd::by_itself)
        section.lines.push_back(
            small_line("It ended by itself: nobody went on with it. What was said is kept."));
    add_actions(context, round, "Decided:", section.lines);
    if (table.themes_of(round.id).empty())
        add_answers(context, round, notice);
    else
        add_themes(context, round, notice);
}

}  // namespace

Notice retro_notice(HandlerContext& context, const RetroRound& round)
{
    Notice notice = notice_of(NoticeKind::retro, fmt::format("Retro {}", name_of(round)));
    switch (round.state) {
        case RetroState::open: draw_open(context, round, notice); break;
        case RetroState::grouping: draw_grouping(context, round, notice); break;
        case RetroState::voting: draw_voting(context, round, notice); break;
        case RetroState::deciding: draw_deciding(context, round, notice); break;
        case RetroState::over: draw_over(context, round, notice); break;
    }
    return notice;
}

}  // namespace ackd
