#include "bot/catch_up/conversation_table.hpp"

namespace ackd {

namespace {

KnownConversation read_row(const storage::Statement& row)
{
    KnownConversation known;
    known.conversation.id = ChannelId{row.column_string(0)};
    known.conversation.name = row.column_string(1);
    known.conversation.is_archived = row.column_int(2) != 0;
    known.conversation.is_private = row.column_int(3) != 0;
    known.read_up_to = from_microseconds(row.column_int(4));
    return known;
}

}  // namespace

void ConversationTable::save(const Conversation& conversation, Instant now)
{
    connection_
        .prepare(R"(INSERT INTO conversations (id, name, is_archived, is_private, read_up_to_us)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (id) DO UPDATE
            SET name = excluded.name, is_archived = excluded.is_archived, is_private = excluded.is_private)")
        .bind_all(conversation.id.value,
                  conversation.name,
                  conversation.is_archived ? 1 : 0,
                  conversation.is_private ? 1 : 0,
                  to_microseconds(now))
        .run();
}

void ConversationTable::remove(const ChannelId& id)
{
    connection_.prepare("DELETE FROM conversations WHERE id = $1").bind(1, id.value).run();
}

std::optional<KnownConversation> ConversationTable::find(const ChannelId& id) const
{
    storage::Statement row = connection_.prepare(
        "SELECT id, name, is_archived, is_private, read_up_to_us FROM conversations WHERE id = $1");
    row.bind(1, id.value);
    if (!row.step()) return std::nullopt;
    return read_row(row);
}

std::vector<KnownConversation> ConversationTable::all() const
{
    std::vector<KnownConversation> list;
    storage::Statement rows = connection_.prepare(
        "SELECT id, name, is_archived, is_private, read_up_to_us FROM conversations ORDER BY id");
    while (rows.step()) list.push_back(read_row(rows));
    return list;
}

void ConversationTable::set_read_up_to(const ChannelId& id, Instant at)
{
    connection_.prepare("UPDATE conversations SET read_up_to_us = ?2 WHERE id = ?1 AND read_up_to_us < ?2")
        .bind_all(id.value, to_microseconds(at))
        .run();
}

bool ConversationTable::mark_introduced(const ChannelId& id, Instant at)
{
    connection_
        .prepare(
            "INSERT INTO introductions (channel, introduced_at_us) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind_all(id.value, to_microseconds(at))
        .run();
    return connection_.changed_rows() > 0;
}

}  // namespace ackd
