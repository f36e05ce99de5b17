#include "bot/people/local_time.hpp"

#include "bot/calendar_text.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <array>

namespace ackd {

namespace {

using namespace std::chrono_literals;

std::string counted(std::int64_t count, std::string_view unit)
{
    return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
}

template <class Unit>
std::int64_t rounded(Duration amount)
{
    return std::chrono::round<Unit>(amount).count();
}

}  // namespace

std::string local_time_text(const WorkingHours& reader, Instant at, Instant now)
{
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    const auto local = date::floor<std::chrono::minutes>(reader.zone()->to_local(at));
    const auto day = date::floor<date::days>(local);
    const auto minutes = (local - day).count();
    const char* weekday = days[date::weekday{day}.c_encoding()];
    const Duration distance = at > now ? at - now : now - at;
    if (distance < date::days{6}) return fmt::format("{} {:02}:{:02}", weekday, minutes / 60, minutes % 60);
    return fmt::format("{} {} {:02}:{:02}",
                       weekday,
                       short_date_text(std::chrono::local_days{day.time_since_epoch()}),
                       minutes / 60,
                       minutes % 60);
}

std::string elapsed_text(Duration elapsed)
{
    if (elapsed < 90s)
        return counted(std::max<std::int64_t>(1, rounded<std::chrono::seconds>(elapsed) / 60), "minute");
    if (elapsed < 90min) return counted(rounded<std::chrono::minutes>(elapsed), "minute");
    if (elapsed < 36h) return counted(rounded<std::chrono::hours>(elapsed), "hour");
    return counted(rounded<date::days>(elapsed), "day");
}

std::string working_time_text(Duration amount)
{
    if (amount < 90min) return counted(rounded<std::chrono::minutes>(amount), "working minute");
    if (amount < 3 * working_day / 2) return counted(rounded<std::chrono::hours>(amount), "working hour");
    return counted((amount + working_day / 2) / working_day, "working day");
}

std::string utc_text(Instant at)
{
    return date::format("%F %H:%M UTC", date::floor<std::chrono::minutes>(at));
}

}  // namespace ackd
