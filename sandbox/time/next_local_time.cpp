#include "sandbox/time/next_local_time.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace sandbox {
namespace {

const date::time_zone* find_zone(const std::string& name)
{
    try {
        return date::locate_zone(name);
    } catch (const std::runtime_error&) {
        return nullptr;  // the library has no look-up that does not throw
    }
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

}  // namespace

std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text)
{
    const bool has_form = text.size() == 5 && is_digit(text[0]) && is_digit(text[1]) && text[2] == ':' &&
                          is_digit(text[3]) && is_digit(text[4]);
    if (!has_form) return std::nullopt;
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (hour > 23 || minute > 59) return std::nullopt;
    return std::chrono::minutes{hour * 60 + minute};
}

std::optional<Instant> next_local_time(const std::string& zone, std::chrono::minutes time_of_day, Instant now)
{
    const date::time_zone* found = find_zone(zone);
    if (found == nullptr) return std::nullopt;
    const auto tomorrow = date::floor<date::days>(found->to_local(now)) + date::days{1};
    return found->to_sys(tomorrow + time_of_day, date::choose::earliest);
}

}  // namespace sandbox
