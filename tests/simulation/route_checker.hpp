// Invariant 5, from the journal: the steps of a route are taken in order, none is skipped that had somebody
// in it, and none is left before its time is over, nor before as many as it needs have taken it.
#pragma once

#include "bot/escalation/route.hpp"
#include "bot/settings.hpp"
#include "tests/simulation/journal_fold.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace ackd::simulation {

class RouteChecker {
public:
    explicit RouteChecker(storage::Connection& connection) : connection_(connection) {}

    void use_settings(const Settings& settings) { all_settings_.push_back(settings); }
    void heard(const JournalFact& fact, const FoldedObligation& before, const FoldedObligation& after);

private:
    /// Of what was raised, as many have it as the step wants on which it was taken, or somebody is still
    /// asked, or decides.
    void check_takers(std::int64_t request);
    /// Whether that is so because of a breaker.
    bool check_has_nobody(const JournalFact& fact);
    bool was_passed_over(const std::string& person, const JournalFact& fact);
    FrozenRoute route_of(std::int64_t request);

    storage::Connection& connection_;
    std::vector<Settings> all_settings_;
    /// Steps that were reported as empty, by obligation.
    std::map<std::int64_t, int> skipped_;
    /// Obligations of which a step was skipped because of somebody's breaker.
    std::set<std::int64_t> passes_over_;
};

}  // namespace ackd::simulation
