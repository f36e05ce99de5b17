// The requests of the table; their obligations are in obligation_table.cpp.
#include "bot/delivery/obligation_table.hpp"
#include "bot/instant_columns.hpp"

namespace ackd {

namespace {

#define REQUEST_COLUMNS                                                                                      \
    "SELECT id, kind, state, creditor, priority, level, needed, asked, quorum, subject_channel, "            \
    "subject_stamp, thread, card_channel, card_stamp, is_own_post, text, asked_at_us, due_at_us, "           \
    "edited_at_us, closed_at_us, route, audience, edited_stamp, need, need_until_us, "                       \
    "active_at_us, announcement, undecided_until_us, decides_at_us FROM requests "

Request read_request(const storage::Statement& row)
{
    Request request;
    request.id = RequestId{row.column_int(0)};
    request.kind = static_cast<RequestKind>(row.column_int(1));
    request.state = static_cast<RequestState>(row.column_int(2));
    request.creditor = UserId{row.column_string(3)};
    request.priority = static_cast<Priority>(row.column_int(4));
    request.level = static_cast<AckLevel>(row.column_int(5));
    request.needed = static_cast<int>(row.column_int(6));
    request.asked = static_cast<int>(row.column_int(7));
    request.quorum = static_cast<Quorum>(row.column_int(8));
    request.subject = MessageRef{ChannelId{row.column_string(9)}, row.column_string(10)};
    request.thread = row.column_string(11);
    request.card = MessageRef{ChannelId{row.column_string(12)}, row.column_string(13)};
    request.is_own_post = row.column_int(14) != 0;
    request.text = row.column_string(15);
    request.asked_at = from_microseconds(row.column_int(16));
    request.due_at = to_instant(row.column_optional_int(17));
    request.edited_at = to_instant(row.column_optional_int(18));
    request.closed_at = to_instant(row.column_optional_int(19));
    request.route = frozen_route_from_text(row.column_string(20));
    request.audience = row.column_string(21);
    request.edited_stamp = row.column_string(22);
    request.need = static_cast<Need>(row.column_int(23));
    request.need_until = to_instant(row.column_optional_int(24));
    request.active_at = to_instant(row.column_optional_int(25));
    request.announcement = static_cast<Announcement>(row.column_int(26));
    request.undecided_until = to_instant(row.column_optional_int(27));
    request.decides_at = to_instant(row.column_optional_int(28));
    return request;
}

void bind_request(storage::Statement& statement, const Request& request)
{
    statement.bind_all(static_cast<int>(request.kind),
                       static_cast<int>(request.state),
                       request.creditor.value,
                       static_cast<int>(request.priority),
                       static_cast<int>(request.level),
                       request.needed,
                       request.asked,
                       static_cast<int>(request.quorum),
                       request.subject.channel.value,
                       request.subject.stamp,
                       request.thread,
                       request.card.channel.value,
                       request.card.stamp,
                       request.is_own_post ? 1 : 0,
                       request.text,
                       to_microseconds(request.asked_at),
                       to_column(request.due_at),
                       to_column(request.edited_at),
                       to_column(request.closed_at),
                       to_text(request.route),
                       request.audience,
                       request.edited_stamp,
                       static_cast<int>(request.need),
                       to_column(request.need_until),
                       to_column(request.active_at),
                       static_cast<int>(request.announcement),
                       to_column(request.undecided_until),
                       to_column(request.decides_at),
                       request.route.name);
}

}  // namespace

RequestId ObligationTable::insert(const Request& request)
{
    storage::Statement statement = connection_.prepare(
        R"(INSERT INTO requests (kind, state, creditor, priority, level, needed, asked, quorum,
            subject_channel, subject_stamp, thread, card_channel, card_stamp, is_own_post, text,
            asked_at_us, due_at_us, edited_at_us, closed_at_us, route, audience, edited_stamp, need,
            need_until_us, active_at_us, announcement, undecided_until_us, decides_at_us,
            route_name)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
            $20, $21, $22, $23, $24, $25, $26, $27, $28, $29))");
    bind_request(statement, request);
    statement.run();
    return RequestId{connection_.last_insert_id()};
}

