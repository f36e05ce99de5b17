// Reactions that were acted on, and those that were taken back.
//
// The history of a chat shows who has which reaction now, not what changed; held against this table it does.
// Without it, a ✅ that was undone by a button would count again at the next look. Changes come out of order:
// an event may be told again minutes later, and a page of the history may have been written before an event
// that arrived first. So each reaction has two ages, one on each clock:
//
//   changed_stamp   the chat's, of the newest change that an event told of: an older event is no news
//   known_at        ours: a page that was asked for before that may not know of it
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
    bool is_there = true;  ///< false: it was taken back
    Instant known_at{};
};

class KnownReactions {
public:
    explicit KnownReactions(storage::Connection& connection) : connection_(connection) {}

    /// Somebody has it on the message, or not any more. `changed_stamp`: see above; empty for what was found
    /// in the history. False: that is no news.
    bool note(const MessageRef& message,
              const UserId& person,
              const std::string& emoji,
              bool is_there,
              const std::string& changed_stamp,
              Instant now);
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
