// What a catch-up reads, in the order in which it is listed: conversations by their ids, then the threads of
// open requests, the newest first. Each look goes on behind what was listed last, through an index: what it
// costs does not depend on how much there is.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

struct ListedConversation {
    ChannelId channel;
    /// How far it has been read. Nothing: we are not in it, or it is archived.
    std::optional<Instant> read_up_to;
    /// When the oldest message in it that somebody may still answer was sent. Nothing: there is none.
    std::optional<Instant> answerable_since;
};

struct ListedThread {
    std::string stamp;  ///< of its first message
    ChannelId channel;
    friend bool operator==(const ListedThread&, const ListedThread&) = default;
};

class ReadingList {
public:
    explicit ReadingList(storage::Connection& connection) : connection_(connection) {}

    /// The conversation behind `last` (empty: the first): one that we are in, or one in which we have said
    /// something. What was said in it before `not_before` is not looked at.
    [[nodiscard]] std::optional<ListedConversation> conversation_behind(const ChannelId& last,
                                                                        Instant not_before) const;
    /// The threads behind `last` (an empty one: the newest), at most `count_max`.
    [[nodiscard]] std::vector<ListedThread> threads_behind(const ListedThread& last, int count_max) const;

private:
    storage::Connection& connection_;
};

}  // namespace ackd
