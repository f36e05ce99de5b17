#include "tests/simulation/question_checker.hpp"

#include "bot/threads/question_rules.hpp"
#include "tests/simulation/simulated_world.hpp"

#include <fmt/format.h>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;

void must_be_empty(storage::Connection& connection, const char* sql, const char* what)
{
    storage::Statement row = connection.prepare(sql);
    if (row.step()) {
        throw Violation{"questions: somebody looks after each until it ends, and nobody after that",
                        fmt::format("question {}: {}", row.column_int(0), what)};
    }
}

}  // namespace

PriorityPolicy pace_in(const Settings& settings, Priority priority, const ChannelId& watched)
{
    const PriorityPolicy& usual = settings.delivery.of(priority);
    if (watched.empty()) return usual;
    const WatchedChannel* channel = find_watched(settings.channels, watched);
    return question_pace(usual, channel != nullptr ? *channel : WatchedChannel{});
}

void check_questions(storage::Connection& connection, Instant now, bool is_awake)
{
    must_be_empty(connection,
                  R"(SELECT q.id FROM questions q JOIN requests r ON r.id = q.request_id
                    WHERE q.state = 3 AND r.closed_at_us IS NULL LIMIT 1)",
                  "it has ended, and somebody is asked");
    must_be_empty(connection,
                  R"(SELECT q.id FROM questions q LEFT JOIN requests r ON r.id = q.request_id
                    WHERE q.state = 2 AND q.due_at_us IS NULL AND (r.id IS NULL OR r.closed_at_us IS NOT NULL) LIMIT 1)",
                  "nobody has answered it, and nobody is asked");
    must_be_empty(connection,
                  R"(SELECT q.id FROM questions q WHERE q.state = 1 AND q.due_at_us IS NULL AND NOT EXISTS (
                    SELECT 1 FROM outbox WHERE kind = 25 AND payload LIKE q.id || ' %') LIMIT 1)",
                  "it waits for nothing");
    must_be_empty(connection,
                  R"(SELECT r.id FROM requests r WHERE r.kind = 2 AND r.closed_at_us IS NULL AND NOT EXISTS (
                    SELECT 1 FROM questions q WHERE q.request_id = r.id) LIMIT 1)",
                  "(a request) it is of no question");
    if (!is_awake) return;
    storage::Statement overdue = connection.prepare(
        "SELECT id FROM questions WHERE due_at_us < $1 ORDER BY due_at_us LIMIT 1");
    overdue.bind(1, to_microseconds(now - 1h));
    if (overdue.step()) {
        throw Violation{
            "11: everything that is open has an end ahead",
            fmt::format("question {} fell due an hour ago, and nobody looked", overdue.column_int(0))};
    }
}

void check_pursuits(storage::Connection& connection)
{
    must_be_empty(connection,
                  R"(SELECT q.id FROM questions q WHERE
                    (SELECT count(*) FROM journal WHERE fact = 'question_pursued'
                        AND detail LIKE '{"question":"' || q.id || '",%')
                    > 1 + (SELECT count(*) FROM journal WHERE fact = 'question_reopened'
                        AND detail LIKE '{"question":"' || q.id || '",%') LIMIT 1)",
                  "it was pursued twice");
}

}  // namespace ackd::simulation
