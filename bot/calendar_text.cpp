#include "bot/calendar_text.hpp"

#include "bot/commands/whole_number.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdio>

namespace ackd {

std::string time_of_day_text(std::chrono::minutes time)
{
    return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text)
{
    const std::string plain{text};
    unsigned hour = 0;
    unsigned minute = 0;
    int used = 0;
    if (plain.size() != 5 || std::sscanf(plain.c_str(), "%2u:%2u%n", &hour, &minute, &used) != 2 ||
        used != 5 || hour > 23 || minute > 59)
    {
        return std::nullopt;
    }
    return std::chrono::hours{hour} + std::chrono::minutes{minute};
}

std::optional<std::chrono::minutes> parse_spoken_time(std::string_view word)
{
    if (word == "noon") return std::chrono::hours{12};
    const bool pm = word.ends_with("pm");
    const bool is_half = pm || word.ends_with("am");
    const bool has_unit = is_half || word.ends_with("h");
    if (has_unit) word.remove_suffix(is_half ? 2 : 1);
    const std::size_t mark = word.find(':');
    const bool has_minutes = mark != std::string_view::npos;
    if (!has_unit && !has_minutes) return std::nullopt;
    const auto hour = parse_whole_number<int>(word.substr(0, mark), 0);
    const auto minute = has_minutes ? parse_whole_number<int>(word.substr(mark + 1), 0) : std::optional{0};
    if (!hour || !minute || *minute > 59 || (has_minutes && word.size() - mark != 3)) return std::nullopt;
    if (is_half ? (*hour < 1 || *hour > 12) : *hour > 23) return std::nullopt;
    const int of_day = is_half ? *hour % 12 + (pm ? 12 : 0) : *hour;
    return std::chrono::hours{of_day} + std::chrono::minutes{*minute};
}

std::string date_text(std::chrono::local_days day)
{
    const std::chrono::year_month_day date{day};
    return fmt::format("{:04}-{:02}-{:02}",
                       static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::string short_date_text(std::chrono::local_days day)
{
    static constexpr std::array months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::year_month_day date{day};
    return fmt::format(
        "{} {}", static_cast<unsigned>(date.day()), months.at(static_cast<unsigned>(date.month()) - 1));
}

std::optional<std::chrono::local_days> parse_date(std::string_view text)
{
    const std::string plain{text};
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int used = 0;
    if (plain.size() != 10 || std::sscanf(plain.c_str(), "%4d-%2u-%2u%n", &year, &month, &day, &used) != 3 ||
        used != 10)
    {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{
        std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (!date.ok() || year < 2000 || year > 2200) return std::nullopt;
    return std::chrono::local_days{date};
}

}  // namespace ackd
