#include "tests/simulation/need_checker.hpp"

#include "bot/delivery/obligation.hpp"
#include "tests/simulation/simulated_world.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd::simulation {

using namespace std::chrono_literals;

bool NeedChecker::could_be_asked(const std::string& creditor, const std::string& debtor, Instant at)
{
    if (creditor == debtor) return false;
    // Not where they are off for days, nor where they had or have do-not-disturb, which may make days of it.
    if (calendars_.hours_of(creditor, at).worked_between(at, at + 70h) == Duration{0}) return false;
    const SimulatedPerson* person = team_.find(UserId{creditor});
    if (person == nullptr || person->undisturbed_until != Instant{}) return false;
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
        "SELECT creditor, priority FROM requests WHERE id = $1 AND kind = 1");
    row.bind(1, fact.request);
    if (!row.step()) return;  // who asked a question was told before anybody was asked
    const auto priority = static_cast<Priority>(row.column_int(1));
    const bool always_asks = std::all_of(
        all_settings_.begin(), all_settings_.end(), [&](const Settings& each) {
            return each.delivery.of(priority).asks_asker;
        });
    if (!always_asks || !could_be_asked(row.column_string(0), obligation.debtor, fact.recorded_at)) return;
    // Of what a rule that is off kept quiet nobody has heard yet.
    storage::Statement quiet = connection_.prepare(
        R"(SELECT 1 FROM journal WHERE request_id = $1 AND obligation_id = $2 AND detail LIKE '%"quiet":"yes"%')");
    quiet.bind_all(fact.request, fact.obligation);
    if (quiet.step()) return;
    storage::Statement said = connection_.prepare(
        R"(SELECT fact FROM journal
            WHERE request_id = $1 AND sequence < $2
              AND fact IN ('need_asked', 'fell_asleep', 'still_needed', 'less_urgent')
            ORDER BY sequence DESC LIMIT 1)");
    said.bind_all(fact.request, fact.sequence);
    const std::string last = said.step() ? said.column_string(0) : "nothing";
    if (last == "still_needed" || last == "less_urgent") return;
    throw Violation{"who asked is asked first",
                    fmt::format("obligation {}: {} (attempt {}) after {}",
                                fact.obligation,
                                fact.fact,
                                fact.text("attempt"),
                                last)};
}

}  // namespace ackd::simulation
