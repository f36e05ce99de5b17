#include "bot/rotations/rotation.hpp"

#include "bot/lower_case.hpp"
#include "bot/rotations/hand_over_days.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace ackd {

namespace {

constexpr std::array<std::string_view, 7> weekday_names{
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
constexpr std::string_view weekly_on = "weekly on ";

}  // namespace

std::string to_text(const RotationTurn& turn)
{
    switch (turn.length) {
        case TurnLength::day: return "daily";
        case TurnLength::week:
            return fmt::format("{}{}", weekly_on, weekday_names.at(turn.weekday.c_encoding()));
        case TurnLength::by_rule: return turn.rule;
    }
    return "?";
}

std::optional<RotationTurn> parse_turn(std::string_view text,
                                       std::chrono::local_days starts,
                                       std::string& problem)
{
    const std::string lower = lower_case(std::string{text});
    if (lower == "daily") return RotationTurn{TurnLength::day, std::chrono::Monday, ""};
    if (lower == "weekly") return RotationTurn{};
    if (lower.starts_with(weekly_on)) {
        const auto found = std::find(
            weekday_names.begin(), weekday_names.end(), lower.substr(weekly_on.size()));
        if (found != weekday_names.end()) {
            const auto index = static_cast<unsigned>(found - weekday_names.begin());
            return RotationTurn{TurnLength::week, std::chrono::weekday{index}, ""};
        }
    }
    if (!lower.starts_with("freq=")) {
        problem = fmt::format("turn is \"daily\", \"weekly on monday\", or a rule such as "
                              "\"FREQ=WEEKLY;INTERVAL=2\", unlike \"{}\"",
                              text.substr(0, rotation_rule_length_max));
        return std::nullopt;
    }
    problem = problem_of_rule(text, starts);
    if (!problem.empty()) return std::nullopt;
    return RotationTurn{TurnLength::by_rule, std::chrono::Monday, std::string{text}};
}

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

std::string date_text(std::chrono::local_days day)
{
    const std::chrono::year_month_day date{day};
    return fmt::format("{:04}-{:02}-{:02}",
                       static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
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

const Rotation* find_rotation(const std::vector<Rotation>& rotations, std::string_view name)
{
    const auto found = std::find_if(
        rotations.begin(), rotations.end(), [&](const Rotation& each) { return each.name == name; });
    return found == rotations.end() ? nullptr : &*found;
}

std::vector<UserId> people_of(const Rotation& rotation)
{
    std::vector<UserId> people;
    for (const RotationPart& part : rotation.parts) {
        for (const UserId& person : part.people) {
            if (std::find(people.begin(), people.end(), person) == people.end()) people.push_back(person);
        }
    }
    return people;
}

}  // namespace ackd
