#include "adapters/alerts/report_text.hpp"

#include "bot/lower_case.hpp"
#include "bot/sha256.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

namespace ackd::alerts {

namespace {

bool is_control(char letter)
{
    return static_cast<unsigned char>(letter) < ' ' || letter == 0x7f;
}

std::string cut(std::string text, std::size_t bytes_max)
{
    if (text.size() <= bytes_max) return text;
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    return text;
}

/// Takes so many digits off the text.
std::optional<int> digits(std::string_view& text, std::size_t count)
{
    if (text.size() < count) return std::nullopt;
    int value = 0;
    for (const char letter : text.substr(0, count)) {
        if (letter < '0' || letter > '9') return std::nullopt;
        value = 10 * value + (letter - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, std::string_view letters)
{
    if (text.empty() || letters.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

/// What follows the seconds: ".25", of any length.
std::chrono::microseconds fraction(std::string_view& text)
{
    std::chrono::microseconds fraction{0};
    if (!take(text, ".")) return fraction;
    for (std::chrono::microseconds unit = std::chrono::milliseconds{100}; !text.empty(); unit /= 10) {
        const char letter = text.front();
        if (letter < '0' || letter > '9') break;
        fraction += (letter - '0') * unit;
        text.remove_prefix(1);
    }
    return fraction;
}

/// "Z" or "+01:00", and nothing behind it.
std::optional<std::chrono::minutes> offset(std::string_view text)
{
    if (take(text, "Zz")) return text.empty() ? std::optional{std::chrono::minutes{0}} : std::nullopt;
    const bool is_west = text.starts_with('-');
    if (!take(text, "+-")) return std::nullopt;
    const auto hours = digits(text, 2);
    const bool has_colon = take(text, ":");
    const auto minutes = digits(text, 2);
    if (!hours || !has_colon || !minutes || *hours > 23 || *minutes > 59 || !text.empty())
        return std::nullopt;
    const std::chrono::minutes sum = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
    return is_west ? -sum : sum;
}

}  // namespace

std::string one_line(std::string_view text, std::size_t bytes_max)
{
    std::string line;
    for (const char letter : text) {
        const bool is_space = letter == ' ' || is_control(letter);
        if (!is_space)
            line += letter;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    line = cut(std::move(line), bytes_max);
    if (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

std::string some_lines(std::string_view text, std::size_t bytes_max)
{
    std::string lines;
    for (const char letter : text) {
        if (letter == '\n' && (lines.empty() || lines.ends_with("\n\n"))) continue;
        if (letter == '\n' || !is_control(letter))
            lines += letter;
        else if (letter == '\t')
            lines += ' ';
    }
    lines = cut(std::move(lines), bytes_max);
    while (!lines.empty() && (lines.back() == '\n' || lines.back() == ' ')) lines.pop_back();
    return lines;
}

std::string link_of(std::string_view text)
{
    const bool has_scheme = text.starts_with("https://") || text.starts_with("http://");
    const bool is_plain = std::none_of(text.begin(), text.end(), [](char letter) {
        return letter == ' ' || is_control(letter) || letter == '<' || letter == '>' || letter == '|' ||
               letter == '"';
    });
    return has_scheme && is_plain && text.size() <= alert_link_max ? std::string{text} : "";
}

std::string key_of(std::string_view text)
{
    const bool fits = text.size() <= alert_key_max && std::none_of(text.begin(), text.end(), is_control);
    return fits ? std::string{text} : hex_of(sha256_of(text));
}

std::string key_of(const std::vector<std::string_view>& parts)
{
    std::string all;
    for (std::size_t index = 0; index < parts.size(); ++index) {
        if (index > 0) all += ' ';
        // A space within a part would be a border between two others.
        for (const char letter : parts[index]) {
            if (letter == ' ' || letter == '\\') all += '\\';
            all += letter;
        }
    }
    return key_of(all);
}

std::string severity_of(std::string_view text)
{
    return lower_case(one_line(text, alert_label_max));
}

Instant instant_of(std::string_view text)
{
    const auto year = digits(text, 4);
    const bool has_dashes = take(text, "-");
    const auto month = digits(text, 2);
    const bool has_dash = take(text, "-");
    const auto day = digits(text, 2);
    const bool has_border = take(text, "Tt ");
    const auto hour = digits(text, 2);
    const bool has_colons = take(text, ":");
    const auto minute = digits(text, 2);
    const bool has_colon = take(text, ":");
    const auto second = digits(text, 2);
    const bool is_whole = has_dashes && has_dash && has_border && has_colons && has_colon;
    if (!is_whole || !year || !month || !day || !hour || !minute || !second) return {};
    const auto part_of_second = fraction(text);
    const auto east = offset(text);
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!east || !date.ok() || *year < 1970 || *hour > 23 || *minute > 59 || *second > 60) return {};
    const Instant at = std::chrono::sys_days{date} + std::chrono::hours{*hour} +
                       std::chrono::minutes{*minute} + std::chrono::seconds{*second} + part_of_second - *east;
    return std::max(at, Instant{});
}

std::string_view first_of(std::initializer_list<std::string_view> texts)
{
    for (const std::string_view text : texts) {
        if (!text.empty()) return text;
    }
    return {};
}

void add_label(AlertReport& report, std::string_view name, std::string_view value)
{
    if (report.labels.size() >= alert_labels_max) return;
    std::string clean_name = one_line(name, alert_label_max);
    std::string clean_value = one_line(value, alert_label_max);
    if (clean_name.empty() || clean_value.empty()) return;
    report.labels.emplace_back(std::move(clean_name), std::move(clean_value));
}

}  // namespace ackd::alerts
