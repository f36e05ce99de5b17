#include "adapters/outside/encoded_word.hpp"

#include "bot/base64.hpp"

#include <algorithm>
#include <cstdint>

namespace ackd::outside {

namespace {

/// A line with such a word has 76 characters at most, a header's name among them: 52 of Base64 and the twelve
/// of "=?UTF-8?B?" and "?=" leave room for "Subject: ".
constexpr std::size_t bytes_of_word = 39;

/// How many bytes the character at the beginning has; 0: it is no UTF-8 (RFC 3629, so no surrogates and
/// nothing in more bytes than it needs).
std::size_t character_size(std::string_view text)
{
    const auto byte = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t size = first >= 0xc2 && first < 0xe0   ? 2
                             : first >= 0xe0 && first < 0xf0 ? 3
                             : first >= 0xf0 && first < 0xf5 ? 4
                                                             : 0;
    if (size == 0 || text.size() < size) return 0;
    for (std::size_t at = 1; at < size; ++at)
        if ((byte(at) & 0xc0U) != 0x80U) return 0;
    const bool is_overlong = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xf0 && byte(1) < 0x90);
    const bool is_none = (first == 0xed && byte(1) >= 0xa0) || (first == 0xf4 && byte(1) >= 0x90);
    return is_overlong || is_none ? 0 : size;
}

/// C0, DEL, C1, and the two line ends of Unicode.
bool is_control(std::string_view character)
{
    const auto first = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) return first < 0x20 || first == 0x7f;
    if (character.size() == 2 && first == 0xc2) return static_cast<unsigned char>(character[1]) < 0xa0;
    return character == "\u2028" || character == "\u2029";
}

}  // namespace

std::string as_one_line(std::string_view text, std::size_t size_max)
{
    std::string line;
    while (!text.empty()) {
        const std::size_t size = character_size(text);
        const std::string_view character = text.substr(0, std::max<std::size_t>(size, 1));
        text.remove_prefix(character.size());
        const bool is_space = size == 1 && character == " ";
        std::string_view written = size == 0 ? "?" : character;
        if (is_space || (size != 0 && is_control(character))) {
            if (line.empty() || line.ends_with(' ')) continue;
            written = " ";
        }
        if (line.size() + written.size() > size_max) break;
        line += written;
    }
    while (line.ends_with(' ')) line.pop_back();
    return line;
}

std::string as_encoded_words(std::string_view line, std::string_view separator)
{
    const bool is_ascii = std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c < 0x7f; });
    // "=?" would be read as the beginning of such a word.
    if (is_ascii && line.find("=?") == std::string_view::npos) return std::string{line};
    std::string words;
    while (!line.empty()) {
        std::size_t size = 0;
        while (size < line.size()) {
            const std::size_t next = std::max<std::size_t>(character_size(line.substr(size)), 1);
            if (size + next > bytes_of_word) break;
            size += next;
        }
        if (!words.empty()) words += separator;
        words += "=?UTF-8?B?" + base64_of(line.substr(0, size)) + "?=";
        line.remove_prefix(size);
    }
    return words;
}

}  // namespace ackd::outside
