#include "tests/simulation/read_back_checker.hpp"

#include "tests/simulation/simulated_people.hpp"

#include <fmt/format.h>

#include <string>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;

constexpr const char* said_and_gone = "said back: what was said goes with its turn";

/// The first number that a query finds; 0: nothing.
std::int64_t first_of(storage::Connection& connection, const char* sql)
{
    storage::Statement row = connection.prepare(sql);
    return row.step() ? row.column_int(0) : 0;
}

/// A correction is said by who asked to everybody; a line that is said back is quoted.
bool shows_a_line(const Notice& notice)
{
    const std::string quoted = fmt::format("“{}", said_back_words);
    const auto has = [&](const std::string& text) { return text.find(quoted) != std::string::npos; };
    if (has(notice.summary)) return true;
    for (const Section& section : notice.sections) {
        for (const Line& line : section.lines) {
            for (const Span& span : line.text) {
                if (const auto* words = std::get_if<Words>(&span); words != nullptr && has(words->text))
                    return true;
            }
        }
    }
    return false;
}

}  // namespace

void check_read_backs(storage::Connection& connection, Instant now, bool is_awake)
{
    if (const auto turn = first_of(connection,
                                   R"(SELECT turn_id FROM read_back_words
            LEFT JOIN read_back_turns t ON t.id = turn_id
            LEFT JOIN read_backs r ON r.request_id = t.request_id
            WHERE t.id IS NULL OR t.state != 2 OR r.state != 2)"))
        throw Violation{said_and_gone, fmt::format("turn {} is over, and its words are there", turn)};
    if (const auto turn = first_of(connection,
                                   R"(SELECT t.id FROM read_back_turns t JOIN read_backs r USING (request_id)
            WHERE t.state != 3 AND r.state != 2)"))
        throw Violation{"said back: a turn ends with its read-back", fmt::format("turn {} goes on", turn)};
    if (const auto turn = first_of(connection,
                                   R"(SELECT min(id) FROM read_back_turns WHERE state = 1 AND is_volunteer = 0
            GROUP BY person HAVING count(*) > 1)"))
        throw Violation{"said back: nobody is asked two things at once", fmt::format("turn {}", turn)};
    if (const auto turn = first_of(connection,
                                   R"(SELECT t.id FROM read_back_turns t WHERE state != 3 AND NOT EXISTS (
            SELECT 1 FROM obligations o
            WHERE o.request_id = t.request_id AND o.holder = t.person AND o.state IN (2, 3)))"))
        throw Violation{"said back: nobody is asked what they have not acked", fmt::format("turn {}", turn)};
    if (const auto row = first_of(connection,
                                  R"(SELECT max(id) FROM (
            SELECT id FROM outbox WHERE instr(payload, '“what I make of it') > 0
            UNION ALL SELECT id FROM digest_entries WHERE instr(notice, '“what I make of it') > 0
            UNION ALL SELECT id FROM sent_messages WHERE instr(news, '“what I make of it') > 0))"))
        throw Violation{said_and_gone, fmt::format("row {} on its way to somebody has the words", row)};
    if (!is_awake) return;
    storage::Statement overdue = connection.prepare(
        "SELECT request_id FROM read_backs WHERE due_at_us < $1 ORDER BY due_at_us LIMIT 1");
    overdue.bind(1, to_microseconds(now - 1h));
    if (overdue.step())
        throw Violation{
            "11: everything that is open has an end ahead",
            fmt::format("the read-back of request {} fell due an hour ago", overdue.column_int(0))};
}

void check_said_back_is_gone(storage::Connection& connection, const SimulatedChat& chat)
{
    if (const auto turn = first_of(connection, "SELECT turn_id FROM read_back_words LIMIT 1"))
        throw Violation{said_and_gone, fmt::format("the words of turn {} are still there", turn)};
    if (const auto sequence = first_of(
            connection, "SELECT sequence FROM journal WHERE instr(detail, 'what I make of it') > 0 LIMIT 1"))
        throw Violation{said_and_gone, fmt::format("the journal has words at {}", sequence)};
    for (const SeenMessage& message : chat.messages()) {
        if (message.notice && !message.deleted && shows_a_line(*message.notice))
            throw Violation{said_and_gone, fmt::format("{} still sees it", message.person.value)};
    }
}

}  // namespace ackd::simulation
