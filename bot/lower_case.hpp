// ASCII letters made small; all others stay as they are, so that UTF-8 stays whole.
#pragma once

#include <algorithm>
#include <string>

namespace ackd {

[[nodiscard]] constexpr char lower_case(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

[[nodiscard]] inline std::string lower_case(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char letter) { return lower_case(letter); });
    return text;
}

}  // namespace ackd
