// Ask the asker first: nobody hears of a request again, and nobody else is called in, unless who asked has
// said that they still need it, or could not be asked.
#pragma once

#include "bot/settings.hpp"
#include "tests/simulation/checked_calendars.hpp"
#include "tests/simulation/journal_fold.hpp"
#include "tests/simulation/simulated_team.hpp"

#include <vector>

namespace ackd::simulation {

class NeedChecker {
public:
    NeedChecker(storage::Connection& connection, CheckedCalendars& calendars, const SimulatedTeam& team)
        : connection_(connection), calendars_(calendars), team_(team)
    {}

    void heard(const JournalFact& fact, const FoldedObligation& obligation);
    void use_settings(const Settings& settings) { all_settings_.push_back(settings); }

private:
    [[nodiscard]] bool could_be_asked(const std::string& creditor, const std::string& debtor, Instant at);

    storage::Connection& connection_;
    CheckedCalendars& calendars_;
    const SimulatedTeam& team_;
    std::vector<Settings> all_settings_;
};

}  // namespace ackd::simulation
