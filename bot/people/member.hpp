// A member of the workspace and a user group, as the chat describes them.
#pragma once

#include "bot/ids.hpp"

#include <string>
#include <vector>

namespace ackd {

/// Stored: do not renumber.
enum class MemberKind {
    person = 1,
    guest = 2,
    external = 3,  ///< of another organisation
    bot = 4,
};

struct Member {
    UserId id;
    std::string name;  ///< what people call them in the chat; may be empty
    std::string
        time_zone;  ///< tz database name; may be empty or unknown, then the workspace's default counts
    MemberKind kind = MemberKind::person;
    bool deactivated = false;
    /// One of the chat's own administrators or owners.
    bool is_admin = false;

    friend bool operator==(const Member&, const Member&) = default;
};

struct UserGroup {
    GroupId id;
    std::string handle;  ///< without "@"
    std::vector<UserId> members;
    bool disabled = false;

    friend bool operator==(const UserGroup&, const UserGroup&) = default;
};

}  // namespace ackd
