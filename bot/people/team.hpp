// A team: a named group of people with a home channel, leads and hours of its own. Part of the settings.
#pragma once

#include "bot/ids.hpp"
#include "bot/people/work_week.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

struct Team {
    std::string name;  ///< lower case, without spaces; unique
    /// Where the team is at home; may be empty.
    ChannelId channel;
    std::vector<UserId> members;
    /// User groups whose members belong to it as well.
    std::vector<GroupId> groups;
    std::vector<UserId> leads;
    /// For the team's own times (a tz database name); empty: the workspace's. People have their own.
    std::string zone;
    /// Unset: the workspace's.
    std::optional<WorkWeek> hours;
    /// Names of holiday calendars, on top of the workspace's.
    std::vector<std::string> holidays;
    friend bool operator==(const Team&, const Team&) = default;
};

}  // namespace ackd
