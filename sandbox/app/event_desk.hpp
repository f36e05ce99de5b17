// From the workspace's inner events to what the app receives: only what it subscribed to and has the scope
// for, each wrapped into the outer object of the Events API with an event id of its own.
#pragma once

#include "sandbox/app/installed_app.hpp"
#include "sandbox/model/workspace.hpp"

#include <string>

namespace sandbox {

class EventDesk {
public:
    explicit EventDesk(const InstalledApp& app) : app_(app) {}

    [[nodiscard]] bool is_wanted(const std::string& subscription) const;
    /// The outer object as text.
    std::string wrap(const InnerEvent& event, const Team& team, Instant now);

private:
    const InstalledApp& app_;
    std::uint64_t events_made_ = 0;
};

}  // namespace sandbox
