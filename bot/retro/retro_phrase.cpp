#include "bot/retro/retro_phrase.hpp"

#include "bot/commands/due_phrase.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/lower_case.hpp"
#include "bot/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ackd {

namespace {

constexpr std::array verbs{"note", "find", "export", "pause", "resume", "skip", "now", "help"};

bool changes_cadence(std::string_view verb)
{
    return verb == "pause" || verb == "resume" || verb == "skip" || verb == "now";
}

/// The first word, and what follows it.
struct Parted {
    std::string_view word;
    std::string_view rest;
};

Parted parted(std::string_view text)
{
    const std::size_t end = std::min(text.find_first_of(" \t\n"), text.size());
    return {text.substr(0, end), trimmed(text.substr(end))};
}

std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> words;
    while (!text.empty()) {
        const Parted parts = parted(text);
        words.emplace_back(parts.word);
        text = parts.rest;
    }
    return words;
}

bool contains(const std::vector<std::string>& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// "platform: text" where there is a retro of that name; else the text alone.
struct Addressed {
    std::string retro;
    std::string_view text;
};

Addressed addressed(std::string_view text, const std::vector<std::string>& names)
{
    const Parted parts = parted(text);
    if (!parts.word.ends_with(':')) return {"", text};
    const std::string name = lower_case(std::string{parts.word.substr(0, parts.word.size() - 1)});
    return contains(names, name) ? Addressed{name, parts.rest} : Addressed{"", text};
}

RetroPhrase exported(std::string_view rest)
{
    const auto words = words_of(rest);
    ExportRetro wanted;
    for (const std::string& word : words) {
        if (const auto number = parse_whole_number<int>(word); number && !wanted.number)
            wanted.number = number;
        else if (wanted.retro.empty())
            wanted.retro = lower_case(word);
        else
            return RetroMistake{fmt::format("I did not understand \"{}\".", word),
                                fmt::format("/retro export {}", wanted.retro)};
    }
    return wanted;
}

RetroMistake not_understood(std::string_view word,
                            std::string_view rest,
                            const std::vector<std::string>& names)
{
    std::vector<std::string> known{verbs.begin(), verbs.end()};
    known.insert(known.end(), names.begin(), names.end());
    const auto near = nearest_word(lower_case(std::string{word}), known);
    std::string corrected = near ? fmt::format("/retro {}", *near)
                                 : fmt::format("/retro note {}{}{}", word, rest.empty() ? "" : " ", rest);
    if (near && !rest.empty()) corrected += fmt::format(" {}", rest);
    return RetroMistake{fmt::format("I did not understand \"{}\".", word), std::move(corrected)};
}

}  // namespace

bool is_retro_verb(std::string_view word)
{
    return std::find(verbs.begin(), verbs.end(), word) != verbs.end();
}

RetroPhrase parse_retro_phrase(std::string_view typed, const std::vector<std::string>& names)
{
    Parted parts = parted(trimmed(typed));
    std::string verb = lower_case(std::string{parts.word});
    if (verb.empty() || verb == "help") return ShowRetros{};
    if (verb == "note") {
        const Addressed note = addressed(parts.rest, names);
        if (note.text.empty())
            return RetroMistake{"A note says what you noticed.", "/retro note we deploy on Fridays"};
        return NoteForRetro{note.retro, std::string{note.text}};
    }
    if (verb == "find") {
        const Addressed wanted = addressed(parts.rest, names);
        if (wanted.text.empty()) return RetroMistake{"Which words are looked for?", "/retro find deploys"};
        return FindInRetros{wanted.retro, std::string{wanted.text}};
    }
    if (verb == "export") return exported(parts.rest);
    std::string retro;
    if (contains(names, verb)) {
        retro = verb;
        if (parts.rest.empty()) return ShowRetros{retro};
        parts = parted(parts.rest);
        verb = lower_case(std::string{parts.word});
    }
    if (!changes_cadence(verb)) return not_understood(parts.word, parts.rest, names);
    std::vector<std::string> words = words_of(parts.rest);
    // "pause platform until friday" is as good as "platform pause until friday".
    if (retro.empty() && !words.empty() && contains(names, lower_case(words.front()))) {
        retro = lower_case(words.front());
        words.erase(words.begin());
    }
    words.insert(words.begin(), verb);
    return ChangeRetroCadence{std::move(retro), std::move(words)};
}

}  // namespace ackd
