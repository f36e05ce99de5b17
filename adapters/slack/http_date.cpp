#include "adapters/slack/http_date.hpp"

#include <charconv>

namespace ackd::slack {
namespace {

constexpr std::string_view layout = "Sat, 21 Nov 2026 12:00:00 GMT";
constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";

/// The digits at `at`, or -1.
int number_at(std::string_view text, std::size_t at, std::size_t length)
{
    int number = 0;
    const char* const end = text.data() + at + length;
    const auto [stopped, error] = std::from_chars(text.data() + at, end, number);
    return error == std::errc{} && stopped == end ? number : -1;
}

/// 1 to 12, or 0.
unsigned month_at(std::string_view text, std::size_t at)
{
    const auto found = months.find(text.substr(at, 3));
    return found == std::string_view::npos || found % 3 != 0 ? 0 : static_cast<unsigned>(found / 3 + 1);
}

}  // namespace

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text)
{
    if (text.size() != layout.size() || !text.ends_with(" GMT") || text.substr(3, 2) != ", ")
        return std::nullopt;
    const int day = number_at(text, 5, 2);
    const int year = number_at(text, 12, 4);
    const int hour = number_at(text, 17, 2);
    const int minute = number_at(text, 20, 2);
    const int second = number_at(text, 23, 2);
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{month_at(text, 8)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    // 60: a leap second.
    if (year < 0 || !date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 60)
        return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

}  // namespace ackd::slack
