#include "bot/commands/ack_command.hpp"

#include "bot/commands/whole_number.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// One piece, as it would be typed again: names instead of ids.
std::string as_typed(const Span& piece, const Directory& directory)
{
    if (const auto* words = std::get_if<Words>(&piece)) return words->text;
    if (const auto* mention = std::get_if<Mention>(&piece)) return "@" + directory.name_of(mention->user);
    if (const auto* channel = std::get_if<ChannelName>(&piece)) return "#" + channel->channel.value;
    if (const auto* strong = std::get_if<Strong>(&piece)) return strong->text;
    if (const auto* code = std::get_if<Code>(&piece)) return code->text;
    if (const auto* message = std::get_if<MessageLink>(&piece)) return message->label;
    if (const auto* moment = std::get_if<Moment>(&piece)) return moment->fallback;
    if (const auto* link = std::get_if<Link>(&piece)) return link->shown();
    const auto& group = std::get<GroupMention>(piece);
    const auto found = directory.find_group(group.group);
    return "@" + (found ? found->handle : group.group.value);
}

/// What was typed, with `count` pieces from `index` on replaced.
std::string corrected(const RichText& pieces,
                      const Directory& directory,
                      std::size_t index,
                      std::size_t count,
                      const std::string& replacement)
{
    std::string text = "/ack";
    for (std::size_t at = 0; at < pieces.size(); ++at) {
        if (at == index) text += " " + replacement;
        if (at >= index && at < index + count) continue;
        text += " " + as_typed(pieces[at], directory);
    }
    return text;
}

const std::string* word_at(const RichText& pieces, std::size_t index)
{
    if (index >= pieces.size()) return nullptr;
    const auto* words = std::get_if<Words>(&pieces[index]);
    return words == nullptr ? nullptr : &words->text;
}

