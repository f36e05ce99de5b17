#include "bot/catch_up/known_reactions.hpp"

namespace ackd {

bool KnownReactions::note(const MessageRef& message,
                          const UserId& person,
                          const std::string& emoji,
                          bool is_there,
                          const std::string& changed_stamp,
                          Instant now)
{
    // Nearly always it is the first that is heard of it.
    connection_
        .prepare(
            R"(INSERT INTO known_reactions (channel, stamp, person, emoji, is_there, changed_stamp, known_at_us)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT DO NOTHING)")
        .bind_all(message.channel.value,
                  message.stamp,
                  person.value,
                  emoji,
                  is_there ? 1 : 0,
                  changed_stamp,
                  to_microseconds(now))
        .run();
    if (connection_.changed_rows() > 0) return true;
    bool was_there = false;
    {
        storage::Statement known = connection_.prepare(
            R"(SELECT is_there, changed_stamp
                FROM known_reactions
                WHERE channel = $1 AND stamp = $2 AND person = $3 AND emoji = $4)");
        known.bind_all(message.channel.value, message.stamp, person.value, emoji);
        known.step();
        if (!changed_stamp.empty() && changed_stamp < known.column_string(1)) return false;
        was_there = known.column_int(0) != 0;
    }
    connection_
        .prepare(
            R"(UPDATE known_reactions
            SET is_there = $1, changed_stamp = max(changed_stamp, $2), known_at_us = $3
            WHERE channel = $4 AND stamp = $5 AND person = $6 AND emoji = $7)")
        .bind_all(is_there ? 1 : 0,
                  changed_stamp,
                  to_microseconds(now),
                  message.channel.value,
                  message.stamp,
                  person.value,
                  emoji)
        .run();
    return was_there != is_there;
}

KnownReactions::ByStamp KnownReactions::between(const ChannelId& channel,
                                                const std::string& first,
                                                const std::string& last) const
{
    ByStamp reactions;
    storage::Statement rows = connection_.prepare(
        R"(SELECT stamp, person, emoji, is_there, known_at_us
            FROM known_reactions
            WHERE channel = $1 AND stamp BETWEEN $2 AND $3
            ORDER BY stamp, person, emoji)");
    rows.bind_all(channel.value, first, last);
    while (rows.step()) {
        reactions[rows.column_string(0)].push_back({UserId{rows.column_string(1)},
                                                    rows.column_string(2),
                                                    rows.column_int(3) != 0,
                                                    from_microseconds(rows.column_int(4))});
    }
    return reactions;
}

void KnownReactions::forget_older_than(Instant at)
{
    connection_.prepare("DELETE FROM known_reactions WHERE known_at_us < $1")
        .bind(1, to_microseconds(at))
        .run();
}

}  // namespace ackd
