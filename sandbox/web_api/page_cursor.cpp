#include "sandbox/web_api/page_cursor.hpp"

#include <charconv>

namespace sandbox {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string encode(std::string_view bytes)
{
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k)
            bits = (bits << 8U) | (at + k < bytes.size() ? static_cast<unsigned char>(bytes[at + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text += at + k <= bytes.size() ? alphabet[(bits >> (18U - 6U * k)) & 63U] : '=';
    }
    return text;
}

std::optional<std::string> decode(std::string_view text)
{
    std::string bytes;
    std::uint32_t bits = 0;
    unsigned count = 0;
    while (!text.empty() && text.back() == '=') text.remove_suffix(1);
    for (const char c : text) {
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>((bits >> count) & 0xffU);
    }
    return bytes;
}

}  // namespace

std::string make_cursor(std::string_view kind, std::int64_t position)
{
    // Padded to a length that is no multiple of three, so that every cursor ends in "=".
    std::string plain = std::string{kind} + ":" + std::to_string(position);
    while (plain.size() % 3 == 0) plain += ' ';
    return encode(plain);
}

std::optional<std::int64_t> read_cursor(std::string_view kind, std::string_view cursor)
{
    const auto plain = decode(cursor);
    if (!plain || plain->size() <= kind.size() + 1) return std::nullopt;
    if (plain->compare(0, kind.size(), kind) != 0 || (*plain)[kind.size()] != ':') return std::nullopt;
    const char* begin = plain->data() + kind.size() + 1;
    const char* end = plain->data() + plain->size();
    while (end > begin && end[-1] == ' ') --end;
    std::int64_t position = 0;
    const auto [stopped, error] = std::from_chars(begin, end, position);
    if (error != std::errc{} || stopped != end) return std::nullopt;
    return position;
}

}  // namespace sandbox
