// How far each person has read each conversation, and how much there is that they have not. Pure.
//
// To a person a message is unread when it is newer than their mark, from somebody else, and in the
// conversation itself; in a thread only when they take part in it or are mentioned.
#pragma once

#include "sandbox/model/workspace_types.hpp"

#include <map>
#include <utility>

namespace sandbox {

class ReadMarks {
public:
    static constexpr int unread_max = 99;

    /// They have seen all that is there now. False: they had.
    bool read(const UserId& user, const Channel& channel);
    /// At most unread_max; 0 for those who do not see the conversation.
    [[nodiscard]] int unread(const UserId& user, const Channel& channel) const;

private:
    std::map<std::pair<UserId, ChannelId>, Ts> marks_;
};

}  // namespace sandbox
