#include "bot/escalation/calls_in_flight.hpp"

#include <algorithm>

namespace ackd {

namespace {

struct RowAbout {
    std::int64_t row = 0;
    std::string of;
};

/// The rows of a table that speak of the obligation, and to whom.
std::vector<RowAbout> rows_about(HandlerContext& context, const char* sql, ObligationId id)
{
    storage::Statement rows = context.connection.prepare(sql);
    rows.bind(1, id.value);
    std::vector<RowAbout> found;
    while (rows.step()) found.push_back({rows.column_int(0), rows.column_string(1)});
    return found;
}

}  // namespace

void hand_on_calls(HandlerContext& context,
                   ObligationId from,
                   ObligationId to,
                   const std::vector<UserId>& but_of)
{
    context.obligations.copy_calls(from, to, but_of);
    context.sent_messages.move(from, to, static_cast<int>(OutboxKind::escalation), but_of);
    const auto is_meant = [&](const std::string& conversation) {
        return std::none_of(but_of.begin(), but_of.end(), [&](const UserId& person) {
            return conversation == conversation_of(person) || conversation == person.value;
        });
    };
    for (const RowAbout& each :
         rows_about(context,
                    R"(SELECT outbox_id, conversation FROM outbox_items JOIN outbox ON outbox.id = outbox_id
                        WHERE obligation_id = $1 AND step > 0 ORDER BY outbox_id)",
                    from))
    {
        if (!is_meant(each.of)) continue;
        context.connection
            .prepare("UPDATE outbox_items SET obligation_id = $1 WHERE obligation_id = $2 AND outbox_id = $3")
            .bind_all(to.value, from.value, each.row)
            .run();
    }
    for (const RowAbout& each : rows_about(
             context, "SELECT id, person FROM digest_entries WHERE obligation_id = $1 ORDER BY id", from))
    {
        if (!is_meant(each.of)) continue;
        context.connection.prepare("UPDATE digest_entries SET obligation_id = $1 WHERE id = $2")
            .bind_all(to.value, each.row)
            .run();
    }
}

void hand_on_refusals(HandlerContext& context, ObligationId from, ObligationId to)
{
    context.connection
        .prepare(R"(INSERT INTO calls (obligation_id, step, target, is_channel, declined)
            SELECT $1, step, target, is_channel, declined FROM calls WHERE obligation_id = $2 AND declined = 1)")
        .bind_all(to.value, from.value)
        .run();
}

}  // namespace ackd
