#include "bot/catch_up/known_reactions.hpp"

namespace ackd {

bool KnownReactions::note(const MessageRef& message,
                          const UserId& person,
                          const std::string& emoji,
                          bool is_there,
                          const std::string& changed_stamp,
                          Instant now)
{
    bool is_news = true;
    {
        storage::Statement known = connection_.prepare(
            R"(SELECT is_there, changed_stamp
                FROM known_reactions
                WHERE channel = $1 AND stamp = $2 AND person = $3 AND emoji = $4)");
        known.bind_all(message.channel.value, message.stamp, person.value, emoji);
        if (known.step()) {
            if (!changed_stamp.empty() && changed_stamp < known.column_string(1)) return false;
            is_news = (known.column_int(0) != 0) != is_there;
        }
    }
    connection_
        .prepare(
            R"(INSERT INTO known_reactions (channel, stamp, person, emoji, is_there, changed_stamp, known_at_us)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT DO UPDATE
            SET is_there = excluded.is_there,
                changed_stamp = max(changed_stamp, excluded.changed_stamp),
                known_at_us = excluded.known_at_us)")
        .bind_all(message.channel.value,
                  message.stamp,
                  person.value,
                  emoji,
                  is_there ? 1 : 0,
                  changed_stamp,
                  to_microseconds(now))
        .run();
    return is_news;
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