/// Takes "!…" into what is asked; what it should have been when it is no option.
std::optional<std::string> take_option(Ask& ask, const std::string& word)
{
    const std::string option = word.substr(1);
    if (const auto priority = priority_named(option)) {
        ask.priority = *priority;
    } else if (option == "any") {
        ask.quorum = Quorum::any;
    } else if (option == "all") {
        ask.quorum = Quorum::all;
    } else if (const auto needed = parse_whole_number<int>(option)) {
        ask.quorum = Quorum::k_of_n;
        ask.needed = *needed;
    } else if (option == "received") {
        ask.level = AckLevel::received;
    } else if (option == "done") {
        ask.level = AckLevel::integrated;
    } else if (option == "send") {
        ask.announcement = Announcement::at_once;
    } else if (option == "digest") {
        ask.announcement = Announcement::in_digest;
    } else if (option == "hold") {
        ask.announcement = Announcement::when_in;
    } else if (option.starts_with("silence=") && silence_effect_named(option.substr(8))) {
        ask.silence = SilenceChoice{*silence_effect_named(option.substr(8)), UserId{}};
    } else if (option.starts_with("silence")) {
        return "!silence=go";
    } else if (option == "readback" || option == "readback=1") {
        ask.read_back = 1;
    } else if (option == "readback=2") {
        ask.read_back = 2;
    } else if (option.starts_with("readback")) {
        return parse_whole_number<int>(option.substr(option.find('=') + 1)).value_or(0) > 2 ? "!readback=2"
                                                                                            : "!readback";
    } else if (option.starts_with("route=") && option.size() > 6) {
        ask.route = option.substr(6);
    } else if (option.starts_with("route")) {
        return "!route=default";
    } else {
        const auto near = nearest_word(option,
                                       {"now",
                                        "today",
                                        "week",
                                        "fyi",
                                        "any",
                                        "all",
                                        "received",
                                        "done",
                                        "send",
                                        "digest",
                                        "hold",
                                        "readback",
                                        "silence=go"});
        return "!" + near.value_or("today");
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

struct TypedDecider {
    UserId person;
    std::size_t pieces = 0;
};

/// "!silence=@ann", whether the chat has made a mention of the name or not.
std::optional<TypedDecider> decider_at(const RichText& pieces, const Directory& directory, std::size_t index)
{
    const std::string* word = word_at(pieces, index);
    if (word == nullptr || !word->starts_with("!silence=")) return std::nullopt;
    const std::string name = word->substr(std::string_view{"!silence="}.size());
    if (name.empty() && index + 1 < pieces.size()) {
        if (const auto* mention = std::get_if<Mention>(&pieces[index + 1]))
            return TypedDecider{mention->user, 2};
    }
    if (!name.starts_with('@')) return std::nullopt;
    const auto person = directory.find_by_name(name);
    return person ? std::optional{TypedDecider{*person, 1}} : std::nullopt;
}

/// An ask that cannot be, and the option that would do; what stands for it already is replaced.
CommandMistake silence_mistake(const RichText& pieces,
                               const Directory& directory,
                               const SilenceObstacle& obstacle)
{
    const auto is_replaced = [&](const Span& piece) {
        const auto* words = std::get_if<Words>(&piece);
        if (words == nullptr || words->text.size() < 2 || words->text.front() != '!') return false;
        if (obstacle.option == "!today") return words->text == "!now" || words->text == "!fyi";
        return words->text == "!any" || parse_whole_number<int>(words->text.substr(1)).has_value();
    };
    const auto found = std::find_if(pieces.begin(), pieces.end(), is_replaced);
    const auto index = static_cast<std::size_t>(found - pieces.begin());
    return CommandMistake{obstacle.explanation, corrected(pieces, directory, index, 1, obstacle.option)};
}

/// "… the release plan by Thursday.": a date that ends the message, from the piece `begin` on. It stays a
/// part of it. What only looks like one there is part of the message as well.
std::optional<Instant> due_at_the_end(const RichText& pieces,
                                      std::size_t begin,
                                      const WorkingHours& hours,
                                      Instant now)
{
    for (std::size_t index = begin; index + 1 < pieces.size(); ++index) {
        const std::string* word = word_at(pieces, index);
        if (word == nullptr || *word != "by") continue;
        const std::string* before = index > begin ? word_at(pieces, index - 1) : nullptr;
        const bool is_stand_by = before != nullptr && (*before == "stand" || *before == "Stand");
        if (is_stand_by) continue;
        std::vector<std::string> words = words_from(pieces, index + 1);
        if (index + 1 + words.size() != pieces.size()) continue;
        std::string& last = words.back();
        while (!last.empty() && std::string_view{".!?,;"}.find(last.back()) != std::string_view::npos)
            last.pop_back();
        const DuePhraseOutcome outcome = parse_due_phrase(words, hours, now);
        const auto* due = std::get_if<DuePhrase>(&outcome);
        if (due != nullptr && due->words_used == words.size()) return due->at;
    }
    return std::nullopt;
}

}  // namespace

std::optional<SilenceObstacle> obstacle_to_silence(const Ask& ask)
{
    if (!ask.silence) return std::nullopt;
    if (ask.priority == Priority::now)
        return SilenceObstacle{"Silence decides after a working day at the earliest: that is not for now.",
                               "!today"};
    if (ask.priority == Priority::fyi)
        return SilenceObstacle{"What is for information wants no answer, so silence means nothing there.",
                               "!today"};
    if (ask.silence->effect == SilenceEffect::goes_ahead && ask.quorum != Quorum::all)
        return SilenceObstacle{"Before something goes ahead by silence, everybody asked can object.", "!all"};
    return std::nullopt;
}

RichText split_words(const RichText& text)
{
    RichText pieces;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty()) pieces.push_back(Words{std::move(word)});
        word.clear();
    };
    for (const Span& span : text) {
        const auto* words = std::get_if<Words>(&span);
        const auto* link = std::get_if<Link>(&span);  // typed as words, too: "(https://x.org)" is one
        if (words == nullptr && link == nullptr) {
            end_word();
            pieces.push_back(span);
            continue;
        }
        for (const char c : words != nullptr ? words->text : link->shown()) {
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
                word += c;
            else
                end_word();
        }
    }
    end_word();
    return pieces;
}

