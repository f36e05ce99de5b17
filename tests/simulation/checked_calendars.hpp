// Who works when, as the checkers read it: whose hours count (their own, else their team's, else the
// workspace's), which holidays they have, and which hours they had before. Written apart from
// bot/people/directory_hours.cpp, which answers the same question for the bot.
#pragma once

#include "bot/settings.hpp"
#include "storage/connection.hpp"
#include "tests/simulation/checked_hours.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace ackd::simulation {

class CheckedCalendars {
public:
    explicit CheckedCalendars(storage::Connection& connection) : connection_(connection) {}

    /// From now on these hold for everybody.
    void use_settings(const Settings& settings, Instant now);
    /// Something was committed that may have changed somebody's hours.
    void look(Instant now);

    /// Hours that somebody has or had.
    struct Known {
        CheckedHours hours;
        /// Until when a deadline was reckoned in them. For ever, when they changed without deadlines being
        /// reckoned anew.
        Instant until = Instant::max();
        /// Since when the checkers know of them.
        Instant since{};
    };
    /// The hours they have now, in the database.
    [[nodiscard]] const CheckedHours& hours_of(const std::string& person, Instant now);
    /// All they ever had, those of now last.
    [[nodiscard]] const std::vector<Known>& all_hours_of(const std::string& person, Instant now);

private:
    /// What people change themselves: then their deadlines are reckoned anew.
    struct OwnPart {
        std::string zone;
        std::string week;
        friend bool operator==(const OwnPart&, const OwnPart&) = default;
    };
    struct History {
        OwnPart own;
        std::vector<Known> hours;
    };
    void look_at(const std::string& person, Instant now);
    [[nodiscard]] CheckedHours read(const std::string& person, const OwnPart& own) const;
    [[nodiscard]] bool is_in(const Team& team, const std::string& person) const;

    storage::Connection& connection_;
    Settings settings_;
    std::map<std::string, History> histories_;
};

}  // namespace ackd::simulation