void ObligationTable::save(const Request& request)
{
    storage::Statement statement = connection_.prepare(
        R"(UPDATE requests
            SET kind = $1, state = $2, creditor = $3, priority = $4, level = $5, needed = $6, asked = $7,
            quorum = $8, subject_channel = $9, subject_stamp = $10, thread = $11, card_channel = $12,
            card_stamp = $13, is_own_post = $14, text = $15, asked_at_us = $16, due_at_us = $17,
            edited_at_us = $18, closed_at_us = $19, route = $20, audience = $21,
            edited_stamp = $22, need = $23, need_until_us = $24, active_at_us = $25,
            announcement = $26, undecided_until_us = $27, decides_at_us = $28, route_name = $29,
            time_detail = CASE WHEN closed_at_us IS NULL THEN 0 ELSE time_detail END
            WHERE id = $30)");
    bind_request(statement, request);
    statement.bind(30, request.id.value).run();
}

std::optional<Request> ObligationTable::find(RequestId id) const
{
    storage::Statement row = connection_.prepare(REQUEST_COLUMNS "WHERE id = $1");
    row.bind(1, id.value);
    if (!row.step()) return std::nullopt;
    return read_request(row);
}

std::optional<Request> ObligationTable::find_by_message(const MessageRef& message) const
{
    storage::Statement by_subject = connection_.prepare(
        REQUEST_COLUMNS "WHERE subject_stamp = $1 AND subject_channel = $2 ORDER BY id DESC LIMIT 1");
    by_subject.bind_all(message.stamp, message.channel.value);
    if (by_subject.step()) return read_request(by_subject);
    storage::Statement by_card = connection_.prepare(
        REQUEST_COLUMNS "WHERE card_stamp = $1 AND card_channel = $2 ORDER BY id DESC LIMIT 1");
    by_card.bind_all(message.stamp, message.channel.value);
    if (by_card.step()) return read_request(by_card);
    return std::nullopt;
}

std::vector<Request> ObligationTable::find_by_thread(const ChannelId& channel,
                                                     const std::string& thread) const
{
    std::vector<Request> requests;
    storage::Statement rows = connection_.prepare(REQUEST_COLUMNS
                                                  "WHERE thread = $1 AND subject_channel = $2 ORDER BY id");
    rows.bind_all(thread, channel.value);
    while (rows.step()) requests.push_back(read_request(rows));
    return requests;
}

std::optional<Instant> ObligationTable::earliest_undecided() const
{
    storage::Statement row = connection_.prepare(
        "SELECT min(undecided_until_us) FROM requests WHERE undecided_until_us IS NOT NULL");
    row.step();
    return to_instant(row.column_optional_int(0));
}

std::vector<Request> ObligationTable::undecided_before(Instant now, int count_max) const
{
    std::vector<Request> requests;
    storage::Statement rows = connection_.prepare(
        REQUEST_COLUMNS
        "WHERE undecided_until_us IS NOT NULL AND undecided_until_us <= $1 ORDER BY id LIMIT $2");
    rows.bind_all(to_microseconds(now), count_max);
    while (rows.step()) requests.push_back(read_request(rows));
    return requests;
}

void ObligationTable::postpone_undecided(Instant now, Instant until)
{
    connection_.prepare("UPDATE requests SET undecided_until_us = ?2 WHERE undecided_until_us <= ?1")
        .bind_all(to_microseconds(now), to_microseconds(until))
        .run();
}

std::vector<Request> ObligationTable::open_by_creditor(const UserId& creditor, int count_max) const
{
    std::vector<Request> requests;
    storage::Statement rows = connection_.prepare(
        REQUEST_COLUMNS "WHERE creditor = $1 AND closed_at_us IS NULL ORDER BY id DESC LIMIT $2");
    rows.bind_all(creditor.value, count_max);
    while (rows.step()) requests.push_back(read_request(rows));
    return requests;
}

std::optional<Request> ObligationTable::last_raised(const Request& request) const
{
    storage::Statement rows = connection_.prepare(
        REQUEST_COLUMNS "WHERE kind = 3 AND route_name = $1 AND id < $2 ORDER BY id DESC LIMIT 1");
    rows.bind_all(request.route.name, request.id.value);
    if (!rows.step()) return std::nullopt;
    return read_request(rows);
}

std::vector<Request> ObligationTable::open_in_channel(const ChannelId& channel) const
{
    std::vector<Request> requests;
    storage::Statement rows = connection_.prepare(
        REQUEST_COLUMNS "WHERE subject_channel = $1 AND closed_at_us IS NULL ORDER BY id");
    rows.bind(1, channel.value);
    while (rows.step()) requests.push_back(read_request(rows));
    return requests;
}

}  // namespace ackd
