// A whole number as people and buttons write it.
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ackd {

/// Digits and nothing else, of a value not below `minimum`.
template <std::signed_integral Number = std::int64_t>
[[nodiscard]] std::optional<Number> parse_whole_number(std::string_view text, Number minimum = 1)
{
    Number value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (text.starts_with('-') || value < minimum) return std::nullopt;
    return value;
}

}  // namespace ackd
