// Numbers in the words of a cadence, which are read and written.
#pragma once

#include <array>
#include <string_view>

namespace ackd {

/// From one on.
inline constexpr std::array<std::string_view, 10> ordinal_words{
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"};

}  // namespace ackd
