#include "bot/wip/wip_phrase.hpp"

#include "bot/commands/due_phrase.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/lower_case.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

using Words = std::vector<std::string>;

std::string joined(Words::const_iterator from, Words::const_iterator to)
{
    return fmt::format("{}", fmt::join(from, to, " "));
}

std::optional<std::string> team_named(const Words& teams, const std::string& typed)
{
    for (const std::string& team : teams) {
        if (lower_case(team) == lower_case(typed)) return team;
    }
    return std::nullopt;
}

std::optional<WipItemId> item_in(std::string_view word)
{
    if (word.starts_with('#')) word.remove_prefix(1);
    const auto number = parse_whole_number<std::int64_t>(word);
    return number && *number > 0 ? std::optional{WipItemId{*number}} : std::nullopt;
}

/// The team, where one is named, and the title; marks stand anywhere.
NewWork work_in(Words::const_iterator from, Words::const_iterator to, const Words& teams)
{
    NewWork work;
    Words title;
    for (; from != to; ++from) {
        if (lower_case(*from) == "!unplanned") {
            work.is_unplanned = true;
            continue;
        }
        if (title.empty() && work.team.empty()) {
            if (auto team = team_named(teams, *from)) {
                work.team = *team;
                continue;
            }
        }
        title.push_back(*from);
    }
    work.title = joined(title.begin(), title.end());
    return work;
}

WipPhrase read_start(const Words& words, const Words& teams, bool is_forced)
{
    StartWip start;
    start.is_forced = is_forced;
    auto end = words.end();
    if (is_forced) {
        end = std::find_if(words.begin(), words.end(), [](const std::string& word) {
            return lower_case(word) == "because";
        });
        if (end == words.end() || end + 1 == words.end())
            return WipMistake{
                "Over the limit takes a reason, which stands with it.",
                fmt::format("/wip {} because it cannot wait", joined(words.begin(), words.end()))};
        start.because = joined(end + 1, words.end());
    }
    start.work = work_in(words.begin() + 1, end, teams);
    if (start.work.title.empty())
        return WipMistake{"What is begun?",
                          fmt::format("/wip {}{} move the importer to the new API{}",
                                      lower_case(words.front()),
                                      start.work.team.empty() ? "" : " " + start.work.team,
                                      is_forced ? " because " + start.because : "")};
    return start;
}

WipPhrase read_change(const Words& words, std::optional<WipEvent> event)
{
    const auto item = words.size() == 2 ? item_in(words[1]) : std::nullopt;
    if (!item)
        return WipMistake{"Which one? Each has a number, such as 12.",
                          fmt::format("/wip {} 12", lower_case(words.front()))};
    return ChangeWip{*item, event};
}

WipPhrase read_trade(const Words& words, const Words& teams)
{
    const auto item = words.size() > 1 ? item_in(words[1]) : std::nullopt;
    if (item && words.size() > 2) {
        const NewWork work = work_in(words.begin() + 2, words.end(), teams);
        if (!work.title.empty()) return TradeWip{*item, work};
    }
    return WipMistake{"Which one is paused for what? It has a number, such as 12.",
                      "/wip trade 12 move the importer to the new API"};
}

}  // namespace

WipPhrase parse_wip_phrase(const Words& words, const Words& teams)
{
    if (words.empty()) return ShowWip{};
    const std::string verb = lower_case(words.front());
    if (verb == "start") return read_start(words, teams, false);
    if (verb == "force") return read_start(words, teams, true);
    if (verb == "trade") return read_trade(words, teams);
    if (verb == "done") return read_change(words, WipEvent::finish);
    if (verb == "pause") return read_change(words, WipEvent::pause);
    if (verb == "resume") return read_change(words, WipEvent::resume);
    if (verb == "drop") return read_change(words, WipEvent::drop);
    if (verb == "still") return read_change(words, std::nullopt);
    if (const auto team = team_named(teams, words.front()); team && words.size() == 1) return ShowWip{*team};
    Words known{"start", "done", "pause", "resume", "drop", "trade", "force", "still"};
    known.insert(known.end(), teams.begin(), teams.end());
    const auto near = nearest_word(verb, known);
    const std::string rest = joined(words.begin() + 1, words.end());
    return WipMistake{fmt::format("I did not understand \"{}\".", words.front()),
                      near ? fmt::format("/wip {}{}", *near, rest.empty() ? "" : " " + rest)
                           : fmt::format("/wip start {}", joined(words.begin(), words.end()))};
}

}  // namespace ackd
