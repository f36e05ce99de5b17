#include "tests/simulation/simulated_world.hpp"

#include <date/date.h>
#include <fmt/format.h>

namespace ackd::simulation {

void SimulatedWorld::say(std::string_view who, const std::string& what) const
{
    if (trace) trace(fmt::format("{}  {:<8} {}", date::format("%a %F %T", now()), who, what));
}

}  // namespace ackd::simulation
