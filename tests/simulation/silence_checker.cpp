#include "tests/simulation/silence_checker.hpp"

#include "tests/simulation/simulated_world.hpp"

#include <fmt/format.h>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;

constexpr const char* invariant = "silence is an answer only when everybody could object, and nobody did";

/// Working time is never more than time.
constexpr Duration time_for_everybody = 8h;

void must_be_empty(storage::Connection& connection, const char* sql, const char* what)
{
    storage::Statement row = connection.prepare(sql);
    if (row.step()) throw Violation{invariant, fmt::format("request {}: {}", row.column_int(0), what)};
}

}  // namespace

void check_silence(storage::Connection& connection,
                   const JournalFact& fact,
                   const FoldedObligation& obligation)
{
    if (fact.fact != "expired" || fact.text("reason") != "silence_is_an_answer") return;
    if (fact.recorded_at - obligation.started_at < time_for_everybody) {
        throw Violation{invariant,
                        fmt::format("obligation {}: asked, and decided the same day", fact.obligation)};
    }
    storage::Statement objected = connection.prepare(
        "SELECT 1 FROM journal WHERE request_id = $1 AND sequence < $2 AND fact = 'declined' LIMIT 1");
    objected.bind_all(fact.request, fact.sequence);
    if (objected.step()) {
        throw Violation{invariant,
                        fmt::format("obligation {}: decided in spite of an objection", fact.obligation)};
    }
}

void check_clauses(storage::Connection& connection)
{
    must_be_empty(connection,
                  R"(SELECT id FROM requests LEFT JOIN silence_clauses ON request_id = id
                    WHERE (decides_at_us IS NOT NULL) != (ifnull(silence_clauses.state, 0) = 2) LIMIT 1)",
                  "its clause runs without a deadline, or the other way round");
    must_be_empty(connection,
                  "SELECT id FROM requests WHERE decides_at_us IS NOT NULL AND state IN (3, 4) LIMIT 1",
                  "it is over, and its clause runs");
    must_be_empty(connection,
                  R"(SELECT request_id FROM journal
                    WHERE fact IN ('decided_by_silence', 'agreed', 'silence_called_off')
                    GROUP BY request_id HAVING count(*) > 1 LIMIT 1)",
                  "its clause ended twice");
}

}  // namespace ackd::simulation
