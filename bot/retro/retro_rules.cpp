#include "bot/retro/retro_rules.hpp"

#include "bot/commands/whole_number.hpp"
#include "bot/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace ackd {

namespace {

/// To a person, in words that anybody can answer from their own two weeks.
constexpr std::array five_questions{
    "What did we take for granted that nobody had said out loud?",
    "What work kept things going that hardly anybody saw?",
    "Where did we gain speed at the cost of pulling in one direction?",
    "Which of our meetings and rituals brought us together, and which only took time?",
    "Where was it unclear what was wanted, or whose call it was?",
};

std::vector<std::string_view> lines_of(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(trimmed(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::vector<std::string_view> words_between(std::string_view text, std::string_view separators)
{
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t begin = std::min(text.find_first_not_of(separators), text.size());
        const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
        if (end > begin) words.push_back(text.substr(begin, end - begin));
        text.remove_prefix(end);
    }
    return words;
}

bool is_continuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::size_t characters_in(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char byte) { return !is_continuation(byte); }));
}

/// The beginning of it in one line, of at most so many characters, at the end of a word where there is one.
std::string title_of(std::string_view text, std::size_t length_max)
{
    std::string line;
    for (const char byte : text) line += byte == '\n' || byte == '\r' || byte == ':' ? ' ' : byte;
    if (characters_in(line) <= length_max) return std::string{trimmed(line)};
    std::size_t end = 0;
    for (std::size_t count = 0; end < line.size(); ++end) {
        if (!is_continuation(line[end]) && count++ == length_max) break;
    }
    line.resize(end);
    if (const auto space = line.rfind(' '); space != std::string::npos && space > end / 2) line.resize(space);
    return std::string{trimmed(line)} + "…";
}

const RetroEntry* entry_with(const std::vector<RetroEntry>& entries, int number)
{
    const auto found = std::find_if(
        entries.begin(), entries.end(), [&](const RetroEntry& entry) { return entry.number == number; });
    return found == entries.end() ? nullptr : &*found;
}

/// A title in front of a colon, and numbers behind it; a line without a colon is numbers alone.
struct GroupLine {
    std::string_view title;
    std::vector<std::string_view> numbers;
};

GroupLine parted(std::string_view line)
{
    const auto colon = line.rfind(':');
    if (colon == std::string_view::npos) return {{}, words_between(line, " \t,;#")};
    return {trimmed(line.substr(0, colon)), words_between(line.substr(colon + 1), " \t,;#")};
}

/// Of one list: those who are here, and in where `must_be_in`; whoever facilitated longest ago.
UserId turn_of(const std::vector<RetroCandidate>& list, bool must_be_in)
{
    const RetroCandidate* next = nullptr;
    for (const RetroCandidate& each : list) {
        if (!each.is_here || (must_be_in && each.is_out)) continue;
        if (next == nullptr || each.last_round < next->last_round) next = &each;
    }
    return next == nullptr ? UserId{} : next->person;
}

}  // namespace

std::string_view name_of(RetroState state)
{
    switch (state) {
        case RetroState::open: return "open";
        case RetroState::grouping: return "grouping";
        case RetroState::voting: return "voting";
        case RetroState::deciding: return "deciding";
        case RetroState::over: return "over";
    }
    return "?";
}

std::string_view name_of(RetroEnd end)
{
    switch (end) {
        case RetroEnd::none: return "none";
        case RetroEnd::said: return "said";
        case RetroEnd::by_itself: return "by_itself";
        case RetroEnd::nothing_said: return "nothing_said";
        case RetroEnd::team_was_gone: return "team_was_gone";
    }
    return "?";
}

std::vector<std::string> all_questions(const Retro& retro)
{
    std::vector<std::string> all{five_questions.begin(), five_questions.end()};
    all.insert(all.end(), retro.questions.begin(), retro.questions.end());
    return all;
}

std::vector<std::string> questions_of_this_time(const std::vector<std::string>& all,
                                                const std::map<std::string, int>& last_asked,
                                                int count)
{
    const auto asked = [&](const std::string& question) {
        const auto found = last_asked.find(question);
        return found == last_asked.end() ? 0 : found->second;
    };
    std::vector<std::string> longest_ago = all;
    std::stable_sort(longest_ago.begin(), longest_ago.end(), [&](const auto& one, const auto& other) {
        return asked(one) < asked(other);
    });
    longest_ago.resize(std::min(longest_ago.size(), static_cast<std::size_t>(std::max(count, 1))));
    std::vector<std::string> chosen;
    for (const std::string& question : all) {
        if (std::find(longest_ago.begin(), longest_ago.end(), question) != longest_ago.end())
            chosen.push_back(question);
    }
    return chosen;
}

UserId facilitator_of(const std::vector<std::vector<RetroCandidate>>& lists)
{
    for (const bool must_be_in : {true, false}) {
        for (const auto& list : lists) {
            if (UserId next = turn_of(list, must_be_in); !next.empty()) return next;
        }
    }
    return {};
}

Instant closes_at(const WorkingHours& hours, Instant opened_at, Duration open_for)
{
    return hours.add_working_time(opened_at, open_for);
}

std::optional<Instant> remind_at(Instant opened_at, Instant closes_at)
{
    const Instant at = closes_at - retro_reminded_before;
    return at < opened_at + retro_prompts_apart ? std::nullopt : std::optional{at};
}

