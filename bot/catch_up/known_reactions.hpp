// Reactions that were acted on. The history of a chat shows who has which reaction now, not what changed;
// held against this table it does. Without it, a ✅ that was undone by a button would count again at the next
// look.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"
#include "storage/connection.hpp"

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
    [[nodiscard]] std::vector<KnownReaction> on(const MessageRef& message) const;
    void forget_older_than(Instant at);

private:
    storage::Connection& connection_;
};

}  // namespace ackd
