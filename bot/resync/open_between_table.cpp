#include "bot/resync/open_between_table.hpp"

#include "bot/delivery/obligation.hpp"
#include "bot/instant_columns.hpp"
#include "bot/threads/question.hpp"

namespace ackd {

namespace {

#define ANNOUNCEMENT_COLUMNS                                                                                 \
    "SELECT creditor, id, priority, asked_at_us, subject_channel, subject_stamp, text FROM requests "
#define IS_ANNOUNCEMENT                                                                                      \
    "kind = 1 AND level = 1 AND NOT EXISTS (SELECT 1 FROM silence_clauses WHERE request_id = requests.id) "

/// Of somebody it is still missing.
#define LACKS_AN_ACK                                                                                         \
    "EXISTS (SELECT 1 FROM obligations WHERE request_id = requests.id AND state IN (1, 6, 7, 9)) "

// As the statements have them.
static_assert(static_cast<int>(RequestKind::ack_request) == 1);
static_assert(static_cast<int>(AckLevel::received) == 1 && static_cast<int>(AckLevel::integrated) == 2);

static_assert(static_cast<int>(ObligationState::open) == 1 &&
              static_cast<int>(ObligationState::escalated) == 6 &&
              static_cast<int>(ObligationState::dead_letter) == 7 &&
              static_cast<int>(ObligationState::expired) == 9);

Announced announcement_in(const storage::Statement& row)
{
    return {RequestId{row.column_int(1)},
            UserId{row.column_string(0)},
            static_cast<Priority>(row.column_int(2)),
            from_microseconds(row.column_int(3)),
            MessageRef{ChannelId{row.column_string(4)}, row.column_string(5)},
            row.column_string(6)};
}

std::vector<OpenQuestions> questions_in(storage::Statement& rows)
{
    std::vector<OpenQuestions> all;
    while (rows.step()) {
        OpenQuestions& questions = all.emplace_back();
        questions.channel = ChannelId{rows.column_string(0)};
        questions.asker = UserId{rows.column_string(1)};
        questions.first_asked = UserId{rows.column_string(2)};
        questions.count = static_cast<int>(rows.column_int(3));
        questions.oldest_since = from_microseconds(rows.column_int(4));
        questions.oldest = MessageRef{questions.channel, rows.column_string(5)};
    }
    return all;
}

/// Asked, and neither taken nor declined; also where it is too late for that.
constexpr bool is_without_ack(ObligationState state)
{
    return is_waiting(state) || state == ObligationState::dead_letter || state == ObligationState::expired;
}

}  // namespace

std::vector<OpenAsks> OpenBetweenTable::asks_of(const UserId& creditor, Instant asked_before) const
{
    // Whoever has received it still owes it, where more than that was asked for.
    storage::Statement rows = connection_.prepare(
        R"(SELECT obligations.debtor, count(*), min(requests.asked_at_us) FROM requests
            JOIN obligations ON obligations.request_id = requests.id
            WHERE requests.closed_at_us IS NULL AND requests.creditor = $1 AND requests.asked_at_us <= $2
                AND requests.kind = 1
                AND (requests.level = 2
                    OR EXISTS (SELECT 1 FROM silence_clauses WHERE request_id = requests.id))
                AND (obligations.state IN (1, 6) OR (obligations.state = 2 AND requests.level = 2))
            GROUP BY obligations.debtor)");
    rows.bind_all(creditor.value, to_microseconds(asked_before));
    std::vector<OpenAsks> asks;
    while (rows.step())
        asks.push_back({UserId{rows.column_string(0)},
                        static_cast<int>(rows.column_int(1)),
                        from_microseconds(rows.column_int(2))});
    return asks;
}

std::vector<Announced> OpenBetweenTable::open_announcements_of(const UserId& creditor,
                                                               Instant asked_before,
                                                               std::size_t count_max) const
{
    storage::Statement rows = connection_.prepare(
        ANNOUNCEMENT_COLUMNS "WHERE closed_at_us IS NULL AND creditor = $1 AND asked_at_us <= $2 "
                             "AND " IS_ANNOUNCEMENT "AND " LACKS_AN_ACK "ORDER BY id DESC LIMIT $3");
    rows.bind_all(creditor.value, to_microseconds(asked_before), static_cast<std::int64_t>(count_max));
    std::vector<Announced> announcements;
    while (rows.step()) announcements.push_back(announcement_in(rows));
    return announcements;
}

std::vector<Announced> OpenBetweenTable::ended_announcements(Instant since, std::size_t count_max) const
{
    std::vector<Announced> announcements;
    // By the index of those whose times are still known: exactly (0), or to the day (1).
    for (const int detail : {0, 1}) {
        storage::Statement rows = connection_.prepare(
            ANNOUNCEMENT_COLUMNS
            "WHERE time_detail = $1 AND closed_at_us IS NOT NULL AND time_detail < 2 AND closed_at_us > $2 "
            "AND " IS_ANNOUNCEMENT "AND " LACKS_AN_ACK "ORDER BY closed_at_us DESC LIMIT $3");
        rows.bind_all(detail, to_microseconds(since), static_cast<std::int64_t>(count_max));
        while (rows.step()) announcements.push_back(announcement_in(rows));
    }
    return announcements;
}

std::vector<AnnouncedTo> OpenBetweenTable::announced_to(RequestId id) const
{
    // Asked again, or handed back, somebody has several: the newest counts.
    storage::Statement rows = connection_.prepare(
        "SELECT debtor, state, max(id) FROM obligations WHERE request_id = $1 GROUP BY debtor");
    rows.bind_all(id.value);
    std::vector<AnnouncedTo> people;
    while (rows.step()) {
        const auto state = static_cast<ObligationState>(rows.column_int(1));
        // Handed to somebody else, or called off: they are not waited for.
        if (state == ObligationState::delegated || state == ObligationState::withdrawn) continue;
        people.push_back({UserId{rows.column_string(0)}, is_without_ack(state)});
    }
    return people;
}

std::vector<OpenQuestions> OpenBetweenTable::unanswered_questions(const ChannelId& channel,
                                                                  Instant waiting_before) const
{
    // None waits since before it was asked: the index narrows it down.
    storage::Statement rows = connection_.prepare(
        R"(SELECT channel, asker, first_asked, count(*), min(waits_since_us), stamp FROM questions
            WHERE state != 3 AND channel = $1 AND asked_at_us <= $2 AND state = $3 AND waits_since_us <= $2
            GROUP BY asker, first_asked)");
    rows.bind_all(channel.value, to_microseconds(waiting_before), static_cast<int>(QuestionState::pursued));
    return questions_in(rows);
}

std::vector<OpenQuestions> OpenBetweenTable::given_up_questions(Instant since) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT channel, asker, first_asked, count(*), min(waits_since_us), stamp FROM questions
            WHERE state = 3 AND ended_at_us > $1 AND outcome = $2
            GROUP BY channel, asker, first_asked)");
    rows.bind_all(to_microseconds(since), static_cast<int>(QuestionOutcome::unanswered));
    return questions_in(rows);
}

}  // namespace ackd
