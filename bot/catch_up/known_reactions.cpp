#include "bot/catch_up/known_reactions.hpp"

namespace ackd {

bool KnownReactions::add(const MessageRef& message, const KnownReaction& reaction, Instant now)
{
    connection_
        .prepare(R"(INSERT INTO known_reactions (channel, stamp, person, emoji, known_at_us)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING)")
        .bind_all(
            message.channel.value, message.stamp, reaction.person.value, reaction.emoji, to_microseconds(now))
        .run();
    return connection_.changed_rows() > 0;
}

void KnownReactions::remove(const MessageRef& message, const KnownReaction& reaction)
{
    connection_
        .prepare(
            "DELETE FROM known_reactions WHERE channel = $1 AND stamp = $2 AND person = $3 AND emoji = $4")
        .bind_all(message.channel.value, message.stamp, reaction.person.value, reaction.emoji)
        .run();
}

KnownReactions::ByStamp KnownReactions::between(const ChannelId& channel,
                                                const std::string& first,
                                                const std::string& last) const
{
    ByStamp reactions;
    storage::Statement rows = connection_.prepare(
        R"(SELECT stamp, person, emoji
            FROM known_reactions
            WHERE channel = $1 AND stamp BETWEEN $2 AND $3
            ORDER BY stamp, person, emoji)");
    rows.bind_all(channel.value, first, last);
    while (rows.step())
        reactions[rows.column_string(0)].push_back({UserId{rows.column_string(1)}, rows.column_string(2)});
    return reactions;
}

void KnownReactions::forget_older_than(Instant at)
{
    connection_.prepare("DELETE FROM known_reactions WHERE known_at_us < $1")
        .bind(1, to_microseconds(at))
        .run();
}

}  // namespace ackd
