// From the workspace's inner events to what the app receives: only what it subscribed to and has the scope
// for, each wrapped into the outer object of the Events API with an event id of its own.
#pragma once

#include "sandbox/workspace.hpp"

#include <functional>
#include <set>
#include <string>

namespace sandbox {

/// The events that the manifest of an app like ackd asks for, and a few that it might.
std::set<std::string> usual_subscriptions();

class EventDesk {
public:
    using HasScope = std::function<bool(const std::string&)>;

    EventDesk(std::set<std::string> subscriptions, HasScope has_scope);

    [[nodiscard]] bool is_wanted(const std::string& subscription) const;
    /// The outer object as text.
    std::string wrap(const InnerEvent& event, const Team& team, Instant now);

private:
    std::set<std::string> subscriptions_;
    HasScope has_scope_;
    std::uint64_t events_made_ = 0;
};

}  // namespace sandbox
