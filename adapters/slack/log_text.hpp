// Foreign text inside a quoted field of a log line: one line, no quotes, of bounded length.
#pragma once

#include <string>
#include <string_view>

namespace ackd::slack {

[[nodiscard]] inline std::string for_log(std::string_view text)
{
    constexpr std::size_t length_max = 500;
    std::string line{text.substr(0, length_max)};
    for (char& c : line) {
        if (static_cast<unsigned char>(c) < 0x20 || c == '\x7F') c = ' ';
        if (c == '"') c = '\'';
    }
    return line;
}

}  // namespace ackd::slack
