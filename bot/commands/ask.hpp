// What somebody asks of others, whichever way they said it: typed as a command, or filled in as a form.
#pragma once

#include "bot/delivery/obligation.hpp"
#include "bot/rich_text.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

struct Ask {
    std::vector<UserId> people;
    std::vector<GroupId> groups;
    std::vector<ChannelId> channels;  ///< everybody in them
    Priority priority = Priority::today;
    AckLevel level = AckLevel::integrated;
    Quorum quorum = Quorum::all;
    /// For Quorum::k_of_n.
    int needed = 0;
    std::string route;  ///< empty: the default one
    std::optional<Instant> due_at;
    Announcement announcement = Announcement::undecided;
    /// How many of those who received it say it back.
    int read_back = 0;
    RichText text;  ///< empty when it is about a message that is already there

    [[nodiscard]] bool names_nobody() const { return people.empty() && groups.empty() && channels.empty(); }
};

}  // namespace ackd
