#include "bot/policy/policy_lines.hpp"

namespace ackd {

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += fmt::format("\\{}", c);
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            result += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
        else
            result += c;
    }
    return result + "\"";
}

std::string quoted_list(const std::vector<std::string>& texts)
{
    std::string result;
    for (const std::string& text : texts) result += (result.empty() ? "" : ", ") + quoted(text);
    return "[" + result + "]";
}

std::string comment_text(const std::string& text)
{
    std::string result;
    for (const char c : text) result += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    return result;
}

}  // namespace ackd
