// What somebody asks of others, whichever way they said it: typed as a command, or filled in as a form.
#pragma once

#include "bot/delivery/obligation.hpp"
#include "bot/delivery/silence_clause.hpp"
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
    /// What holds without an answer; nothing: they are asked until somebody answers.
    std::optional<SilenceChoice> silence;
    /// How many of those who received it say it back.
    int read_back = 0;
    RichText text;  ///< empty when it is about a message that is already there

    [[nodiscard]] bool names_nobody() const { return people.empty() && groups.empty() && channels.empty(); }
};

/// What of an ask silence cannot answer, and the option that would do instead: what is for now has no working
/// day, what is for information has no answer, and where one answer is enough the others could not object.
struct SilenceObstacle {
    std::string explanation;
    std::string option;
};
[[nodiscard]] std::optional<SilenceObstacle> obstacle_to_silence(const Ask& ask);

}  // namespace ackd
