// Reactions that were acted on. The history of a chat shows who has which reaction now, not what changed;
// held against this table it does. Without it, a ✅ that was undone by a button would count again at the next
// look.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"
#include "storage/connection.hpp"

#include <map>
#include <string>
#include <vector>

namespace ackd {

struct KnownReaction {
    UserId person;
    std::string emoji;
    friend bool operator==(const KnownReaction&, const KnownReaction&) = default;
};

class KnownReactions {
public:
    explicit KnownReactions(storage::Connection& connection) : connection_(connection) {}

    /// False: it was known.
    bool add(const MessageRef& message, const KnownReaction& reaction, Instant now);
    void remove(const MessageRef& message, const KnownReaction& reaction);
    /// On the messages of a channel from the first stamp to the last, both included, by their stamps: one
    /// look for all of a page of the history.
    using ByStamp = std::map<std::string, std::vector<KnownReaction>>;
    [[nodiscard]] ByStamp between(const ChannelId& channel,
                                  const std::string& first,
                                  const std::string& last) const;
    void forget_older_than(Instant at);

private:
    storage::Connection& connection_;
};

}  // namespace ackd
