#include "bot/base64.hpp"

#include <cstdint>

namespace ackd {

namespace {

constexpr std::string_view usual = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view for_addresses = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string digits_of(std::string_view bytes, std::string_view alphabet)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::string_view group = bytes.substr(at, 3);
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i)
            bits = (bits << 8) | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0U);
        for (std::size_t i = 0; i <= group.size(); ++i) text += alphabet[(bits >> (18 - 6 * i)) & 0x3f];
    }
    return text;
}

std::optional<std::string> bytes_of(std::string_view text, std::string_view alphabet)
{
    if (text.size() % 4 == 1) return std::nullopt;
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>((bits >> count) & 0xff);
    }
    return bytes;
}

}  // namespace

std::string base64_of(std::string_view bytes)
{
    std::string text = digits_of(bytes, usual);
    while (text.size() % 4 != 0) text += '=';
    return text;
}

std::optional<std::string> bytes_of_base64(std::string_view text)
{
    while (text.ends_with('=')) text.remove_suffix(1);
    return bytes_of(text, usual);
}

std::string base64url_of(std::string_view bytes)
{
    return digits_of(bytes, for_addresses);
}

std::optional<std::string> bytes_of_base64url(std::string_view text)
{
    return bytes_of(text, for_addresses);
}

}  // namespace ackd
