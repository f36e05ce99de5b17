// The hours that people of a simulated workspace work: weekends elsewhere in the week, split days, nights,
// part time; by the policy, by a team or by themselves; and holidays.
#pragma once

#include "bot/people/holiday_calendar.hpp"
#include "tests/simulation/simulated_team.hpp"

#include <string>

namespace ackd::simulation {

/// At least a fifth of a week, so that everything ends within a season.
[[nodiscard]] WorkWeek some_week(Random& random);

/// What somebody types after "/ackd hours"; not always understood.
[[nodiscard]] std::string some_typed_hours(Random& random);

/// Calendars with days off in the first weeks, a policy that names some of them, teams with hours and
/// holidays of their own. One workspace in four has nothing of it.
void give_hours(SimulatedTeam& team, Random& random);

/// Hours and holidays after somebody changed them in the policy.
void change_hours(Policy& policy, const SimulatedTeam& team, Random& random);

}  // namespace ackd::simulation
