// The channels that we are a member of, how far each has been read, and where we introduced ourselves.
#pragma once

#include "bot/input.hpp"
#include "bot/instant.hpp"
#include "storage/connection.hpp"

#include <optional>
#include <vector>

namespace ackd {

struct KnownConversation {
    Conversation conversation;
    Instant read_up_to{};
};

class ConversationTable {
public:
    explicit ConversationTable(storage::Connection& connection) : connection_(connection) {}

    /// A new one counts as read up to `now`: what was said before we came is none of our business.
    void save(const Conversation& conversation, Instant now);
    void remove(const ChannelId& id);
    [[nodiscard]] std::optional<KnownConversation> find(const ChannelId& id) const;
    [[nodiscard]] std::vector<KnownConversation> all() const;
    void set_read_up_to(const ChannelId& id, Instant at);

    /// False: it was done before.
    bool mark_introduced(const ChannelId& id, Instant at);

private:
    storage::Connection& connection_;
};

}  // namespace ackd
