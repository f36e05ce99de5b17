#include "bot/catch_up/reading_list.hpp"

namespace ackd {

namespace {

/// Newer than every stamp: those begin with a digit.
constexpr const char* newest_stamp = "~";

}  // namespace

std::optional<ListedConversation> ReadingList::conversation_behind(const ChannelId& last,
                                                                   Instant not_before) const
{
    // The smallest of each index: neither is walked through.
    storage::Statement next = connection_.prepare(
        R"(SELECT min(id) FROM (SELECT min(id) AS id FROM conversations WHERE id > $1
            UNION ALL SELECT min(channel) FROM sent_messages WHERE channel > $1))");
    next.bind(1, last.value);
    if (!next.step() || next.column_is_null(0)) return std::nullopt;
    ListedConversation listed{ChannelId{next.column_string(0)}, std::nullopt, std::nullopt};

    storage::Statement known = connection_.prepare(
        "SELECT read_up_to_us FROM conversations WHERE id = $1 AND is_archived = 0");
    known.bind(1, listed.channel.value);
    if (known.step()) listed.read_up_to = from_microseconds(known.column_int(0));

    storage::Statement sent = connection_.prepare(
        R"(SELECT m.sent_at_us
            FROM sent_messages m
            WHERE m.channel = $1 AND m.sent_at_us >= $2
                AND EXISTS (SELECT 1 FROM sent_items i JOIN obligations o ON o.id = i.obligation_id
                    WHERE i.sent_id = m.id AND o.state IN (1, 2, 6))
            ORDER BY m.sent_at_us LIMIT 1)");
    sent.bind_all(listed.channel.value, to_microseconds(not_before));
    if (sent.step()) listed.answerable_since = from_microseconds(sent.column_int(0));
    return listed;
}

std::vector<ListedThread> ReadingList::threads_behind(const ListedThread& last, int count_max) const
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT DISTINCT thread, subject_channel
            FROM requests
            WHERE closed_at_us IS NULL AND thread != '' AND (thread, subject_channel) < ($1, $2)
            ORDER BY thread DESC, subject_channel DESC LIMIT $3)");
    rows.bind_all(last.stamp.empty() ? newest_stamp : last.stamp.c_str(), last.channel.value, count_max);
    std::vector<ListedThread> threads;
    while (rows.step()) threads.push_back({rows.column_string(0), ChannelId{rows.column_string(1)}});
    return threads;
}

}  // namespace ackd
