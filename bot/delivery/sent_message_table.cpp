#include "bot/delivery/sent_message_table.hpp"

namespace ackd {

#define SENT_COLUMNS "SELECT id, channel, stamp, person, kind, sent_at_us, news FROM sent_messages "

void SentMessageTable::add(const SentMessage& sent)
{
    connection_
        .prepare(R"(INSERT INTO sent_messages (channel, stamp, person, kind, sent_at_us, news)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT DO NOTHING)")
        .bind_all(sent.message.channel.value,
                  sent.message.stamp,
                  sent.person.value,
                  sent.kind,
                  to_microseconds(sent.sent_at),
                  sent.news)
        .run();
    if (connection_.changed_rows() == 0) return;
    const std::int64_t id = connection_.last_insert_id();
    for (const ObligationId obligation : sent.obligations) {
        connection_
            .prepare("INSERT INTO sent_items (sent_id, obligation_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind_all(id, obligation.value)
            .run();
    }
}

std::optional<SentMessage> SentMessageTable::read(storage::Statement& row) const
{
    if (!row.step()) return std::nullopt;
    SentMessage sent;
    sent.id = row.column_int(0);
    sent.message = MessageRef{ChannelId{row.column_string(1)}, row.column_string(2)};
    sent.person = UserId{row.column_string(3)};
    sent.kind = static_cast<int>(row.column_int(4));
    sent.sent_at = from_microseconds(row.column_int(5));
    sent.news = row.column_string(6);
    storage::Statement items = connection_.prepare(
        "SELECT obligation_id FROM sent_items WHERE sent_id = $1 ORDER BY obligation_id");
    items.bind(1, sent.id);
    while (items.step()) sent.obligations.push_back(ObligationId{items.column_int(0)});
    return sent;
}

std::optional<SentMessage> SentMessageTable::find(std::int64_t id) const
{
    storage::Statement row = connection_.prepare(SENT_COLUMNS "WHERE id = $1");
    row.bind(1, id);
    return read(row);
}

std::optional<SentMessage> SentMessageTable::find(const MessageRef& message) const
{
    storage::Statement row = connection_.prepare(SENT_COLUMNS "WHERE channel = $1 AND stamp = $2");
    row.bind_all(message.channel.value, message.stamp);
    return read(row);
}

std::vector<SentMessage> SentMessageTable::about(ObligationId id) const
{
    std::vector<SentMessage> messages;
    storage::Statement rows = connection_.prepare(
        SENT_COLUMNS "WHERE id IN (SELECT sent_id FROM sent_items WHERE obligation_id = $1) ORDER BY id");
    rows.bind(1, id.value);
    while (auto sent = read(rows)) messages.push_back(std::move(*sent));
    return messages;
}

void SentMessageTable::forget(std::int64_t id)
{
    connection_.prepare("DELETE FROM sent_messages WHERE id = $1").bind(1, id).run();
}

void SentMessageTable::move(ObligationId from, ObligationId to, int kind, const std::vector<UserId>& but_of)
{
    for (const SentMessage& sent : about(from)) {
        if (sent.kind != kind || std::find(but_of.begin(), but_of.end(), sent.person) != but_of.end())
            continue;
        connection_
            .prepare("UPDATE sent_items SET obligation_id = $1 WHERE obligation_id = $2 AND sent_id = $3")
            .bind_all(to.value, from.value, sent.id)
            .run();
    }
}

}  // namespace ackd