std::string typed_again(const RichText& text, const Directory& directory)
{
    std::string typed;
    for (const Span& piece : split_words(text))
        typed += (typed.empty() ? "" : " ") + as_typed(piece, directory);
    return typed;
}

std::variant<Ask, CommandMistake> parse_ack_command(const RichText& typed_text,
                                                    const Directory& directory,
                                                    const WorkingHours& hours,
                                                    Instant now)
{
    const RichText pieces = split_words(typed_text);
    const std::string typed = typed_again(typed_text, directory);
    Ask ask;
    std::size_t index = 0;
    for (; index < pieces.size(); ++index) {
        const Span& piece = pieces[index];
        if (const auto* mention = std::get_if<Mention>(&piece)) {
            add_once(ask.people, mention->user);
            continue;
        }
        if (const auto* group = std::get_if<GroupMention>(&piece)) {
            add_once(ask.groups, group->group);
            continue;
        }
        if (const auto* channel = std::get_if<ChannelName>(&piece)) {
            add_once(ask.channels, channel->channel);
            continue;
        }
        const std::string* word = word_at(pieces, index);
        if (word == nullptr) break;
        if (word->size() > 1 && word->front() == '@') {
            if (const auto person = directory.find_by_name(*word)) {
                add_once(ask.people, *person);
            } else if (const auto group = directory.find_group_by_handle(*word)) {
                add_once(ask.groups, *group);
            } else {
                return CommandMistake{
                    fmt::format("I do not know \"{}\": no person or group has that name.", *word),
                    corrected(pieces, directory, index, 1, "@name")};
            }
            continue;
        }
        if (const auto decider = decider_at(pieces, directory, index)) {
            ask.silence = SilenceChoice{SilenceEffect::somebody_decides, decider->person};
            index += decider->pieces - 1;
            continue;
        }
        if (word->size() > 1 && word->front() == '!') {
            if (const auto suggestion = take_option(ask, *word)) {
                return CommandMistake{fmt::format("I did not understand \"{}\".", *word),
                                      corrected(pieces, directory, index, 1, *suggestion)};
            }
            continue;
        }
        if (*word == "by" || *word == "By") {
            const DuePhraseOutcome outcome = parse_due_phrase(words_from(pieces, index + 1), hours, now);
            if (const auto* due = std::get_if<DuePhrase>(&outcome)) {
                ask.due_at = due->at;
                index += due->words_used;
                continue;
            }
            if (const auto* misspelt = std::get_if<MisspeltDuePhrase>(&outcome)) {
                return CommandMistake{fmt::format("I did not understand \"by {}\".", misspelt->word),
                                      corrected(pieces, directory, index + 1, 1, misspelt->suggestion)};
            }
            if (const auto* past = std::get_if<DuePhraseInThePast>(&outcome)) {
                const auto count = static_cast<std::size_t>(
                    std::count(past->words.begin(), past->words.end(), ' '));
                return CommandMistake{
                    fmt::format("\"by {}\" is in the past, or more than a year ahead.", past->words),
                    corrected(pieces, directory, index + 1, count + 1, "tomorrow")};
            }
        }
        break;
    }

    if (ask.names_nobody()) {
        return CommandMistake{typed.empty() ? "Whom do you ask, and what?" : "I did not find whom you ask.",
                              "/ack @name " + (typed.empty() ? "Please read the release plan" : typed)};
    }
    if (const auto obstacle = obstacle_to_silence(ask)) return silence_mistake(pieces, directory, *obstacle);
    if (!ask.due_at) ask.due_at = due_at_the_end(pieces, index, hours, now);
    for (bool first = true; index < pieces.size(); ++index, first = false) {
        if (!first) ask.text.push_back(Words{" "});
        ask.text.push_back(pieces[index]);
    }
    if (ask.text.empty()) {
        return CommandMistake{"What do you ask? The message is missing.",
                              "/ack " + typed + " Please read the release plan"};
    }
    return ask;
}

std::vector<std::string> words_of(const RichText& text)
{
    std::vector<std::string> words;
    for (const Span& piece : split_words(text)) {
        if (const auto* word = std::get_if<Words>(&piece)) words.push_back(word->text);
    }
    return words;
}

}  // namespace ackd
