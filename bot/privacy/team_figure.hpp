// A figure about a team: made of at least five people, or it is not made. With fewer, whoever knows the
// others' part knows one person's.
#pragma once

#include <cstddef>
#include <optional>

namespace ackd {

inline constexpr std::size_t team_figure_people_min = 5;

class TeamFigure {
public:
    /// Nothing: it would be of fewer than five people.
    [[nodiscard]] static std::optional<TeamFigure> of(double value, std::size_t people)
    {
        if (people < team_figure_people_min) return std::nullopt;
        return TeamFigure{value};
    }
    [[nodiscard]] double value() const { return value_; }

private:
    explicit TeamFigure(double value) : value_(value) {}
    double value_;
};

}  // namespace ackd
