#include "tests/simulation/capacity_checker.hpp"

#include "tests/simulation/simulated_world.hpp"

#include <fmt/format.h>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;

constexpr const char* every_signal =
    "every signal ends in relief, an accepted risk with a name, or the route";

/// Gives the first row's number, when there is a row.
void check_none(storage::Connection& connection, const char* sql, const char* rule, const char* words)
{
    storage::Statement rows = connection.prepare(sql);
    if (rows.step()) throw Violation{rule, fmt::format("{} {}", words, rows.column_int(0))};
}

void check_asked(storage::Connection& connection)
{
    // State 2: asked, 3: relieved.
    check_none(connection,
               R"(SELECT id FROM capacity_signals s
                WHERE level = 3 AND state IN (2, 3) AND team != ''
                  AND NOT EXISTS (SELECT 1 FROM capacity_questions WHERE signal_id = s.id) LIMIT 1)",
               every_signal,
               "nobody was asked because of signal");
    check_none(connection,
               R"(SELECT q.signal_id FROM capacity_questions q JOIN capacity_signals s ON s.id = q.signal_id
                WHERE s.state = 2 AND q.answer = 0
                  AND NOT EXISTS (SELECT 1 FROM obligations
                                  WHERE request_id = q.request_id AND state IN (1, 2, 6, 7)) LIMIT 1)",
               every_signal,
               "nobody owes an answer any more, and there is none, to signal");
    check_none(connection,
               R"(SELECT id FROM capacity_signals s WHERE state = 3
                  AND EXISTS (SELECT 1 FROM capacity_questions WHERE signal_id = s.id AND answer = 0) LIMIT 1)",
               every_signal,
               "an answer is missing to what counts as relieved, signal");
    check_none(
        connection,
        "SELECT request_id FROM capacity_questions WHERE answer != 0 AND (answered_by = '' OR words = '') LIMIT 1",
        every_signal,
        "an answer without a name or words, request");
    check_none(connection,
               R"(SELECT request_id FROM capacity_questions q WHERE answer != 0
                  AND EXISTS (SELECT 1 FROM obligations WHERE request_id = q.request_id AND state IN (1, 2, 6)) LIMIT 1)",
               every_signal,
               "somebody is asked for what was answered, request");
}

}  // namespace

void check_capacity(storage::Connection& connection, Instant now, bool is_awake)
{
    check_asked(connection);
    check_none(connection,
               R"(SELECT s.id FROM capacity_signals s WHERE is_in_force = 1 AND EXISTS
                (SELECT 1 FROM capacity_signals o WHERE o.is_in_force = 1 AND o.team = s.team AND o.id != s.id
                    AND (o.team != '' OR o.person = s.person)) LIMIT 1)",
               "one signal at a time",
               "another one is in force beside signal");
    check_none(connection,
               R"(SELECT count(*) FROM wip_items WHERE team = 'red' AND state = 1 AND let_in_by = ''
                HAVING count(*) > 2)",
               "nothing runs beyond the limit that nobody let in",
               "running in red:");
    check_none(connection,
               "SELECT id FROM wip_items WHERE (state = 1) != (due_at_us IS NOT NULL) LIMIT 1",
               "what runs is asked about, and nothing else is",
               "item");
    if (!is_awake) return;
    // Two minutes until somebody is asked, and as long for what holds the deadlines up after a start.
    storage::Statement late = connection.prepare(
        "SELECT id FROM capacity_signals WHERE due_at_us IS NOT NULL AND due_at_us < $1 LIMIT 1");
    late.bind(1, to_microseconds(now - 5min));
    if (late.step())
        throw Violation{every_signal, fmt::format("signal {} is left where it was", late.column_int(0))};
}

void check_capacity_at_end(storage::Connection& connection, Instant now)
{
    check_capacity(connection, now, true);
    check_none(connection,
               R"(SELECT obligation_id FROM capacity_queue
                WHERE NOT EXISTS (SELECT 1 FROM capacity_signals WHERE is_in_force = 1) LIMIT 1)",
               "nothing waits for somebody who has room",
               "obligation");
}

}  // namespace ackd::simulation
