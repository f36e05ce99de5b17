// Rules of nudging that retire at random instants, far more often than their figures would have them: by
// another program's commit, whether the process is alive or not. Also such as no rule may be: of priority
// now.
#pragma once

#include "bot/settings.hpp"
#include "storage/connection.hpp"
#include "tests/simulation/journal_fold.hpp"
#include "tests/simulation/simulated_world.hpp"

#include <functional>

namespace ackd::simulation {

class SimulatedRules {
public:
    SimulatedRules(SimulatedWorld& world, storage::Connection& connection, std::uint64_t seed)
        : world_(world), connection_(connection), random_(seed)
    {}

    /// From now on, until `is_over`. The rules are those of the policy that is in force then.
    void move_again_and_again(std::function<const Settings&()> settings, std::function<bool()> is_over);

private:
    void move_one(const Settings& settings);

    SimulatedWorld& world_;
    storage::Connection& connection_;
    Random random_;
};

/// What is at priority now is never quiet.
void check_not_quiet_now(storage::Connection& connection, const JournalFact& fact);

}  // namespace ackd::simulation
