#include "bot/topic_part.hpp"

#include <algorithm>

namespace ackd {

namespace {

constexpr std::string_view cut_short = "…";
/// Less of it would say nothing.
constexpr std::size_t said_min = 3;

/// Of a character's bytes in UTF-8 all but the first are 10xxxxxx.
bool begins_character(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

std::size_t characters_in(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

/// At most so many characters, of which the last says that there was more.
std::string cut(std::string_view text, std::size_t characters_max)
{
    if (characters_in(text) <= characters_max) return std::string{text};
    std::size_t end = 0;
    for (std::size_t left = characters_max - 1; end < text.size(); ++end) {
        if (!begins_character(text[end])) continue;
        if (left == 0) break;
        --left;
    }
    return std::string{text.substr(0, end)} + std::string{cut_short};
}

/// Whatever its length.
std::string put_into(std::string_view topic, const TopicPart& part)
{
    std::string made{topic};
    const std::string ours = part.says.empty() ? "" : part.label + part.says;
    bool is_placed = ours.empty();
    for (std::size_t at = 0; (at = made.find(part.label, at)) != std::string::npos;) {
        std::size_t end = std::min(made.find(topic_separator, at), made.size());
        if (!is_placed) {
            made.replace(at, end - at, ours);
            at += ours.size();
            is_placed = true;
            continue;
        }
        // It goes with the separator behind it, or the last one with that before it.
        if (end < made.size())
            end += topic_separator.size();
        else if (std::string_view{made}.substr(0, at).ends_with(topic_separator))
            at -= topic_separator.size();
        made.erase(at, end - at);
    }
    if (is_placed) return made;
    return made.empty() ? ours : ours + std::string{topic_separator} + made;
}

}  // namespace

std::optional<std::string> with_part(std::string_view topic,
                                     const TopicPart& part,
                                     std::size_t characters_max)
{
    std::string made = put_into(topic, part);
    const std::size_t length = characters_in(made);
    if (length <= characters_max) return made;
    const std::size_t excess = length - characters_max;
    const std::size_t said = characters_in(part.says);
    if (said < excess + said_min) return std::nullopt;
    return put_into(topic, {part.label, cut(part.says, said - excess)});
}

std::string plain_in_topic(std::string_view name)
{
    std::string plain;
    for (const char c : name) {
        constexpr std::string_view markup = "<>&|@";
        const bool is_control = static_cast<unsigned char>(c) < ' ' || c == 0x7f;
        if (is_control)
            plain += ' ';
        else if (markup.find(c) == std::string_view::npos)
            plain += c;
    }
    return plain;
}

}  // namespace ackd
