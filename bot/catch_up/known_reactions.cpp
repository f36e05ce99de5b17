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

std::vector<KnownReaction> KnownReactions::on(const MessageRef& message) const
{
    std::vector<KnownReaction> reactions;
    storage::Statement rows = connection_.prepare(
        "SELECT person, emoji FROM known_reactions WHERE channel = $1 AND stamp = $2 ORDER BY person, emoji");
    rows.bind_all(message.channel.value, message.stamp);
    while (rows.step()) reactions.push_back({UserId{rows.column_string(0)}, rows.column_string(1)});
    return reactions;
}

void KnownReactions::forget_older_than(Instant at)
{
    connection_.prepare("DELETE FROM known_reactions WHERE known_at_us < $1")
        .bind(1, to_microseconds(at))
        .run();
}

}  // namespace ackd
