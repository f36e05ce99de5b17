#include "bot/rotations/rotation.hpp"

#include "bot/cadence/recurrence_rule.hpp"
#include "bot/calendar_text.hpp"
#include "bot/lower_case.hpp"
#include "bot/rotations/hand_over_days.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

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
                              text.substr(0, recurrence_rule_length_max));
        return std::nullopt;
    }
    problem = problem_of_rule(text, starts);
    if (!problem.empty()) return std::nullopt;
    return RotationTurn{TurnLength::by_rule, std::chrono::Monday, std::string{text}};
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
