#include "bot/commands/ack_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace ackd {

namespace {

/// What was typed, as it would be typed again: names instead of ids.
std::string as_typed(const RichText& pieces, const Directory& directory)
{
    std::string text;
    for (const Span& piece : pieces) {
        if (!text.empty()) text += ' ';
        if (const auto* words = std::get_if<Words>(&piece)) text += words->text;
        else if (const auto* mention = std::get_if<Mention>(&piece)) text += "@" + directory.name_of(mention->user);
        else if (const auto* group = std::get_if<GroupMention>(&piece)) {
            const auto found = directory.find_group(group->group);
            text += "@" + (found ? found->handle : group->group.value);
        } else if (const auto* channel = std::get_if<ChannelName>(&piece)) text += "#" + channel->channel.value;
    }
    return text;
}

const std::string* word_at(const RichText& pieces, std::size_t index)
{
    if (index >= pieces.size()) return nullptr;
    const auto* words = std::get_if<Words>(&pieces[index]);
    return words == nullptr ? nullptr : &words->text;
}

std::optional<int> option_number(const std::string& word)
{
    int value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size() || value < 1) return std::nullopt;
    return value;
}

/// Takes "!…" into the command; the explanation when it is no option.
std::optional<CommandMistake> take_option(AckCommand& command, const std::string& word, const std::string& typed)
{
    const std::string option = word.substr(1);
    if (const auto priority = priority_named(option)) {
        command.priority = *priority;
    } else if (option == "any") {
        command.quorum = Quorum::any;
    } else if (option == "all") {
        command.quorum = Quorum::all;
    } else if (const auto needed = option_number(option)) {
        command.quorum = Quorum::k_of_n;
        command.needed = *needed;
    } else if (option == "received") {
        command.level = AckLevel::received;
    } else if (option == "done") {
        command.level = AckLevel::integrated;
    } else if (option.starts_with("route=")) {
        command.route = option.substr(6);
    } else {
        const auto near = nearest_word(option, {"now", "today", "week", "fyi", "any", "all", "received", "done"});
        CommandMistake mistake;
        mistake.explanation = fmt::format("I did not understand \"{}\".", word);
        std::string corrected = typed;
        corrected.replace(corrected.find(word), word.size(), near ? "!" + *near : "!today");
        mistake.corrected = "/ack " + corrected;
        return mistake;
    }
    return std::nullopt;
}

std::vector<std::string> words_from(const RichText& pieces, std::size_t index)
{
    std::vector<std::string> words;
    for (; words.size() < 4; ++index) {
        const std::string* word = word_at(pieces, index);
        if (word == nullptr) break;
        words.push_back(*word);
    }
    return words;
}

template <class Id>
void add_once(std::vector<Id>& ids, const Id& id)
{
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

}  // namespace

RichText split_words(const RichText& text)
{
    RichText pieces;
    for (const Span& span : text) {
        const auto* words = std::get_if<Words>(&span);
        if (words == nullptr) {
            pieces.push_back(span);
            continue;
        }
        std::string word;
        for (const char c : words->text) {
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                word += c;
            } else if (!word.empty()) {
                pieces.push_back(Words{std::move(word)});
                word.clear();
            }
        }
        if (!word.empty()) pieces.push_back(Words{std::move(word)});
    }
    return pieces;
}

std::variant<AckCommand, CommandMistake> parse_ack_command(const RichText& typed_text, const Directory& directory,
                                                           const WorkingHours& hours, Instant now)
{
    const RichText pieces = split_words(typed_text);
    const std::string typed = as_typed(pieces, directory);
    AckCommand command;
    std::size_t index = 0;
    for (; index < pieces.size(); ++index) {
        const Span& piece = pieces[index];
        if (const auto* mention = std::get_if<Mention>(&piece)) {
            add_once(command.people, mention->user);
            continue;
        }
        if (const auto* group = std::get_if<GroupMention>(&piece)) {
            add_once(command.groups, group->group);
            continue;
        }
        if (const auto* channel = std::get_if<ChannelName>(&piece)) {
            add_once(command.channels, channel->channel);
            continue;
        }
        const std::string* word = word_at(pieces, index);
        if (word == nullptr) break;
        if (word->size() > 1 && word->front() == '@') {
            if (const auto person = directory.find_by_name(*word)) {
                add_once(command.people, *person);
            } else if (const auto group = directory.find_group_by_handle(*word)) {
                add_once(command.groups, *group);
            } else {
                return CommandMistake{fmt::format("I do not know \"{}\": no person or group has that name.", *word),
                                      "/ack @name " + typed.substr(std::min(typed.size(), typed.find(*word) + word->size() + 1))};
            }
            continue;
        }
        if (word->size() > 1 && word->front() == '!') {
            if (auto mistake = take_option(command, *word, typed)) return *mistake;
            continue;
        }
        if (*word == "by" || *word == "By") {
            const DuePhraseOutcome outcome = parse_due_phrase(words_from(pieces, index + 1), hours, now);
            if (const auto* due = std::get_if<DuePhrase>(&outcome)) {
                command.due_at = due->at;
                index += due->words_used;
                continue;
            }
            if (const auto* misspelt = std::get_if<MisspeltDuePhrase>(&outcome)) {
                std::string corrected = typed;
                corrected.replace(corrected.find(misspelt->word), misspelt->word.size(), misspelt->suggestion);
                return CommandMistake{fmt::format("I did not understand \"by {}\".", misspelt->word),
                                      "/ack " + corrected};
            }
            if (const auto* past = std::get_if<DuePhraseInThePast>(&outcome)) {
                std::string corrected = typed;
                corrected.replace(corrected.find(past->words), past->words.size(), "tomorrow");
                return CommandMistake{fmt::format("\"by {}\" is in the past, or more than a year ahead.", past->words),
                                      "/ack " + corrected};
            }
        }
        break;
    }

    const bool nobody = command.people.empty() && command.groups.empty() && command.channels.empty();
    if (nobody) {
        return CommandMistake{typed.empty() ? "Whom do you ask, and what?" : "I did not find whom you ask.",
                              "/ack @name " + (typed.empty() ? "Please read the release plan" : typed)};
    }
    for (bool first = true; index < pieces.size(); ++index, first = false) {
        if (!first) command.text.push_back(Words{" "});
        command.text.push_back(pieces[index]);
    }
    if (command.text.empty()) {
        return CommandMistake{"What do you ask? The message is missing.",
                              "/ack " + typed + " Please read the release plan"};
    }
    return command;
}

}  // namespace ackd
