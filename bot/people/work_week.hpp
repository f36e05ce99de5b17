// The hours of a week in which somebody works, in their own local time: a value, and how it is written.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// From `opens` to `closes`, in minutes since the local midnight that the day it belongs to begins with. A
/// shift that crosses midnight closes after 24:00: a night from 22:00 to 6:00 closes at 30:00.
struct Shift {
    std::chrono::minutes opens{};
    std::chrono::minutes closes{};
    friend bool operator==(const Shift&, const Shift&) = default;
};

/// Monday first. Within a day the shifts are in order and apart from each other.
struct WorkWeek {
    std::array<std::vector<Shift>, 7> days;
    friend bool operator==(const WorkWeek&, const WorkWeek&) = default;
};

/// Monday to Friday, 9:00 to 17:00.
[[nodiscard]] const WorkWeek& default_work_week();

/// "Mon-Fri 09:00-17:00; Sat 10:00-12:00, 13:00-15:00". What to_text writes is read back as the same value.
[[nodiscard]] std::string to_text(const WorkWeek& week);

/// Reads that, and what people write besides: "mon - thu 9-17", "Sun-Thu 8:30-16:30", "Mon,Wed,Fri 22-6"
/// (over midnight). Nothing: it is none; `problem` says why, in words for whoever typed it. A week has at
/// least one shift and at most 168 hours of them; a shift at most 24.
[[nodiscard]] std::optional<WorkWeek> parse_work_week(std::string_view text, std::string& problem);

}  // namespace ackd
