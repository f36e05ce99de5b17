#include "tests/simulation/need_checker.hpp"

#include "bot/delivery/obligation.hpp"
#include "tests/simulation/simulated_world.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd::simulation {

bool NeedChecker::could_be_asked(const std::string& creditor, const std::string& debtor) const
{
    if (creditor == debtor) return false;
    storage::Statement gone = connection_.prepare("SELECT 1 FROM members WHERE id = $1 AND deactivated = 1");
    gone.bind(1, creditor);
    if (gone.step()) return false;
    // Ever: an absence that is over, too, may have let it go on as if they had said yes.
    storage::Statement absent = connection_.prepare("SELECT 1 FROM absences WHERE person = $1 LIMIT 1");
    absent.bind(1, creditor);
    return !absent.step();
}

void NeedChecker::heard(const JournalFact& fact, const FoldedObligation& obligation)
{
    const bool is_second = fact.fact == "nudged" && fact.number("attempt") > 1;
    const bool moves_on = fact.fact == "attempts_used_up" || fact.fact == "step_taken" ||
                          fact.fact == "route_used_up";
    const std::string reason = fact.text("reason");
    if (!is_second && !(moves_on && (reason == "attempts_used_up" || reason == "route_used_up"))) return;
    storage::Statement row = connection_.prepare(
        "SELECT need, creditor, priority FROM requests WHERE id = $1");
    row.bind(1, fact.request);
    row.step();
    const auto priority = static_cast<Priority>(row.column_int(2));
    const bool always_asks = std::all_of(
        all_settings_.begin(), all_settings_.end(), [&](const Settings& each) {
            return each.delivery.of(priority).asks_asker;
        });
    if (!always_asks || row.column_int(0) == static_cast<int>(Need::confirmed)) return;
    if (!could_be_asked(row.column_string(1), obligation.debtor)) return;
    throw Violation{"who asked is asked first",
                    fmt::format("obligation {}: {} (attempt {}), and need is {}",
                                fact.obligation,
                                fact.fact,
                                fact.text("attempt"),
                                row.column_int(0))};
}

}  // namespace ackd::simulation