std::optional<Instant> closes_after_outage(const WorkingHours& hours,
                                           const RetroRound& round,
                                           const TimeSpan& outage)
{
    const Instant from = std::max(round.opened_at, outage.from);
    const Instant until = std::min(round.closes_at, outage.until);
    if (round.was_moved || until <= from) return std::nullopt;
    const Duration lost = hours.working_time_between(from, until);
    if (2 * lost <= hours.working_time_between(round.opened_at, round.closes_at)) return std::nullopt;
    return hours.add_working_time(std::max(round.closes_at, outage.until), lost);
}

void begin_waiting(RetroRound& round, const WorkingHours& hours, Instant now)
{
    round.remind_at.reset();
    round.look_at = hours.add_working_time(now, retro_looked_at_every);
    round.left_alone_until = hours.add_working_time(now, retro_left_alone_for);
}

RetroRound ended(RetroRound round, RetroEnd how, Instant now)
{
    round.state = RetroState::over;
    round.end = how;
    round.ended_at = now;
    round.remind_at.reset();
    round.look_at.reset();
    round.left_alone_until.reset();
    return round;
}

std::optional<Instant> due_of(const RetroRound& round)
{
    if (round.state == RetroState::over) return std::nullopt;
    if (round.state == RetroState::open)
        return round.remind_at ? std::min(*round.remind_at, round.closes_at) : round.closes_at;
    if (!round.look_at) return round.left_alone_until;
    return round.left_alone_until ? std::min(*round.look_at, *round.left_alone_until) : *round.look_at;
}

ReadGroups read_groups(std::string_view text, const std::vector<RetroEntry>& entries)
{
    ReadGroups read;
    std::set<int> grouped;
    int line_number = 0;
    for (const std::string_view line : lines_of(text)) {
        ++line_number;
        if (line.empty()) continue;
        const auto wrong = [&](const std::string& why) {
            return ReadGroups{{}, fmt::format("Line {}: {}", line_number, why)};
        };
        const GroupLine parts = parted(line);
        RetroGroup group;
        for (const std::string_view word : parts.numbers) {
            const auto number = parse_whole_number<int>(word);
            if (!number)
                return wrong(fmt::format("\"{}\" is no number of an answer. One theme a line: Deploys: 1 4 7",
                                         title_of(word, 30)));
            if (entry_with(entries, *number) == nullptr)
                return wrong(fmt::format("there is no answer {}.", *number));
            if (!grouped.insert(*number).second)
                return wrong(fmt::format("answer {} is in a theme already.", *number));
            group.numbers.push_back(*number);
        }
        if (group.numbers.empty())
            return wrong("which answers belong to it? One theme a line: Deploys: 1 4 7");
        std::sort(group.numbers.begin(), group.numbers.end());
        if (characters_in(parts.title) > retro_title_length_max)
            return wrong(fmt::format("a theme has at most {} characters.", retro_title_length_max));
        group.title = parts.title.empty()
                          ? title_of(entry_with(entries, group.numbers.front())->text, retro_title_length_max)
                          : std::string{parts.title};
        if (group.title.empty()) group.title = fmt::format("Answer {}", group.numbers.front());
        read.groups.push_back(std::move(group));
        if (read.groups.size() > retro_themes_max)
            return wrong(fmt::format("{} themes are the most: more cannot be voted on.", retro_themes_max));
    }
    if (read.groups.empty()) read.problem = "At least one theme is needed. One a line: Deploys: 1 4 7";
    return read;
}

std::string groups_to_begin_with(const std::vector<RetroEntry>& entries,
                                 const std::vector<std::string>& questions)
{
    std::string text;
    const auto add_line = [&](std::string_view said, const std::vector<int>& numbers) {
        if (numbers.empty()) return;
        if (!text.empty()) text += '\n';
        text += fmt::format("{}: {}", title_of(said, retro_title_length_max - 1), fmt::join(numbers, " "));
    };
    if (entries.size() <= retro_themes_max) {
        for (const RetroEntry& entry : entries) add_line(entry.text, {entry.number});
        return text;
    }
    for (std::size_t index = 0; index <= questions.size(); ++index) {
        const bool is_note = index == questions.size();
        std::vector<int> numbers;
        for (const RetroEntry& entry : entries) {
            if (entry.question == (is_note ? 0 : static_cast<int>(index) + 1))
                numbers.push_back(entry.number);
        }
        add_line(is_note ? std::string_view{"Noted before"} : questions[index], numbers);
    }
    return text;
}

std::optional<std::vector<int>> read_dots(const std::vector<std::string>& chosen,
                                          std::size_t themes,
                                          int dots)
{
    std::set<int> places;
    for (const std::string& each : chosen) {
        const auto place = parse_whole_number<int>(each);
        if (!place || static_cast<std::size_t>(*place) > themes) return std::nullopt;
        places.insert(*place);
    }
    if (places.size() > static_cast<std::size_t>(dots)) return std::nullopt;
    return std::vector<int>{places.begin(), places.end()};
}

std::vector<RetroTheme> by_dots(std::vector<RetroTheme> themes)
{
    std::stable_sort(themes.begin(), themes.end(), [](const RetroTheme& one, const RetroTheme& other) {
        return one.dots > other.dots;
    });
    return themes;
}

}  // namespace ackd
