// Rotations as tests write them.
#pragma once

#include "bot/calendar_text.hpp"
#include "bot/rotations/rotation_rules.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace ackd {

inline std::chrono::local_days local_day(const char* text)
{
    const auto day = parse_date(text);
    REQUIRE(day.has_value());
    return *day;
}

inline std::vector<UserId> people_named(const std::vector<std::string>& ids)
{
    return {ids.begin(), ids.end()};
}

/// In UTC, at 9:00, from Monday, 2 March 2026 on.
inline Rotation rotation_of(const std::string& name,
                            const std::vector<std::string>& people,
                            const std::string& turn = "daily",
                            const char* starts = "2026-03-02")
{
    Rotation rotation;
    rotation.name = name;
    rotation.zone = "Etc/UTC";
    rotation.starts = local_day(starts);
    std::string problem;
    const auto read = parse_turn(turn, rotation.starts, problem);
    REQUIRE_MESSAGE(read.has_value(), problem);
    rotation.turn = *read;
    rotation.parts.push_back({std::nullopt, "", people_named(people)});
    return rotation;
}

inline RotationPart part_of(const std::string& hours,
                            const std::string& zone,
                            const std::vector<std::string>& people)
{
    std::string problem;
    const auto week = parse_work_week(hours, problem);
    REQUIRE_MESSAGE(week.has_value(), problem);
    return {week, zone, people_named(people)};
}

/// "Uann 2026-03-02 09:00 UTC", a line for each shift, with where it ends when that is no beginning.
inline std::string text_of(const std::vector<OnCallShift>& shifts)
{
    std::string text;
    for (const OnCallShift& shift : shifts) {
        if (!text.empty()) text += '\n';
        text += shift.person.value + " " + utc_text(shift.span.from) + " .. " + utc_text(shift.span.until);
    }
    return text;
}

}  // namespace ackd
