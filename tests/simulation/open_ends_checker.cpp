#include "tests/simulation/open_ends_checker.hpp"

#include "tests/simulation/simulated_world.hpp"

#include <fmt/format.h>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;

std::int64_t first_of(storage::Connection& connection, const char* sql)
{
    storage::Statement row = connection.prepare(sql);
    return row.step() ? row.column_int(0) : 0;
}

}  // namespace

void check_open_ends(storage::Connection& connection, Instant now, bool is_awake)
{
    constexpr const char* invariant = "11: everything that is open has an end ahead";
    if (const auto id = first_of(connection,
                                 R"(SELECT o.id
                FROM obligations o LEFT JOIN deadlines d ON d.obligation_id = o.id AND d.due_at_us = o.due_at_us
                WHERE o.due_at_us IS NOT NULL AND d.obligation_id IS NULL)"))
    {
        throw Violation{invariant, fmt::format("obligation {} has a deadline that nobody waits for", id)};
    }
    if (const auto id = first_of(connection,
                                 R"(SELECT d.obligation_id
                FROM deadlines d LEFT JOIN obligations o ON o.id = d.obligation_id AND o.due_at_us = d.due_at_us
                WHERE o.id IS NULL)"))
    {
        throw Violation{invariant,
                        fmt::format("a deadline is waited for that obligation {} does not have", id)};
    }
    // 2 received, level 2 integrated, priority 4 fyi: "Done" is still owed, so a question is due.
    if (const auto id = first_of(
            connection,
            R"(SELECT o.id FROM obligations o JOIN requests r ON r.id = o.request_id WHERE (o.state IN (1, 6)
                OR (o.state = 2 AND r.level = 2 AND r.priority != 4)) AND
                o.due_at_us IS NULL)"))
    {
        throw Violation{invariant, fmt::format("obligation {} waits for nothing", id)};
    }
    if (const auto id = first_of(
            connection,
            R"(SELECT id FROM requests WHERE state = 1 AND undecided_until_us IS NULL AND NOT EXISTS (SELECT 1 FROM outbox
                WHERE request_id = requests.id AND kind IN (8, 9)))"))
    {
        throw Violation{invariant, fmt::format("request {} waits for people whom nobody looks up", id)};
    }
    if (const auto id = first_of(
            connection,
            R"(SELECT id FROM requests WHERE state = 2 AND NOT EXISTS (SELECT 1 FROM obligations
                WHERE request_id = requests.id AND state IN (1, 2, 6)))"))
    {
        throw Violation{invariant, fmt::format("request {} is open, and nobody owes it anything", id)};
    }
    if (!is_awake) return;
    storage::Statement turns = connection.prepare(
        "SELECT id FROM absences WHERE turns_at_us < $1 ORDER BY turns_at_us LIMIT 1");
    turns.bind(1, to_microseconds(now - 1h));
    if (turns.step())
        throw Violation{invariant, fmt::format("absence {} neither begins nor ends", turns.column_int(0))};
    storage::Statement overdue = connection.prepare(
        "SELECT obligation_id FROM deadlines WHERE due_at_us < $1 ORDER BY due_at_us LIMIT 1");
    overdue.bind(1, to_microseconds(now - 1h));
    if (overdue.step()) {
        throw Violation{
            invariant,
            fmt::format("obligation {} fell due an hour ago, and nobody looked", overdue.column_int(0))};
    }
}

std::string what_is_open(storage::Connection& connection)
{
    if (const auto id = first_of(connection, "SELECT obligation_id FROM deadlines LIMIT 1")) {
        return fmt::format("obligation {} has a deadline", id);
    }
    if (const auto id = first_of(connection, "SELECT id FROM outbox WHERE kind NOT IN (10, 11) LIMIT 1")) {
        return fmt::format("outbox {} is still to be sent", id);
    }
    if (const auto id = first_of(connection, "SELECT id FROM requests WHERE closed_at_us IS NULL LIMIT 1")) {
        return fmt::format("request {} is not closed", id);
    }
    if (const auto id = first_of(connection,
                                 "SELECT request_id FROM read_backs WHERE state IN (1, 2) LIMIT 1")) {
        return fmt::format("request {} is to be said back", id);
    }
    if (const auto id = first_of(connection, "SELECT id FROM questions WHERE state != 3 LIMIT 1"))
        return fmt::format("question {} has not ended", id);
    // Received is an end where no more was asked for.
    if (const auto id = first_of(
            connection,
            R"(SELECT o.id FROM obligations o JOIN requests r ON r.id = o.request_id WHERE o.state IN (1, 6)
                OR (o.state = 2 AND r.level = 2) LIMIT 1)"))
    {
        return fmt::format("obligation {} has not ended", id);
    }
    return "";
}

}  // namespace ackd::simulation
