// Ask the asker first: nobody hears of a request again, and nobody else is called in, unless who asked has
// said that they still need it, or could not be asked.
#pragma once

#include "bot/settings.hpp"
#include "tests/simulation/journal_fold.hpp"

#include <vector>

namespace ackd::simulation {

class NeedChecker {
public:
    explicit NeedChecker(storage::Connection& connection) : connection_(connection) {}

    void heard(const JournalFact& fact, const FoldedObligation& obligation);
    void use_settings(const Settings& settings) { all_settings_.push_back(settings); }

private:
    [[nodiscard]] bool could_be_asked(const std::string& creditor, const std::string& debtor) const;

    storage::Connection& connection_;
    std::vector<Settings> all_settings_;
};

}  // namespace ackd::simulation
