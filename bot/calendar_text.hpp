// Days and times of day as they are written in files and in the chat.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace ackd {

/// In small letters, Sunday first, as std::chrono::weekday::c_encoding() counts.
inline constexpr std::array<std::string_view, 7> weekday_names{
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};

/// "09:00"
[[nodiscard]] std::string time_of_day_text(std::chrono::minutes time);
[[nodiscard]] std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text);
/// As people say it, in small letters: "17:00", "9:30", "5pm", "4:30pm", "17h", "noon".
[[nodiscard]] std::optional<std::chrono::minutes> parse_spoken_time(std::string_view word);

/// "2026-01-05"
[[nodiscard]] std::string date_text(std::chrono::local_days day);
/// "5 Jan", where the year goes without saying
[[nodiscard]] std::string short_date_text(std::chrono::local_days day);
/// Between 2000 and 2200.
[[nodiscard]] std::optional<std::chrono::local_days> parse_date(std::string_view text);

}  // namespace ackd
